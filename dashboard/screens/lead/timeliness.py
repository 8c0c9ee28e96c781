"""To be written."""

import streamlit as st

from dashboard.session import Session


def show(session: Session) -> None:
    """The page."""
    session.demand("timeliness")
    st.title(session.say("timeliness.title"))
