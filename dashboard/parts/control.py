"""Which share of households without a lead goes into this month's control sample, and what has the sample told so far?

Researchers read how many of each stratum; the list itself, which names households, is the head of inspection's to take.
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
Cell = tuple[str, str]


def draw(session: Session, scheme: str) -> None:  # noqa: ARG001 - the sample is of no scheme: that is its point
    """The month, the strata, the list, and the rate among households without a lead."""
    say = session.say
    st.subheader(say("control.title"))
    st.caption(say("control.what", size=int(session.desk.policy.value("control_sample", on=session.desk.as_of))))
    month = _month(session)
    pool = session.desk.lab.pool(lab.flagged_anywhere(session.desk), session.region_codes)
    if pool.is_empty():
        states.nothing(say("control.empty"), say("control.empty_how"), part="control")
        return
    _strata(session, pool, month)
    if session.can("assign"):
        download.draw(
            session,
            partial(control.taken, month=month),
            say("control.take"),
            name=f"control-{session.view.region.replace('/', '_')}-{month}.csv",
            key="take-control",
            mime="text/csv",
            hint=say("control.take_what"),
        )
        st.caption(say("control.record"))
    else:
        st.caption(say("control.not_named"))
    _rate(session)


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
    size = int(session.desk.policy.value("control_sample", on=session.desk.as_of))
    digest, region = session.desk.opened.digest, session.view.region
    rows = sample.strata(pool, size, digest=digest, month=month, region=region).to_dicts()
    names = [f"{row['township']} {row['known']}" for row in rows]
    cells: dict[Cell, int] = {
        (name, column): row[column] for name, row in zip(names, rows, strict=True) for column in ("pool", "sampled")
    }
    sums = [(("", column), [(name, column) for name in names]) for column in ("pool", "sampled")]
    cells |= {total: sum(cells[part] for part in parts) for total, parts in sums}
    pools = few.seen(session, {cell: count for cell, count in cells.items() if cell[1] == "pool"}, sums=sums[:1])
    table = [
        {
            say("control.township"): session.place(row["township"]),
            say("control.known"): say("control.yes") if row["known"] else say("control.no"),
            say("control.pool"): few.told(session, pools[name, "pool"]),
            say("control.size"): few.told(session, None if pools[name, "pool"] is None else row["sampled"]),
        }
        for name, row in zip(names, rows, strict=True)
    ]
    total = {
        say("control.township"): say("coverage.together"),
        say("control.known"): "",
        say("control.pool"): few.told(session, pools["", "pool"]),
        say("control.size"): str(cells["", "sampled"]),
    }
    tables.plain(pl.DataFrame([*table, total]), alt=say("control.title"))
    few.rounding(session)


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
