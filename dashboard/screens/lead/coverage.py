"""To be written."""

import streamlit as st

from dashboard.session import Session


def show(session: Session) -> None:
    """The page."""
    session.demand("coverage")
    st.title(session.say("coverage.title"))
