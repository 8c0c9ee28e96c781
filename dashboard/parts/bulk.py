"""How does a head of inspection give many leads to someone at once, and take that back?"""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
import streamlit as st

from dashboard import deeds
from dashboard.parts import tables
from dashboard.session import Session


def switch(session: Session) -> bool:
    """Does the reader want to mark rows instead of opening them?"""
    return session.can("assign") and st.toggle(session.say("bulk.switch"), key="bulk-on")


def choose(
    session: Session, rows: pl.DataFrame, groups: Sequence[Sequence[str]], *, columns: Mapping[str, Any]
) -> None:
    """The same table with rows to mark; whose leads go to the chosen inspector together, household by household."""
    say = session.say
    shown = "-".join(lead_id[:4] for group in groups for lead_id in group[:1])
    state = st.dataframe(
        rows,
        key=f"bulk-{shown}",
        hide_index=True,
        column_config=columns,
        on_select="rerun",
        selection_mode="multi-row",
        row_height=12 + 20 * tables.LINES[session.language],
        height="content",
        alt=say("bulk.alt"),
        placeholder="",
    )
    lead_ids = [lead_id for row in state["selection"]["rows"] if row < len(groups) for lead_id in groups[row]]
    with st.form("bulk", border=True):
        who, button = st.columns([3, 1], vertical_alignment="bottom")
        to = _whom(session, who)
        if button.form_submit_button(say("bulk.assign", count=len(lead_ids)), type="primary", width="stretch"):
            _assign(session, lead_ids, to)
    _undo(session)


def _whom(session: Session, place: Any) -> str:  # noqa: ANN401 - a streamlit container
    say = session.say
    names = [
        one["name"]
        for one in session.desk.workspace.review.readers()
        if one["active"] and one["role"] in {"inspector", "supervisor"}
    ]
    if names:
        return str(place.selectbox(say("bulk.to"), names, key="bulk-to") or "")
    return str(place.text_input(say("bulk.to_name"), key="bulk-to", max_chars=40)).strip()


def _assign(session: Session, lead_ids: list[str], to: str) -> None:
    say = session.say
    if not lead_ids or not to:
        deeds.tell("error", say("bulk.nothing"))
        st.rerun()

    def done(key: str) -> str:
        given, refused = deeds.assign(session, lead_ids, to, key)
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
        review = session.desk.workspace.review
        undone, refused = review.act_on_many(session.who, "undo", {lead_id: {} for lead_id in given}, key=key)
        st.session_state.pop("bulk-given", None)
        why = "; ".join(sorted({error.say(session.language) for error in refused.values()}))
        return session.say("bulk.undone", count=len(undone)) + (
            session.say("bulk.not", count=len(refused), why=why) if refused else ""
        )

    deeds.clicked("bulk-undo", session, done)
    st.rerun()
