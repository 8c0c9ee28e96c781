"""Who came in, and is that still so?

Local mode: a name given at the door, not verified; the session keeps it, links never do. Where people are registered
(`mingcha user add`) only they come in, with the role and region registered for them, looked up anew at every click.
"""

from typing import Final

import streamlit as st

from casework.review.scope import ROLES, Reader, Role
from dashboard.desk import Desk

ENTERED: Final = "entered"


def enter(name: str, role: Role) -> None:
    """Remember who stands at the door for the rest of this session."""
    st.session_state[ENTERED] = (name, role)


def leave() -> None:
    """Forget them."""
    st.session_state.pop(ENTERED, None)


def reader(_desk: Desk) -> Reader | None:
    """The reader of this session; None sends them to the door."""
    name, role = st.session_state.get(ENTERED, ("", ""))
    if not name or role not in ROLES:
        return None
    return Reader(name, role)
