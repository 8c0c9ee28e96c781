"""Which leads appear and which vanish when the detectors run under other rules?

Counts alone, no person and no case: a scenario raises nothing against anybody. The two runs are made by whoever asks;
a lead is the same lead where its `lead_id` is.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import polars as pl

COMPARED_SCHEMA: Final = pl.Schema(
    {
        "scheme": pl.String(),
        "appears": pl.Int64(),  # raised under the scenario alone
        "vanishes": pl.Int64(),  # raised under the baseline alone
        "stays": pl.Int64(),  # raised under both
        "comparable": pl.Boolean(),  # could both runs ask it? If not, the counts are null: no change of the rules
    }
)


@dataclass(frozen=True, eq=False)
class Raised:
    """What one run raised, and which schemes it could ask at all."""

    leads: pl.DataFrame  # `lead_id` and `scheme` are read
    asked: Collection[str]


def veiled(counts: pl.DataFrame, least: int) -> pl.DataFrame:
    """The same, null where few (from 1 to one below the least); what stays is hidden with what vanishes or appears.

    How many leads there are is told elsewhere: less those that stay it would be those that vanish.
    """
    moves = [name for name in ("appears", "vanishes") if name in counts.columns]
    small = {name: (pl.col(name) > 0) & (pl.col(name) < least) for name in (*moves, "stays") if name in counts.columns}
    if "stays" in small:
        small["stays"] = pl.any_horizontal(*small.values())
    return counts.with_columns(pl.when(~hidden).then(pl.col(name)).alias(name) for name, hidden in small.items())


def compared(before: Raised, after: Raised) -> pl.DataFrame:
    """A row a scheme that either run could ask, by scheme, as `COMPARED_SCHEMA`; 0 where none is raised."""
    schemes = sorted({*before.asked, *after.asked})
    both = {*before.asked} & {*after.asked}
    every = pl.DataFrame(
        {"scheme": schemes, "comparable": [scheme in both for scheme in schemes]},
        schema={"scheme": pl.String(), "comparable": pl.Boolean()},
    )
    counted = every.join(_counted(before.leads, after.leads), on="scheme", how="left", maintain_order="left")
    counts = [pl.when("comparable").then(pl.col(name).fill_null(0)) for name in ("appears", "vanishes", "stays")]
    return counted.with_columns(counts).select(COMPARED_SCHEMA.names()).cast(COMPARED_SCHEMA)


def _counted(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    key = ["scheme", "lead_id"]
    old, new = (leads.select(key).unique() for leads in (before, after))
    told = old.with_columns(was=pl.lit(value=True)).join(
        new.with_columns(would=pl.lit(value=True)), on=key, how="full", coalesce=True
    )
    was, would = (pl.col(name).fill_null(value=False) for name in ("was", "would"))
    return told.group_by("scheme").agg(
        (~was & would).sum().alias("appears"),
        (was & ~would).sum().alias("vanishes"),
        (was & would).sum().alias("stays"),
    )
