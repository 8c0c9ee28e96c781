"""Which numbers does a reader ask of the counts, over which months, and how much of them may they see?"""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final

import polars as pl

import metrics
from casework.card import MetricCard
from casework.dataset import Tables
from casework.policy import Policy
from metrics import rollup
from metrics.leads import ACTION, LEAD
from metrics.rollup import Measured
from metrics.sums import summed

USUAL: Final = 24  # months shown unless the reader asks for others: two years, so that each month has its like
SEES_ALL: Final = 0  # a small-cell limit that hides nothing
BY_POLICY: Final = None  # the limit that the rules set
REMEMBERED: Final = 400  # tables of periods: a reader moves between few


@dataclass(frozen=True, slots=True)
class Period:
    """Months from the first to the last, both by their first day."""

    since: date
    until: date

    @property
    def months(self) -> int:
        """How many."""
        return index(self.until) - index(self.since) + 1


def index(month: date) -> int:
    """Year x 12 + month - 1."""
    return month.year * 12 + month.month - 1


def month(number: int) -> date:
    """The first day of the month of that index."""
    return date(number // 12, number % 12 + 1, 1)


@dataclass(frozen=True)
class Counts:
    """All metrics of one snapshot, asked as often as wanted; whole tables are remembered by period and limit.

    `tables` has the leads beside the case tables, `measured` what they come to. `base`: the same without the leads,
    which no act changes, and whose tables therefore outlast it.
    """

    tables: Tables
    policy: Policy
    measured: Measured
    cards: dict[str, MetricCard]
    lacking: dict[str, list[str]]
    base: "Counts | None" = None
    _monthly: dict[tuple[str, int | None], pl.DataFrame] = field(default_factory=dict, repr=False)
    _kept: dict[tuple[str, Period, int | None], pl.DataFrame] = field(default_factory=dict, repr=False)
    _rows: dict[tuple[str, str, str, Period], pl.DataFrame] = field(default_factory=dict, repr=False)

    @property
    def minimum(self) -> int:
        """Counts from 1 up to below it are hidden from those who do not open cases."""
        return self.measured.small_cell

    @cached_property
    def months(self) -> list[date]:
        """Every month from the first with a count to the last."""
        counted = [one.frame["month_index"] for one in self.measured.counted.values() if one.frame.height]
        if not counted:
            return []
        first, last = min(map(_least, counted)), max(map(_most, counted))
        return [month(number) for number in range(first, last + 1)]

    def period(self, since: date | None, until: date | None) -> Period:
        """The months asked for, within those there are; the usual ones where nothing was asked.

        Leads are concluded after the day of the data: these months come in addition, and push none of the usual out.
        """
        months = self.months
        if not months:
            now = self.tables.as_of.replace(day=1)
            return Period(now, now)
        last = until if until in months else months[-1]
        first = (
            since if since in months else month(max(index(months[0]), min(index(last), self.measured.last) - USUAL + 1))
        )
        return Period(min(first, last), last)

    def total(
        self, metric: str, region: str, programme: str, period: Period, limit: int | None
    ) -> dict[str, Any] | None:
        """One number over the whole period, made anew from the counts; None where nothing was counted."""
        found = self.each(metric, [region], programme, period, limit)
        return found.row(0, named=True) if found.height else None

    def monthly(self, metric: str, region: str, programme: str, period: Period, limit: int | None) -> pl.DataFrame:
        """One number for each month of the period; a month without a count is missing."""
        found = rollup.series(self.by_month(metric, limit), metric, region, programme)
        known = found.filter(pl.col("month").is_between(period.since, period.until))
        there = set(known["month"])
        months = [month(number) for number in range(index(period.since), index(period.until) + 1)]
        hidden = [
            self._hidden(metric, programme, region, one)
            for one in months
            if one not in there and self._hides(metric, programme, region, Period(one, one), limit)
        ]
        return pl.concat([known, *hidden]).sort("month")

    def each(self, metric: str, regions: list[str], programme: str, period: Period, limit: int | None) -> pl.DataFrame:
        """One number for each of these regions over the period, by code."""
        found = _of(self.over(metric, period, limit), programme).filter(pl.col("region_code").is_in(regions))
        there = set(found["region_code"])
        hidden = [
            self._hidden(metric, programme, region, period.until)
            for region in dict.fromkeys(regions)
            if region not in there and self._hides(metric, programme, region, period, limit)
        ]
        return pl.concat([found, *hidden]).sort("region_code")

    def programmes(self, metric: str, region: str, period: Period, limit: int | None) -> pl.DataFrame:
        """One number for each programme of one region over the period ("" = all), by code."""
        whole = self.over(metric, period, limit)
        found = whole.filter(pl.col("region_code") == region)
        there = set(found["programme"])
        hidden = [
            self._hidden(metric, programme, region, period.until)
            for programme in whole["programme"].unique()
            if programme not in there and self._hides(metric, programme, region, period, limit)
        ]
        return pl.concat([found, *hidden]).sort("programme")

    def _hides(self, metric: str, programme: str, region: str, period: Period, limit: int | None) -> bool:
        return self.measured.hides(metric, programme, region, (index(period.since), index(period.until)), limit)

    def _hidden(self, metric: str, programme: str, region: str, on: date) -> pl.DataFrame:
        """The row of a hidden number that nothing was counted for: none would say that there is nothing."""
        row = {
            "metric": metric,
            "programme": programme,
            "tier": self.measured.regions[region].tier,
            "region_code": region,
            "month": on,
            "suppressed": True,
        }
        return pl.DataFrame([row | dict.fromkeys(rollup.SCHEMA.keys() - row.keys())], schema=rollup.SCHEMA)

    def repeats(self, metric: str, programme: str, period: Period) -> dict[str, int]:
        """In how many months of the period the same people are counted, by region; none where each month has others."""
        counted = self.measured.counted.get(metric)
        if counted is None or "part" not in counted.standing:
            return {}
        places = summed(counted, self.measured.regions, (index(period.since), index(period.until)))
        mine = places.filter(pl.col("counted_as") == programme)
        return dict(zip(mine["unit"].to_list(), mine["repeats"].to_list(), strict=True))

    def strata(self, metric: str, regions: list[str], period: Period, limit: int | None) -> pl.DataFrame | None:
        """Part and whole of each region and programme; None where the programmes do not add up to all."""
        if not self._adds_up(metric, regions, period):
            return None
        found = self.over(metric, period, limit).filter(pl.col("region_code").is_in(regions))
        return found.filter(pl.col("programme") != "").select("region_code", "programme", "part", "whole")

    def _adds_up(self, metric: str, regions: list[str], period: Period) -> bool:
        """Is everything counted in exactly one programme, of at least two? A yes or no tells nobody's count."""
        found = self.over(metric, period, SEES_ALL).filter(pl.col("region_code").is_in(regions))
        each = found.filter(pl.col("programme") != "")
        sums = [frame.select(pl.col("part", "whole").sum()).row(0) for frame in (each, _of(found, ""))]
        return each["programme"].n_unique() > 1 and sums[0] == sums[1] and sums[1][1] > 0

    def rows(self, metric: str, region: str, programme: str, period: Period) -> pl.DataFrame:
        """The rows behind `total`, by the metric's own filter; the last ones are remembered for their pages."""
        key = (metric, region, programme, period)
        found = self._rows.get(key)
        if found is None:  # another reader may forget at any moment what this one has just put there
            found = rollup.rows(
                metrics,
                self.tables,
                self.policy,
                metric,
                region=region,
                month=index(period.until),
                months=period.months,
                programme=programme,
            )
            self._rows.clear()
            self._rows[key] = found
        return found

    def warm(self) -> None:
        """Make what the first readers ask for: the months and the usual period, with and without a limit."""
        usual = self.period(None, None)
        for metric in self.measured.counted:
            for limit in (SEES_ALL, BY_POLICY):
                self.by_month(metric, limit)
                self.over(metric, usual, limit)

    def over(self, metric: str, period: Period, limit: int | None) -> pl.DataFrame:
        """The metric over the period, everywhere."""
        if self.base is not None and metric in self.base.measured.counted:
            return self.base.over(metric, period, limit)
        key = (metric, period, limit)
        found = self._kept.get(key)
        if found is None:
            found = self._made(metric, period, limit)
            if len(self._kept) > REMEMBERED:
                self._kept.clear()
            self._kept[key] = found
        return found

    def _made(self, metric: str, period: Period, limit: int | None) -> pl.DataFrame:
        if period.months == 1:
            return self.by_month(metric, limit).filter(pl.col("month") == period.until)
        window = (index(period.since), index(period.until))
        if limit == SEES_ALL:
            return self.measured.table(only=[metric], small_cell=limit, months=period.months, until=window[1])
        return self.measured.veiled(self.over(metric, period, SEES_ALL), metric, window, limit)

    def by_month(self, metric: str, limit: int | None) -> pl.DataFrame:
        """The metric in each month, everywhere."""
        if self.base is not None and metric in self.base.measured.counted:
            return self.base.by_month(metric, limit)
        key = (metric, limit)
        if key not in self._monthly:
            self._monthly[key] = (
                self.measured.table(only=[metric], small_cell=limit)
                if limit == SEES_ALL
                else self.measured.veiled(self.by_month(metric, SEES_ALL), metric, None, limit)
            )
        return self._monthly[key]


def _of(table: pl.DataFrame, programme: str) -> pl.DataFrame:
    return table.filter(pl.col("programme") == programme)


def _least(months: pl.Series) -> int:
    return int(months.min())  # type: ignore[arg-type]  # an integer column that is not empty


def _most(months: pl.Series) -> int:
    return int(months.max())  # type: ignore[arg-type]


def measured(tables: Tables, policy: Policy, cards: dict[str, MetricCard]) -> Counts:
    """Count everything about the cases once; what is about leads comes with `with_leads`."""
    only = [metric for metric, card in cards.items() if not of_leads(card)]
    return Counts(
        tables, policy, rollup.count(metrics, tables, policy, only=only), cards, rollup.unavailable(metrics, tables)
    )


def with_leads(base: Counts, tables: Tables) -> Counts:
    """The same, and what is about leads as they stand; `tables` has them beside the case tables."""
    only = [metric for metric, card in base.cards.items() if of_leads(card)]
    told = rollup.count(metrics, tables, base.policy, only=only)
    both = base.measured.beside(told)
    return Counts(tables, base.policy, both, base.cards, rollup.unavailable(metrics, tables), base)


def of_leads(card: MetricCard) -> bool:
    """Does the metric speak of leads, so that it changes with every act?"""
    return any(need.table in (LEAD, ACTION) for need in card.needs)
