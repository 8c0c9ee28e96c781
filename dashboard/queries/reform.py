"""What were a place and its neighbours like before and after a day of change, as far as the reader may see?

Only numbers that the reader sees anyway are added up: a group of neighbours chosen at will, less one of them, would
otherwise tell the hidden count of that one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from casework.card import MetricCard
from casework.policy import Policy
from casework.regions import UNASSIGNED, Region, Regions
from casework.review.scope import Scope
from casework.text import Text
from dashboard.queries.counts import Counts, Period, index, month
from metrics.honest import reform

Days = NDArray[np.float64]
_FLAGS: Final = pl.DataFrame(schema={"region_code": pl.String(), "month": pl.Date(), "suppressed": pl.Boolean()})
_MONTHS: Final = pl.Schema(
    {"month": pl.Date(), "value": pl.Float64(), "whole": pl.Int64(), "veiled": pl.Int64()}  # as in `Group.months`
)


@dataclass(frozen=True, slots=True)
class Change:
    """A day from which rules changed here; `rules`: what they are about, none for a month that the reader picks."""

    day: date
    rules: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Windows:
    """The whole months before and after; the month in the middle of which the change came is in neither."""

    before: Period
    after: Period


@dataclass(frozen=True, slots=True)
class Sample:
    """Cases of a group in one window: `part` of `whole`, or the days that each of the `whole` took."""

    part: int
    whole: int
    days: Days

    @property
    def share(self) -> tuple[int, int]:
        """Part and whole."""
        return self.part, self.whole

    def value(self, card: MetricCard) -> float | None:
        """The metric's number."""
        if not self.whole:
            return None
        if card.kind == "quantile":
            return float(np.quantile(self.days, card.q, method="averaged_inverted_cdf"))
        return self.part / self.whole


@dataclass(frozen=True, slots=True)
class Group:
    """One side of the comparison; `veiled`: regions left out because a count of theirs is hidden.

    `months`: `month`, `value`, `whole` (null: hidden) and `veiled`, how many regions' months are left out.
    """

    codes: tuple[str, ...]
    veiled: tuple[str, ...]
    before: Sample
    after: Sample
    months: pl.DataFrame


def cards(counts: Counts) -> list[MetricCard]:
    """The metrics whose change can be weighed: shares and durations of handling that were measured."""
    kinds = ("share", "quantile")
    known = [card for card in counts.cards.values() if card.area == "efficiency" and card.kind in kinds]
    return sorted((card for card in known if card.metric in counts.measured.counted), key=lambda card: card.metric)


def span(counts: Counts, card: MetricCard) -> list[date]:
    """Every month from the metric's first count to its last."""
    counted = counts.measured.counted[card.metric].frame["month_index"].unique().sort().to_list()
    return [month(number) for number in range(counted[0], counted[-1] + 1)] if counted else []


def changes(policy: Policy, region: str, months: Sequence[date]) -> list[Change]:
    """Every day on which law changed here, and the first of every month, as long as a month lies before it."""
    found: dict[date, dict[str, Text]] = {first: {} for first in months[1:]}
    last = months[-1] if months else date.min
    for rule in policy.rules.values():
        for entry in rule.entries if rule.family == "statute" else ():
            day = entry.from_
            if region.startswith(entry.region) and months and months[0] < day.replace(day=1) <= last:
                found.setdefault(day, {})[rule.id] = rule.label
    return [Change(day, tuple(rules.values())) for day, rules in sorted(found.items())]


def usual(changes: Sequence[Change]) -> Change:
    """What is shown unless the reader asks: the newest change of rules, else the month in the middle."""
    ruled = [change for change in changes if change.rules]
    return ruled[-1] if ruled else changes[len(changes) // 2]


def windows(months: Sequence[date], day: date, size: int) -> Windows | None:
    """So many whole months on either side, as far as there are; None where a side has none."""
    first, last, here = index(months[0]), index(months[-1]), index(day)
    since = here if day.day == 1 else here + 1
    before, after = (max(first, here - size), here - 1), (since, min(last, since + size - 1))
    if before[0] > before[1] or after[0] > after[1]:
        return None
    return Windows(*(Period(month(low), month(high)) for low, high in (before, after)))


def neighbours(regions: Regions, region: str, scope: Scope) -> list[Region]:
    """The other regions under the same roof, as far as they are the reader's."""
    if region.endswith(UNASSIGNED) or region not in regions:
        return []
    above = regions[region].parent
    others = regions.children(above) if above is not None else ()
    return [one for one in others if one.code != region and scope.covers(one.code)]


def group(
    counts: Counts, card: MetricCard, codes: Sequence[str], programme: str, asked: Windows, limit: int | None
) -> Group:
    """These regions together in both windows and month by month."""
    hidden = {
        code
        for period in (asked.before, asked.after)
        for code in counts.each(card.metric, [*codes], programme, period, limit).filter(pl.col("suppressed"))[
            "region_code"
        ]
    }
    kept = [code for code in codes if code not in hidden]
    before, after = (_sample(counts, card, kept, programme, period) for period in (asked.before, asked.after))
    months = _monthly(counts, card, kept, programme, limit)
    return Group(tuple(kept), tuple(code for code in codes if code in hidden), before, after, months)


def effect(card: MetricCard, mine: Group, others: Group) -> reform.Effect:
    """The difference in differences: of shares, or of mean days."""
    if card.kind == "quantile":
        return reform.days_effect(mine.before.days, mine.after.days, others.before.days, others.after.days)
    return reform.share_effect(mine.before.share, mine.after.share, others.before.share, others.after.share)


def drift(mine: Group, others: Group, before: Period) -> reform.PreTrend:
    """Were the two drifting apart already in the months before?"""
    here, elsewhere = (dict(one.months.select("month", "value").iter_rows()) for one in (mine, others))
    months = [month(number) for number in range(index(before.since), index(before.until) + 1)]
    return reform.pre_trend([here.get(one) for one in months], [elsewhere.get(one) for one in months])


def _cells(counts: Counts, card: MetricCard, codes: Sequence[str], programme: str) -> pl.DataFrame:
    """The counts of these regions as counted, and the `unit` of each row."""
    frame = counts.measured.counted[card.metric].frame.filter(pl.col("counted_as") == programme)
    places = counts.measured.regions.frame(frame["region_code"].unique()).filter(pl.col("unit").is_in([*codes]))
    return frame.join(places.select("region_code", "unit"), on="region_code", nulls_equal=True)


def _sample(counts: Counts, card: MetricCard, codes: Sequence[str], programme: str, period: Period) -> Sample:
    cells = _cells(counts, card, codes, programme)
    return _together(cells.filter(pl.col("month_index").is_between(index(period.since), index(period.until))), card)


def _together(cells: pl.DataFrame, card: MetricCard) -> Sample:
    whole = int(cells["whole"].sum())
    if card.kind == "quantile":
        return Sample(0, whole, np.repeat(cells["value"].to_numpy(), cells["whole"].to_numpy()).astype(np.float64))
    return Sample(int(cells["part"].sum()), whole, np.empty(0))


def _monthly(counts: Counts, card: MetricCard, codes: Sequence[str], programme: str, limit: int | None) -> pl.DataFrame:
    """Month by month, of the regions whose month may be seen."""
    months = span(counts, card)
    whole = Period(months[0], months[-1])
    flags = pl.concat(
        [
            _FLAGS,
            *(counts.monthly(card.metric, code, programme, whole, limit).select(_FLAGS.columns) for code in codes),
        ]
    )
    shown = flags.filter(~pl.col("suppressed")).with_columns(month_index=_index("month"))
    told = _cells(counts, card, codes, programme).join(
        shown, left_on=["unit", "month_index"], right_on=["region_code", "month_index"], how="semi"
    )
    veiled = dict(flags.group_by("month").agg(pl.col("suppressed").sum()).rows())
    rows = []
    for one in months:
        sample, hidden = _together(told.filter(pl.col("month_index") == index(one)), card), veiled.get(one, 0)
        nothing_told = not codes or (hidden and not sample.whole)
        rows.append((one, sample.value(card), None if nothing_told else sample.whole, hidden))
    return pl.DataFrame(rows, schema=_MONTHS, orient="row")


def _index(month: str) -> pl.Expr:
    return (pl.col(month).dt.year().cast(pl.Int32) * 12 + pl.col(month).dt.month() - 1).cast(pl.Int32)
