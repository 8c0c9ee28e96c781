"""What does the law ask of a person, or a household, before it gives?

Policy `entitlement`, read for a row's day and place, so that a county's own entry changes the answer. A programme
whose entry speaks of income or vetoes is a household's (dibao); all others are a person's (age, disability, parents,
what else covers them). The answers: `entitled_persons`, `entitled_households`.
"""

from functools import reduce
from operator import and_
from typing import Final

import narwhals as nw

from casework.covered import awards, spans
from casework.dataset import Tables
from casework.engine import Frame
from casework.means.figures import month_of
from casework.policy import Policy

RULE: Final = "entitlement"
OF_HOUSEHOLDS: Final = ("income", "veto")  # fields that make a programme a household's
OF_PERSONS: Final = ("age_from", "age_below", "grades", "each_parent")


def programmes(policy: Policy) -> tuple[list[str], list[str]]:
    """The programmes with an entitlement, those of persons and those of households."""
    entries = [entry for entry in policy.rule(RULE).entries if not entry.none]
    every = {str(entry.scope["programme"]) for entry in entries if "programme" in entry.scope}
    shared = {
        str(entry.scope["programme"])
        for entry in entries
        if "programme" in entry.scope and any(entry.fields.get(field) is not None for field in OF_HOUSEHOLDS)
    }
    return sorted(every - shared), sorted(shared)


def asking_persons(policy: Policy) -> list[str]:
    """The programmes of which some entry asks facts of one person; of a household's programme, whose is unsaid."""
    return sorted(
        {
            str(entry.scope.get("programme"))
            for entry in policy.rule(RULE).entries
            if any(entry.fields.get(field) is not None for field in OF_PERSONS)
        }
    )


def bounds(policy: Policy, programme: str, field: str) -> list[int] | None:
    """Every value a number field of a programme's entries may take; None: some case has no such bound.

    For throwing out early those whom no entry can mean.
    """
    rule = policy.rule(RULE)
    if any(change.which in {field, None, ""} for change in rule.changes):
        return None
    values = [entry.fields.get(field) for entry in rule.entries if entry.scope.get("programme") in {programme, None}]
    known = [int(value) for value in values if value is not None]
    return known if values and len(known) == len(values) else None


def said(policy: Policy, field: str) -> list[str]:
    """Everything that a list field of the entitlements names anywhere, by its entries or by a scenario's changes."""
    rule = policy.rule(RULE)
    lists = [entry.fields.get(field) for entry in rule.entries]
    lists += [change.set for change in rule.changes if change.which == field]
    return sorted({str(item) for items in lists for item in items or ()})


def all_of(*conditions: nw.Expr) -> nw.Expr:
    """All of them; one that fails outweighs one that is unknown."""
    return reduce(and_, conditions)


def with_coverage(
    data: Tables, policy: Policy, facts: Frame, members: Frame, key: tuple[str, ...], *, ahead: int = 0
) -> Frame:
    """Add `covered`: in the day's month the person, or someone of the household, is covered as the entry asks.

    What must not cover them must not begin within `ahead` months after either.
    """
    lists = {field: said(policy, field) for field in ("covered_by", "not_covered_by")}
    every = sorted({code for codes in lists.values() for code in codes})
    if not every:
        return facts.with_columns(nw.lit(value=True).alias("covered"))
    terms = awards(data, every).rename({"programme": "held"})
    month = month_of("on").alias("month_index")
    people = spans(data, terms).join(terms.select("award_id", "held"), on="award_id", how="inner")
    asked = members.select(*key, "on", *({"person_id"} - {*key})).with_columns(month)
    held = _covering(asked.join(people, on="person_id", how="inner"), key, ahead)
    if "household_id" in key:
        own = terms.select("household_id", "held", nw.col("starts").alias("since"), nw.col("ends").alias("until"))
        homes = facts.select(*key, "on").with_columns(month)
        held = nw.concat([held, _covering(homes.join(own, on="household_id", how="inner"), key, ahead)])
    now = nw.col("begun")
    counted = held.group_by(*key).agg(
        *(
            nw.when((nw.col("held") == code) & (now | nw.lit(field == "not_covered_by")))
            .then(nw.lit(1))
            .otherwise(nw.lit(0))
            .sum()
            .cast(nw.Int64)
            .alias(f"{field}__{code}")
            for field, codes in lists.items()
            for code in codes
        )
    )
    facts = facts.join(counted, on=list(key), how="left")
    met: nw.Expr = nw.lit(value=True)
    for field, codes in lists.items():
        among: nw.Expr = nw.lit(value=False)
        for code in codes:
            into = f"{field}_{code}"
            facts = policy.in_force(facts, RULE, on="on_", into=into, field=field, holding=code)
            among = among | (nw.col(into).fill_null(value=False) & (nw.col(f"{field}__{code}").fill_null(0) > 0))
        if codes:
            unasked = nw.col(f"{field}_{codes[0]}").is_null()
            met = met & (unasked | (among if field == "covered_by" else ~among))
    return facts.with_columns(met.alias("covered"))


def _covering(spells: Frame, key: tuple[str, ...], ahead: int) -> Frame:
    """Spells that hold the month or begin at most `ahead` months later: `key`, `held`, `begun` (by that month)."""
    month = nw.col("month_index")
    begun = nw.col("since") <= month
    coming = (nw.col("since") <= month + ahead) & (nw.col("until").is_null() | (nw.col("until") >= month))
    return spells.filter(coming).select(*key, "held", begun.alias("begun"))
