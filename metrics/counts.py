"""What does a metric answer before any rate is made?

Counts, which add up: over the regions of a tier, over tiers, over months. `metrics.rollup` adds them and makes the
number and its interval once, last.

The rows behind a number (`rows` of a metric) carry at least `counted_as` (a programme, or "" for all of them),
`region_code` (the lowest known), `month_index` (year x 12 + month - 1), `in_part` (null: undecidable, neither in part
nor in whole), `subject` (the business number, a person's id in decimal) and the facts worth seeing.
"""

from dataclasses import dataclass
from typing import Final, Literal

import narwhals as nw
import polars as pl

from casework.engine import Frame

KEY: Final = ("counted_as", "region_code", "month_index")


@dataclass(frozen=True, slots=True)
class Alike:
    """The same people as another metric counts them: where small cells hide its number they hide this one's.

    Else a number hidden there could be read, or solved from what can be read, here. `frame`: `counted_as`,
    `region_code`, `month_index`, `count`, the very counts of that metric; `side`: what of this metric they hide, the
    whole with all that is made of it; `standing`: as of `Counts`; `later`: by so many months that metric counts them
    later, each of several; `same`: it is this very side, in some of its months, so that no more need be hidden than
    there.
    """

    frame: Frame
    side: Literal["part", "whole"]
    standing: bool = False
    later: tuple[int, ...] = (0,)
    same: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """A metric's answer, still lazy.

    `frame`: `counted_as`, `region_code`, `month_index`, `part`, `whole` (Int64), any number of rows a key; a null
    `whole` adds nothing. A quantile has `value` (Int64; `whole`: how many cases have it) instead of `part`. A sum and a
    ratio have `behind` (Int64) too: how many cases the part rests on, by which small cells are judged.
    `figures`: where the whole is not counted but published for a region as such: `unit`, `month_index`, `whole` (null:
    unknown) for every region and unassigned part of one; each programme is measured from its first month on.
    `standing`: which of `part`, `whole` and `behind` count who is there in a month, the same people month after month:
    over a period their sum hides nobody, so small cells are judged by the months.
    `alike`: by what else small cells are judged.
    """

    frame: Frame
    figures: pl.DataFrame | None = None
    standing: tuple[str, ...] = ()
    alike: tuple[Alike, ...] = ()


def every(rows: Frame) -> Frame:
    """Each row once as its own `programme` and once as any."""
    own = rows.filter(~nw.col("programme").is_null()).with_columns(nw.col("programme").alias("counted_as"))
    return nw.concat([own, rows.with_columns(nw.lit("").alias("counted_as"))], how="vertical")


def month_of(moment: str) -> nw.Expr:
    """The month of a date or moment as year x 12 + month - 1."""
    when = nw.col(moment).dt
    return (when.year().cast(nw.Int32) * 12 + when.month().cast(nw.Int32) - 1).alias("month_index")


def share(rows: Frame) -> Counts:
    """Part: the rows in the part; whole: all rows that can be decided."""
    known = rows.filter(~nw.col("in_part").is_null()).with_columns(
        nw.when(nw.col("in_part")).then(nw.lit(1)).otherwise(nw.lit(0)).alias("part")
    )
    return Counts(
        known.group_by(*KEY)
        .agg(nw.col("part").sum(), nw.len().alias("whole"))
        .select(*KEY, nw.col("part").cast(nw.Int64), nw.col("whole").cast(nw.Int64))
    )


def part_of(rows: Frame) -> Frame:
    """How many rows are in the part; the whole is another count's (a rate)."""
    counted = rows.filter(nw.col("in_part")).group_by(*KEY).agg(nw.len().alias("part"))
    return counted.select(*KEY, nw.col("part").cast(nw.Int64), nw.lit(None).cast(nw.Int64).alias("whole"))


def whole_of(rows: Frame) -> Frame:
    """How many rows there are, as the whole of another count."""
    counted = rows.group_by(*KEY).agg(nw.len().alias("whole"))
    return counted.select(*KEY, nw.lit(0).cast(nw.Int64).alias("part"), nw.col("whole").cast(nw.Int64))


def column(counted: Frame, count: nw.Expr) -> Frame:
    """One number of a count, as `Alike` wants it."""
    return counted.select(*KEY, count.cast(nw.Int64).alias("count"))


def quantile(rows: Frame, value: str) -> Counts:
    """How many decidable rows have each value."""
    known = rows.filter(nw.col("in_part"))
    return Counts(
        known.group_by(*KEY, nw.col(value).alias("value"))
        .agg(nw.len().alias("whole"))
        .select(*KEY, nw.col("value").cast(nw.Int64), nw.col("whole").cast(nw.Int64))
    )


def total(rows: Frame, amount: str) -> Counts:
    """A sum: part, the amounts (null ones are left out) of the rows with `in_part`; there is no whole."""
    known = rows.filter(nw.col("in_part"), ~nw.col(amount).is_null())
    return Counts(
        known.group_by(*KEY)
        .agg(nw.col(amount).sum().alias("part"), nw.len().alias("behind"))
        .select(
            *KEY,
            nw.col("part").cast(nw.Int64),
            nw.lit(None).cast(nw.Int64).alias("whole"),
            nw.col("behind").cast(nw.Int64),
        )
    )


def ratio(rows: Frame, part: str, whole: str) -> Counts:
    """A ratio of two sums over the rows with `in_part`; a row of which either is null is in neither."""
    known = rows.filter(nw.col("in_part"), ~nw.col(part).is_null(), ~nw.col(whole).is_null())
    return Counts(
        known.group_by(*KEY)
        .agg(nw.col(part).sum().alias("part"), nw.col(whole).sum().alias("whole"), nw.len().alias("behind"))
        .select(*KEY, *(nw.col(name).cast(nw.Int64) for name in ("part", "whole", "behind")))
    )
