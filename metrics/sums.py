"""What do the counts of the lowest regions come to in every region, month or period?"""

from dataclasses import dataclass
from typing import Final

import polars as pl

from casework.card import MetricCard
from casework.regions import UNASSIGNED, Regions
from metrics.counts import Alike

PLACE: Final = ("counted_as", "unit", "tier", "month_index")
_CELL: Final = ("counted_as", "unit", "month_index")
Window = tuple[int, int]  # first and last month, both included


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of one metric, nothing hidden."""

    card: MetricCard
    frame: pl.DataFrame  # counted_as, region_code, month_index, part, whole; or value, whole
    figures: pl.DataFrame | None  # unit, month_index, whole
    standing: tuple[str, ...]
    alike: tuple[tuple[Alike, pl.DataFrame], ...] = ()  # each with its frame, collected


def summed(counted: Counted, regions: Regions, window: Window | None = None) -> pl.DataFrame:
    """One row a place: `counted_as`, `unit`, `tier`, `month_index`, `part`, `whole`, `repeats`.

    Of a window the sum of its months under its last. `repeats`: over how many months the same people are in the part,
    1 where each month brings others. A quantile has a row a `value`.
    """
    places = regions.frame(counted.frame["region_code"].unique())
    placed = counted.frame.join(places, on="region_code", nulls_equal=True)
    if "behind" in placed.columns:
        return _rested(_within(placed, window))
    if counted.card.kind == "quantile":
        return _within(placed, window).group_by(*PLACE, "value").agg(pl.col("whole").sum())
    monthly = placed.group_by(PLACE).agg(pl.col("part").sum(), _sum_of_known("whole"))
    if counted.figures is not None:
        monthly = _beside_figures(counted, counted.figures, monthly, regions)
    together = _sum_of_known if counted.figures is None else _sum_if_all_known
    return (
        _within(monthly, window)
        .group_by(PLACE)
        .agg(
            pl.col("part").sum(),
            together("whole"),
            (pl.len() if "part" in counted.standing else pl.lit(1)).alias("repeats"),
        )
    )


def behind(counted: Counted, regions: Regions) -> dict[str, pl.DataFrame]:
    """By what small cells are judged, of `part`, `whole` and `rest`: `counted_as`, `unit`, `month_index`, `count`.

    The counts themselves; the rest where the card guards it, else no rows; of amounts, the whole of a ratio too, how
    many cases they rest on. Published figures are nobody's secret: no rows.
    """
    frame = counted.frame
    placed = frame.join(regions.frame(frame["region_code"].unique()), on="region_code", nulls_equal=True)
    nothing = pl.lit(None, dtype=pl.Int64)
    columns = placed.columns
    part = pl.col("behind") if "behind" in columns else pl.col("part") if "part" in columns else nothing
    whole = nothing if counted.figures is not None else pl.col("whole")
    if "behind" in columns:  # both amounts of a ratio rest on the same cases; a sum has no whole
        whole = part if counted.card.kind == "ratio" else nothing
    rest = pl.col("whole") - pl.col("part") if counted.card.rest else nothing
    return {
        name: _by_unit(placed.select(*_CELL, count.alias("count")))
        for name, count in (("part", part), ("whole", whole), ("rest", rest))
    }


def behind_alike(frame: pl.DataFrame, regions: Regions) -> pl.DataFrame:
    """The same of counts that another metric shows: `counted_as`, `region_code`, `month_index`, `count`."""
    places = regions.frame(frame["region_code"].unique())
    return _by_unit(frame.join(places, on="region_code", nulls_equal=True).select(*_CELL, "count"))


def _by_unit(counts: pl.DataFrame) -> pl.DataFrame:
    return counts.drop_nulls("count").group_by(_CELL).agg(pl.col("count").sum()).sort(_CELL)


def _rested(placed: pl.DataFrame) -> pl.DataFrame:
    """Sums of amounts."""
    return placed.group_by(PLACE).agg(
        pl.col("part").sum(),
        _sum_of_known("whole"),
        pl.lit(1).alias("repeats"),
    )


def _within(frame: pl.DataFrame, window: Window | None) -> pl.DataFrame:
    if window is None:
        return frame
    last = pl.lit(window[1], dtype=pl.Int32).alias("month_index")
    return frame.filter(pl.col("month_index").is_between(*window)).with_columns(last)


def _sum_of_known(column: str) -> pl.Expr:
    """The sum of what is known; null where nothing is."""
    return pl.when(pl.col(column).count() > 0).then(pl.col(column).sum()).alias(column)


def _sum_if_all_known(column: str) -> pl.Expr:
    """The sum; null where one is unknown."""
    return pl.when(pl.col(column).null_count() == 0).then(pl.col(column).sum()).alias(column)


def _beside_figures(counted: Counted, figures: pl.DataFrame, monthly: pl.DataFrame, regions: Regions) -> pl.DataFrame:
    """The sums beside the published whole of every region, from the programme's first month on."""
    first = counted.frame.group_by("counted_as").agg(first=pl.col("month_index").min())
    tiers = pl.DataFrame(
        [(unit, regions[unit].tier) for unit in figures["unit"].unique()],
        schema={"unit": pl.String(), "tier": pl.String()},
        orient="row",
    )
    grid = figures.join(tiers, on="unit").join(first, how="cross").filter(pl.col("first") <= pl.col("month_index"))
    beside = grid.join(monthly.drop("whole"), on=PLACE, how="left").with_columns(pl.col("part").fill_null(0))
    nobody = pl.col("unit").str.ends_with(UNASSIGNED) & (pl.col("part") == 0) & (pl.col("whole").fill_null(0) == 0)
    return beside.filter(~nobody).select(*PLACE, "part", "whole")
