"""How many one-off benefits were approved within a year?"""

from collections.abc import Collection

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.lead import first_rows
from casework.policy import Policy
from casework.regions import Regions
from casework.tables import APPLICATION
from dashboard.queries import in_force
from dashboard.queries.watched import year_before


def counted(tables: Tables, policy: Policy, regions: Regions) -> pl.DataFrame:
    """`home`, `programme`, `approved`: applications decided in the twelve months to `as_of`."""
    chosen = first_rows(tables[APPLICATION]).filter(
        nw.col("programme").is_in(in_force.one_off(policy)),
        nw.col("decision") == "approved",
        nw.col("decided_at_day") >= year_before(tables.as_of),
    )
    rows = chosen.select("household_id", "programme").join(in_force.homes(tables), on="household_id", how="left")
    found = in_force.placed(regions, tables.engine.collect(rows))
    return found.group_by("home", "programme").agg(pl.len().cast(pl.Int64).alias("approved"))


def by_programme(rows: pl.DataFrame, regions: Collection[str]) -> dict[str, int]:
    """Approvals of these regions."""
    here = rows.filter(pl.col("home").is_in(list(regions)))
    return dict(here.group_by("programme").agg(pl.col("approved").sum()).sort("programme").iter_rows())
