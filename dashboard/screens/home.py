"""Who comes in?"""

from collections.abc import Mapping

import streamlit as st

from casework.errors import WrongUsageError
from casework.review.register import LONGEST, Registered, name_of
from casework.review.scope import Role
from dashboard import address, entry
from dashboard.desk import Desk
from dashboard.parts import frame, states, titles
from dashboard.rights import ROLES
from dashboard.words import Words


def show(say: Words, desk: Desk) -> None:
    """The door: say who you are and, where nobody is registered, what you work as. The page asked for opens behind."""
    people = entry.people(desk)
    _, middle, _ = st.columns([1, 2, 1])
    with middle:
        frame.brand(say)
        frame.languages(say)
        if desk.synthetic:
            st.html(f'<div class="synthetic" role="note">{say("frame.synthetic")}</div>')
        st.text(say("home.what"))
        if entry.emptied(desk):
            entry.turned_away()
            st.error(say("door.emptied"))
            st.text(say("door.emptied_how", command=f"mingcha verify {desk.workspace.path}"))
            return
        if refused := entry.turned_away():
            st.warning(say("door.refused"))
            st.text(say("door.refused_who", name=refused, ask=_ask(say, desk, people)))
        name, role = _named(say, desk, people) if people else _anybody(say)
        st.caption(say("home.unverified"))
        if desk.tables is None:
            states.no_data(say, desk)
    if name:
        come_in = entry.enter(desk, name, role)
        if come_in is not None:
            address.write(role=come_in.role)
        st.rerun()


def _anybody(say: Words) -> tuple[str, Role | None]:
    """Nobody is registered: any name, any role; the name as soon as the button is pressed."""
    asked = address.read("role")
    with st.form("door", border=True):
        name = st.text_input(say("home.name"), max_chars=LONGEST, placeholder=say("home.name_hint"), key="door-name")
        chosen = st.radio(
            say("home.role"),
            ROLES,
            index=next((place for place, role in enumerate(ROLES) if role == asked), 0),
            format_func=lambda role: say(titles.ROLES[role]),
            captions=[say(titles.JOBS[role]) for role in ROLES],
        )
        entered = st.form_submit_button(say("home.enter"), type="primary")
        if entered and not name.strip():
            st.warning(say("home.nameless"))
        elif entered:
            try:
                return name_of(name), chosen
            except WrongUsageError as error:
                st.warning(say("home.misnamed"))
                st.text(error.say(say.language))
    return "", chosen


def _named(say: Words, desk: Desk, people: Mapping[str, Registered]) -> tuple[str, Role | None]:
    """People are registered: one of those who may come in; their role and region are registered too."""
    names = [one.name for one in people.values() if one.active]
    with st.form("door", border=True):
        name = st.selectbox(say("door.name"), names, index=None, placeholder=say("door.name_hint"), key="door-name")
        st.caption(say("door.registered"))
        entered = st.form_submit_button(say("home.enter"), type="primary")
        if entered and not name:
            st.warning(say("door.nameless"))
    st.text(say("door.missing", ask=_ask(say, desk, people)))
    return (name or "" if entered else ""), None


def _ask(say: Words, desk: Desk, people: Mapping[str, Registered]) -> str:
    """Whom to turn to: the data stewards by name, or whoever looks after the machine."""
    stewards = [one.name for one in people.values() if one.active and one.role == "steward"]
    if stewards:
        return say("door.stewards", names=say("door.joint").join(stewards))
    return say("door.no_steward", command=f"mingcha user add {desk.workspace.path}")
