"""Which words does each act on a lead ask for?

What a form asks is done on its click, with the version of the lead that the reader saw; what is refused stays written.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import streamlit as st

from casework.review.attachments import SUFFIXES, keep
from casework.review.standing import LONGEST_SNOOZE, Standing
from casework.review.vocabulary import (
    ACTIONS,
    ATTACHED,
    FITTING,
    OF_CASES,
    OF_CONDUCT,
    OUTCOMES,
    REASONS,
    STATED,
    STEPS,
)
from casework.text import Text
from dashboard import deeds
from dashboard.session import Session


def _key(lead: Mapping[str, Any], kind: str, name: str) -> str:
    return f"{kind}-{name}-{lead['lead_id']}"


def words(session: Session, lead: Mapping[str, Any], kind: str, label: str = "decide.text") -> str:
    """A box for the reader's own words."""
    key = _key(lead, kind, "text")
    return st.text_area(session.say(label), key=key, max_chars=2000, height=80)  # type: ignore[no-any-return,unused-ignore]


def _pick(
    session: Session, lead: Mapping[str, Any], kind: str, name: str, label: str, words: Mapping[Any, Text]
) -> Any:  # noqa: ANN401 - a code
    return st.selectbox(
        session.say(label),
        [*words],
        index=None,
        format_func=lambda code: session.text(words[code]),
        key=_key(lead, kind, name),
        placeholder=session.say("decide.unset"),
    )


def _day(session: Session, lead: Mapping[str, Any], kind: str, label: str = "decide.on") -> str | None:
    on = st.date_input(session.say(label), value=None, key=_key(lead, kind, "on"), format="YYYY-MM-DD")
    return None if on is None else str(on)


def form(
    session: Session,
    lead: Mapping[str, Any],
    kind: str,
    label: str,
    asked: Callable[[Session], dict[str, Any]],
    *,
    hint: str = "",
    primary: bool = True,
) -> None:
    """A form of one act. It is done on the click, with the version the reader saw; what is refused stays written."""
    version = int(lead["version"])
    with st.form(f"form-{kind}-{lead['lead_id']}", border=False, enter_to_submit=False):
        words = asked(session)
        if hint:
            st.caption(hint)
        sent = st.form_submit_button(
            label, type="primary" if primary else "secondary", key=f"submit-{kind}-{lead['lead_id']}"
        )
    seen = st.session_state.setdefault(f"seen-{lead['lead_id']}", version)
    if not sent:
        st.session_state[f"seen-{lead['lead_id']}"] = version
        return

    def done(_key: str) -> str:
        uploaded = words.pop("file", None)
        if kind == "attach":
            folder = session.desk.workspace.path / "attachments"
            words.update(keep(folder, uploaded.name, uploaded.getvalue()) if uploaded else keep(folder, "", b""))
        deeds.do(session, kind, lead["lead_id"], seen, **words)
        for name in [
            one for one in st.session_state if str(one).endswith(lead["lead_id"]) and str(one).startswith(f"{kind}-")
        ]:
            del st.session_state[name]
        return session.say("decide.done")

    deeds.clicked(f"{kind}-{lead['lead_id']}", session, done)
    st.rerun()


def _plan(session: Session, lead: Mapping[str, Any], _standing: Standing) -> None:
    def asked(_: Session) -> dict[str, Any]:
        step, text = st.columns([1, 3])
        with step:
            chosen = _pick(session, lead, "plan", "step", "decide.step", STEPS)
        with text:
            return {"step": chosen, "text": words(session, lead, "plan", "decide.plan_text")}

    form(session, lead, "plan", session.say("decide.record"), asked)


def _visit(session: Session, lead: Mapping[str, Any], _standing: Standing) -> None:
    def asked(_: Session) -> dict[str, Any]:
        on, present = st.columns([1, 2])
        with on:
            day = _day(session, lead, "visit")
        with present:
            there = st.text_input(session.say("decide.present"), key=_key(lead, "visit", "present"), max_chars=200)
        return {"on": day, "present": there, "text": words(session, lead, "visit", "decide.seen")}

    form(session, lead, "visit", session.say("decide.record"), asked)


def _document(session: Session, lead: Mapping[str, Any], _standing: Standing) -> None:
    def asked(_: Session) -> dict[str, Any]:
        return {
            "on": _day(session, lead, "document"),
            "text": words(session, lead, "document", "decide.paper"),
        }

    form(session, lead, "document", session.say("decide.record"), asked)


def _statement(session: Session, lead: Mapping[str, Any], _standing: Standing) -> None:
    def asked(_: Session) -> dict[str, Any]:
        how, on = st.columns(2)
        with how:
            chosen = _pick(session, lead, "statement", "how", "decide.how", STATED)
        with on:
            day = _day(session, lead, "statement")
        return {"how": chosen, "on": day, "text": words(session, lead, "statement", "decide.stated")}

    form(session, lead, "statement", session.say("decide.record"), asked, hint=session.say("decide.heard"))


def _attach(session: Session, lead: Mapping[str, Any], _standing: Standing) -> None:
    def asked(_: Session) -> dict[str, Any]:
        chosen = _pick(session, lead, "attach", "what", "decide.attached", ATTACHED)
        file = st.file_uploader(session.say("decide.file"), type=[*SUFFIXES], key=_key(lead, "attach", "file"))
        return {"what": chosen, "file": file}

    form(session, lead, "attach", session.say("decide.add"), asked, hint=session.say("decide.hashed"))


def _outcome(session: Session, lead: Mapping[str, Any], standing: Standing) -> None:
    """The outcome stands outside the form, because the reasons depend on it."""
    say = session.say
    choices = OF_CONDUCT if lead["conduct"] else OF_CASES
    outcome = st.radio(
        say("decide.outcome"),
        choices,
        index=None,
        format_func=lambda code: session.text(OUTCOMES[code]),
        key=_key(lead, "decide", "outcome"),
        horizontal=True,
    )
    if outcome is None:
        if standing.outcome is None:
            st.caption(say("decide.unset_hint"))
        return

    def asked(_: Session) -> dict[str, Any]:
        fitting = {code: REASONS[code] for code in FITTING[outcome]}
        reason = _pick(session, lead, "decide", f"reason-{outcome}", "decide.reason", fitting)
        return {"outcome": outcome, "reason": reason, "text": words(session, lead, "decide", "decide.why")}

    lacking = [] if standing.visits or standing.documents else [say("decide.need_visit")]
    lacking += [] if standing.stated else [say("decide.need_statement")]
    hint = say(
        "decide.before_confirmed", lacking="、".join(lacking) if session.language == "zh" else ", ".join(lacking)
    )
    needs = str(outcome).startswith("confirmed") and lacking
    form(session, lead, "decide", say("decide.decide"), asked, hint=hint if needs else "")


def _action(session: Session, lead: Mapping[str, Any], _standing: Standing) -> None:
    def asked(_: Session) -> dict[str, Any]:
        what, amount, on = st.columns(3)
        with what:
            chosen = _pick(session, lead, "action", "action", "decide.which", ACTIONS)
        with amount:
            yuan = st.number_input(
                session.say("decide.yuan"),
                min_value=0.0,
                max_value=100_000_000.0,
                value=None,
                step=0.01,
                format="%.2f",
                key=_key(lead, "action", "yuan"),
            )
        with on:
            day = _day(session, lead, "action")
        office = st.text_input(session.say("decide.office"), key=_key(lead, "action", "office"), max_chars=100)
        fen = None if yuan is None else round(yuan * 100)
        text = words(session, lead, "action", "decide.note")
        return {"action": chosen, "amount_fen": fen, "on": day, "office": office, "text": text}

    form(session, lead, "action", session.say("decide.record"), asked, hint=session.say("decide.sends_nothing"))


def _ask_close(session: Session, lead: Mapping[str, Any], _standing: Standing) -> None:
    def asked(_: Session) -> dict[str, Any]:
        return {"text": words(session, lead, "ask_close", "decide.note")}

    form(session, lead, "ask_close", session.say("decide.ask_close"), asked, hint=session.say("decide.four_eyes"))


def _snooze(session: Session, lead: Mapping[str, Any], _standing: Standing) -> None:
    def asked(_: Session) -> dict[str, Any]:
        until = st.date_input(
            session.say("decide.until"), value=None, key=_key(lead, "snooze", "until"), format="YYYY-MM-DD"
        )
        return {
            "until": None if until is None else str(until),
            "text": words(session, lead, "snooze", "decide.why"),
        }

    form(
        session,
        lead,
        "snooze",
        session.say("decide.snooze"),
        asked,
        hint=session.say("decide.longest", days=LONGEST_SNOOZE),
    )


def _release(session: Session, lead: Mapping[str, Any], standing: Standing) -> None:
    if standing.snoozed_until:
        button(session, lead, "wake", session.say("decide.wake"))
    button(session, lead, "release", session.say("decide.release"))


FORMS: Final[dict[str, Callable[[Session, Mapping[str, Any], Standing], None]]] = {
    "plan": _plan,
    "visit": _visit,
    "document": _document,
    "statement": _statement,
    "attach": _attach,
    "decide": _outcome,
    "action": _action,
    "ask_close": _ask_close,
    "snooze": _snooze,
    "release": _release,
}


def button(
    session: Session,
    lead: Mapping[str, Any],
    kind: str,
    label: str,
    *,
    shortcut: str | None = None,
    primary: bool = False,
) -> None:
    """An act that needs no words: done by the click, at the version the reader saw."""

    def click() -> None:
        deeds.clicked(
            f"{kind}-{lead['lead_id']}",
            session,
            lambda _key: _did(session, kind, lead),
        )

    st.button(
        label,
        key=f"do-{kind}-{lead['lead_id']}",
        on_click=click,
        shortcut=shortcut,
        type="primary" if primary else "secondary",
    )


def _did(session: Session, kind: str, lead: Mapping[str, Any]) -> str:
    deeds.do(session, kind, lead["lead_id"], int(lead["version"]))
    return session.say("decide.done")
