"""Which households are reckoned with, where are they, and what do they state?"""

from typing import Final

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.engine import Frame
from casework.lead import first_rows
from casework.means.figures import with_urban_rural
from casework.means.statement import filed
from casework.policy import Policy
from casework.tables import HOUSEHOLD, MEANS
from metrics.coverage.eligible import households
from metrics.whatif.population import ITEMS
from metrics.whatif.records.aid import in_force

UNPLACED: Final = ""  # the village of a household of which nobody states it


def homes(data: Tables, policy: Policy) -> pl.DataFrame:
    """Every household with a statement or an award of dibao in the month of `as_of`, in the order of its number.

    `household_id`, `household_no`, `region_code` (UNPLACED: unknown), `urban_rural`, `own`, `single`, `above_months`
    (since when an award of its own is at or above the line, 0 in the first month; null: it is not, or nobody saw it).
    """
    since = nw.lit(data.as_of_month) - nw.col("began")
    rows = households(data, policy).select(
        "household_id",
        "household_no",
        "region_code",
        "own",
        "single",
        nw.when(since > 0)
        .then(since)
        .otherwise(nw.when(since <= 0).then(nw.lit(0)))
        .cast(nw.Int64)
        .alias("above_months"),
    )
    found = data.engine.collect(with_urban_rural(data, rows))
    return found.with_columns(pl.col("region_code").fill_null(UNPLACED)).sort("household_no", "household_id")


def listed(data: Tables) -> pl.DataFrame:
    """The households of `homes` in the same order, which hang on no rule: `household_id`, `region_code`."""
    told = data[MEANS].filter(nw.col("as_of_day") <= data.as_of_day).select("household_id")
    every = nw.concat([told, in_force(data).select("household_id")]).unique()
    rows = first_rows(data[HOUSEHOLD]).join(every, on="household_id", how="semi")
    found = data.engine.collect(rows.select("household_id", "household_no", "region_code"))
    placed = found.with_columns(pl.col("region_code").fill_null(UNPLACED)).sort("household_no", "household_id")
    return placed.drop("household_no")


def stated(data: Tables, asked: Frame) -> pl.DataFrame:
    """The newest statement on or before `as_of` of each household that has one: `household_id`, `unclear`, `ITEMS`.

    An item is null where it is absent or has no figure; `unclear`: one has no figure, or is filed twice.
    """
    told = filed(data).filter(nw.col("as_of_day") <= data.as_of_day)
    told = told.join(asked.select("household_id"), on="household_id", how="semi")
    newest = told.group_by("household_id").agg(nw.col("as_of_day").max())
    own = told.join(newest, on=["household_id", "as_of_day"], how="inner")
    return data.engine.collect(own.select("household_id", (nw.col("unknown") > 0).alias("unclear"), *ITEMS))
