"""Of many, each with marked ones of its own, whose have more hits than their strata predict, chance and number counted?

Each is tested over its strata (`excess`); those of one family are judged together by their false discovery share. Who
could not be named, however many of the marked were hit (too few of them, or nearly everybody there is hit), is no test.
Where each case is asked once that depends on the margins alone, so leaving it out costs the others nothing and changes
no error (Tarone, Biometrics 46 (1990) 515–522; Gilbert, Applied Statistics 54 (2005) 143–158). Where cases are asked
again until they are hit, later margins depend on who was hit before, and the argument holds only nearly: the false
discoveries that remain are measured (docs/calibration.md).

How much more often the marked are hit is the ratio of rates (`rate_ratio`), with its interval, which must not hold 1.

What is named is ordered by the hits by those expected that empirical Bayes leaves it, at the lower end: three of one
expected are less than thirty of ten.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from casework.statistics.discovery import false_discovery
from casework.statistics.exact import mid_p, summed
from casework.statistics.rate_ratio import greatest_ratio, rate_ratio, ratio_bounds
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
    """Each one's strata together: `observed`, `expected`, `lift`, `strata` that tell anything, and `p`.

    `possible` hits and `greatest` lift: at most, given the margins. `strata`: the column `each` and `COUNTS`, in an
    order that no label decides. Nothing told: `expected`, `lift`, `greatest` and `p` are null.
    """
    rows: list[tuple[object, ...]] = []
    known = strata.with_columns(telling=telling())
    for (one,), own in known.group_by([each], maintain_order=True):
        a, k, m, n = (own.filter("telling")[name].to_numpy() for name in COUNTS)
        if not len(a):
            rows.append((one, 0, None, None, 0, 0, None, None))
            continue
        observed, first = int(a.sum()), int(np.maximum(0, k + m - n).sum())
        p = mid_p(summed(k, m, n), observed - first)
        most = (int(np.minimum(k, m).sum()), greatest_ratio(k, m, n))
        rows.append((one, observed, float((k * m / n).sum()), rate_ratio(a, k, m, n), len(a), *most, p))
    schema = {
        each: strata.schema[each],
        "observed": pl.Int64(),
        "expected": pl.Float64(),
        "lift": pl.Float64(),
        "strata": pl.Int64(),
        "possible": pl.Int64(),
        "greatest": pl.Float64(),
        "p": pl.Float64(),
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def able(strata: pl.DataFrame, each: str, family: str, bar: Bar) -> pl.DataFrame:
    """Who could be named at all, in each family: their `totals`."""
    found = [_empty(strata, each, family)]
    for (name,), own in strata.group_by([family], maintain_order=True):
        told = totals(_reaching(own, each, bar.minimum), each).filter(
            (pl.col("possible") >= bar.minimum) & (pl.col("greatest") >= bar.lift)
        )
        found.append(told.with_columns(pl.lit(name).alias(family)))
    return pl.concat(found)


def standing_out(tested: pl.DataFrame, strata: pl.DataFrame, each: str, family: str, bar: Bar) -> pl.DataFrame:
    """Add to those who are `able`, each with a `p`: `q`, how many were `tested` in the family, and `named`.

    Named is whose `q`, hits and lift reach the bar, and the lower bound of whose lift is above 1. The named have `low`
    and `high` of their lift, and `shrunk`, `shrunk_low`, `shrunk_high` (null for the rest). A family's numbers are its
    own, whatever other families there are.
    """
    found = []
    for (name,), own in tested.sort(family).group_by([family], maintain_order=True):
        told = own.sort("p", "observed", "expected", each).with_columns(  # equal counts are fitted alike, whosever
            pl.lit(own.height, dtype=pl.Int64).alias("tested")
        )
        told = told.with_columns(pl.Series("q", false_discovery(told["p"].to_numpy()), dtype=pl.Float64))
        enough = (pl.col("observed") >= bar.minimum) & (pl.col("lift") >= bar.lift)
        judged = told.with_columns(named=enough & (pl.col("q") <= bar.q))
        found.append(_measured(judged, strata.filter(pl.col(family) == name), each))
    nobody = tested.clear().with_columns(
        pl.lit(None, dtype=kind).alias(name)
        for name, kind in {"tested": pl.Int64(), "q": pl.Float64(), "named": pl.Boolean()}.items()
    )
    return pl.concat([_measured(nobody, strata, each), *found])


def _reaching(strata: pl.DataFrame, each: str, minimum: int) -> pl.DataFrame:
    """The strata of those whose marked could, all hit, be enough: most have one or two."""
    most = pl.min_horizontal("hits", "marked").filter(telling()).sum().over(each)
    return strata.filter(most >= minimum)


def telling() -> pl.Expr:
    """Does the stratum tell anything: are there marked and others, hits and misses?"""
    marked = (pl.col("marked") > 0) & (pl.col("marked") < pl.col("whole"))
    return marked & (pl.col("hits") > 0) & (pl.col("hits") < pl.col("whole"))


def _measured(tested: pl.DataFrame, strata: pl.DataFrame, each: str) -> pl.DataFrame:
    """Add to the named ones how sure their lift is, by their own strata and beside all that were tested.

    Who may be no more often hit than the others is named no longer.
    """
    schema = {each: strata.schema[each], "low": pl.Float64(), "high": pl.Float64()}
    bounds = []
    for one in tested.filter("named")[each]:
        own = strata.filter(pl.col(each) == one)
        hits_marked, hits, marked, whole = (own[name].to_numpy() for name in COUNTS)
        low, high = ratio_bounds(hits_marked, hits, marked, whole)
        if low > 1:
            bounds.append((one, low, high))
    surely = pl.DataFrame(bounds, schema=schema, orient="row")
    told = tested.with_columns(named=pl.col(each).is_in(surely[each].implode()))
    names = ("shrunk", "shrunk_low", "shrunk_high")
    shrunk = told.select(each).with_columns(pl.lit(None, dtype=pl.Float64).alias(name) for name in names)
    if bounds:
        rates = shrunk_rates(told["observed"].to_numpy(), told["expected"].to_numpy(), level=ORDER_LEVEL).frame
        shrunk = told.select(each, "named").with_columns(
            rates[old].alias(name) for old, name in zip(("value", "low", "high"), names, strict=True)
        )
        shrunk = shrunk.filter("named").drop("named")
    return told.join(surely, on=each, how="left").join(shrunk, on=each, how="left", maintain_order="left")


def _empty(strata: pl.DataFrame, each: str, family: str) -> pl.DataFrame:
    return totals(strata.clear(), each).with_columns(pl.lit(None, dtype=strata.schema[family]).alias(family))
