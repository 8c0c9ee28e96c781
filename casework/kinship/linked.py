"""Which households are one step from an official, or from a household: near kin, one phone, address or account?

A link of kin holds on the days on which both people belonged to their households and were near kin; what two share
holds always, as nobody writes down since when. Near kin by the rule of the day of the data.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship.belonging import belonging
from casework.kinship.composed import kin_of
from casework.kinship.household import EARLIEST, LATEST
from casework.kinship.jurisdiction import DUTIES
from casework.kinship.policy import named, near
from casework.kinship.resources import RESOURCE, household_resources, person_resources
from casework.kinship.staff import MEMBER_THEMSELF, staff_kin
from casework.lead import first_rows
from casework.means.members import deaths
from casework.policy import Policy
from casework.tables import AWARD, BENEFICIARY, MEMBER, OFFICIAL

PATH: Final = ("from_person", "via_1", "via_2", "to_person")  # of a link of kin, from one end to the other
LINK: Final = ("kind", "resource", *PATH, "from_day", "to_day")


def officials_links(data: Tables, policy: Policy) -> Frame:
    """Households one step from a handler, approver or village cadre: `official_id`, `household_id`, and `LINK`.

    Their own, those of near kin, and those that have a phone, address or account of theirs or of their own household.
    `kind`: kin, phone, address, account.
    """
    officials = once(data[OFFICIAL].filter(nw.col("duty").is_in(DUTIES)).select(official_id="person_id").unique())
    kin = staff_kin(data, policy).join(officials, on="official_id", how="semi")
    themself = kin.filter(nw.col("relation") == MEMBER_THEMSELF)
    close = once(nw.concat([themself, _near_today(data, policy, kin.filter(nw.col("relation") != MEMBER_THEMSELF))]))
    lived = belonging_of(data, close.select("person_id").unique())
    by_kin = once(
        close.join(lived, on="person_id", how="inner").select(
            "official_id",
            "household_id",
            *_nothing_shared(),
            nw.col("official_id").alias("from_person"),
            "via_1",
            "via_2",
            nw.col("person_id").alias("to_person"),
            nw.max_horizontal(_from("from_day"), nw.col("joined")).alias("from_day"),
            nw.min_horizontal(_to("to_day"), nw.col("left") - 1).alias("to_day"),
        )
    )
    shared = household_resources(data, policy)
    own = by_kin.filter(nw.col("from_person") == nw.col("to_person")).select("official_id", "household_id").unique()
    theirs = nw.concat(
        [
            person_resources(data, officials.select(person_id="official_id")).rename({"person_id": "official_id"}),
            own.join(shared, on="household_id", how="inner").select("official_id", *RESOURCE),
        ]
    ).unique()
    by_resource = theirs.join(shared, on=list(RESOURCE), how="inner")
    return nw.concat([by_kin, _always(by_resource, "official_id", "household_id")]).filter(_holds())


def households_links(data: Tables, policy: Policy, homes: Frame) -> Frame:
    """Households one step from those (`household_id`), called `other_id`, and `LINK`; both ways alike."""
    asked = once(homes.select("household_id").unique())
    people = once(_living(data, belonging(data, asked)))
    everyone = people.select("person_id").unique()
    kin = kin_of(data, everyone, policy, relations=named(policy, "near_kin"))
    close = once(
        _near_today(data, policy, kin).select("person_id", "relative_id", "via_1", "via_2", "from_day", "to_day")
    )
    themself = everyone.select(
        "person_id",
        nw.col("person_id").alias("relative_id"),
        *(nw.lit(None).cast(nw.Int64).alias(name) for name in ("via_1", "via_2")),
        *(nw.lit(None).cast(nw.Int32).alias(name) for name in ("from_day", "to_day")),
    )
    ties = once(nw.concat([close, themself]))
    lived = belonging_of(data, ties.select(person_id="relative_id").unique()).select(
        nw.col("household_id").alias("other_id"),
        nw.col("person_id").alias("relative_id"),
        nw.col("joined").alias("joined_other"),
        nw.col("left").alias("left_other"),
    )
    by_kin = (
        people.join(ties, on="person_id", how="inner")
        .join(lived, on="relative_id", how="inner")
        .select(
            "household_id",
            "other_id",
            *_nothing_shared(),
            nw.col("person_id").alias("from_person"),
            "via_1",
            "via_2",
            nw.col("relative_id").alias("to_person"),
            nw.max_horizontal(_from("from_day"), nw.col("joined"), nw.col("joined_other")).alias("from_day"),
            nw.min_horizontal(_to("to_day"), nw.col("left") - 1, nw.col("left_other") - 1).alias("to_day"),
        )
    )
    shared = household_resources(data, policy)
    others = shared.rename({"household_id": "other_id"})
    by_resource = shared.join(asked, on="household_id", how="semi").join(others, on=list(RESOURCE), how="inner")
    both = nw.concat([by_kin, _always(by_resource, "household_id", "other_id")])
    return both.filter(_holds() & (nw.col("household_id") != nw.col("other_id")))


def belonging_of(data: Tables, persons: Frame) -> Frame:
    """To which households did those persons (`person_id`) belong, and when? As `belonging`, of them only and alive."""
    covered = data[BENEFICIARY].join(persons, on="person_id", how="semi").select("award_id").unique()
    homes = nw.concat(
        [
            data[MEMBER].join(persons, on="person_id", how="semi").select("household_id"),
            first_rows(data[AWARD]).join(covered, on="award_id", how="semi").select("household_id"),
        ]
    )
    known = once(homes.filter(~nw.col("household_id").is_null()).unique())
    return once(_living(data, belonging(data, known).join(persons, on="person_id", how="semi")))


def _living(data: Tables, people: Frame) -> Frame:
    """Nobody belongs to a household after the day of their death."""
    dead = deaths(data).select("person_id", (nw.col("death_day") + 1).cast(nw.Int32).alias("after"))
    left = nw.min_horizontal(nw.col("left"), nw.coalesce(nw.col("after"), nw.lit(LATEST))).cast(nw.Int32)
    return people.join(dead, on="person_id", how="left").with_columns(left.alias("left")).drop("after").unique()


def _near_today(data: Tables, policy: Policy, kin: Frame) -> Frame:
    columns = kin.collect_schema().names()
    dated = kin.with_columns(
        nw.lit(data.as_of).alias("today"), nw.lit(data.as_of_day).cast(nw.Int32).alias("today_day")
    )
    return near(policy, dated, on="today").select(*columns)


def _always(rows: Frame, *ends: str) -> Frame:
    """What is shared, as links."""
    return rows.select(
        *ends,
        *RESOURCE,
        *(nw.lit(None).cast(nw.Int64).alias(name) for name in PATH),
        nw.lit(EARLIEST).cast(nw.Int32).alias("from_day"),
        nw.lit(LATEST).cast(nw.Int32).alias("to_day"),
    )


def _nothing_shared() -> tuple[nw.Expr, nw.Expr]:
    return nw.lit("kin").alias("kind"), nw.lit(None).cast(nw.String).alias("resource")


def _from(day: str) -> nw.Expr:
    return nw.coalesce(nw.col(day), nw.lit(EARLIEST)).cast(nw.Int32)


def _to(day: str) -> nw.Expr:
    return nw.coalesce(nw.col(day), nw.lit(LATEST)).cast(nw.Int32)


def _holds() -> nw.Expr:
    return nw.col("from_day") <= nw.col("to_day")
