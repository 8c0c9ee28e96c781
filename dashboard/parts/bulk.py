"""How does a head of inspection give many leads to someone at once, and take that back?"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl
import streamlit as st

from dashboard import deeds
from dashboard.parts import tables
from dashboard.session import Session

_SEEN: Final = "bulk-seen"


def switch(session: Session) -> bool:
    """Does the reader want to mark rows instead of opening them?"""
    return session.can("assign") and st.toggle(session.say("bulk.switch"), key="bulk-on")


def choose(
    session: Session, rows: pl.DataFrame, groups: Sequence[pl.DataFrame], *, columns: Mapping[str, Any], lines: int
) -> None:
    """The same table with rows to mark; whose leads go to the chosen inspector together, household by household."""
    say = session.say
    shown = hashlib.blake2b("\n".join(group["lead_id"][0] for group in groups).encode(), digest_size=8).hexdigest()
    above = st.container()  # in sight while rows are marked
    state = st.dataframe(
        rows,
        key=f"bulk-{shown}",
        hide_index=True,
        column_config=columns,
        on_select="rerun",
        selection_mode="multi-row",
        row_height=tables.height(lines),
        height="content",
        alt=say("bulk.alt"),
        placeholder="",
    )
    marked = [groups[row] for row in state["selection"]["rows"] if row < len(groups)]
    now = {lead["lead_id"]: int(lead["version"]) for group in marked for lead in group.iter_rows(named=True)}
    with above, st.form("bulk", border=True):
        who, button = st.columns([3, 1], vertical_alignment="bottom")
        to = whom(session, who)
        if button.form_submit_button(say("bulk.assign", count=len(now)), type="primary", width="stretch"):
            before = st.session_state.get(_SEEN, {})  # as the reader saw them when they marked them
            _assign(session, {lead_id: before.get(lead_id, version) for lead_id, version in now.items()}, to)
    st.session_state[_SEEN] = now
    with above:
        _undo(session)


def whom(session: Session, place: Any) -> str:  # noqa: ANN401 - a streamlit container
    """A box for who it goes to: one of those registered who work on leads, else any name."""
    say = session.say
    names = [
        one["name"]
        for one in session.desk.workspace.review.readers()
        if one["active"] and one["role"] in {"inspector", "supervisor"}
    ]
    if names:
        return str(
            place.selectbox(say("bulk.to"), names, index=None, placeholder=say("decide.unset"), key="bulk-to") or ""
        )
    return str(place.text_input(say("bulk.to_name"), key="bulk-to", max_chars=40)).strip()


def _assign(session: Session, seen: dict[str, int], to: str) -> None:
    say = session.say
    if not seen or not to:
        deeds.tell("error", say("bulk.nothing"))
        st.rerun()

    def done(key: str) -> str:
        given, refused = deeds.assign(session, seen, to, key)
        st.session_state["bulk-given"] = given
        why = "; ".join(sorted({error.say(session.language) for error in refused.values()}))
        return say("bulk.done", count=len(given), to=to) + (
            say("bulk.not", count=len(refused), why=why) if refused else ""
        )

    deeds.clicked("bulk", session, done)
    st.rerun()


def _undo(session: Session) -> None:
    """Take back the last assignment of this session, as far as nothing has followed it."""
    given: list[str] = st.session_state.get("bulk-given", [])
    if not given or not st.button(session.say("bulk.undo", count=len(given)), key="bulk-undo"):
        return

    def done(key: str) -> str:
        session.demand("assign")
        review = session.desk.workspace.review
        undone, refused = review.act_on_many(session.who, "undo", {lead_id: {} for lead_id in given}, key=key)
        st.session_state.pop("bulk-given", None)
        why = "; ".join(sorted({error.say(session.language) for error in refused.values()}))
        return session.say("bulk.undone", count=len(undone)) + (
            session.say("bulk.not", count=len(refused), why=why) if refused else ""
        )

    deeds.clicked("bulk-undo", session, done)
    st.rerun()
