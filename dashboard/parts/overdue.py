"""Which offices have cases past their limit or near it, and should be told?"""

import polars as pl
import streamlit as st

from dashboard.parts import counted, tables
from dashboard.queries import times
from dashboard.queries.counts import SEES_ALL
from dashboard.session import Session

_COUNTS = {"red": "times.red_cases", "amber": "times.amber_cases", "open": "times.open"}


def draw(session: Session) -> None:
    """Red and amber by office; a click opens the office's list and notice on the time board."""
    say, desk, least = session.say, session.desk, counted.least(session)
    st.subheader(say("timeliness.offices"))
    cases = times.narrowed(desk.undecided, times.Asked(session.region_codes, session.view.programme))
    due = times.due(cases)
    if due.is_empty():
        st.caption(say("timeliness.no_due", day=desk.as_of))
        return
    st.caption(say("timeliness.offices_what", day=desk.as_of))
    groups = times.broken_down(cases, "office", least)
    if least != SEES_ALL:  # the order would tell what is hidden
        groups = groups.sort("office")
    groups = groups.filter(pl.col("office").is_in(due["office"].implode()))
    rows = [
        {say("times.office"): session.place(row["office"])}
        | {say(title): say("times.few") if row[name] is None else f"{row[name]:,}" for name, title in _COUNTS.items()}
        for row in groups.to_dicts()
    ]
    alt = say("timeliness.offices_alt")
    picked = tables.picker(pl.DataFrame(rows), groups["office"].to_list(), name="offices", alt=alt)
    if picked:
        session.go("times", office=picked)
    if least != SEES_ALL:
        st.caption(say("times.few_what", minimum=desk.counts.minimum))
