"""Which share of households without a lead goes into this month's control sample, and what has the sample told so far?

Households without a lead less those with the leads one may see would tell of leads on conduct: so who opens no case
reads the size and the method alone. Strata and list are the head of inspection's, for the whole of their region.
"""

from datetime import date
from functools import partial
from typing import Final

import polars as pl
import streamlit as st

from dashboard import address
from dashboard.exports import control
from dashboard.parts import download, few, states, tables
from dashboard.parts.counted import least
from dashboard.queries import lab
from dashboard.session import Session
from metrics.evaluation import sample

_MONTHS: Final = 3  # that can be chosen: that of the data, and the next ones


def draw(session: Session, scheme: str) -> None:  # noqa: ARG001 - the sample is of no scheme: that is its point
    """The month, the strata, the list, and the rate among households without a lead."""
    say = session.say
    st.subheader(say("control.title"))
    st.caption(say("control.what", size=control.size(session.desk)))
    month = _month(session)
    if not session.can("assign"):
        st.caption(say("control.not_named"))
    elif (pool := control.pool(session)).is_empty():
        states.nothing(say("control.empty"), say("control.empty_how"), part="control")
        return
    else:
        _taking(session, pool, month)
    _rate(session)


def _taking(session: Session, pool: pl.DataFrame, month: str) -> None:
    """The strata and the list, for who may open every case of them."""
    say = session.say
    _strata(session, pool, month)
    download.draw(
        session,
        partial(control.taken, month=month),
        say("control.take"),
        name=f"control-{control.region(session).replace('/', '_')}-{month}.csv",
        key="take-control",
        mime="text/csv",
        hint=say("control.take_what"),
    )
    st.caption(say("control.record"))


def _month(session: Session) -> str:
    """The month of the visits; it stands in the URL."""
    first = session.desk.as_of
    count = first.year * 12 + first.month - 1
    months = [f"{date(number // 12, number % 12 + 1, 1):%Y-%m}" for number in range(count, count + _MONTHS)]
    chosen = address.read("month") if address.read("month") in months else months[0]
    key, changed = address.bound("month", chosen)
    with st.container(width=220):
        st.selectbox(session.say("control.month"), months, key=key, on_change=changed)
    return chosen


def _strata(session: Session, pool: pl.DataFrame, month: str) -> None:
    say = session.say
    drawn_of = {"digest": session.desk.opened.digest, "month": month, "region": control.region(session)}
    rows = sample.strata(pool, control.size(session.desk), **drawn_of).to_dicts()
    table = [
        {
            say("control.township"): session.place(row["township"]),
            say("control.known"): say("control.yes") if row["known"] else say("control.no"),
            say("control.pool"): f"{row['pool']:,}",
            say("control.size"): f"{row['sampled']:,}",
        }
        for row in rows
    ]
    total = {
        say("control.township"): say("coverage.together"),
        say("control.known"): "",
        say("control.pool"): f"{sum(row['pool'] for row in rows):,}",
        say("control.size"): f"{sum(row['sampled'] for row in rows):,}",
    }
    tables.plain(pl.DataFrame([*table, total]), alt=say("control.title"))


def _rate(session: Session) -> None:
    """How common it is among those without a lead, as far as the sample has been looked into."""
    say = session.say
    st.subheader(say("control.rate"))
    st.caption(say("control.rate_what"))
    found = lab.sampled(session.desk, session.region_codes)
    outcomes = found["judged"].drop_nulls().to_list()
    told = few.seen(
        session,
        {"recorded": found.height, "concluded": len(outcomes), "confirmed": sum(outcomes)},
        within=[("concluded", "recorded"), ("confirmed", "concluded")],
    )
    concluded, confirmed = told["concluded"], told["confirmed"]
    counts = {name: few.told(session, count) for name, count in told.items()}
    if concluded == 0:
        st.text(say("control.rate_unknown", **counts))
    elif concluded is None or confirmed is None or concluded < few.enough(session):
        st.text(say("control.rate_hidden", minimum=least(session), **counts))
    else:
        rate = sample.rate_without_lead(confirmed, concluded)
        st.text(
            say(
                "control.rate_said", share=f"{rate.share:.1%}", low=f"{rate.low:.1%}", high=f"{rate.high:.1%}", **counts
            )
        )
