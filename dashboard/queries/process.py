"""Has a metric changed beyond its usual variation, from which months are its limits new, and what is its target?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from casework.card import Better, MetricCard
from casework.errors import NothingInForceError
from casework.policy import Policy
from dashboard.queries.counts import index
from metrics.honest import control

TARGET: Final = "metric_target"


@dataclass(frozen=True, slots=True)
class Turn:
    """The first whole month under a new value of one of the metric's rules."""

    month: date
    rule: str
    since: date  # the day the value came into force


@dataclass(frozen=True, slots=True)
class Target:
    """Between which values the metric should lie (None: no bound), and who says so."""

    low: float | None
    high: float | None
    source: str
    demo: bool


def turns(policy: Policy, card: MetricCard, region: str, first: date, last: date) -> list[Turn]:
    """When a rule that the metric reads changed for this region, within the months; each month and rule once."""
    found = {
        (_first_whole(entry.from_), name): entry.from_
        for name in card.rules
        for entry in policy.rule(name).entries
        if region.startswith(entry.region)
    }
    return [Turn(month, name, since) for (month, name), since in sorted(found.items()) if first < month <= last]


def target(policy: Policy, card: MetricCard, region: str, on: date, urban_rural: str | None = None) -> Target | None:
    """The target in force for a place of that kind; None where nobody set one."""
    try:
        entry = policy.entry(TARGET, on=on, region=region, metric=card.metric, urban_rural=urban_rural)
    except NothingInForceError:
        return None
    return Target(entry.fields.get("low"), entry.fields.get("high"), entry.source, entry.demo)


def chart(months: pl.DataFrame, better: Better, rebased: Sequence[date], bound: float | None) -> control.Chart:
    """The control chart of a metric's months (`month`, `value`); what is hidden or unknown is a gap."""
    series = months.select(
        (pl.col("month").dt.year().cast(pl.Int32) * 12 + pl.col("month").dt.month().cast(pl.Int32) - 1).alias(
            "month_index"
        ),
        "value",
    )
    return control.chart(series, better, sorted({index(month) for month in rebased}), bound)


def _first_whole(day: date) -> date:
    """The month of that day if it is its first, else the next."""
    if day.day == 1:
        return day
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
