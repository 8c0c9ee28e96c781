"""How far does what was found go: found, visited, on file, helped or referred?

发现→甄别→建档→转介/帮扶. A stage is reached where it, or a later one, is on record. 无需救助 is an end of its own.
"""

from collections.abc import Collection
from typing import Final

import polars as pl

from casework.dataset import Tables
from casework.regions import Regions
from casework.tables import OUTREACH
from dashboard.queries import in_force
from dashboard.queries.counts import Period, index

STAGES: Final = ("found", "visited", "registered", "met")  # each is within the one before
BESIDE: Final = ("no_need", "applied", "helped", "referred")  # how it ended, where that is on record
MET: Final = ("applied", "helped", "referred")
TOGETHER: Final = ""


def read(tables: Tables, regions: Regions) -> pl.DataFrame:
    """One row an outreach: `home`, `month_index` found, `cause`, `channel`, and a flag for each stage and end."""
    rows = tables[OUTREACH].select(
        "household_id", "cause", "channel", "found_at", "visited_at", "registered_at", "result"
    )
    found = tables.engine.collect(rows.join(in_force.homes(tables), on="household_id", how="left"))
    met = pl.col("result").is_in(MET).fill_null(value=False)
    registered = pl.col("registered_at").is_not_null() | met
    visited = pl.col("visited_at").is_not_null() | registered
    ends = [(pl.col("result") == end).fill_null(value=False).alias(end) for end in BESIDE]
    return in_force.placed(regions, found).select(
        "home",
        (pl.col("found_at").dt.year() * 12 + pl.col("found_at").dt.month() - 1).cast(pl.Int32).alias("month_index"),
        "cause",
        "channel",
        pl.lit(value=True).alias("found"),
        visited.alias("visited"),
        registered.alias("registered"),
        met.alias("met"),
        *ends,
    )


def narrowed(rows: pl.DataFrame, regions: Collection[str], period: Period) -> pl.DataFrame:
    """What was found in these regions and months."""
    months = pl.col("month_index").is_between(index(period.since), index(period.until))
    return rows.filter(pl.col("home").is_in(list(regions)), months)


def counted(rows: pl.DataFrame, by: str) -> dict[str, dict[str, int]]:
    """The counts of each value of `by` (None: not written down, as "?"), and of all together ("")."""
    sums = [pl.col(name).sum().cast(pl.Int64) for name in (*STAGES, *BESIDE)]
    each = (
        rows.with_columns(pl.col(by).fill_null("?")).group_by(by).agg(sums).sort("found", by, descending=[True, False])
    )
    told = {row[by]: {name: row[name] for name in (*STAGES, *BESIDE)} for row in each.to_dicts()}
    (whole,) = rows.select(sums).to_dicts()
    return told | {TOGETHER: whole}
