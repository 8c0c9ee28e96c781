"""Who comes in?"""

import streamlit as st

from dashboard import address, entry
from dashboard.desk import Desk
from dashboard.parts import frame, states, titles
from dashboard.rights import ROLES
from dashboard.words import Words


def show(say: Words, desk: Desk) -> None:
    """The door: say who you are and what you work as. The page asked for opens behind it."""
    _, middle, _ = st.columns([1, 2, 1])
    with middle:
        frame.brand(say)
        frame.languages(say)
        if desk.synthetic:
            st.html(f'<div class="synthetic" role="note">{say("frame.synthetic")}</div>')
        st.text(say("home.what"))
        asked = address.read("role")
        with st.form("door", border=True):
            name = st.text_input(say("home.name"), max_chars=40, placeholder=say("home.name_hint"), key="door-name")
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
        st.caption(say("home.unverified"))
        if desk.tables is None:
            states.no_data(say, desk)
    if entered and name.strip():
        entry.enter(name.strip(), chosen)
        address.write(role=chosen)
        st.rerun()
