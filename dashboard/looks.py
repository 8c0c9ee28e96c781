"""Who looked at which lead, person or case? Every one opened is in the journal, once a session.

A person and an account stand there as a keyed digest, by which only who already has the one can find its entries.
"""

import hashlib
import hmac
from typing import Final

import streamlit as st

from dashboard.session import Session

_LOOKED: Final = "looked"
_UNNAMED: Final = frozenset({"person", "account"})  # what these are called names somebody


def note(session: Session, subject: str) -> None:
    """Journal that this reader opens it; not again for every click in it."""
    seen: set[tuple[str, str]] = st.session_state.setdefault(_LOOKED, set())
    if (session.who, subject) in seen:
        return
    with session.desk.workspace.journal.entry(session.who, "look", subject=subject):
        pass
    seen.add((session.who, subject))


def called(session: Session, kind: str, identity: str) -> str:
    """What the journal calls an object: `<kind>:<keyed digest>` of a person or account, else its business number."""
    if kind not in _UNNAMED:
        return identity
    digest = hmac.new(session.desk.workspace.key, f"{kind}:{identity}".encode(), hashlib.sha256).hexdigest()
    return f"{kind}:{digest}"
