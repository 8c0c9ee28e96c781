"""Does an area count more than its own mix of programmes and households would lead one to expect?

Indirect standardisation (Breslow and Day, "Statistical Methods in Cancer Research" II, IARC 1987, chapter 2): expected
is what the area would count if each stratum had the reference's rate; the ratio observed / expected has Garwood's exact
Poisson limits. A ratio compares an area with the reference, not one area with another.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from casework.statistics import poisson_interval

RATE = "reference_rate"


@dataclass(frozen=True, slots=True)
class Standardised:
    """Observed against expected.

    `frame`: one row a `unit`, ordered by it: `observed`, `expected`, `ratio`, `low`, `high`, `unknown_strata`. All but
    the last are of the strata with a reference; null where there are none, the ratio also where nothing is expected.
    `unknown`: the strata left out, a row each: `unit`, the strata, `part`, `whole`. Show them beside the ratio.
    """

    frame: pl.DataFrame
    unknown: pl.DataFrame


def pooled(local: pl.DataFrame, strata: Sequence[str]) -> pl.DataFrame:
    """What is the reference, if it is all areas together? Strata, `part` and `whole`."""
    known = local.filter(pl.col("part").is_not_null(), pl.col("whole").is_not_null())
    return known.group_by(*strata).agg(pl.col("part").sum(), pl.col("whole").sum()).sort(*strata)


def standardised(
    local: pl.DataFrame, reference: pl.DataFrame, strata: Sequence[str], level: float = 0.95
) -> Standardised:
    """How many times the expected number was observed in each unit?

    `local`: `unit`, the columns of `strata`, `part`, `whole`; several rows of one stratum add up. `reference`: the
    strata, `part`, `whole`. A null in a stratum is a stratum ("household type unknown"). A stratum is unknown where
    the reference has none of it or no whole, where a local count is null, and where it has a part but no whole.
    ValueError: a stratum twice in the reference.
    """
    if reference.select(strata).is_duplicated().any():
        raise ValueError(f"the reference has a stratum twice; the strata are {', '.join(strata)}")
    whole = pl.col("whole")
    rates = reference.filter(whole > 0).select(*strata, (pl.col("part") / whole).alias(RATE))
    placed = local.join(rates, on=list(strata), how="left", nulls_equal=True)
    empty = (pl.col("part") == 0) & (whole == 0)
    countless = pl.col("part").is_null() | whole.is_null() | ((whole == 0) & (pl.col("part") > 0))
    left_out = (pl.col(RATE).is_null() & ~empty.fill_null(value=False)) | countless
    known = (
        placed.filter(~left_out)
        .group_by("unit")
        .agg(pl.col("part").sum().alias("observed"), (pl.col(RATE).fill_null(0.0) * whole).sum().alias("expected"))
    )
    unknown = placed.filter(left_out).select("unit", *strata, "part", "whole").sort("unit", *strata)
    named = unknown.select("unit", *strata).unique().group_by("unit").agg(pl.len().alias("unknown_strata"))
    frame = local.select("unit").unique().join(known, on="unit", how="left").join(named, on="unit", how="left")
    frame = frame.sort("unit").with_columns(pl.col("unknown_strata").fill_null(0))
    low, high = poisson_interval(
        frame["observed"].cast(pl.Float64).fill_null(float("nan")), frame["expected"].fill_null(0.0), level
    )
    ratio = pl.when(pl.col("expected") > 0).then(pl.col("observed") / pl.col("expected")).alias("ratio")
    bounds = (pl.Series("low", low).fill_nan(None), pl.Series("high", high).fill_nan(None))
    return Standardised(
        frame.select("unit", "observed", "expected", ratio, *bounds, "unknown_strata"),
        unknown,
    )
