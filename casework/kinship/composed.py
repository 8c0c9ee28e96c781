"""Who is kin of these persons, by a tie stated outright or by two or three in a row?

Joins outward from the persons asked about, never all pairs. The ties of a path must hold together: their intervals
intersect. A path is as sure as its weakest tie.
"""

from collections.abc import Collection, Mapping
from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship.relation import BY_MARRIAGE, DEGREES, INVERSE, THREE, TWO
from casework.kinship.ties import TIE, direct_ties, open_ends
from casework.policy import Policy

PATH: Final = (*TIE, "certainty", "weakest", "path", "via_1", "via_2", "hops")


def kin_of(
    data: Tables, persons: Frame, policy: Policy | None = None, *, relations: Collection[str] | None = None
) -> Frame:
    """Every known relative of those persons (column `person_id`), near and wider, alive or dead, at any time.

    One row a (person, relative, relation, interval), by the surest path: `person_id`, `relative_id`, `relation` (what
    the relative is to the person), `degree`, `blood`, `certainty`, `weakest` (source of the weakest tie), `path` (ties
    from the person outward, "parent>child"), `via` (persons between, their person_id in decimal, the same way),
    `via_1`, `via_2` (the same as numbers), `from_day`, `to_day` (inclusive; null: unbounded). `policy` says how sure
    each source is; `relations`, if only some are wanted, spares the others' work.
    """
    wanted = set(INVERSE) if relations is None else set(relations)
    three = {rule: made for rule, made in THREE.items() if made in wanted}
    leading = {path for path, _ in three}
    two = {rule: made for rule, made in TWO.items() if made in wanted or ">".join(rule) in leading}
    first = once(_first(direct_ties(data, persons, policy)))
    found = [first]
    if two:
        beyond = first.filter(nw.col("relation").is_in(sorted({one for one, _ in two})))
        found.append(once(_composed(first, _ties_of(data, beyond, policy), "relation", two)))
    if three:
        further = found[-1].filter(nw.col("path").is_in(sorted(leading)))
        found.append(_composed(found[-1], _ties_of(data, further, policy), "path", three))
    return _surest(nw.concat(found).filter(nw.col("relation").is_in(sorted(wanted))))


def _first(ties: Frame) -> Frame:
    nobody = nw.lit(None).cast(nw.Int64)
    return ties.with_columns(
        nw.col("relation").alias("path"),
        nobody.alias("via_1"),
        nobody.alias("via_2"),
        nw.lit(1).cast(nw.Int32).alias("hops"),
    ).select(*PATH)


def _ties_of(data: Tables, kin: Frame, policy: Policy | None) -> Frame:
    """The ties one step further, from the relatives."""
    ties = direct_ties(data, kin.select(nw.col("relative_id").alias("person_id")), policy)
    renamed = {name: f"next_{name}" for name in (*TIE, "certainty", "weakest")}
    return ties.rename(renamed)


def _composed(kin: Frame, ties: Frame, key: str, rules: Mapping[tuple[str, str], str]) -> Frame:
    """The relatives' relatives whom `rules` name by the relative's `key` and the next tie's relation."""
    relation: nw.Expr = nw.lit(None).cast(nw.String)
    for (one, other), made in rules.items():
        here = (nw.col(key) == one) & (nw.col("next_relation") == other)
        relation = nw.when(here).then(nw.lit(made)).otherwise(relation)
    stranger = (nw.col("next_relative_id") != nw.col("person_id")) & (
        nw.col("via_1").is_null() | (nw.col("next_relative_id") != nw.col("via_1"))
    )
    weaker = nw.col("next_certainty") < nw.col("certainty")
    joined = kin.join(ties, left_on="relative_id", right_on="next_person_id", how="inner")
    return (
        joined.filter(stranger)
        .with_columns(
            relation.alias("made"),
            nw.max_horizontal("from_day", "next_from_day").cast(nw.Int32).alias("begin"),
            nw.min_horizontal("to_day", "next_to_day").cast(nw.Int32).alias("end"),
        )
        .filter(~nw.col("made").is_null() & (nw.col("begin") <= nw.col("end")))
        .select(
            "person_id",
            nw.col("next_relative_id").alias("relative_id"),
            nw.col("made").alias("relation"),
            nw.col("begin").alias("from_day"),
            nw.col("end").alias("to_day"),
            nw.when(weaker).then(nw.col("next_certainty")).otherwise(nw.col("certainty")).alias("certainty"),
            nw.when(weaker).then(nw.col("next_weakest")).otherwise(nw.col("weakest")).alias("weakest"),
            nw.concat_str([nw.col("path"), nw.col("next_relation")], separator=">").alias("path"),
            nw.coalesce(nw.col("via_1"), nw.col("relative_id")).alias("via_1"),
            nw.when(~nw.col("via_1").is_null()).then(nw.col("relative_id")).alias("via_2"),
            (nw.col("hops") + 1).cast(nw.Int32).alias("hops"),
        )
        .select(*PATH)
    )


def _surest(kin: Frame) -> Frame:
    """Of several paths to one relation and interval the surest, then the shortest."""
    ranked = kin.with_columns(
        (-nw.col("certainty")).alias("doubt"),
        nw.coalesce(nw.col("via_1"), nw.lit(0)).alias("order_1"),
        nw.coalesce(nw.col("via_2"), nw.lit(0)).alias("order_2"),
    )
    order = ["doubt", "hops", "path", "order_1", "order_2", "weakest"]
    best = ranked.unique(list(TIE), keep="first", order_by=order)
    degree: nw.Expr = nw.lit(None).cast(nw.Int32)
    for relation, number in DEGREES.items():
        degree = nw.when(nw.col("relation") == relation).then(nw.lit(number)).otherwise(degree)
    one, two = nw.col("via_1").cast(nw.String), nw.col("via_2").cast(nw.String)
    return best.select(
        "person_id",
        "relative_id",
        "relation",
        degree.cast(nw.Int32).alias("degree"),
        (~nw.col("relation").is_in(BY_MARRIAGE)).alias("blood"),
        "certainty",
        "weakest",
        "path",
        nw.when(nw.col("via_2").is_null()).then(one).otherwise(nw.concat_str([one, two], separator=">")).alias("via"),
        "via_1",
        "via_2",
        *open_ends(),
    )
