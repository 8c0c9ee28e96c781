"""What will the visits of this queue come to, going by what visits came to so far?

Shown before any work begins (safeguards, idea 8; R23): visits, what past visits found, how many households are likely
to be visited for nothing. Where nobody has looked yet the answer is unknown, not nought.
"""

from typing import Final

import polars as pl
import streamlit as st

from dashboard.parts import labels, tables
from dashboard.queries import visits
from dashboard.session import Session

ENOUGH: Final = 5  # outcomes of a scheme before anything is expected of its next visits


def strip(session: Session, ordered: pl.DataFrame) -> None:
    """One line, and behind it the share of every scheme in the queue."""
    say = session.say
    came_of = session.desk.board.precision
    shares = {
        scheme: (one.low, one.high)
        for scheme, one in came_of.items()
        if one.n >= ENOUGH and one.low is not None and one.high is not None
    }
    all_visits, told, nothing = visits.expected(ordered, shares)
    if nothing is None:
        st.text(say("before.unknown", visits=f"{all_visits:,}"))
    else:
        least, most = (f"{bound:,.0f}" for bound in nothing)
        said = say("before.said", visits=f"{all_visits:,}", told=f"{told:,}", least=least, most=most)
        st.text(said)
    with st.expander(say("before.schemes")):
        st.caption(say("before.what"))
        tables.plain(_shares(session, ordered), alt=say("before.schemes"))


def _shares(session: Session, ordered: pl.DataFrame) -> pl.DataFrame:
    say = session.say
    rows = []
    for scheme, total in ordered.group_by("scheme").len().sort("len", "scheme", descending=[True, False]).iter_rows():
        one = session.desk.board.precision.get(scheme)
        looked = one is not None and one.share is not None
        rows.append(
            {
                say("queue.lead"): labels.scheme(scheme, session.language, session.desk),
                say("before.waiting"): total,
                say("before.share"): f"{one.share:.0%}"
                if one is not None and one.share is not None
                else say("before.none"),
                say("before.interval"): f"{one.low:.0%} – {one.high:.0%}"
                if one is not None and looked and one.low is not None and one.high is not None
                else "",
                say("before.n"): one.n if one is not None else 0,
                say("before.pending"): one.pending if one is not None else 0,
                say("before.inconclusive"): one.inconclusive if one is not None else 0,
                say("before.deviation"): one.deviation if one is not None else 0,
                say("before.visits"): f"{one.visits / one.confirmed:.1f}"
                if one is not None and one.confirmed
                else say("before.none"),
            }
        )
    return pl.DataFrame(rows)
