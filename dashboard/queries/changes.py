"""What changed most since last month, measured against each number's own uncertainty?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from typing import Any, Final

import polars as pl

from casework.card import MetricCard
from dashboard.queries.counts import Period
from metrics.honest.control import Chart

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
    def moved(self) -> bool:
        """Is it another number at all?"""
        return bool(self.before["value"] != self.now["value"])

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


def changes(
    courses: Iterable[tuple[MetricCard, pl.DataFrame]],
    last: date,
    chart_of: Callable[[MetricCard, pl.DataFrame], Chart],
) -> list[Change]:
    """Every metric with a value in that month and the one before, the most unusual first.

    A step between shares of a handful says nothing: both months rest on as many as areas need to be compared.
    """
    before = (last - timedelta(days=1)).replace(day=1)
    found = []
    for card, months in courses:
        known = {row["month"]: row for row in months.to_dicts() if row["value"] is not None}
        if last in known and before in known and _enough(card, known[before]) and _enough(card, known[last]):
            upto = months.filter(pl.col("month") <= last)
            found.append(Change(card, known[before], known[last], chart_of(card, upto)))
    return sorted(found, key=lambda one: (not one.moved, not one.special, -one.size, one.card.metric))


def _enough(card: MetricCard, row: dict[str, Any]) -> bool:
    if card.kind not in ("share", "quantile"):
        return True
    return row["whole"] is not None and row["whole"] >= card.minimum


def whole_month(period: Period, as_of: date) -> date | None:
    """The last month of the period that is over on that day; None where there is none."""
    until = min(period.until, as_of.replace(day=1))  # leads are concluded later: no month of cases
    if until >= period.since and whole(until, as_of):
        return until
    previous = (until - timedelta(days=1)).replace(day=1)
    return previous if previous >= period.since else None


def whole(month: date, as_of: date) -> bool:
    """Is the month over on that day?"""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return following <= as_of + timedelta(days=1)
