"""Which place and months is a page about?"""

import streamlit as st

from dashboard.session import Session


def draw(session: Session) -> None:
    """One line below the title; an imported name is plain text."""
    view = session.view
    with st.container(key="place"):
        st.text(
            session.say(
                "overview.what",
                region=session.place(view.region),
                since=f"{view.period.since:%Y-%m}",
                until=f"{view.period.until:%Y-%m}",
            )
        )
