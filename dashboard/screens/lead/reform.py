"""To be written."""

import streamlit as st

from dashboard.session import Session


def show(session: Session) -> None:
    """The page."""
    session.demand("reform")
    st.title(session.say("reform.title"))
