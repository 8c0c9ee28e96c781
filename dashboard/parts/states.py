"""What does a page say when there is nothing to show?"""

import streamlit as st

from dashboard.desk import Desk
from dashboard.words import Words


def no_data(say: Words, desk: Desk) -> None:
    """Nothing was imported yet: how to."""
    workspace, book = desk.workspace.path, f"{say('states.folder')}/mingcha.xlsx"
    steps = [f"template {say('states.folder')}", f"import {book} {workspace}", f"detect {workspace}"]
    with st.container(border=True, key="state-no-data"):
        st.subheader(say("states.no_data"))
        st.text(say("states.no_data_how"))
        st.code("\n".join(f"mingcha {step}" for step in steps), language=None)
        st.text(say("states.no_data_demo"))
        st.code("mingcha demo", language=None)


def no_run(say: Words, desk: Desk) -> None:
    """No detector ran yet: how to."""
    with st.container(border=True, key="state-no-run"):
        st.subheader(say("states.no_run"))
        st.text(say("states.no_run_how"))
        st.code(f"mingcha detect {desk.workspace.path}", language=None)


def nothing(title: str, what_now: str, *, part: str = "") -> None:
    """The question was asked and the answer is none; never the same as not having asked.

    `part`: which part of the page it is of, where a page has several that may be empty.
    """
    with st.container(border=True, key=f"state-nothing-{part}" if part else "state-nothing"):
        st.subheader(title)
        st.text(what_now)
