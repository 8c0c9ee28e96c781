"""Which households without any lead are visited this month, so that the base rate is measured and not assumed?

What a detector picked tells nothing of what it did not pick (safeguards R13), so every month some households go into
the sample by chance alone. Nothing is drawn: a household's place is the hash of the snapshot's digest, the month, the
region and its number. So the same inputs give the same list, in whatever order the rows come and whoever asks; nobody
can ask again until the list suits them; and nobody outside can tell the list before the snapshot is there.

Strata: township × whether the household ever applied or was on aid, each with its share of the sample (largest
remainders; of equal ones the first by name), so that a small township is not left to luck.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class BaseRate:
    """Of the sampled households how many were looked into and how many confirmed; the share with its 95 % interval."""

    drawn: int
    concluded: int  # confirmed or refuted
    confirmed: int
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
    sizes = each.group_by(*STRATUM, maintain_order=True).len()
    taken = sizes.with_columns(pl.Series("taken", allotted(sizes["len"].to_list(), size), pl.Int64()))
    placed = each.with_columns(pl.int_range(1, pl.len() + 1).cast(pl.Int64).over(STRATUM).alias("place"))
    chosen = placed.join(taken, on=STRATUM, how="left", maintain_order="left").filter(
        pl.col("place") <= pl.col("taken")
    )
    return chosen.select(SAMPLE_SCHEMA.names()).cast(SAMPLE_SCHEMA)


def strata(pool: pl.DataFrame, chosen: pl.DataFrame) -> pl.DataFrame:
    """`township`, `known`, `pool`, `sampled`: how many there are and how many were taken."""
    wholes = pool.group_by(*STRATUM).agg(pl.col("household_no").n_unique().cast(pl.Int64).alias("pool"))
    taken = chosen.group_by(*STRATUM).agg(pl.len().cast(pl.Int64).alias("sampled"))
    return wholes.join(taken, on=STRATUM, how="left").with_columns(pl.col("sampled").fill_null(0)).sort(*STRATUM)


def township(regions: Regions, code: str) -> str:
    """The township that a region belongs to; what lies above one stands for itself."""
    return next((region.code for region in regions.path(code) if region.tier == "township"), code)


def base_rate(drawn: int, outcomes: Collection[bool]) -> BaseRate:
    """What the sample says of how common it is; unknown where nobody has concluded anything.

    `drawn`: how many visits the sample asked for; `outcomes`: of each concluded one, was it confirmed?
    """
    right, n = sum(outcomes), len(outcomes)
    if not n:
        return BaseRate(drawn, 0, 0, None, None, None)
    low, high = wilson(right, n)
    return BaseRate(drawn, n, right, right / n, float(low), float(high))


def allotted(sizes: list[int], wanted: int) -> list[int]:
    """So many of each stratum: its share, rounded down, and the rest to the largest remainders, the first first."""
    whole = sum(sizes)
    wanted = min(wanted, whole)
    if not whole:
        return [0] * len(sizes)
    taken = [size * wanted // whole for size in sizes]
    left = wanted - sum(taken)
    order = sorted(range(len(sizes)), key=lambda place: (-(sizes[place] * wanted % whole), place))
    for place in order[:left]:
        taken[place] += 1
    return taken


def _order(*words: str) -> str:
    return hashlib.sha256("\0".join(words).encode()).hexdigest()
