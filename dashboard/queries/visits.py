"""Which visits does a queue come to: the leads of one household are one visit?"""

from dataclasses import dataclass
from typing import Final

import polars as pl

PAGE_SIZE: Final = 25
VISIT: Final = pl.coalesce("household_no", "lead_id")  # what no household is known of is a visit of its own


@dataclass(frozen=True, slots=True)
class Page:
    """One page of visits: their leads in order, with the number of their `visit`."""

    rows: pl.DataFrame
    number: int
    pages: int
    visits: int
    total: int  # leads


def page(ordered: pl.DataFrame, number: int) -> Page:
    """One page of a queue in its order; a visit stands where its first lead does. A page past the end is the last."""
    grouped = ordered.with_columns(VISIT.alias("_visit"), pl.int_range(pl.len()).alias("_at")).with_columns(
        pl.col("_at").min().over("_visit").rank("dense").cast(pl.Int64).alias("visit") - 1
    )
    visits = grouped["_visit"].n_unique()
    pages = max(1, -(-visits // PAGE_SIZE))
    number = min(max(1, number), pages)
    first = (number - 1) * PAGE_SIZE
    shown = grouped.filter(pl.col("visit").is_between(first, first + PAGE_SIZE - 1)).sort("visit", "_at")
    return Page(shown.drop("_visit", "_at"), number, pages, visits, ordered.height)


def expected(
    ordered: pl.DataFrame, shares: dict[str, tuple[float, float]]
) -> tuple[int, int, tuple[float, float] | None]:
    """Before the work begins: how many visits, how many of them can be told anything of, and how many are for nothing?

    `shares`: the interval of the share confirmed, of schemes looked into often enough to tell. A visit counts by its
    likeliest lead; the last is from how many to how many, None where nothing can be told of any.
    """
    bounds = pl.DataFrame(
        [(scheme, low, high) for scheme, (low, high) in shares.items()],
        schema={"scheme": pl.String(), "low": pl.Float64(), "high": pl.Float64()},
        orient="row",
    )
    known = ordered.select(VISIT.alias("_visit"), "scheme").join(bounds, on="scheme", how="left")
    likeliest = known.group_by("_visit").agg(pl.col("low", "high").max())
    told = likeliest.drop_nulls()
    if told.is_empty():
        return likeliest.height, 0, None
    return likeliest.height, told.height, (float((1 - told["high"]).sum()), float((1 - told["low"]).sum()))


__all__ = ["PAGE_SIZE", "VISIT", "Page", "expected", "page"]
