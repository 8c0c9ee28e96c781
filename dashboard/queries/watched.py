"""Whom was aid refused or ended within a year, and has anybody looked after them since?

不符合但持续监测. Awards that ended with a death, a move or a merger are left out: nobody is left there to watch.
"""

from collections.abc import Collection
from datetime import date
from typing import Final

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.lead import first_rows
from casework.policy import Policy
from casework.regions import Regions
from casework.tables import APPLICATION, AWARD, OUTREACH
from dashboard.queries import in_force

MONTHS: Final = 12
LEFT_OUT: Final = ("death", "moved", "merged")
FOLLOWED: Final = ("visited", "applied", "covered")  # what may have come after
_LEAP_DAY: Final = (2, 29)
_EPOCH: Final = date(1970, 1, 1)


def read(tables: Tables, policy: Policy, regions: Regions) -> pl.DataFrame:
    """A row a refusal or exit, the newest first.

    `kind` {refused, ended}, `number`, `programme`, `home`, `day` (of the decision; the first after the last month paid
    for), and the first day on which the household was found again (`visited`), applied again (`applied`), and whether
    an award of it is in force (`covered`).
    """
    since = year_before(tables.as_of)
    refused = (
        first_rows(tables[APPLICATION])
        .filter(nw.col("decision") == "refused", nw.col("decided_at_day") >= since)
        .select(
            "household_id", nw.col("application_no").alias("number"), "programme", nw.col("decided_at_day").alias("day")
        )
    )
    ended = (
        first_rows(tables[AWARD])
        .filter(
            ~nw.col("programme").is_in(in_force.one_off(policy)),
            nw.col("to_month_index") >= tables.as_of_month - MONTHS,
            nw.col("to_month_index") < tables.as_of_month,
        )
        .filter(nw.col("end_reason").is_null() | ~nw.col("end_reason").is_in(LEFT_OUT))
        .select("household_id", nw.col("award_no").alias("number"), "programme", "to_month_index")
    )
    later = [
        tables[OUTREACH].select("household_id", nw.col("found_at_day").alias("on")),
        first_rows(tables[APPLICATION]).select("household_id", nw.col("accepted_at_day").alias("on")),
        in_force.awards(tables, policy).select("household_id").unique(),
        in_force.homes(tables),
    ]
    no, out, found, asked, running, homes = tables.engine.collect_all([refused, ended, *later])
    rows = pl.concat(
        [
            no.with_columns(kind=pl.lit("refused"), day=_EPOCH + pl.duration(days=pl.col("day"))),
            out.with_columns(kind=pl.lit("ended"), day=_after("to_month_index")).drop("to_month_index"),
        ],
        how="diagonal_relaxed",
    ).with_columns(pl.col("day").cast(pl.Date))
    rows = rows.with_row_index("row").join(homes, on="household_id", how="left")
    for name, events in (("visited", found), ("applied", asked)):
        rows = rows.join(_first_after(rows, events, name), on="row", how="left")
    covered = pl.col("household_id").is_in(running["household_id"].implode()).alias("covered")
    return in_force.placed(regions, rows.with_columns(covered)).sort("day", "number", descending=[True, False])


def narrowed(rows: pl.DataFrame, regions: Collection[str], programme: str) -> pl.DataFrame:
    """The rows of these regions and this programme."""
    here = rows.filter(pl.col("home").is_in(list(regions)))
    return here.filter(pl.col("programme") == programme) if programme else here


def counted(rows: pl.DataFrame) -> dict[tuple[str, str], int]:
    """By kind: `all`, each of `FOLLOWED`, and `none` of them."""
    flags = {
        "all": pl.lit(value=True),
        "visited": pl.col("visited").is_not_null(),
        "applied": pl.col("applied").is_not_null(),
        "covered": pl.col("covered"),
    }
    nothing = ~(flags["visited"] | flags["applied"] | flags["covered"])
    return {
        (kind, name): rows.filter(pl.col("kind") == kind, flag).height
        for kind in ("refused", "ended")
        for name, flag in (flags | {"none": nothing}).items()
    }


def year_before(day: date) -> int:
    """Days since 1970 of the first of the twelve months to a day: the day after the same one a year before."""
    leap = (day.month, day.day) == _LEAP_DAY
    return (date(day.year - 1, day.month, 28 if leap else day.day) - _EPOCH).days + 1


def _after(month: str) -> pl.Expr:
    """The first day after a month."""
    following = pl.col(month) + 1
    return pl.date(following // 12, following % 12 + 1, 1)


def _first_after(rows: pl.DataFrame, events: pl.DataFrame, name: str) -> pl.DataFrame:
    """The first event of the household after each row's own day."""
    on = (pl.lit(_EPOCH) + pl.duration(days=pl.col("on"))).cast(pl.Date).alias("on")
    both = rows.select("row", "household_id", "day").join(events.with_columns(on), on="household_id", how="inner")
    return both.filter(pl.col("on") > pl.col("day")).group_by("row").agg(pl.col("on").min().alias(name))
