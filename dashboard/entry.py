"""Who came in, and is that still so?

Local mode: a name given at the door, not verified; the session keeps it, links never do. Where people are registered
(`mingcha user add`) only they come in, with the role and region registered for them, looked up anew at every click.
Coming in and leaving stand in the journal, once each.
"""

from typing import Final

import streamlit as st

from casework.review.naming import look
from casework.review.register import Registered, registered
from casework.review.scope import ROLES, Reader, Role, Scope
from casework.workspace import Workspace
from dashboard.desk import Desk

ENTERED: Final = "entered"
_TURNED_AWAY: Final = "turned-away"
_TOLD: Final = "told"  # the role and region the reader last saw themself have
_CHANGED: Final = "changed"
_DOOR: Final = "door"
_LANGUAGE: Final = "url-lang"  # the one widget that the next reader finds as it was
_CASES: Final = frozenset({"inspector", "supervisor", "leader", "researcher"})  # who reads what has a region


def enter(desk: Desk, name: str, role: Role | None = None) -> Reader | None:
    """Let someone in: with the role asked for where nobody is registered, else as registered; None: turned away.

    The session is told before the journal, for a second click on the same button may interrupt this one, and is told
    otherwise where the journal cannot be written.
    """
    known = _known(desk, _as_known(desk, name), role)
    if known is None:
        st.session_state[_TURNED_AWAY] = name
        return None
    st.session_state[ENTERED] = (known.name, known.role)
    try:
        with desk.workspace.journal.entry(known.name, "enter", subject=_DOOR, new=known.role):
            pass
    except BaseException:
        st.session_state.pop(ENTERED, None)
        raise
    return known


def leave(desk: Desk, *, why: str = "") -> None:
    """Forget who stands here and whatever they saw, wrote or brought, but for the language; journal that they left."""
    name, _ = st.session_state.get(ENTERED, ("", ""))
    for one in [one for one in st.session_state if one != _LANGUAGE]:
        del st.session_state[one]
    if name:
        with desk.workspace.journal.entry(name, "leave", why=why, subject=_DOOR):
            pass


def reader(desk: Desk) -> Reader | None:
    """The reader of this session as they are registered now; None sends them to the door."""
    name, role = st.session_state.get(ENTERED, ("", ""))
    if not name:
        return None
    known = _known(desk, name, role)
    if known is None:
        leave(desk, why="turned_away")
        st.session_state[_TURNED_AWAY] = name
        return None
    now = (known.role, known.scope)
    if st.session_state.get(_TOLD, now) != now:
        st.session_state[_CHANGED] = True
    st.session_state[_TOLD] = now
    return known


def changed() -> bool:
    """Was the reader's role or region changed since their last click? Said once."""
    return bool(st.session_state.pop(_CHANGED, False))


def turned_away() -> str:
    """The name that was just refused, once; empty where nobody was."""
    return str(st.session_state.pop(_TURNED_AWAY, ""))


def people(desk: Desk) -> dict[str, Registered]:
    """Everybody ever registered, by name; where there is nobody the door is open to any name."""
    return registered(desk.workspace.review)


def emptied(desk: Desk) -> bool:
    """Is nobody registered although the journal tells of somebody who was? Then the table was changed behind its back.

    The journal is asked again only when an act has followed.
    """
    review = desk.workspace.review
    return not people(desk) and _told_of_anybody(desk.workspace, str(desk.workspace.path), review.last_seq())


@st.cache_resource(max_entries=4, show_spinner=False)
def _told_of_anybody(_workspace: Workspace, path: str, seq: int) -> bool:  # noqa: ARG001 - part of the key
    return bool(_workspace.review.acts_of_kind("enrol"))


def _as_known(desk: Desk, name: str) -> str:
    """At the open door: the spelling that the journal already knows a name by, so that nobody is two for four eyes."""
    if people(desk):
        return name
    names, _ = desk.workspace.journal.words()
    return name if name in names else next((one for one in sorted(names) if look(one) == look(name)), name)


def _known(desk: Desk, name: str, role: Role | None) -> Reader | None:
    """The reader of that name, if they may come in."""
    everybody = people(desk)
    if not everybody:
        return Reader(name, role) if role in ROLES and not emptied(desk) else None
    one = everybody.get(name)
    if one is None or not one.active:
        return None
    scope = Scope.of(one.region_code)
    if one.role in _CASES and not _placed(desk, scope):
        return None
    return Reader(one.name, one.role, scope, one.person_id, registered=True)


def _placed(desk: Desk, scope: Scope) -> bool:
    """Do the data of today know any of the reader's regions? Else a page could only show them all, or nothing."""
    return desk.tables is None or any(scope.covers(code) for code in desk.regions.codes)
