"""How often was each scheme right where somebody looked, and how many visits does a confirmed lead take?"""

from typing import Final

import polars as pl
import streamlit as st

from dashboard.parts import counted, labels, shown, tables
from dashboard.parts.before_work import ENOUGH
from dashboard.parts.closure import TOTAL, Concluded
from dashboard.parts.few import told
from dashboard.queries import outcomes, visits
from dashboard.queries.counts import SEES_ALL
from dashboard.queries.outcomes import Outcomes
from dashboard.rights import may
from dashboard.session import Session

_COLUMNS: Final = {
    "n": "before.n",
    "confirmed": "integrity.confirmed",
    "refuted": "integrity.refuted",
    "deviation": "integrity.deviations",
    "inconclusive": "before.inconclusive",
    "pending": "before.pending",
}


def beside(session: Session, counts: Concluded) -> list[str]:
    """What stands beside the share confirmed, and is not counted in it (R24)."""
    cells = counts.cells
    return [
        session.say(
            "integrity.beside",
            pending=told(session, cells[TOTAL, "pending"]),
            inconclusive=told(session, cells[TOTAL, "inconclusive"]),
        )
    ]


def draw(session: Session, told_of: Outcomes, open_leads: pl.DataFrame, counts: Concluded) -> None:
    """Visits for each confirmed lead, past and expected; then scheme by scheme."""
    say = session.say
    st.subheader(say("integrity.precision"))
    st.caption(say("integrity.precision_what"))
    for line in (_past(session, told_of, counts), _expected(session, open_leads)):
        st.text(line)
    if not counts.schemes:
        st.caption(say("integrity.nobody_looked"))
        return
    rows = [_row(session, scheme, counts) for scheme in [*counts.schemes, TOTAL]]
    tables.plain(pl.DataFrame(rows), alt=say("integrity.precision"))
    if counted.least(session) != SEES_ALL:
        st.caption(say("integrity.together"))
    if may(session.role, "lab"):
        session.link("lab", say("lab.link"))


def _past(session: Session, told_of: Outcomes, counts: Concluded) -> str:
    say = session.say
    made, confirmed = outcomes.visits_for_each(told_of.leads, session.view.period)
    if counts.cells[TOTAL, "confirmed"] is None:
        return say("integrity.past_hidden", minimum=session.desk.counts.minimum)
    return say("integrity.past", each=f"{made / confirmed:.1f}") if confirmed else say("integrity.past_unknown")


def _expected(session: Session, open_leads: pl.DataFrame) -> str:
    """By the shares of schemes looked into often enough, wherever that was: the queue says the same."""
    say = session.say
    shares = {
        scheme: (one.low, one.high)
        for scheme, one in session.desk.board.precision.items()
        if one.n >= ENOUGH and one.low is not None and one.high is not None
    }
    _, made, for_nothing = visits.expected(open_leads, shares)
    if for_nothing is None:
        return say("integrity.expected_unknown", enough=ENOUGH)
    least, most = (made / (made - futile) if made > futile else None for futile in for_nothing)
    return say("integrity.expected", low=shown.number(least), high=shown.number(most))


def _row(session: Session, scheme: str, counts: Concluded) -> dict[str, str]:
    say, cells = session.say, counts.cells
    looked, confirmed = cells[scheme, "n"], cells[scheme, "confirmed"]
    share = outcomes.share(confirmed, looked)
    judged = scheme not in (TOTAL, outcomes.BY_HAND)  # of all together the card speaks; a person is no detector
    missing = say("before.none") if looked == 0 else told(session, None)
    return {
        say("queue.lead"): _name(session, scheme),
        say("before.share"): "" if not judged else missing if share is None else shown.percent(share.value),
        say("before.interval"): f"{share.low:.0%} – {share.high:.0%}" if judged and share is not None else "",
        **{say(_COLUMNS[column]): told(session, cells[scheme, column]) for column in counts.columns},
    }


def _name(session: Session, scheme: str) -> str:
    if scheme == TOTAL:
        return session.say("integrity.all_schemes")
    if scheme == outcomes.CONDUCT:
        return session.say("integrity.conduct")
    return labels.scheme(scheme, session.language, session.desk)
