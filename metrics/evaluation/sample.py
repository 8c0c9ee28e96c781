"""Which households without any lead are visited this month, so that what goes unseen is measured?

What a detector picked tells nothing of what it did not pick (safeguards R13), so every month some households go into
the sample by chance alone. Nothing is drawn: a household's place is the hash of the snapshot's digest, the month, the
region and its number. So the same inputs give the same list, in whatever order the rows come and whoever asks; nobody
can ask again until the list suits them; and nobody outside can tell the list before the snapshot is there.

Strata: township × whether the household ever applied or was on aid. A walk through the sorted strata in equal steps,
from a start that the same hash gives, says how many of each are taken: its share, rounded down or up by chance (Madow,
Annals of Mathematical Statistics 20 (1949) 333–354). So no township is left to luck, and yet every household, of a
stratum ever so small, is as likely as any other: rounding to the nearest would never visit the smallest ones.
"""

import hashlib
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

import polars as pl

from casework.regions import Regions
from casework.statistics import wilson

SAMPLE_SCHEMA: Final = pl.Schema(
    {
        "household_no": pl.String(),
        "home": pl.String(),
        "township": pl.String(),
        "known": pl.Boolean(),
        "place": pl.Int64(),  # in its stratum, from 1
    }
)
STRATUM: Final = ("township", "known")
HASH_BITS: Final = 256


@dataclass(frozen=True, slots=True)
class WithoutLead:
    """Among households without a lead what share has something, with its 95 % interval; None: nobody looked.

    Of the sampled ones concluded the share confirmed, with Wilson's interval: that of households drawn one by one,
    equally likely. Strata with their shares make it narrower, never wider. It holds for the pool sampled, and no
    further: not for households with a lead, nor, where those never concluded differ, for all.
    """

    share: float | None
    low: float | None
    high: float | None


def sample(pool: pl.DataFrame, size: int, *, digest: str, month: str, region: str) -> pl.DataFrame:
    """The sampled households by stratum and place, as `SAMPLE_SCHEMA`.

    `pool`: `household_no`, `home`, `township`, `known` of every household without a lead; `size`: how many, all where
    there are fewer; `month`: as 2025-01.
    """
    numbers = pool["household_no"].unique().sort()
    order = pl.DataFrame(
        {"household_no": numbers, "order": [_order(digest, month, region, number) for number in numbers]},
        schema={"household_no": pl.String(), "order": pl.String()},
    )
    each = pool.unique("household_no").join(order, on="household_no").sort(*STRATUM, "order", "household_no")
    taken = strata(pool, size, digest=digest, month=month, region=region).select(*STRATUM, "sampled")
    placed = each.with_columns(pl.int_range(1, pl.len() + 1).cast(pl.Int64).over(STRATUM).alias("place"))
    chosen = placed.join(taken, on=STRATUM, how="left", maintain_order="left").filter(
        pl.col("place") <= pl.col("sampled")
    )
    return chosen.select(SAMPLE_SCHEMA.names()).cast(SAMPLE_SCHEMA)


def strata(pool: pl.DataFrame, size: int, *, digest: str, month: str, region: str) -> pl.DataFrame:
    """`township`, `known`, `pool`, `sampled`: how many there are and how many `sample` takes that month."""
    wholes = pool.group_by(*STRATUM).agg(pl.col("household_no").n_unique().cast(pl.Int64).alias("pool")).sort(*STRATUM)
    sizes = wholes["pool"].to_list()
    start = int(_order(digest, month, region), 16) * sum(sizes) >> HASH_BITS  # an even choice of 0 … whole - 1
    return wholes.with_columns(pl.Series("sampled", allotted(sizes, size, start), pl.Int64()))


def township(regions: Regions, code: str) -> str:
    """The township that a region belongs to; what lies above one stands for itself."""
    return next((region.code for region in regions.path(code) if region.tier == "township"), code)


def rate_without_lead(confirmed: int, concluded: int) -> WithoutLead:
    """What the sample says of households without a lead; `concluded`: confirmed or refuted."""
    if not concluded:
        return WithoutLead(None, None, None)
    low, high = wilson(confirmed, concluded)
    return WithoutLead(confirmed / concluded, float(low), float(high))


def allotted(sizes: list[int], wanted: int, start: int) -> list[int]:
    """So many of each stratum: its share rounded down or up, by `start`, one of 0 … the whole - 1.

    Of the starts just so many take one more that a stratum's mean is its share.
    """
    whole = sum(sizes)
    wanted = min(wanted, whole)
    if not whole:
        return [0] * len(sizes)
    passed = [-((start - until * wanted) // whole) for until in accumulate(sizes, initial=0)]  # steps before each bound
    return [after - before for before, after in pairwise(passed)]


def _order(*words: str) -> str:
    return hashlib.sha256("\0".join(words).encode()).hexdigest()
