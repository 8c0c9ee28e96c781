"""Of many, each with marked ones of its own, whose have more hits than their strata predict, chance and number counted?

Each is tested over its strata (`excess`); those of one family are judged together by their false discovery share. Who
could not be named, however many of the marked were hit (too few of them, or nearly everybody there is hit), is no test:
that depends on the margins alone, so leaving it out costs the others nothing and changes no error (Tarone, Biometrics
46 (1990) 515–522; Gilbert, Applied Statistics 54 (2005) 143–158).

What is named is ordered by the lift that empirical Bayes leaves it, at the lower end: three of one expected are less
than thirty of ten.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl

from casework.statistics.discovery import false_discovery
from casework.statistics.exact import excess, mid_p, summed
from casework.statistics.shrinkage import shrunk_rates

COUNTS: Final = ("hits_marked", "hits", "marked", "whole")
ORDER_LEVEL: Final = 0.9  # whose lower end is the 5 % quantile, by which the named are ordered


@dataclass(frozen=True, slots=True)
class Bar:
    """What is asked of one to be named: `q` at most, `lift` and `minimum` hits at least."""

    q: float
    lift: float
    minimum: int


def totals(strata: pl.DataFrame, each: str) -> pl.DataFrame:
    """Each one's strata together: `observed`, `expected`, `strata` that tell anything, `possible` hits at most, `p`.

    `strata`: the column `each` and `COUNTS`, in an order that no label decides. Nothing told: `expected`, `p` are null.
    """
    rows: list[tuple[Any, int, float | None, int, int, float | None]] = []
    known = strata.with_columns(telling=telling())
    for (one,), own in known.group_by([each], maintain_order=True):
        a, k, m, n = (own.filter("telling")[name].to_numpy() for name in COUNTS)
        if not len(a):
            rows.append((one, 0, None, 0, 0, None))
            continue
        observed, first = int(a.sum()), int(np.maximum(0, k + m - n).sum())
        p = mid_p(summed(k, m, n), observed - first)
        rows.append((one, observed, float((k * m / n).sum()), len(a), int(np.minimum(k, m).sum()), p))
    schema = {
        each: strata.schema[each],
        "observed": pl.Int64(),
        "expected": pl.Float64(),
        "strata": pl.Int64(),
        "possible": pl.Int64(),
        "p": pl.Float64(),
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def standing_out(strata: pl.DataFrame, each: str, family: str, bar: Bar) -> pl.DataFrame:
    """All that could be named, with `totals`, `q`, how many were `tested` in the family, and `named`.

    The named have `low` and `high` of their lift, and `shrunk`, `shrunk_low`, `shrunk_high` (null for the rest). A
    family's numbers are its own, whatever other families there are.
    """
    found = []
    for (name,), own in strata.group_by([family], maintain_order=True):
        told = totals(_reaching(own, each, bar.minimum), each).filter(
            (pl.col("possible") >= bar.minimum) & (pl.col("possible") >= bar.lift * pl.col("expected"))
        )
        told = told.sort("p", "observed", "expected", each)  # so that equal counts are fitted alike whoever they are of
        tested = told.with_columns(
            pl.lit(name).alias(family),
            pl.lit(told.height, dtype=pl.Int64).alias("tested"),
            pl.Series("q", false_discovery(told["p"].to_numpy()), dtype=pl.Float64),
        )
        enough = (pl.col("observed") >= bar.minimum) & (pl.col("observed") >= bar.lift * pl.col("expected"))
        found.append(_measured(tested.with_columns(named=enough & (pl.col("q") <= bar.q)), own, each))
    return pl.concat(found) if found else _measured(_empty(strata, each, family), strata, each)


def _reaching(strata: pl.DataFrame, each: str, minimum: int) -> pl.DataFrame:
    """The strata of those whose marked could, all hit, be enough: most have one or two."""
    most = pl.min_horizontal("hits", "marked").filter(telling()).sum().over(each)
    return strata.filter(most >= minimum)


def telling() -> pl.Expr:
    """Does the stratum tell anything: are there marked and others, hits and misses?"""
    marked = (pl.col("marked") > 0) & (pl.col("marked") < pl.col("whole"))
    return marked & (pl.col("hits") > 0) & (pl.col("hits") < pl.col("whole"))


def _measured(tested: pl.DataFrame, strata: pl.DataFrame, each: str) -> pl.DataFrame:
    """Add to the named ones how sure their lift is, by their own strata and beside all that were tested."""
    schema = {each: strata.schema[each], "low": pl.Float64(), "high": pl.Float64()}
    bounds = []
    for one in tested.filter("named")[each]:
        a, k, m, n = (strata.filter(pl.col(each) == one)[name].to_numpy() for name in COUNTS)
        effect = excess(a, k, m, n)
        bounds.append((one, effect.low, effect.high))
    names = ("shrunk", "shrunk_low", "shrunk_high")
    shrunk = tested.select(each).with_columns(pl.lit(None, dtype=pl.Float64).alias(name) for name in names)
    if bounds:
        rates = shrunk_rates(tested["observed"].to_numpy(), tested["expected"].to_numpy(), level=ORDER_LEVEL).frame
        shrunk = tested.select(each, "named").with_columns(
            rates[old].alias(name) for old, name in zip(("value", "low", "high"), names, strict=True)
        )
        shrunk = shrunk.filter("named").drop("named")
    return tested.join(pl.DataFrame(bounds, schema=schema, orient="row"), on=each, how="left").join(
        shrunk, on=each, how="left", maintain_order="left"
    )


def _empty(strata: pl.DataFrame, each: str, family: str) -> pl.DataFrame:
    columns = {family: strata.schema[family], "tested": pl.Int64(), "q": pl.Float64(), "named": pl.Boolean()}
    return totals(strata, each).with_columns(pl.lit(None, dtype=kind).alias(name) for name, kind in columns.items())
