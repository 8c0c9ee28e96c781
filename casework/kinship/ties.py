"""Which ties of these persons does a source state outright?

Every kin row implies its inverse and holds from from_on to to_on; a tie of blood that ended with a death holds on. A
source says how sure a tie is, never that another's is none: two relations of a pair, or two intervals of one, stand
side by side. Only a marriage told by membership is told better by a kin row of that marriage. How sure each source is:
`kin_certainty`.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame
from casework.kinship.household import EARLIEST, LATEST, by_membership
from casework.kinship.relation import BY_MARRIAGE, inverted
from casework.means.members import deaths
from casework.policy import Policy
from casework.tables import KIN

SOURCES: Final = ("civil_registry", "hukou", "declared", "member")
TIE: Final = ("person_id", "relative_id", "relation", "from_day", "to_day")


def direct_ties(data: Tables, persons: Frame, policy: Policy | None = None) -> Frame:
    """Ties from those persons (`person_id`) outward, one row a pair, relation and interval, by its surest source.

    `person_id`, `relative_id`, `relation`, `from_day`, `to_day` (inclusive; EARLIEST, LATEST where open), `certainty`,
    `weakest` (its source).
    """
    rules = policy or Policy.shipped()
    asked = persons.select("person_id").unique()
    member = by_membership(data, asked).with_columns(nw.lit("member").alias("weakest"))
    told = nw.concat([_stated(data, asked).select(*TIE, "weakest"), member.select(*TIE, "weakest")])
    sure: nw.Expr = nw.lit(0.0)
    for source in SOURCES:
        degree = nw.lit(float(rules.tuning("kin_certainty", source)))
        sure = nw.when(nw.col("weakest") == source).then(degree).otherwise(sure)
    married = (nw.col("relation") == "spouse") & (nw.col("weakest") != "member")
    pair = ("person_id", "relative_id")
    return (
        told.filter((nw.col("from_day") <= nw.col("to_day")) & (nw.col("person_id") != nw.col("relative_id")))
        .with_columns(sure.alias("certainty"), nw.when(married).then(nw.lit(1)).otherwise(nw.lit(0)).alias("married"))
        .with_columns(nw.col("married").max().over(*pair).alias("registered"))
        .filter((nw.col("registered") == 0) | (nw.col("relation") != "spouse") | (nw.col("married") == 1))
        .with_columns(nw.col("certainty").max().over(*TIE).alias("surest"))
        .filter(nw.col("certainty") == nw.col("surest"))
        .group_by(*TIE)
        .agg(nw.col("certainty").max(), nw.col("weakest").min())
    )


def parents_of(data: Tables, children: Frame, policy: Policy | None = None) -> Frame:
    """Every known parent of those persons (`person_id`), alive or dead; whom the data do not name is unknown, not lost.

    `person_id`, `parent_id`, `certainty`, `source`, `from_day`, `to_day` (inclusive, null where open).
    """
    ties = direct_ties(data, children, policy).filter(nw.col("relation") == "parent")
    return ties.select(
        "person_id",
        nw.col("relative_id").alias("parent_id"),
        "certainty",
        nw.col("weakest").alias("source"),
        *open_ends(),
    )


def open_ends() -> tuple[nw.Expr, nw.Expr]:
    """`from_day` and `to_day` with null where nothing bounds them."""
    return (
        nw.when(nw.col("from_day") != EARLIEST).then(nw.col("from_day")).cast(nw.Int32).alias("from_day"),
        nw.when(nw.col("to_day") != LATEST).then(nw.col("to_day")).cast(nw.Int32).alias("to_day"),
    )


def _stated(data: Tables, persons: Frame) -> Frame:
    """Rows of the kin table that touch those persons, each seen from them.

    A register may close a tie of blood at a death; the dead stay parents, and their children siblings.
    """
    rows = (
        data[KIN]
        .filter(~nw.col("relation").is_null() & (nw.col("relation") != "other"))
        .select(
            "person_id",
            nw.col("relative_person_id").alias("relative_id"),
            "relation",
            nw.coalesce(nw.col("from_on_day"), nw.lit(EARLIEST)).cast(nw.Int32).alias("from_day"),
            nw.coalesce(nw.col("to_on_day"), nw.lit(LATEST)).cast(nw.Int32).alias("to_day"),
            nw.coalesce(nw.col("source"), nw.lit("declared")).alias("weakest"),
        )
    )
    theirs = rows.join(persons, on="person_id", how="semi")
    of_them = rows.join(persons, left_on="relative_id", right_on="person_id", how="semi")
    ties = nw.concat([theirs, inverted(of_them).select(*TIE, "weakest")])
    return _outliving(data, ties)


def _outliving(data: Tables, ties: Frame) -> Frame:
    """The ties, those of blood without the end that came with the death of either, whichever register tells of it."""
    dead = deaths(data).select("person_id", "death_day")
    one = dead.rename({"death_day": "one_died"})
    other = dead.rename({"person_id": "relative_id", "death_day": "other_died"})
    first = nw.min_horizontal("one_died", "other_died")
    closed = ~nw.col("relation").is_in(BY_MARRIAGE) & (nw.col("to_day") >= first)
    return (
        ties.join(one, on="person_id", how="left")
        .join(other, on="relative_id", how="left")
        .with_columns(
            nw.when(closed.fill_null(value=False))
            .then(nw.lit(LATEST))
            .otherwise(nw.col("to_day"))
            .cast(nw.Int32)
            .alias("to_day")
        )
        .drop("one_died", "other_died")
    )
