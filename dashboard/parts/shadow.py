"""Which schemes are computed and not shown, why, and how does one come back?"""

from functools import partial

import streamlit as st

from dashboard import deeds
from dashboard.parts import labels
from dashboard.rights import may
from dashboard.session import Session


def schemes(session: Session) -> None:
    """Each scheme that the stop rule moved to shadow, with its figures; a head of inspection may restore it."""
    say, board = session.say, session.desk.board
    for scheme in board.shadow:
        one = board.precision[scheme]
        with st.container(border=True, key=f"shadow-{scheme}"):
            name = labels.scheme(scheme, session.language, session.desk)
            st.text(say("shadow.said", scheme=name, confirmed=one.confirmed, n=one.n, high=f"{one.high or 0:.0%}"))
            if may(session.role, "lab"):
                session.link("lab", say("lab.link"), scheme=scheme)
            with st.form(f"restore-{scheme}", border=False):
                text = st.text_input(say("shadow.why"), max_chars=200)
                if st.form_submit_button(say("shadow.restore")):
                    deeds.clicked(f"restore-{scheme}", session, partial(_restore, session, scheme, text))
                    st.rerun()


def _restore(session: Session, scheme: str, text: str, key: str) -> str:
    session.demand("assign")
    session.desk.workspace.review.restore(session.who, scheme, text, key=key)
    return session.say("shadow.restored")
