"""Which households without any lead are visited this month, so that the base rate is measured and not assumed?

What a detector picked tells nothing of what it did not pick (safeguards R13), so every month some households go into
the sample by chance alone. Nothing is drawn: a household's place is the hash of the snapshot's digest, the month, the
region and its number. So the same inputs give the same list, in whatever order the rows come and whoever asks; nobody
can ask again until the list suits them; and nobody outside can tell the list before the snapshot is there.

Strata: township × whether the household ever applied or was on aid, each with its share of the sample (largest
remainders; of equal ones the first by name), so that a small township is not left to luck.
"""

import hashlib
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
    """Of the sampled households looked into what share was confirmed, with its 95 % interval; None: nobody looked."""

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
    taken = strata(pool, size).select(*STRATUM, "sampled")
    placed = each.with_columns(pl.int_range(1, pl.len() + 1).cast(pl.Int64).over(STRATUM).alias("place"))
    chosen = placed.join(taken, on=STRATUM, how="left", maintain_order="left").filter(
        pl.col("place") <= pl.col("sampled")
    )
    return chosen.select(SAMPLE_SCHEMA.names()).cast(SAMPLE_SCHEMA)


def strata(pool: pl.DataFrame, size: int) -> pl.DataFrame:
    """`township`, `known`, `pool`, `sampled`: how many there are and how many `sample` takes."""
    wholes = pool.group_by(*STRATUM).agg(pl.col("household_no").n_unique().cast(pl.Int64).alias("pool")).sort(*STRATUM)
    return wholes.with_columns(pl.Series("sampled", allotted(wholes["pool"].to_list(), size), pl.Int64()))


def township(regions: Regions, code: str) -> str:
    """The township that a region belongs to; what lies above one stands for itself."""
    return next((region.code for region in regions.path(code) if region.tier == "township"), code)


def base_rate(confirmed: int, concluded: int) -> BaseRate:
    """What the sample says of how common it is; `concluded`: confirmed or refuted."""
    if not concluded:
        return BaseRate(None, None, None)
    low, high = wilson(confirmed, concluded)
    return BaseRate(confirmed / concluded, float(low), float(high))


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
