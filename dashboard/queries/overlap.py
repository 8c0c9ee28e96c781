"""Who is in two programmes at once in the month of the data?"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal

import narwhals as nw
import polars as pl

from casework.covered import last_month
from casework.dataset import Tables
from casework.lead import first_rows
from casework.policy import Policy
from casework.regions import Regions
from casework.tables import AWARD, BENEFICIARY
from dashboard.queries import in_force

Of = Literal["persons", "households"]
PAIR: Final = ("a", "b")


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many persons, and households, of a village are in both programmes; a programme with itself: in it."""

    persons: pl.DataFrame  # home, a, b, count (a <= b)
    households: pl.DataFrame

    def counted(self, of: Of, regions: Collection[str]) -> dict[tuple[str, str], int]:
        """Every pair that somebody is in, in alphabetical order."""
        rows = {"persons": self.persons, "households": self.households}[of]
        here = rows.filter(pl.col("home").is_in(list(regions)))
        found = here.group_by(PAIR).agg(pl.col("count").sum()).sort(PAIR)
        return {(a, b): count for a, b, count in found.iter_rows()}


def counted(tables: Tables, policy: Policy, regions: Regions) -> Overlap:
    """Everybody once a pair, in the village of their household (of several the first by code)."""
    running = in_force.awards(tables, policy).join(in_force.homes(tables), on="household_id", how="left")
    ends = first_rows(tables[AWARD]).select("award_id", nw.col("to_month_index").alias("ends"))
    month = tables.as_of_month
    covered = (
        tables[BENEFICIARY]
        .filter(nw.col("from_month_index") <= month)
        .join(ends, on="award_id", how="inner")
        .with_columns(last_month().alias("until"))
        .filter(nw.col("until").is_null() | (nw.col("until") >= month))
        .select("award_id", "person_id")
        .join(running, on="award_id", how="inner")
    )
    persons, households = tables.engine.collect_all([covered, running])
    return Overlap(_pairs(regions, persons, "person_id"), _pairs(regions, households, "household_id"))


def _pairs(regions: Regions, rows: pl.DataFrame, subject: str) -> pl.DataFrame:
    home = rows.group_by(subject).agg(pl.col("region_code").min())
    each = rows.select(subject, "programme").unique()
    both = each.rename({"programme": "a"}).join(each.rename({"programme": "b"}), on=subject)
    pairs = in_force.placed(regions, both.filter(pl.col("a") <= pl.col("b")).join(home, on=subject))
    return pairs.group_by("home", *PAIR).agg(pl.len().cast(pl.Int64).alias("count"))
