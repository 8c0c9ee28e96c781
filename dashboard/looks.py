"""Who looked at which lead? Every dossier opened is in the journal, once a session."""

from typing import Final

import streamlit as st

from dashboard.session import Session

_LOOKED: Final = "looked"


def note(session: Session, lead_id: str) -> None:
    """Journal that this reader opens the dossier; not again for every click in it."""
    seen: set[tuple[str, str]] = st.session_state.setdefault(_LOOKED, set())
    if (session.who, lead_id) in seen:
        return
    with session.desk.workspace.journal.entry(session.who, "look", subject=lead_id):
        pass
    seen.add((session.who, lead_id))
