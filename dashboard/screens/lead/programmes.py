"""What aid is there, for whom, by which department, how fast, and who has it here?"""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard import address
from dashboard.parts import few, offer, rules, states
from dashboard.parts.fields import SITUATIONS
from dashboard.queries import catalogue, granted
from dashboard.queries.catalogue import Offer
from dashboard.rights import may
from dashboard.session import Session

_ANY: Final = ""


def show(session: Session) -> None:
    """Search box and filters, then every programme that fits; one of them opened."""
    session.demand("programmes")
    say, desk = session.say, session.desk
    on = datetime.now(ZoneInfo("Asia/Shanghai")).date() if desk.tables is None else desk.as_of
    st.title(say("programmes.title"))
    with st.container(key="place"):
        st.text(say("programmes.asked", region=_here(session), day=on))
    found = catalogue.offers(desk.policy, on, session.view.region)
    kept = _narrowed(session, found)
    if not kept:
        states.nothing(say("programmes.nothing"), say("programmes.nothing_how"))
        return
    st.caption(say("programmes.found", total=len(kept), all=len(found)))
    covered = _covered(session)
    for one in kept:
        _row(session, one, covered, on)
    if covered is not None:
        few.explain(session)


def _here(session: Session) -> str:
    return session.place(session.view.region) if session.desk.tables is not None else session.say("rulebook.national")


def _narrowed(session: Session, found: list[Offer]) -> list[Offer]:
    """The word, the department and the situation, each in the URL."""
    say = session.say
    word, department, situation = st.columns([2, 1, 1])
    with word:
        key, changed = address.bound("find", address.read("find"))
        st.text_input(say("programmes.find"), key=key, on_change=changed, placeholder=say("programmes.find_hint"))
    departments = [*dict.fromkeys(one.department for one in found)]
    with department:
        chosen = _choice(
            session,
            "department",
            say("programmes.department"),
            {name: rules.word(session, name) for name in departments},
        )
    known = {code for one in found for code in one.situations}
    with situation:
        need = _choice(
            session,
            "situation",
            say("programmes.situation"),
            {code: session.text(text) for code, text in SITUATIONS.items() if code in known},
        )
    texts = {one.code: offer.words(session, one) for one in found}
    return catalogue.narrowed(found, chosen, need, address.read("find"), texts)


def _choice(session: Session, name: str, label: str, options: dict[str, str]) -> str:
    """One of the options, or any."""
    chosen = address.read(name) if address.read(name) in options else _ANY
    key, changed = address.bound(name, chosen)
    st.selectbox(
        label,
        [_ANY, *options],
        format_func=lambda code: options[code] if code else session.say("programmes.any"),
        key=key,
        on_change=changed,
    )
    return chosen


def _covered(session: Session) -> dict[str, int | None] | None:
    """Of each programme the persons on aid this month, or the one-off benefits of a year; None without data."""
    if session.desk.tables is None:
        return None
    reach, regions = session.desk.reach, session.region_codes
    persons = {a: count for (a, b), count in reach.overlap.counted("persons", regions).items() if a == b}
    return few.seen(session, persons | granted.by_programme(reach.granted, regions))


def _row(session: Session, one: Offer, covered: dict[str, int | None] | None, on: date) -> None:
    """Name and department, conditions, limit, how many here; and the button to all of it."""
    say, opened = session.say, one.code == address.read("offer")
    with st.container(key=f"book-{one.code}", border=True):
        name, conditions, limit, here, more = st.columns([3, 5, 4, 3, 2])
        with name, st.container(gap=None):
            st.text(session.text(one.name))
            st.text(rules.word(session, one.department))
        conditions.text(offer.conditions(session, one))
        limit.text(offer.limits(session, one))
        with here, st.container(gap=None):
            _count(session, one, covered)
        more.button(
            say("programmes.close") if opened else say("programmes.open"),
            key=f"open-{one.code}",
            on_click=address.write,
            kwargs={"offer": "" if opened else one.code},
        )
        if opened:
            offer.draw(session, one, catalogue.papers(session.desk.policy, on, session.view.region))


def _count(session: Session, one: Offer, covered: dict[str, int | None] | None) -> None:
    say = session.say
    if covered is None:
        st.text(say("programmes.no_data"))
        return
    count = few.told(session, covered.get(one.code, 0))
    st.text(say("programmes.granted", count=count) if one.monthly is False else say("programmes.covered", count=count))
    if may(session.role, "coverage") and one.monthly is not False and one.code in session.desk.programmes:
        session.link("coverage", say("programmes.to_coverage"), programme=one.code, part="flows")
