"""Who comes in?"""

import streamlit as st

from dashboard import address
from dashboard.desk import Desk
from dashboard.parts import frame, states
from dashboard.rights import ROLES
from dashboard.session import WHO
from dashboard.words import Words


def show(say: Words, desk: Desk) -> None:
    """The door: choose what to work as and say who you are. The page asked for opens behind it."""
    labels = {"inspector": say("home.inspector"), "leader": say("home.leader")}
    jobs = {"inspector": say("home.inspector_job"), "leader": say("home.leader_job")}
    _, middle, _ = st.columns([1, 2, 1])
    with middle:
        frame.brand(say)
        frame.languages(say)
        if desk.synthetic:
            st.html(f'<div class="synthetic" role="note">{say("frame.synthetic")}</div>')
        st.text(say("home.what"))
        with st.form("door", border=True):
            chosen = st.radio(
                say("home.role"), ROLES, format_func=labels.__getitem__, captions=[jobs[role] for role in ROLES]
            )
            name = st.text_input(say("home.name"), max_chars=40, placeholder=say("home.name_hint"))
            entered = st.form_submit_button(say("home.enter"), type="primary")
        st.caption(say("home.unverified"))
        if desk.tables is None:
            states.no_data(say, desk)
    if entered:
        st.session_state[WHO] = name.strip()
        address.write(role=chosen)
        st.rerun()
