"""Is the procedure kept, and what came of the leads?"""

from typing import Final

import polars as pl
import streamlit as st

from casework.review.scope import DISCIPLINE
from dashboard.parts import boxes, closure, counted, lacking, owed, place, precise, states, voices
from dashboard.parts.closure import Concluded
from dashboard.queries import outcomes
from dashboard.queries.board import UNCOUNTED
from dashboard.queries.outcomes import Outcomes
from dashboard.session import Session

_PROCEDURE: Final = (
    "filing_share",
    "county_visit_share",
    "document_completeness",
    "posting_compliance",
    "match_coverage",
)
_LEADS: Final = ("lead_precision", "recovered_share")
_IN_A_ROW: Final = 3


def show(session: Session) -> None:
    """Closure first, then money owed beside money in doubt, procedure, precision and missing papers."""
    session.demand("integrity")
    say, desk = session.say, session.desk
    st.title(say("integrity.title"))
    if desk.tables is None:
        states.no_data(say, desk)
        return
    place.draw(session)
    voices.hidden_what(session)
    found = _mine(session)
    counts = None if found is None else _counts(session, found)
    if found is None or counts is None:
        st.subheader(say("integrity.closure"))
        states.no_run(say, desk)
    else:
        closure.draw(session, found, counts)
        owed.draw(session)
    st.subheader(say("integrity.procedure"))
    st.caption(say("integrity.procedure_what"))
    boxes.draw(session, _PROCEDURE, in_a_row=_IN_A_ROW)
    if session.role not in DISCIPLINE:
        st.caption(say("integrity.closed_rows"))
    if found is not None and counts is not None:
        precise.draw(session, found, _open(session), counts)
        boxes.draw(session, _LEADS, in_a_row=len(_LEADS), beside={"lead_precision": precise.beside(session, counts)})
    lacking.draw(session)


def _mine(session: Session) -> Outcomes | None:
    """Of those whose work is discipline the leads they may see; for the others all are counted, and named by none."""
    told = session.desk.outcomes
    if told is None:
        return None
    only = session.leads["lead_id"].to_list() if session.role in DISCIPLINE else None
    return outcomes.narrowed(told, session.region_codes, session.view.programme, only)


def _counts(session: Session, found: Outcomes) -> Concluded:
    period = session.view.period
    by_scheme = outcomes.by_scheme(found.leads, period, together=session.role not in DISCIPLINE)
    closed = outcomes.concluded(found.leads, period).filter(pl.col("state") == "closed").height
    return closure.seen(by_scheme, closed, counted.least(session))


def _open(session: Session) -> pl.DataFrame:
    """The leads that wait for a visit: of which no number is shown, only how many visits one of them may take."""
    leads, programme = session.leads if session.role in DISCIPLINE else session.desk.board.leads, session.view.programme
    here = pl.col("home").is_in(list(session.region_codes)) & ~pl.col("gone") & pl.col("outcome").is_null()
    chosen = (pl.col("programme") == programme) if programme else pl.lit(value=True)
    return leads.filter(here & chosen & ~UNCOUNTED)
