"""What was said of two persons, by whom and when, and what may this reader say?"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import polars as pl
import streamlit as st

from casework.review import identity
from casework.review.identity import Judgement
from casework.review.standing import Standing
from casework.review.vocabulary import IDENTITIES, Identity
from dashboard import deeds, judging
from dashboard.parts import tables
from dashboard.parts.opened import Opened
from dashboard.queries import network
from dashboard.queries.people import Person, people
from dashboard.queries.ties import Node
from dashboard.session import Session

_SIGNS: Final[dict[Identity, str]] = {"same": "＝", "not_same": "≠", "unsure": "?"}


def note(session: Session, opened: Opened) -> None:
    """At the head of every dossier that names two of whom something is said."""
    said = [one for one in judging.said(session, {*opened.persons, *judging.related(opened.lead)}) if one.stands]
    if not said:
        return
    two = {person for one in said for person in one.pair}
    named = people(session.desk.opened, two, reveal=opened.reveal)
    outside = network.outside(session.desk.opened, session.scope, [Node("person", one) for one in sorted(two)])
    hidden = {int(node.key) for node in outside}
    with st.container(key="judged", border=True):
        for one in said:
            first, second = (
                session.say("network.outside") if person in hidden else _who(session, named.get(person))
                for person in one.pair
            )
            st.text(
                session.say(
                    "pair.note",
                    one=first,
                    other=second,
                    verdict=_verdict(session, one),
                    who=one.who,
                    at=_minute(one.at),
                    why=one.why,
                )
            )


def _who(session: Session, person: Person | None) -> str:
    return session.say("network.unlisted") if person is None else f"{person.name} {person.number}".strip()


def draw(session: Session, lead: Mapping[str, Any], two: tuple[int, int]) -> None:
    """What stands, what was said before, and the ways on."""
    say, said = session.say, judging.said(session, {*two})
    now = next((one for one in reversed(said) if one.stands), None)
    st.subheader(say("pair.judgement"))
    if now is None:
        st.text(say("pair.not_judged"))
    else:
        st.text(say("pair.stands", verdict=_verdict(session, now), who=now.who, at=_minute(now.at), why=now.why))
    if len(identity.agreed(said)) == 1:
        st.text(say("pair.awaits"))
    if session.can("decide"):
        seen = _on_screen(lead, identity.last_act(said))
        _judge(session, lead, seen, anew=now is not None)
        if now is not None:
            _withdraw(session, lead, seen)
            _offer(session, lead, now)
    if said:
        _history(session, said)


def _on_screen(lead: Mapping[str, Any], last: int) -> int:
    """The last act on the pair that the screen which was clicked showed; from now on it shows this one."""
    key = f"judged-{lead['lead_id']}"
    before = int(st.session_state.get(key, last))
    st.session_state[key] = last
    return before


def _judge(session: Session, lead: Mapping[str, Any], seen: int, *, anew: bool) -> None:
    """A reason and three ways to say it; what is refused stays written."""
    say, lead_id = session.say, lead["lead_id"]
    box = _box(f"judge-why-{lead_id}")
    with st.container(key="judge"), st.form(f"judge-{lead_id}", border=True, enter_to_submit=False):
        st.text(say("pair.anew" if anew else "pair.say"))
        why = st.text_area(say("pair.why"), key=box, max_chars=500, height=80)
        st.caption(say("pair.means"))
        with st.container(horizontal=True):
            sent = [
                verdict
                for verdict, text in IDENTITIES.items()
                if st.form_submit_button(f"{_SIGNS[verdict]} {session.text(text)}", key=f"judge-{verdict}-{lead_id}")
            ]
    if sent:
        said = str(why or "")
        _clicked(session, f"judge-why-{lead_id}", lambda: judging.judge(session, lead_id, sent[0], said, seen=seen))


def _withdraw(session: Session, lead: Mapping[str, Any], seen: int) -> None:
    say, lead_id = session.say, lead["lead_id"]
    box = _box(f"withdraw-why-{lead_id}")
    with st.expander(say("pair.withdraw")), st.form(f"withdraw-{lead_id}", border=False, enter_to_submit=False):
        why = st.text_area(say("pair.withdraw_why"), key=box, max_chars=500, height=80)
        sent = st.form_submit_button(say("pair.withdraw"), key=f"withdraw-{lead_id}-go")
    if sent:
        _clicked(session, f"withdraw-why-{lead_id}", lambda: judging.withdraw(session, lead_id, why or "", seen=seen))


def _box(name: str) -> str:
    """The key of a box of words; after each act it is another one, and empty."""
    return f"{name}-{st.session_state.get(f'turn-{name}', 0)}"


def _clicked(session: Session, box: str, do: Callable[[], None]) -> None:
    """Do it once, open an empty box where it was done, and show the page anew."""

    def done(_key: str) -> str:
        do()
        st.session_state[f"turn-{box}"] = st.session_state.get(f"turn-{box}", 0) + 1
        return session.say("pair.done")

    deeds.clicked(box, session, done)
    st.rerun()


def _offer(session: Session, lead: Mapping[str, Any], now: Judgement) -> None:
    """Who says that they are two may close the lead as unfounded by it; the judgement alone closes nothing."""
    standing = session.desk.board.standings.get(lead["lead_id"], Standing(lead["lead_id"]))
    free = standing.assignee in {None, session.who} and standing.pending is None
    if now.verdict != "not_same" or standing.outcome is not None or standing.state == "closed" or not free:
        return
    lead_id = lead["lead_id"]
    st.caption(session.say("pair.offer_what"))
    if st.button(session.say("pair.offer"), key=f"offer-{lead_id}"):
        words = {**judging.UNFOUNDED, "text": now.why}

        def done(_key: str) -> str:
            deeds.do(session, "decide", lead_id, int(lead["version"]), **words)
            return session.say("decide.done")

        deeds.clicked(f"offer-{lead_id}", session, done)
        st.rerun()


def _history(session: Session, said: Sequence[Judgement]) -> None:
    """Everything that was said, the newest first; what was withdrawn stays."""
    say = session.say
    rows = [
        {
            say("people.at"): _minute(one.at),
            say("people.by"): one.who,
            say("pair.verdict"): _verdict(session, one),
            say("pair.why"): one.why,
            say("pair.withdrawn"): _withdrawn(session, one, said),
        }
        for one in reversed(said)
    ]
    with st.expander(say("pair.history", times=len(rows))):
        tables.plain(pl.DataFrame(rows), alt=say("pair.history", times=len(rows)))


def _withdrawn(session: Session, one: Judgement, said: Sequence[Judgement]) -> str:
    if one.stands:
        return ""
    at = _minute(str(one.withdrawn_at))
    if not one.withdrawn_why:
        again = any(each.seq == one.withdrawn_seq and each.verdict == one.verdict for each in said)
        word = "pair.said_again" if again else "pair.replaced"
        return session.say(word, who=one.withdrawn_by, at=at)
    return session.say("pair.taken_back", who=one.withdrawn_by, at=at, why=one.withdrawn_why)


def _verdict(session: Session, one: Judgement) -> str:
    return f"{_SIGNS[one.verdict]} {session.text(IDENTITIES[one.verdict])}"


def _minute(at: str) -> str:
    return at[:16].replace("T", " ")
