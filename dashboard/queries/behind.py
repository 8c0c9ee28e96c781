"""Who stands behind a lead on one account, and which other cases behind one on a burst of confirmations?

Of both only those in the reader's own regions, by the household; of the others, how many there are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import narwhals as nw
import polars as pl

from casework.kinship.apart import apart
from casework.lead import first_rows, household_region
from casework.policy import Policy
from casework.tables import APPLICATION, AWARD, HOUSEHOLD, PAYMENT, STEP
from dashboard.queries.owned import Owned

DAYS: Final = ("first_day", "last_day")
HOME: Final = ("account_id", "household_id", "household_no", "region_code")


@dataclass(frozen=True, slots=True)
class Behind:
    """What is the reader's of it, and how many more lie outside their regions."""

    rows: pl.DataFrame
    outside: int = 0


def homes_of_account(owned: Owned, policy: Policy, lead: Mapping[str, Any]) -> Behind:
    """Each household that the account was paid for: months, sum, and the group of kin it falls into.

    `household_no`, `first_month`, `last_month`, `months`, `paid_fen`, `component` (1, 2, …; null: no member known),
    `of_holder` (the holder or their kin is of the group). Empty for other leads.
    """
    tables = owned.tables
    if lead["subject_kind"] != "account":
        return Behind(pl.DataFrame())
    awards = first_rows(tables[AWARD]).filter(~nw.col("household_id").is_null()).select("award_id", "household_id")
    names = first_rows(tables[HOUSEHOLD]).select("household_id", "household_no", "region_code")
    rows = (
        tables[PAYMENT]
        .filter((nw.col("account_no") == str(lead["subject"])) & ~nw.col("month_index").is_null())
        .join(awards, on="award_id", how="inner")
        .join(names, on="household_id", how="left")
        .select(*HOME, "month", "amount_fen", "account_holder_person_id")
    )
    paid = tables.engine.collect(rows)
    months = paid.group_by(*HOME, "month").agg(
        pl.col("amount_fen").sum(), pl.col("account_holder_person_id").min().alias("holder_id")
    )
    kept = months.with_columns(pl.col("amount_fen").sum().over("household_id").alias("total")).filter(
        (pl.col("amount_fen") > 0) & (pl.col("total") > 0)  # who gave everything back was paid nothing
    )
    homes = kept.group_by(*HOME).agg(
        pl.col("month").min().alias("first_month"),
        pl.col("month").max().alias("last_month"),
        pl.len().alias("months"),
        pl.col("amount_fen").sum().alias("paid_fen"),
    )
    if homes.is_empty():
        return Behind(homes)
    day = kept.group_by("account_id", "household_id", "holder_id").agg(
        pl.col("month").min().cast(pl.Int32).alias(DAYS[0]),
        pl.col("month").max().dt.month_end().cast(pl.Int32).alias(DAYS[1]),
    )
    joined = tables.engine.collect(apart(tables, policy, tables.engine.place(day)))
    groups = joined.select("household_id", pl.col("component").rank("dense").cast(pl.Int64), "of_holder")
    ordered = ["component", "first_month", "household_no"]
    return _mine(owned, homes.join(groups, on="household_id", how="left").sort(ordered, nulls_last=True))


def burst(owned: Owned, lead: Mapping[str, Any], facts: Mapping[str, Any]) -> Behind:
    """The confirmations of the actor of this case within the window, this one included: who, which case, when.

    `application_no`, `household_no`, `at`, `actor_person_id`. Empty unless the lead tells of a burst.
    """
    if "burst" not in (facts.get("causes") or ()):
        return Behind(pl.DataFrame())
    tables = owned.tables
    at = nw.coalesce(nw.col("finished_at"), nw.col("started_at"))
    placed = household_region(tables, first_rows(tables[APPLICATION]), otherwise="region_code")
    homes = placed.select("application_id", "household_no", "region_code")
    acts = (
        tables[STEP]
        .filter((nw.col("step") == "confirm") & ~nw.col("actor_person_id").is_null())
        .with_columns(at.alias("at"))
        .join(homes, on="application_id", how="left")
        .select("application_no", "household_no", "region_code", "at", "actor_person_id")
    )
    mine = tables.engine.collect(acts.filter(nw.col("application_no") == lead["subject"]))
    window = timedelta(seconds=int(facts["seconds"]))
    found = []
    for own in mine.to_dicts():
        near = acts.filter(
            (nw.col("actor_person_id") == own["actor_person_id"])
            & (nw.col("at") >= own["at"] - window)
            & (nw.col("at") <= own["at"] + window)
        )
        found.append(tables.engine.collect(near))
    return _mine(owned, pl.concat(found).unique().sort("at", "application_no") if found else mine)


def _mine(owned: Owned, rows: pl.DataFrame) -> Behind:
    """What is in no known region lies at the root, as its leads do."""
    kept = rows.filter(owned.scope.within(pl.col("region_code").fill_null(owned.root))).drop("region_code")
    return Behind(kept, rows.height - kept.height)
