"""To be written."""

import streamlit as st

from dashboard.session import Session


def show(session: Session) -> None:
    """The page."""
    session.demand("areas")
    st.title(session.say("areas.title"))
