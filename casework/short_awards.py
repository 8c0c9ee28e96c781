"""Which dibao awards cover fewer persons than live together?

Looked at are the awards in force in the last month that is over, without single-person entry, that cover somebody of a
household of which a member is known; members on the first of that month. People who live at one address in two
households between which somebody moved may be one household written apart: they are counted as living together. One
address is one house however it is written (`casework.identity.addresses`). Where somebody moved between two households
of a village and of one of them no house is known, nobody can tell: such an award is set aside, whatever it covers, so
that no village is judged by its gaps.
"""

from typing import Final

import narwhals as nw
import polars as pl

from casework.areas import day_of, dibao, last_whole_month
from casework.covered import heads
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.identity.addresses import houses
from casework.lead import first_rows
from casework.means.members import members_on
from casework.tables import HOUSEHOLD, MEMBER

MOST: Final = 5  # living together: so many or more are one size


def short_awards(data: Tables) -> Frame:
    """Each award: `award_id`, `region_code`, `covered`, `together`, `size` (1 to MOST), `short` and `apart` (1 or 0).

    `short`: covers fewer than live together; `apart`: they live together only by the address of two households.
    """
    return data.shared("short_awards", lambda: _told(data))


def untold_awards(data: Tables) -> Frame:
    """The awards set aside: `award_id` of those of which nobody can tell who lives together."""
    return _every(data).filter(nw.col("untold")).select("award_id")


def _told(data: Tables) -> Frame:
    return _every(data).filter(~nw.col("untold")).drop("untold")


def _every(data: Tables) -> Frame:
    return data.shared("short_awards:every", lambda: _short_awards(data))


def _short_awards(data: Tables) -> Frame:
    month = last_whole_month(data)
    terms = (nw.col("starts") <= month) & (nw.col("ends").is_null() | (nw.col("ends") >= month))
    awards = once(dibao(data).filter(terms & nw.col("single_person_basis").is_null()))
    months = awards.select("award_id", nw.lit(month).cast(nw.Int32).alias("month_index"))
    rows = (
        awards.join(heads(data, months).select("award_id", "covered"), on="award_id", how="inner")
        .join(_together(data, awards, day_of(month)), left_on="household_id", right_on="home", how="inner")
        .filter(nw.col("covered") > 0)
        .with_columns(nw.col("untold").fill_null(value=False))
    )
    short = nw.col("covered") < nw.col("together")
    return rows.select(
        "award_id",
        "region_code",
        "untold",
        nw.min_horizontal("covered", "together").alias("covered"),
        "together",
        nw.min_horizontal(nw.col("together"), nw.lit(MOST)).cast(nw.Int64).alias("size"),
        nw.when(short).then(nw.lit(1)).otherwise(nw.lit(0)).alias("short"),
        nw.when(short & (nw.col("own") <= nw.col("covered"))).then(nw.lit(1)).otherwise(nw.lit(0)).alias("apart"),
    )


def _together(data: Tables, awards: Frame, day: int) -> Frame:
    """How many live in each `home`: `own` by its list of members, `together` with whom it was written apart from.

    `untold`: true where nobody can say with whom; else true of none, null.
    """
    homes = awards.select("household_id").unique()
    moves = once(_moves(data, homes))
    apart = moves.filter(nw.col("house") == nw.col("home_house")).select("household_id", "home").unique()
    unknown = nw.col("house").is_null() | nw.col("home_house").is_null()
    untold = moves.filter(unknown).select("home").unique().with_columns(nw.lit(value=True).alias("untold"))
    parts = nw.concat([homes.with_columns(nw.col("household_id").alias("home")), apart])
    there = members_on(data, parts.with_columns(nw.lit(day).cast(nw.Int32).alias("day")))
    living = once(there.filter(nw.col("co_living").fill_null(value=False)).select("home", "household_id", "person_id"))
    own = living.filter(nw.col("home") == nw.col("household_id"))
    both = _counted(living, "together").join(_counted(own, "own"), on="home", how="inner")
    return both.join(untold, on="home", how="left")


def _counted(living: Frame, into: str) -> Frame:
    return living.group_by("home").agg(nw.col("person_id").n_unique().cast(nw.Int64).alias(into))


def _moves(data: Tables, homes: Frame) -> Frame:
    """The households (`household_id`) of its village to or from which somebody of a `home` moved.

    `house`, `home_house`: of the two; null where no house is known.
    """
    every = _houses(data)
    lived = data[MEMBER].select("household_id", "person_id")
    ours = lived.join(homes, on="household_id", how="semi").rename({"household_id": "home"})
    moved = ours.join(lived, on="person_id", how="inner").filter(nw.col("household_id") != nw.col("home"))
    here = every.rename({"household_id": "home", "region_code": "home_region", "house": "home_house"})
    return (
        moved.select("household_id", "home")
        .unique()
        .join(every, on="household_id", how="inner")
        .join(here, on="home", how="inner")
        .filter(nw.col("region_code") == nw.col("home_region"))
        .select("household_id", "home", "house", "home_house")
    )


def _houses(data: Tables) -> Frame:
    """Every household of a known village: `household_id`, `region_code`, `house` (null: not known)."""
    known = first_rows(data[HOUSEHOLD]).filter(~nw.col("region_code").is_null())
    every = known.select("household_id", "region_code", "address")
    written = every.filter(~nw.col("address").is_null()).select("address", place=nw.col("region_code")).unique()
    named = houses(data.engine.collect(written)).select("address", pl.col("place").alias("region_code"), house="value")
    return every.join(data.engine.place(named), on=["address", "region_code"], how="left").drop("address")
