"""Which ties do the relations of household members to their head tell of?

A relation is to the head on the day the member joined (where there was none, to the only head of the time after); under
two heads at once it is unknown. The head's spouse is parent of the head's child where both were members together, and
of a head with one spouse at the time, the head's parent-in-law is the spouse's parent. A tie of blood outlives
membership; one that rests on a marriage holds while both are members.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship.relation import BY_MARRIAGE, inverted
from casework.lead import first_rows
from casework.tables import MEMBER, PERSON

EARLIEST: Final = -10_000_000  # no known beginning, no known end: days that no calendar has
LATEST: Final = 10_000_000
ROW: Final = ("household_id", "person_id", "relation", "joined", "left")


def by_membership(data: Tables, persons: Frame) -> Frame:
    """Ties of those persons (`person_id`): `person_id`, `relative_id`, `relation`, `from_day`, `to_day`."""
    rows = once(_rows(data, persons))
    stated = once(_stated(rows))
    ties = nw.concat([_to_the_head(stated), _spouse_as_parent(stated), _parent_in_law_as_parent(stated)])
    both = nw.concat([ties, inverted(ties).select(*ties.collect_schema().names())])
    return both.join(persons, on="person_id", how="semi").unique()


def _rows(data: Tables, persons: Frame) -> Frame:
    """Every member row of the households of those persons; `until` is the day on which membership or life was over."""
    members = data[MEMBER].filter(~nw.col("household_id").is_null() & ~nw.col("relation").is_null())
    homes = members.join(persons, on="person_id", how="semi").select("household_id").unique()
    rows = members.join(homes, on="household_id", how="semi").select(
        "household_id",
        "person_id",
        "relation",
        nw.coalesce(nw.col("joined_on_day"), nw.lit(EARLIEST)).cast(nw.Int32).alias("joined"),
        nw.coalesce(nw.col("left_on_day"), nw.lit(LATEST)).cast(nw.Int32).alias("left"),
    )
    dead = first_rows(data[PERSON]).filter(~nw.col("died_on_day").is_null()).select("person_id", "died_on_day")
    return rows.join(dead, on="person_id", how="left").with_columns(
        nw.min_horizontal(nw.col("left"), nw.coalesce(nw.col("died_on_day") + 1, nw.lit(LATEST)))
        .cast(nw.Int32)
        .alias("until")
    )


def _stated(rows: Frame) -> Frame:
    """Every member row beside the row of the head it relates to: `head_id`, `head_joined`, `head_left`."""
    heads = rows.filter(nw.col("relation") == "head").select(
        "household_id",
        nw.col("person_id").alias("head_id"),
        nw.col("joined").alias("head_joined"),
        nw.col("left").alias("head_left"),
        nw.col("until").alias("head_until"),
    )
    others = rows.filter(~nw.col("relation").is_in(["head", "other"]))
    together = nw.max_horizontal("joined", "head_joined") < nw.min_horizontal("until", "head_until")
    then = nw.when(nw.col("joined") >= nw.col("head_joined")).then(nw.col("head_id"))
    pairs = (
        others.join(heads, on="household_id", how="inner")
        .filter((nw.col("person_id") != nw.col("head_id")) & together)
        .with_columns(then.alias("head_then"))
        .with_columns(
            nw.col("head_then").min().over(*ROW).alias("then_low"),
            nw.col("head_then").max().over(*ROW).alias("then_high"),
            nw.col("head_id").min().over(*ROW).alias("later_low"),
            nw.col("head_id").max().over(*ROW).alias("later_high"),
        )
    )
    only = (
        nw.when(nw.col("then_low").is_null())
        .then(nw.col("later_low") == nw.col("later_high"))
        .otherwise((nw.col("then_low") == nw.col("then_high")) & (nw.col("head_id") == nw.col("then_low")))
    )
    return pairs.filter(only).select(*ROW, "until", "head_id", "head_joined", "head_left")


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
    pairs = _beside_spouse(stated, "child")
    return pairs.select(
        nw.col("person_id"),
        nw.col("spouse_id").alias("relative_id"),
        nw.lit("parent").alias("relation"),
        nw.lit(EARLIEST).cast(nw.Int32).alias("from_day"),
        nw.lit(LATEST).cast(nw.Int32).alias("to_day"),
    )


def _parent_in_law_as_parent(stated: Frame) -> Frame:
    """The head's parent-in-law is parent of the head's spouse, where there is but one they could be parent of."""
    pairs = _beside_spouse(stated, "parent_in_law").with_columns(
        nw.col("spouse_id").min().over("head_id", *ROW).alias("low"),
        nw.col("spouse_id").max().over("head_id", *ROW).alias("high"),
    )
    return pairs.filter(nw.col("low") == nw.col("high")).select(
        nw.col("spouse_id").alias("person_id"),
        nw.col("person_id").alias("relative_id"),
        nw.lit("parent").alias("relation"),
        nw.lit(EARLIEST).cast(nw.Int32).alias("from_day"),
        nw.lit(LATEST).cast(nw.Int32).alias("to_day"),
    )


def _beside_spouse(stated: Frame, relation: str) -> Frame:
    """Members of that relation beside the spouse of the same head, as long as they were members together."""
    spouses = stated.filter(nw.col("relation") == "spouse").select(
        "household_id",
        "head_id",
        nw.col("person_id").alias("spouse_id"),
        nw.col("joined").alias("spouse_joined"),
        nw.col("until").alias("spouse_until"),
    )
    others = stated.filter(nw.col("relation") == relation).select(*ROW, "until", "head_id")
    together = nw.max_horizontal("joined", "spouse_joined") < nw.min_horizontal("until", "spouse_until")
    joined = others.join(spouses, on=["household_id", "head_id"], how="inner")
    return joined.filter((nw.col("person_id") != nw.col("spouse_id")) & together)
