"""What changed since last month, in three plain sentences?

The months compared are the last two whole ones of the view. First what the control chart calls a special cause, then
what moved most against its own uncertainty; a move inside the usual variation is told as such.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from typing import Any, Final

import polars as pl
import streamlit as st

from casework.card import MetricCard
from dashboard.parts import counted, numbers, variation
from dashboard.session import Session
from metrics.honest.control import Chart

MOST: Final = 3
_Z: Final = 1.959964  # standard errors in half a 95 % interval


@dataclass(frozen=True, slots=True)
class Change:
    """Two months of one metric and how unusual the step is."""

    card: MetricCard
    before: dict[str, Any]
    now: dict[str, Any]
    chart: Chart

    @property
    def special(self) -> bool:
        """Does the chart say that the last month is no usual variation?"""
        return self.chart.variation not in ("common_cause", "unknown")

    @property
    def size(self) -> float:
        """The step in standard errors of the difference; 0 where no interval tells them."""
        spread = [
            (row["high"] - row["low"]) / 2 / _Z
            for row in (self.before, self.now)
            if row["low"] is not None and row["high"] is not None
        ]
        error = sqrt(sum(one * one for one in spread)) if len(spread) == 2 else 0.0  # noqa: PLR2004 - two months
        return abs(self.now["value"] - self.before["value"]) / error if error else 0.0


def draw(session: Session, cards: list[MetricCard]) -> None:
    """The sentences, each with a way to the metric's course."""
    say = session.say
    st.subheader(say("changes.title"))
    last = whole_month(session)
    found = [] if last is None else changes(session, cards, last)
    if not found:
        st.text(say("changes.none"))
        return
    with st.container(key="changes", gap="small"):
        for change in found[:MOST]:
            told, way = st.columns([7, 1], vertical_alignment="center")
            told.text(sentence(session, change))
            with way:
                session.link("trends", say("changes.course"), metric=change.card.metric)


def changes(session: Session, cards: list[MetricCard], last: date) -> list[Change]:
    """Every metric with a value in both months, the most unusual first."""
    before = (last - timedelta(days=1)).replace(day=1)
    found = []
    for card in cards:
        months = counted.monthly(session, card)
        known = {row["month"]: row for row in months.to_dicts() if row["value"] is not None}
        if last in known and before in known:
            upto = months.filter(pl.col("month") <= last)
            found.append(Change(card, known[before], known[last], variation.chart_of(session, card, months=upto)))
    return sorted(found, key=lambda one: (not one.special, -one.size, one.card.metric))


def sentence(session: Session, change: Change) -> str:
    """One plain sentence: from what to what, and whether it is more than usual."""
    say, card = session.say, change.card
    now, before = change.now["value"], change.before["value"]
    way = "changes.same" if now == before else "changes.rose" if now > before else "changes.fell"
    told = say(
        way,
        metric=session.text(card.title),
        month=f"{change.now['month']:%Y-%m}",
        before=numbers.with_unit(session, card, before),
        now=numbers.with_unit(session, card, now),
    )
    if change.chart.variation == "unknown":
        return told + say("changes.too_short")
    if not change.special:
        return told + say("changes.usual")
    return told + say("changes.unusual", sign=say(variation.SIGNS[change.chart.variation][2]))


def whole_month(session: Session) -> date | None:
    """The last month of the view that is over on the day of the data; None where there is none."""
    until, as_of = session.view.period.until, session.desk.as_of
    following = date(until.year + until.month // 12, until.month % 12 + 1, 1)
    if following <= as_of + timedelta(days=1):
        return until
    previous = (until - timedelta(days=1)).replace(day=1)
    return previous if previous >= session.view.period.since else None
