"""What is the next step of this lead, and who takes it?

The box at the head of a dossier: take it, look into it, decide, put it off; what waits for a second person; what other
people did meanwhile. An outcome starts unset, a reason is always asked for.
"""

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from casework.review.standing import Standing
from casework.review.store import today
from casework.review.vocabulary import KINDS, OUTCOMES, STATES
from dashboard.parts import bulk
from dashboard.parts.forms import FORMS, button, form, words
from dashboard.parts.record import said
from dashboard.session import Session

_TABS: Final = {
    "verify": "decide.verify",
    "conclude": "decide.conclude",
    "later": "decide.later",
}
_FINDINGS: Final = {
    "plan": "decide.plan",
    "visit": "decide.visit",
    "document": "decide.document",
    "statement": "decide.statement",
    "attach": "decide.attach",
}
_CONCLUSIONS: Final = {
    "decide": "decide.outcome",
    "action": "decide.action",
    "ask_close": "decide.ask_close",
}
_LAST: Final = 6  # acts shown to who agrees
_LATER: Final = {"snooze": "decide.snooze", "release": "decide.release"}


def box(session: Session, lead: Mapping[str, Any]) -> None:
    """Where the lead stands, and the acts that may follow for this reader."""
    say = session.say
    standing = session.desk.board.standings.get(lead["lead_id"], Standing(lead["lead_id"]))
    with st.container(key="decision", border=True):
        st.text(_stands(session, lead, standing))
        _overtaken(session, lead, standing)
        if not session.can("decide"):
            return
        if lead["tray"] == "settled":
            st.text(say("pair.settled"))
            return
        if lead["tray"] == "returned":
            st.text(say("decide.returned"))
        if standing.pending is not None:
            _second(session, lead, standing)
        elif standing.state == "closed" and lead["tray"] != "returned":
            form(
                session,
                lead,
                "ask_reopen",
                say("decide.ask_reopen"),
                lambda _: {"text": words(session, lead, "ask_reopen")},
            )
        elif standing.assignee in {None, session.who}:
            _mine(session, lead, standing)
        else:
            st.text(say("decide.others", who=standing.assignee))
        if session.can("assign") and standing.pending is None and standing.state != "closed":
            form(session, lead, "assign", say("decide.assign"), lambda _: {"to": bulk.whom(session, st)}, primary=False)
        _undo(session, lead, standing)


def _stands(session: Session, lead: Mapping[str, Any], standing: Standing) -> str:
    """One line: state, outcome, who, last act, deadline."""
    say = session.say
    if lead["tray"] == "settled":
        return say("trays.not_the_same")
    parts = [session.text(STATES[standing.state])]
    if standing.outcome is not None:
        parts.append(session.text(OUTCOMES[standing.outcome]))
    if lead["apart"] == 1:
        parts.append(say("trays.not_the_same_once"))
    if standing.assignee:
        parts.append(say("decide.with", who=standing.assignee))
    if standing.snoozed_until:
        parts.append(say("trays.until", day=standing.snoozed_until))
    if lead["gone"]:
        parts.append(say("trays.gone"))
    due = lead["opinion_due"]
    if due is not None and standing.outcome is None and standing.state != "closed":
        days = (due - today()).days
        age = (today() - lead["first_seen"]).days
        parts.append(say("trays.overdue", days=-days, age=age) if days < 0 else say("trays.due", days=days, age=age))
    return " · ".join(parts)


def _overtaken(session: Session, lead: Mapping[str, Any], standing: Standing) -> None:
    """Somebody acted since this reader looked, and the box they wrote in may be gone: say so, and keep their words."""
    seen = st.session_state.get(f"seen-{lead['lead_id']}", standing.version)
    if seen == standing.version or standing.last_who == session.who:
        return
    typed = [
        str(value)
        for name, value in st.session_state.items()
        if str(name).endswith(f"-text-{lead['lead_id']}") and isinstance(value, str) and value.strip()
    ]
    kind = session.text(KINDS.get(standing.last_kind, STATES["new"]))
    with st.container(key="overtaken", border=True):
        st.text(
            session.say(
                "decide.overtaken", who=standing.last_who, at=standing.last_at[:16].replace("T", " "), what=kind
            )
        )
        for words_ in typed:
            st.text(session.say("decide.typed", text=words_))
    st.session_state[f"seen-{lead['lead_id']}"] = seen if typed else standing.version


def _mine(session: Session, lead: Mapping[str, Any], standing: Standing) -> None:
    say = session.say
    if standing.assignee is None or lead["tray"] == "returned":
        button(session, lead, "take", say("decide.take"), shortcut="T", primary=True)
    if lead["tray"] == "returned":
        return
    tab = st.segmented_control(
        say("decide.next"),
        [*_TABS],
        format_func=lambda name: say(_TABS[name]),
        key=f"tab-{lead['lead_id']}",
        default="conclude" if standing.reviewed else "verify",
        required=True,
    )
    kinds = {"verify": _FINDINGS, "conclude": _CONCLUSIONS, "later": _LATER}[str(tab)]
    kind = st.radio(
        say("decide.what"),
        [*kinds],
        format_func=lambda name: say(kinds[name]),
        key=f"kind-{tab}-{lead['lead_id']}",
        horizontal=True,
        label_visibility="collapsed",
    )
    FORMS[str(kind)](session, lead, standing)


# -- a second person ---------------------------------------------------------------------------------------------------


def _second(session: Session, lead: Mapping[str, Any], standing: Standing) -> None:
    """Agree or decline; who asked or decided only sees that it waits."""
    say = session.say
    kind = "close" if standing.pending == "close" else "reopen"
    st.text(
        say("decide.waits_close", who=standing.asked_by)
        if kind == "close"
        else say("decide.waits_reopen", who=standing.asked_by)
    )
    for act in session.desk.workspace.review.acts(lead["lead_id"])[-_LAST:]:  # what there is to agree to
        st.text(f"{act.at[:10]} {act.who} {session.text(KINDS[act.kind])}: {said(session, act)}")
    if session.who in {standing.asked_by, standing.decided_by}:
        st.caption(say("decide.not_you"))
    else:
        button(session, lead, kind, say("decide.agree"), primary=True)
    form(
        session,
        lead,
        "decline",
        say("decide.withdraw") if session.who == standing.asked_by else say("decide.decline"),
        lambda _: {"text": words(session, lead, "decline", "decide.why_not")},
        primary=False,
    )


def _undo(session: Session, lead: Mapping[str, Any], standing: Standing) -> None:
    if standing.before is not None and session.who in {standing.assigned_by, standing.assignee}:
        button(session, lead, "undo", session.say("decide.undo"))
