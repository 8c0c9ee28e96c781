"""Can neither parent of a child care for it: dead, missing, long in custody, or severely disabled?

Policy `entitlement`: `each_parent` lists what may keep a parent away, `not_both` what both must not be, and
`custody_months` how long a parent must be and still be in custody on the day. Dead parents count as parents; a parent
nobody names is unknown, not lost, and so is one of whom nothing is known, or whose grade was awarded anew since. Of
several grounds the lasting one is named: a custody, which must be confirmed again, only where nothing else is.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship import parents_of
from casework.lead import first_rows
from casework.means.ages import months
from casework.means.entitlement import RULE, said
from casework.means.members import deaths
from casework.policy import Policy
from casework.tables import MATCH, PERSON

KEY: Final = ("person_id", "programme", "day")
EVER: Final = 10_000_000  # a day that no calendar has: custody without an end
COMPARED: Final = ("compared_day", "compared_on")
AWARDED: Final = ("awarded_day", "last_awarded_day")
BOTH: Final = 2
DEAD, MISSING, CUSTODY, DISABILITY = "dead", "missing", "custody", "disability"


def without_parents(data: Tables, policy: Policy, children: Frame) -> Frame:
    """Each child (`person_id`, `programme`, `day`, `on`, `region_code`) of a programme that asks about parents.

    `deprived` (Boolean: each of at least two parents is kept away, and not both as `not_both` says; null: unknown),
    `first_state` and `second_state` (what keeps a parent away), `compared_day` and `compared_on` (when the custody that
    counts and was not confirmed for longest was last compared; null: none counts).
    """
    states = sorted(
        said(policy, "each_parent"), key=lambda state: (state != DEAD, state != MISSING, state == CUSTODY, state)
    )
    asked = once(children.select(*KEY, "on", "region_code"))
    rows = _with_facts(data, asked)
    rows = policy.in_force(rows, RULE, on="on_", into="custody_months", field="custody_months")
    kept: nw.Expr = nw.lit(None).cast(nw.String)
    doubtful: nw.Expr = nw.lit(value=False)
    lost: nw.Expr = nw.lit(value=False)
    for state in reversed(states):
        rows = policy.in_force(rows, RULE, on="on_", into=f"each_{state}", field="each_parent", holding=state)
        rows = policy.in_force(rows, RULE, on="on_", into=f"both_{state}", field="not_both", holding=state)
        is_so, may_be = _is(state)
        counts = nw.col(f"each_{state}").fill_null(value=False)
        kept = nw.when(counts & is_so).then(nw.lit(state)).otherwise(kept)
        doubtful = doubtful | (counts & may_be)
        lost = lost | (nw.col(f"both_{state}").fill_null(value=False) & is_so)
    each = rows.with_columns(kept.alias("state"), doubtful.alias("doubtful"), lost.alias("lost"))
    each = each.with_columns(
        (nw.col("state").is_null() & nw.col("doubtful")).alias("unknown"),
        *(nw.when(nw.col("state") == CUSTODY).then(nw.col(name)).alias(name) for name in COMPARED),
    )
    here = nw.col("region_code").fill_null("").alias("here")  # asked for in two villages, a parent is still one
    counted = (
        each.with_columns(here)
        .group_by(*KEY, "here")
        .agg(
            nw.len().cast(nw.Int64).alias("parents"),
            *(_count(column).alias(name) for name, column in _COUNTED.items()),
            nw.col("state").min().alias("first_state"),
            nw.col("state").max().alias("second_state"),
            *(nw.col(name).min() for name in COMPARED),
        )
    )
    judged = asked.with_columns(here).join(counted, on=[*KEY, "here"], how="left").drop("here")
    return judged.with_columns(_deprived().alias("deprived"))


_COUNTED: Final = {
    "away": ~nw.col("state").is_null(),
    "gone": nw.col("lost"),
    "unsure": nw.col("unknown"),
}


def _count(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)).sum().cast(nw.Int64)


def _deprived() -> nw.Expr:
    """True, False, or null: a parent is unknown and none is known to be there."""
    parents, away, unsure = (nw.col(name).fill_null(0) for name in ("parents", "away", "unsure"))
    there = parents - away - unsure  # known, and not kept away
    both_gone = (nw.col("gone") == parents) & (parents > 0)
    return (
        nw.when(there > 0)
        .then(nw.lit(value=False))
        .when((unsure > 0) | (parents < BOTH))
        .then(nw.lit(None).cast(nw.Boolean))
        .otherwise(~both_gone)
    )


def _is(state: str) -> tuple[nw.Expr, nw.Expr]:
    """Is the parent in that state on the day, and might they be, were more known?"""
    if state == DEAD:
        return (nw.col("death_day") <= nw.col("day")).fill_null(value=False), ~nw.col("recorded")
    if state == MISSING:
        return (nw.col("status") == MISSING).fill_null(value=False), ~nw.col("recorded")
    if state == CUSTODY:
        long = nw.col("custody_held") >= nw.coalesce(nw.col("custody_months"), nw.lit(0))
        return long.fill_null(value=False), nw.col("custody_unclear").fill_null(value=False)
    kind, _, grade = state.rpartition("_")
    then = (nw.col("awarded_day") <= nw.col("day")) & ~nw.col("disability_grade").is_null()
    since = nw.col("last_awarded_day") > nw.col("day")  # which grade it was before, nobody knows
    graded = then & ~since & (nw.col("disability_grade") == int(grade)).fill_null(value=False)
    if kind == DISABILITY:
        return graded, ~nw.col("recorded") | (then & since)
    same = nw.col("disability_kind") == kind
    may_be = (graded & nw.col("disability_kind").is_null()) | (then & since & same.fill_null(value=True))
    return graded & same.fill_null(value=False), may_be


def _with_facts(data: Tables, children: Frame) -> Frame:
    """Each child's row with each of its parents and what is known of them on the day."""
    ties = parents_of(data, children.select("person_id").unique())
    rows = children.join(ties.select("person_id", "parent_id", "from_day", "to_day"), on="person_id", how="inner")
    rows = rows.join(
        deaths(data).select(nw.col("person_id").alias("parent_id"), "death_day"), on="parent_id", how="left"
    )
    # a register may close the tie at the parent's death: a dead parent stays a parent
    holds = (nw.col("from_day").is_null() | (nw.col("from_day") <= nw.col("day"))) & (
        nw.col("to_day").is_null() | (nw.col("to_day") >= nw.col("day")) | (nw.col("death_day") <= nw.col("day"))
    ).fill_null(value=False)
    rows = once(rows.filter(holds).select(*KEY, "on", "region_code", "parent_id", "death_day").unique())
    parents = rows.select("parent_id").unique()
    facts = (
        first_rows(data[PERSON])
        .select(
            nw.col("person_id").alias("parent_id"),
            "status",
            "disability_kind",
            "disability_grade",
            nw.lit(value=True).alias("recorded"),
        )
        .join(parents, on="parent_id", how="semi")
    )
    joined = (
        rows.join(facts, on="parent_id", how="left")
        .join(_awarded(data, parents), on="parent_id", how="left")
        .join(_in_custody(data, rows), on=[*KEY, "parent_id"], how="left")
    )
    return joined.with_columns(
        (nw.col("recorded").fill_null(value=False) | ~nw.col("death_day").is_null()).alias("recorded"),
        *(nw.coalesce(nw.col(name), nw.lit(-EVER)).cast(nw.Int32).alias(name) for name in AWARDED),
        nw.col("day").alias("on__day"),
    )


def _awarded(data: Tables, parents: Frame) -> Frame:
    """The first and the last day on which a register awarded the parent a grade of disability."""
    return (
        data[MATCH]
        .filter((nw.col("kind") == "disability_award") & ~nw.col("from_on_day").is_null())
        .select(nw.col("person_id").alias("parent_id"), "from_on_day")
        .join(parents, on="parent_id", how="semi")
        .group_by("parent_id")
        .agg(nw.col("from_on_day").min().alias("awarded_day"), nw.col("from_on_day").max().alias("last_awarded_day"))
    )


def _in_custody(data: Tables, rows: Frame) -> Frame:
    """Parents in custody on the day: whole months held without a break, and whether its beginning is unknown."""
    spells = (
        data[MATCH]
        .filter(nw.col("kind") == CUSTODY)
        .select(
            nw.col("person_id").alias("parent_id"),
            "match_no",
            "from_on",
            "from_on_day",
            "to_on_day",
            "compared_on",
            "compared_on_day",
        )
        .join(rows.select("parent_id").unique(), on="parent_id", how="semi")
        .with_columns(nw.coalesce(nw.col("to_on_day"), nw.lit(EVER)).cast(nw.Int32).alias("until"))
    )
    order = ["from_on_day", "until", "match_no"]
    furthest = nw.col("until").cum_max().over("parent_id", order_by=order)  # a short spell within ends nothing
    before = nw.col("furthest").shift(1).over("parent_id", order_by=order)
    broken = nw.when(before.is_null() | (nw.col("from_on_day") > before + 1)).then(nw.lit(1)).otherwise(nw.lit(0))
    chained = (
        spells.filter(~nw.col("from_on_day").is_null())
        .with_columns(furthest.alias("furthest"))
        .with_columns(broken.alias("broken"))
        .with_columns(nw.col("broken").cum_sum().over("parent_id", order_by=order).alias("chain"))
        .group_by("parent_id", "chain")
        .agg(
            nw.col("from_on").min(),
            nw.col("from_on_day").min(),
            nw.col("until").max(),
            nw.col("compared_on_day").max().alias("compared_day"),
            nw.col("compared_on").max(),
        )
    )
    asked = rows.select(*KEY, "on", "parent_id").unique()
    held = (
        asked.join(chained, on="parent_id", how="inner")
        .filter((nw.col("from_on_day") <= nw.col("day")) & (nw.col("until") >= nw.col("day")))
        .with_columns(months("from_on", "on").alias("held"))
        .group_by(*KEY, "parent_id")
        .agg(nw.col("held").max().alias("custody_held"), *(nw.col(name).max() for name in COMPARED))
    )
    unclear = (
        asked.join(spells.filter(nw.col("from_on_day").is_null()), on="parent_id", how="inner")
        .filter(nw.col("until") >= nw.col("day"))
        .select(*KEY, "parent_id")
        .unique()
        .with_columns(nw.lit(value=True).alias("custody_unclear"))
    )
    return (
        asked.drop("on")
        .join(held, on=[*KEY, "parent_id"], how="left")
        .join(unclear, on=[*KEY, "parent_id"], how="left")
    )
