"""What is the number of every region, month and programme, and which rows are behind it?

Counts are added up the tree of regions; the number and its interval are made once, last, from the sums (1 of 2 and 98
of 98 make 99 %). Every region, a county as well as a village, has one row a month: its children, with the unassigned
part "<code>/-", add up to it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Final

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.engine import Frame
from casework.errors import WrongUsageError
from casework.policy import Policy
from casework.regions import TIERS, Regions
from casework.registry import found
from casework.text import Text
from metrics.counts import Counts
from metrics.hiding import Veil, veils
from metrics.honest import value as honest
from metrics.sums import Counted, Window, summed

SCHEMA: Final = pl.Schema(
    {
        "metric": pl.String(),
        "programme": pl.String(),  # "" = all
        "tier": pl.String(),
        "region_code": pl.String(),
        "month": pl.Date(),  # its first day; of a period its last month's
        "part": pl.Int64(),
        "whole": pl.Int64(),
        "value": pl.Float64(),
        "low": pl.Float64(),
        "high": pl.Float64(),
        "suppressed": pl.Boolean(),
    }
)
_CELL: Final = ["counted_as", "unit", "month_index"]
_TOLD: Final = ("part", "value", "low", "high")
_RANK: Final = {tier: place for place, tier in enumerate(TIERS)}


@dataclass(frozen=True, slots=True)
class Measured:
    """All counts of one snapshot under one policy: asked for tables as often as wanted, nothing is read again."""

    regions: Regions
    counted: Mapping[str, Counted]  # by metric
    last: int  # the month of as_of
    small_cell: int
    _veils: dict[tuple[str, int], tuple[Counted, tuple[Veil, ...]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def table(
        self,
        *,
        only: Collection[str] | None = None,
        tier: str | None = None,
        small_cell: int | None = None,
        months: int | None = None,
        until: int | None = None,
    ) -> pl.DataFrame:
        """Contract §6, a row a month; with `months` one row for so many months up to and including `until`.

        `until`: a month as year x 12 + month - 1, else that of `as_of`. `small_cell`: counts of 1 up to below it are
        hidden, and what would give them away; the policy's where not given, 0 hides nothing (inspectors). The hidden
        places that have no count are among them.

        Raises:
            WrongUsageError: no such tier.
        """
        if tier is not None and tier not in TIERS:
            raise WrongUsageError(
                Text(f"没有层级 {tier};可用:{'、'.join(TIERS)}", f"no tier {tier}; there are {', '.join(TIERS)}")
            )
        limit = self.small_cell if small_cell is None else small_cell
        end = self.last if until is None else until
        window: Window | None = None if months is None else (end - months + 1, end)
        asked = [one for metric, one in self.counted.items() if only is None or metric in only]
        rows = pl.concat([pl.DataFrame(schema=SCHEMA), *(self._one(one, window, limit) for one in asked)])
        chosen = rows if tier is None else rows.filter(pl.col("tier") == tier)
        rank = pl.col("tier").replace_strict(_RANK, return_dtype=pl.Int32)
        return chosen.sort("metric", "programme", rank, "region_code", "month")

    def _one(self, counted: Counted, window: Window | None, limit: int) -> pl.DataFrame:
        numbers = honest.judged(summed(counted, self.regions, window), counted.card)
        if limit > 1:
            numbers = self._veiled(numbers, counted, window, limit, complete=True)
        else:
            numbers = numbers.with_columns(suppressed=pl.lit(value=False))
        return numbers.select(
            pl.lit(counted.card.metric).alias("metric"),
            pl.col("counted_as").alias("programme"),
            "tier",
            pl.col("unit").alias("region_code"),
            _first_day(),
            *("part", "whole", "value", "low", "high", "suppressed"),
        ).cast(SCHEMA)

    def veiled(self, open_table: pl.DataFrame, metric: str, window: Window | None, limit: int | None) -> pl.DataFrame:
        """A table of one metric that hides nothing (`small_cell` 0), with what that limit hides: so it is made once.

        Without the hidden places that have no count, of which one asks `hides`.
        """
        least = self.small_cell if limit is None else limit
        if least <= 1 or metric not in self.counted:
            return open_table
        month = pl.col("month").dt.year() * 12 + pl.col("month").dt.month().cast(pl.Int32) - 1
        numbers = open_table.drop("suppressed").with_columns(
            pl.col("programme").alias("counted_as"), pl.col("region_code").alias("unit"), month.alias("month_index")
        )
        return self._veiled(numbers, self.counted[metric], window, least, complete=False).select(SCHEMA.names())

    def beside(self, told: "Measured") -> "Measured":
        """With what another counted; what is hidden of that is made anew, of the rest it stays."""
        kept = {key: made for key, made in self._veils.items() if key[0] not in told.counted}
        return Measured(self.regions, {**self.counted, **told.counted}, self.last, self.small_cell, kept)

    def _veiled(
        self, numbers: pl.DataFrame, counted: Counted, window: Window | None, limit: int, *, complete: bool
    ) -> pl.DataFrame:
        """What must not be shown, emptied; `complete`: places without a count among hidden ones are hidden like them.

        Left out they would be known to have none.
        """
        found = self._veils_of(counted, limit)
        both = pl.concat([veil.cells(window) for veil in found]).unique()
        whole = pl.concat([veil.cells(window) for veil in found if veil.all]).unique()
        if complete:
            numbers = pl.concat([numbers, self._without_count(both, numbers)], how="diagonal")
        marked = numbers.join(both.with_columns(suppressed=True), on=_CELL, how="left", maintain_order="left").join(
            whole.with_columns(veiled=True), on=_CELL, how="left", maintain_order="left"
        )
        told = marked.with_columns(pl.col("suppressed", "veiled").fill_null(value=False))
        return told.with_columns(
            *(pl.when(~pl.col("suppressed")).then(pl.col(name)).alias(name) for name in _TOLD),
            pl.when(~pl.col("veiled")).then(pl.col("whole")).alias("whole"),
        )

    def _without_count(self, hidden: pl.DataFrame, numbers: pl.DataFrame) -> pl.DataFrame:
        """The hidden places that have no row."""
        every = hidden.join(numbers.select(_CELL), on=_CELL, how="anti")
        units = every["unit"].unique().to_list()
        tiers = pl.DataFrame(
            {"unit": units, "tier": [self.regions[unit].tier for unit in units]},
            schema={"unit": pl.String(), "tier": pl.String()},
        )
        return every.join(tiers, on="unit")

    def hides(self, metric: str, programme: str, region: str, window: Window, limit: int | None = None) -> bool:
        """Is the number of that metric, programme and region over the months hidden, counted or not?"""
        least = self.small_cell if limit is None else limit
        if least <= 1 or metric not in self.counted:
            return False
        return any(veil.hides(programme, region, window) for veil in self._veils_of(self.counted[metric], least))

    def _veils_of(self, counted: Counted, limit: int) -> tuple[Veil, ...]:
        """What hides anything of the metric; made once for these counts and each limit.

        It is remembered with its counts: a copy with others of a metric (leads move) must not hide by the old.
        """
        key = (counted.card.metric, limit)
        of, found = self._veils.get(key, (None, ()))
        if of is not counted:
            found = veils(counted, self.regions, limit, self.last)
            self._veils[key] = counted, found
        return found


def count(package: ModuleType, data: Tables, policy: Policy, *, only: Collection[str] | None = None) -> Measured:
    """Ask every metric of the package, or `only` those; one whose needs are not met is left out (`unavailable`).

    Raises:
        WrongUsageError: `only` names an unknown metric.
    """
    counted = {}
    for module in _chosen(package, only):
        if not data.lacking(module.CARD.needs):
            answer: Counts = module.measure(data, policy)
            frame = data.engine.collect(answer.frame)
            alike = tuple((one, data.engine.collect(one.frame)) for one in answer.alike)
            counted[module.CARD.metric] = Counted(module.CARD, frame, answer.figures, answer.standing, alike)
    return Measured(Regions.of(data), counted, data.as_of_month, int(policy.tuning("small_cell")))


def measure(
    package: ModuleType,
    data: Tables,
    policy: Policy,
    *,
    only: Collection[str] | None = None,
    tier: str | None = None,
    small_cell: int | None = None,
) -> pl.DataFrame:
    """Every metric of every region, month and programme, in the columns of contract §6."""
    return count(package, data, policy, only=only).table(tier=tier, small_cell=small_cell)


def period(
    package: ModuleType,
    data: Tables,
    policy: Policy,
    months: int,
    *,
    only: Collection[str] | None = None,
    tier: str | None = None,
    small_cell: int | None = None,
) -> pl.DataFrame:
    """The same over the last `months` months, made anew from the counts; `month` is the last of them."""
    return count(package, data, policy, only=only).table(tier=tier, small_cell=small_cell, months=months)


def unavailable(package: ModuleType, data: Tables) -> dict[str, list[str]]:
    """The metrics that cannot be measured, and the tables and columns that each lacks."""
    lacking = {module.CARD.metric: data.lacking(module.CARD.needs) for module in found(package)}
    return {metric: names for metric, names in lacking.items() if names}


def rows(
    package: ModuleType,
    data: Tables,
    policy: Policy,
    metric: str,
    *,
    region: str | None = None,
    month: int | None = None,
    months: int = 1,
    programme: str = "",
) -> pl.DataFrame:
    """The rows behind one number: of a region, of the `months` up to `month`, of a programme ("" = all).

    `month`: year x 12 + month - 1; without a region or a month: of all. part = the rows with `in_part`; the whole of a
    share and of a quantile = the rows whose `in_part` is not null (null: undecidable). A rate's whole is counted
    elsewhere, as its card says. Empty where the metric's needs are not met.
    """
    (module,) = _chosen(package, [metric])
    behind: Frame = module.rows(data, policy).filter(nw.col("counted_as") == programme)
    if month is not None:
        behind = behind.filter(nw.col("month_index") > month - months, nw.col("month_index") <= month)
    table = data.engine.collect(behind)
    if region is not None:
        here = Regions.of(data).frame(table["region_code"].unique()).filter(pl.col("unit") == region)
        table = table.join(here.select("region_code"), on="region_code", how="semi", nulls_equal=True)
    table = table.sort("month_index", "region_code", "subject", "programme", nulls_last=True)
    return table.insert_column(2, table.select(_first_day()).to_series()).drop("counted_as", "month_index")


def series(table: pl.DataFrame, metric: str, region: str, programme: str = "") -> pl.DataFrame:
    """One region's months of one metric, in order."""
    chosen = (pl.col("metric") == metric) & (pl.col("region_code") == region) & (pl.col("programme") == programme)
    return table.filter(chosen).sort("month")


def _chosen(package: ModuleType, only: Collection[str] | None) -> list[ModuleType]:
    modules = found(package)
    names = [module.CARD.metric for module in modules]
    if unknown := sorted(set(only or ()) - set(names)):
        raise WrongUsageError(
            Text(
                f"没有名为 {'、'.join(unknown)} 的指标;可用:{'、'.join(names)}",
                f"no metric named {', '.join(unknown)}; there are {', '.join(names)}",
            )
        )
    return [module for module in modules if only is None or module.CARD.metric in only]


def _first_day() -> pl.Expr:
    return pl.date(pl.col("month_index") // 12, pl.col("month_index") % 12 + 1, 1).alias("month")
