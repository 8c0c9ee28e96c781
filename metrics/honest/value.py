"""What number do the counts make, and how sure is it?

Unknown is empty, never 0: no whole, no number.
"""

from typing import Final

import polars as pl

from casework.card import MetricCard
from casework.regions import UNASSIGNED
from casework.statistics import Floats, poisson_interval, quantile_ranks, wilson
from metrics.sums import PLACE

LEVEL: Final = 0.95  # the customary one; what a reader of official statistics expects an interval to mean


def judged(sums: pl.DataFrame, card: MetricCard) -> pl.DataFrame:
    """Add `value`, `low` and `high` to the sums of each place."""
    match card.kind:
        case "share":
            return _share(sums)
        case "rate":
            return _rate(sums, card.per)
        case "quantile":
            return _quantile(sums, card.q)
        case "sum":
            return _without_interval(sums, pl.col("part").cast(pl.Float64))
        case "ratio":
            return _without_interval(sums, pl.when(pl.col("whole") != 0).then(pl.col("part") / pl.col("whole")))


def _share(sums: pl.DataFrame) -> pl.DataFrame:
    low, high = wilson(sums["part"], sums["whole"].cast(pl.Float64), LEVEL)
    value = pl.when(pl.col("whole") > 0).then(pl.col("part") / pl.col("whole"))
    return _bounded(sums.with_columns(value=value), low, high)


def _rate(sums: pl.DataFrame, per: int) -> pl.DataFrame:
    """In the unassigned part of a region those counted and those they are compared with are not the same people.

    Who is covered in twelve months is one person, not twelve: the interval is that of the average month.
    """
    comparable = (pl.col("whole") > 0) & ~pl.col("unit").str.ends_with(UNASSIGNED)
    exposed = sums.with_columns(exposure=pl.when(comparable).then(pl.col("whole").cast(pl.Float64) / per))
    low, high = poisson_interval(exposed["part"] / exposed["repeats"], exposed["exposure"] / exposed["repeats"], LEVEL)
    value = (pl.col("part") / pl.col("exposure")).alias("value")
    return _bounded(exposed.with_columns(value).drop("exposure"), low, high)


def _bounded(frame: pl.DataFrame, low: Floats, high: Floats) -> pl.DataFrame:
    return frame.with_columns(pl.Series("low", low).fill_nan(None), pl.Series("high", high).fill_nan(None))


def _without_interval(sums: pl.DataFrame, value: pl.Expr) -> pl.DataFrame:
    """A sum or ratio of what the records hold is no sample: it has a value and no interval."""
    unknown = pl.lit(None, dtype=pl.Float64)
    return sums.with_columns(value.alias("value"), unknown.alias("low"), unknown.alias("high"))


def _quantile(sums: pl.DataFrame, q: float) -> pl.DataFrame:
    """From how many cases have each value; where it falls between two cases, the middle of the two.

    The smallest value that at least the share q of the cases do not exceed (Hyndman and Fan 1996, definition 2).
    """
    places = sums.select(PLACE).unique().with_row_index("place")
    ladder = sums.join(places, on=PLACE).select("place", "value", "whole").sort("place", "value")
    sizes = ladder.group_by("place").agg(pl.col("whole").sum()).sort("place")
    sizes = sizes.with_columns(before=pl.col("whole").cum_sum() - pl.col("whole"))
    counts = sizes.select(pl.col("whole").unique())
    low, high = quantile_ranks(counts["whole"], q, LEVEL)
    ranks = _bounded(counts, low, high).with_columns(*_ranks(q))
    rungs = ladder.with_columns(reached=pl.col("whole").cum_sum()).drop("whole")

    def at(rank: str) -> pl.Expr:
        reaches = pl.col("reached") - pl.col("before") >= pl.col(rank)
        return pl.when(reaches).then(pl.col("value").cast(pl.Float64)).alias(f"at_{rank}")

    found = (
        rungs.join(sizes.join(ranks, on="whole"), on="place")
        .select("place", "whole", *(at(rank) for rank in ("middle", "upper", "low", "high")))
        .group_by("place")
        .agg(pl.col("whole").first(), pl.col("^at_.*$").min())
    )
    return found.join(places, on="place").select(
        *PLACE,
        pl.lit(None, dtype=pl.Int64).alias("part"),
        "whole",
        ((pl.col("at_middle") + pl.col("at_upper")) / 2).alias("value"),
        pl.col("at_low").alias("low"),
        pl.col("at_high").alias("high"),
    )


def _ranks(q: float) -> tuple[pl.Expr, pl.Expr]:
    """The two cases (from 1) between which the quantile falls, mostly the same; in thousandths, so nothing rounds."""
    thousandths = pl.col("whole") * round(q * 1000)
    middle = (thousandths + 999) // 1000
    upper = pl.when(thousandths % 1000 == 0).then(middle + 1).otherwise(middle)
    return middle.alias("middle"), pl.min_horizontal(upper, "whole").alias("upper")
