"""Who is a member of the household on a given day, and how many live together?

Contract §4: joined_on <= day < left_on, and not dead before the day; the earliest death known counts.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame
from casework.lead import first_rows
from casework.means.figures import month_of
from casework.tables import MATCH, MEMBER, PERSON

DEATHS: Final = ("death", "cremation")


def deaths(data: Tables) -> Frame:
    """Every dead person once, with the earliest death known of them.

    `person_id`, `death` (Date), `death_day`, `death_index` (the month).
    """
    return data.shared("deaths", lambda: _deaths(data))


def members_on(data: Tables, rows: Frame, *, day: str = "day") -> Frame:
    """Each row with every member of its household on its day: `person_id`, `relation`, `co_living` are added.

    Rows have `household_id` and the Int32 column `day`; a row without a day, or whose household has no members then,
    has no line in the answer. A person entered twice for one time has two lines.
    """
    people = _members(data)
    there = (nw.col("joined__") <= nw.col(day)) & (nw.col("left__").is_null() | (nw.col(day) < nw.col("left__")))
    alive = nw.col("death__").is_null() | (nw.col("death__") >= nw.col(day))
    return rows.join(people, on="household_id", how="inner").filter(there & alive).drop("joined__", "left__", "death__")


def co_living_on(data: Tables, rows: Frame, *, day: str = "day", into: str = "n") -> Frame:
    """Add the number of different members who live together in the household on the row's day (Int64, 0 for none)."""
    asked = rows.select("household_id", day).unique()
    counted = (
        members_on(data, asked, day=day)
        .filter(nw.col("co_living").fill_null(value=False))
        .group_by("household_id", day)
        .agg(nw.col("person_id").n_unique().cast(nw.Int64).alias(into))
    )
    return rows.join(counted, on=["household_id", day], how="left").with_columns(nw.col(into).fill_null(0))


def _members(data: Tables) -> Frame:
    rows = data[MEMBER].select(
        "household_id",
        "person_id",
        "relation",
        "co_living",
        nw.col("joined_on_day").alias("joined__"),
        nw.col("left_on_day").alias("left__"),
    )
    dead = deaths(data).select("person_id", nw.col("death_day").alias("death__"))
    return rows.join(dead, on="person_id", how="left")


def _deaths(data: Tables) -> Frame:
    known = nw.concat(
        [
            first_rows(data[PERSON]).select(
                "person_id", nw.col("died_on").alias("death"), nw.col("died_on_day").alias("death_day")
            ),
            data[MATCH]
            .filter(nw.col("kind").is_in(DEATHS))
            .select("person_id", nw.col("from_on").alias("death"), nw.col("from_on_day").alias("death_day")),
        ]
    ).filter(~nw.col("death").is_null())
    earliest = known.group_by("person_id").agg(nw.col("death").min(), nw.col("death_day").min())
    return earliest.select("person_id", "death", "death_day", month_of("death").alias("death_index"))
