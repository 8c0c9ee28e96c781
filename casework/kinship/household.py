"""Which ties do the relations of household members to their head tell of?

A household that ever had but one head leaves no doubt whose relation a row states, whenever the two were members:
`joined_on` is often only the day of registration, and a parent may be dead by then. Where there were several, a
relation is to the head on the day the member joined (where there was none, to the only head of the time after); under
two heads at once it is unknown, but for a head who was dead by then. The head's spouse is parent of the head's child:
the only spouse of an only head always, one of several where both were members together. A tie of blood outlives
membership and life; one that rests on a marriage holds while both are members.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship.relation import BY_MARRIAGE, inverted
from casework.means.members import deaths
from casework.tables import MEMBER

EARLIEST: Final = -10_000_000  # no known beginning, no known end: days that no calendar has
LATEST: Final = 10_000_000
ROW: Final = ("household_id", "person_id", "relation", "joined", "left")


def by_membership(data: Tables, persons: Frame) -> Frame:
    """Ties of those persons (`person_id`): `person_id`, `relative_id`, `relation`, `from_day`, `to_day`."""
    rows = once(_rows(data, persons))
    stated = once(_stated(rows))
    ties = nw.concat([_to_the_head(stated), _spouse_as_parent(stated)])
    both = nw.concat([ties, inverted(ties).select(*ties.collect_schema().names())])
    return both.join(persons, on="person_id", how="semi").unique()


def _rows(data: Tables, persons: Frame) -> Frame:
    """Every member row, of a day at least, of the households of those persons; `died`: LATEST where unknown."""
    members = data[MEMBER].filter(~nw.col("household_id").is_null() & ~nw.col("relation").is_null())
    homes = members.join(persons, on="person_id", how="semi").select("household_id").unique()
    rows = members.join(homes, on="household_id", how="semi").select(
        "household_id",
        "person_id",
        "relation",
        nw.coalesce(nw.col("joined_on_day"), nw.lit(EARLIEST)).cast(nw.Int32).alias("joined"),
        nw.coalesce(nw.col("left_on_day"), nw.lit(LATEST)).cast(nw.Int32).alias("left"),
    )
    dead = deaths(data).select("person_id", "death_day")
    return (
        rows.filter(nw.col("joined") < nw.col("left"))
        .join(dead, on="person_id", how="left")
        .with_columns(nw.coalesce(nw.col("death_day"), nw.lit(LATEST)).cast(nw.Int32).alias("died"))
    )


def _stated(rows: Frame) -> Frame:
    """Every member row beside the row of the head it relates to: `head_id`, `head_joined`, `head_left`, `lone`.

    `lone` (1 or 0): the household never had another head. A head who was once anything else there had one before them.
    """
    heads = rows.filter(nw.col("relation") == "head").select(
        "household_id",
        nw.col("person_id").alias("head_id"),
        nw.col("joined").alias("head_joined"),
        nw.col("left").alias("head_left"),
        nw.col("died").alias("head_died"),
    )
    others = rows.filter(~nw.col("relation").is_in(["head", "other"]))
    own = nw.when(nw.col("person_id") == nw.col("head_id")).then(nw.lit(1)).otherwise(nw.lit(0))
    alone = (nw.col("first_head") == nw.col("last_head")) & (nw.col("others_own") == 0)
    pairs = (
        others.join(heads, on="household_id", how="inner")
        .with_columns(own.alias("own"))
        .with_columns(
            nw.col("head_id").min().over("household_id").alias("first_head"),
            nw.col("head_id").max().over("household_id").alias("last_head"),
            nw.col("own").max().over("household_id").alias("others_own"),
        )
        .with_columns(nw.when(alone).then(nw.lit(1)).otherwise(nw.lit(0)).alias("lone"))
    )
    known = (nw.col("lone") == 1) | _together("head_joined", "head_left")
    return _of_the_day(pairs.filter((nw.col("own") == 0) & known)).select(
        *ROW, "head_id", "head_joined", "head_left", "lone"
    )


def _of_the_day(pairs: Frame) -> Frame:
    """Each row beside the head of the day of joining: the only one, or only one alive; if none, the only one after."""
    there = nw.col("joined") >= nw.col("head_joined")
    pairs = pairs.with_columns(
        nw.when(there).then(nw.col("head_id")).alias("head_then"),
        nw.when(there & (nw.col("joined") <= nw.col("head_died"))).then(nw.col("head_id")).alias("head_alive"),
    ).with_columns(
        *(nw.col(name).min().over(*ROW).alias(f"{name}_low") for name in ("head_then", "head_alive", "head_id")),
        *(nw.col(name).max().over(*ROW).alias(f"{name}_high") for name in ("head_then", "head_alive", "head_id")),
    )
    sole = {name: nw.col(f"{name}_low") == nw.col(f"{name}_high") for name in ("head_then", "head_alive", "head_id")}
    return pairs.filter(
        nw.when(nw.col("head_then_low").is_null())
        .then(sole["head_id"])
        .when(sole["head_then"])
        .then(nw.col("head_id") == nw.col("head_then_low"))
        .otherwise(sole["head_alive"] & (nw.col("head_id") == nw.col("head_alive_low")))
        .fill_null(value=False)
    )


def _together(joined: str, left: str) -> nw.Expr:
    """Were the member and the other, whose columns these are, members on one day?"""
    return nw.max_horizontal("joined", joined) < nw.min_horizontal("left", left)


def _to_the_head(stated: Frame) -> Frame:
    """What the member is to the head."""
    marriage = nw.col("relation").is_in(BY_MARRIAGE)
    end = nw.min_horizontal("left", "head_left")
    return stated.select(
        nw.col("head_id").alias("person_id"),
        nw.col("person_id").alias("relative_id"),
        "relation",
        nw.when(marriage)
        .then(nw.max_horizontal("joined", "head_joined"))
        .otherwise(nw.lit(EARLIEST))
        .cast(nw.Int32)
        .alias("from_day"),
        nw.when(marriage & (end < LATEST)).then(end - 1).otherwise(nw.lit(LATEST)).cast(nw.Int32).alias("to_day"),
    )


def _spouse_as_parent(stated: Frame) -> Frame:
    """The head's spouse is parent of the head's child in the same household."""
    return _beside_spouse(stated).select(
        nw.col("person_id"),
        nw.col("spouse_id").alias("relative_id"),
        nw.lit("parent").alias("relation"),
        nw.lit(EARLIEST).cast(nw.Int32).alias("from_day"),
        nw.lit(LATEST).cast(nw.Int32).alias("to_day"),
    )


def _beside_spouse(stated: Frame) -> Frame:
    """Children of the head beside the spouse of the same head: the only one ever, or one of their time."""
    spouses = (
        stated.filter(nw.col("relation") == "spouse")
        .with_columns(
            nw.col("person_id").min().over("household_id").alias("first_spouse"),
            nw.col("person_id").max().over("household_id").alias("last_spouse"),
        )
        .select(
            "household_id",
            "head_id",
            nw.col("person_id").alias("spouse_id"),
            nw.col("joined").alias("spouse_joined"),
            nw.col("left").alias("spouse_left"),
            ((nw.col("lone") == 1) & (nw.col("first_spouse") == nw.col("last_spouse"))).alias("only"),
        )
    )
    others = stated.filter(nw.col("relation") == "child").select(*ROW, "head_id")
    joined = others.join(spouses, on=["household_id", "head_id"], how="inner")
    known = nw.col("only") | _together("spouse_joined", "spouse_left")
    return joined.filter((nw.col("person_id") != nw.col("spouse_id")) & known)
