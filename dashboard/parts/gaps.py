"""In which programmes are people missing who seem entitled to them?"""

from typing import Final

import polars as pl
import streamlit as st

from dashboard.parts import counted, due, numbers, tables
from dashboard.rights import may
from dashboard.session import Session

_SCHEME: Final = "missed_entitlement"
_METRIC: Final = "undercoverage"


def draw(session: Session) -> None:
    """Those who work on leads read how many; others the metric by programme, small counts hidden."""
    say = session.say
    st.subheader(say("coverage.gaps"))
    if may(session.role, "queue"):
        _leads(session)
        return
    st.caption(say("coverage.gaps_metric"))
    card = session.desk.metric_cards.get(_METRIC)
    rows = [] if card is None else [row for row in counted.programmes(session, card).to_dicts() if row["programme"]]
    if card is None or not rows:
        st.text(say("coverage.gaps_unknown"))
        return
    tables.plain(
        pl.DataFrame(
            [
                {
                    say("coverage.programme"): due.programme(session, row["programme"]),
                    session.text(card.title): numbers.headline(session, card, row),
                    say("coverage.basis"): numbers.basis(session, card, row) if numbers.reliable(row) else "",
                }
                for row in rows
            ]
        ),
        alt=say("coverage.gaps"),
    )


def _leads(session: Session) -> None:
    """Leads of people and households that seem entitled and are not covered, by programme; a click opens the queue."""
    say = session.say
    st.caption(say("coverage.gaps_what"))
    leads = session.leads.filter(
        (pl.col("scheme") == _SCHEME) & pl.col("home").is_in(list(session.region_codes)) & (pl.col("part") != "")
    )
    if session.view.programme:
        leads = leads.filter(pl.col("part") == session.view.programme)
    found = leads.group_by("part").len().sort("len", "part", descending=[True, False])
    if found.is_empty():
        st.text(say("coverage.gaps_none"))
        return
    frame = pl.DataFrame(
        [
            {say("coverage.programme"): due.programme(session, code), say("coverage.missing"): f"{count:,}"}
            for code, count in found.iter_rows()
        ]
    )
    picked = tables.picker(frame, found["part"].to_list(), name="gaps", alt=say("coverage.gaps"))
    if picked:
        session.go("queue", scheme=_SCHEME, programme=picked if picked in session.desk.programmes else "")
