"""Who meets an entitlement at `as_of` and has no award, no open application and no fresh decision?

Those whom no entry of policy `entitlement` can mean are thrown out first, by facts that stand in one table, then those
whom something stands in the way of (`pending`); only of the rest are all facts asked.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship import direct_ties
from casework.lead import first_rows, household_region
from casework.means.ages import years
from casework.means.entitled_households import households_entitled
from casework.means.entitled_persons import persons_entitled
from casework.means.entitlement import RULE, bounds, programmes, said
from casework.means.members import deaths, members_on
from casework.means.parents import CUSTODY, MISSING
from casework.means.pending import applied, covered_households, covered_persons, for_another, forbidden, quiet_day
from casework.means.statement import statements
from casework.policy import Policy
from casework.tables import HOUSEHOLD, MATCH, MEMBER, PERSON

ONE: Final = ("person_id",)
ALL: Final = ("household_id",)


def overlooked_persons(data: Tables, policy: Policy) -> Frame:
    """Persons and the programmes they are, or may be, entitled to without having them.

    The columns of `persons_entitled` (`meets` true or null), `household_id` (null: none known).
    """
    own, _ = programmes(policy)
    asking = [programme for programme in own if _always(policy, programme, "each_parent")]
    children = _of_parents_away(data, policy) if asking else None
    candidates = [
        _of_programme(data, policy, programme, children if programme in asking else None) for programme in own
    ]
    if not candidates:
        nobody = data[PERSON].filter(nw.col("person_id").is_null()).select("person_id", nw.lit("").alias("programme"))
        candidates = [nobody]
    people = _at_home(data, once(nw.concat(candidates)))
    quiet = quiet_day(data, policy)
    fresh = covered_persons(data, quiet).select("person_id", nw.col("held").alias("programme"))
    asked = once(applied(data, quiet))
    shared = covered_households(data).filter(~nw.col("named")).rename({"held": "programme"})
    own_cases = asked.filter(~nw.col("person_id").is_null())
    left = once(
        people.join(fresh, on=["person_id", "programme"], how="anti")
        .join(own_cases.filter(nw.col("surely")), on=["person_id", "programme"], how="anti")
        .join(shared, on=["household_id", "programme"], how="anti")
    )
    homes = left.filter(~nw.col("household_id").is_null()).select("household_id", "programme").unique()
    around = once(asked.join(homes, on=["household_id", "programme"], how="semi"))
    others = once(for_another(data, policy, around))
    left = once(left.join(others.filter(nw.col("surely")), on=["household_id", "programme"], how="anti"))
    left = _doubted(_doubted(left, own_cases, "person_id"), others, "household_id")
    barred = forbidden(data, policy, left, covered_persons(data), ONE)
    left = once(left.join(barred, on=["person_id", "programme"], how="anti"))
    judged = persons_entitled(data, policy, _today(data, left), ahead=1)
    joined = judged.join(
        left.select("person_id", "programme", "household_id", "doubted"), on=["person_id", "programme"], how="inner"
    )
    return _unless_doubted(joined).filter(_open_answer())


def overlooked_households(data: Tables, policy: Policy) -> Frame:
    """Households with a statement and the programmes they are, or may be, entitled to without having them.

    The columns of `households_entitled` (`meets` true or null).
    """
    _, shared = programmes(policy)
    homes = household_region(data, _stated(data, policy))
    quiet = quiet_day(data, policy)
    own = covered_households(data, quiet).select("household_id", nw.col("held").alias("programme"))
    asked = once(applied(data, quiet).filter(~nw.col("household_id").is_null()))
    rows = [homes.with_columns(nw.lit(programme).alias("programme")) for programme in shared]
    wanted = nw.concat(rows) if rows else homes.with_columns(nw.lit("").alias("programme")).filter(_nothing())
    left = once(
        wanted.join(own, on=["household_id", "programme"], how="anti").join(
            asked.filter(nw.col("surely")), on=["household_id", "programme"], how="anti"
        )
    )
    held = once(_held_at_home(data, left))
    same = held.rename({"held": "programme"})
    left = once(left.join(same, on=["household_id", "programme"], how="anti"))
    barred = forbidden(data, policy, left, held, ALL)
    left = left.join(barred, on=["household_id", "programme"], how="anti")
    today = _today(data, left).with_columns(
        nw.lit(data.as_of_day).cast(nw.Int32).alias("statement_day"), nw.lit(value=False).alias("single")
    )
    judged = households_entitled(data, policy, once(today), ahead=1)
    return _unless_doubted(_doubted(judged, asked, "household_id")).filter(_open_answer())


def unstated_households(data: Tables, policy: Policy) -> Frame:
    """Households of which no statement tells, with nothing in force or pending: rich or poor, nobody knows."""
    _, shared = programmes(policy)
    homes = first_rows(data[HOUSEHOLD]).select("household_id")
    kept = covered_households(data, quiet_day(data, policy)).filter(nw.col("held").is_in(shared))
    unknown = homes.join(_stated(data, policy), on="household_id", how="anti")
    return unknown.join(kept, on="household_id", how="anti") if shared else unknown.filter(_nothing())


def _doubted(rows: Frame, cases: Frame, who: str) -> Frame:
    """Add `doubted`: perhaps there is a fresh refusal of the programme; nobody knows its day."""
    undated = cases.filter(~nw.col("surely")).select(who, "programme").unique()
    joined = rows.join(undated.with_columns(nw.lit(value=True).alias("doubt__")), on=[who, "programme"], how="left")
    doubt = nw.col("doubt__").fill_null(value=False)
    if "doubted" in rows.collect_schema().names():
        doubt = doubt | nw.col("doubted")
    return joined.with_columns(doubt.alias("doubted")).drop("doubt__")


def _unless_doubted(judged: Frame) -> Frame:
    """`meets` is unknown where it would be yes and a refusal without its day may be fresh."""
    kept = nw.when(~nw.col("doubted") | ~nw.col("meets")).then(nw.col("meets"))
    return judged.with_columns(kept.alias("meets")).drop("doubted")


def _nothing() -> nw.Expr:
    return nw.col("household_id").is_null() & ~nw.col("household_id").is_null()


def _open_answer() -> nw.Expr:
    """True, or unknown under a rule that speaks here."""
    return (nw.col("meets") | (nw.col("meets").is_null() & (nw.col("rule_state") != -1))).fill_null(value=False)


def _today(data: Tables, rows: Frame) -> Frame:
    return rows.with_columns(nw.lit(data.as_of_day).cast(nw.Int32).alias("day"), nw.lit(data.as_of).alias("on"))


def _stated(data: Tables, policy: Policy) -> Frame:
    """Households with a statement on or before `as_of`."""
    told = statements(data, policy).filter(nw.col("as_of_day") <= data.as_of_day)
    return told.select("household_id").unique()


def _of_programme(data: Tables, policy: Policy, programme: str, children: Frame | None) -> Frame:
    """Living persons whom some entry of the programme may mean, by their own row: `person_id`, `programme`.

    `children`: those with a parent away, where the programme always asks about parents.
    """
    people = first_rows(data[PERSON]).select("person_id", "born_on", "disability_grade", "died_on_day")
    people = people.filter(nw.col("died_on_day").is_null() | (nw.col("died_on_day") > data.as_of_day))
    age = years("born_on", "today")
    people = people.with_columns(nw.lit(data.as_of).alias("today"))
    if least := bounds(policy, programme, "age_from"):
        people = people.filter(nw.col("born_on").is_null() | (age >= min(least)))
    if most := bounds(policy, programme, "age_below"):
        people = people.filter(nw.col("born_on").is_null() | (age < max(most)))
    if _always(policy, programme, "grades"):
        people = people.filter(~nw.col("disability_grade").is_null())
    if _always(policy, programme, "covered_by"):
        codes = said(policy, "covered_by")
        covered = covered_persons(data).filter(nw.col("held").is_in(codes)).select("person_id")
        people = people.join(covered, on="person_id", how="semi")
    if children is not None:
        people = people.join(children, on="person_id", how="semi")
    dead = deaths(data).filter(nw.col("death_day") <= data.as_of_day)
    return (
        people.join(dead.select("person_id"), on="person_id", how="anti")
        .select("person_id")
        .with_columns(nw.lit(programme).alias("programme"))
    )


def _always(policy: Policy, programme: str, field: str) -> bool:
    """Does every entry of the programme ask for it, whatever a scenario changes?"""
    rule = policy.rule(RULE)
    if any(change.which == field for change in rule.changes):
        return False
    entries = [entry for entry in rule.entries if entry.scope.get("programme") in {programme, None} and not entry.none]
    return all(entry.fields.get(field) is not None for entry in entries)


def _of_parents_away(data: Tables, policy: Policy) -> Frame:
    """Children of whom at least one known parent is dead, missing, in custody, or of a grade that may count."""
    grades = sorted({int(state.rpartition("_")[2]) for state in said(policy, "each_parent") if state[-1].isdigit()})
    by_row = first_rows(data[PERSON]).filter(
        (nw.col("status") == MISSING).fill_null(value=False)
        | nw.col("disability_grade").is_in(grades).fill_null(value=False)
    )
    held = data[MATCH].filter(nw.col("kind") == CUSTODY)
    away = nw.concat([rows.select("person_id") for rows in (by_row, held, deaths(data))]).unique()
    ties = direct_ties(data, once(away)).filter(nw.col("relation") == "child")
    return once(ties.select(nw.col("relative_id").alias("person_id")).unique())


def _at_home(data: Tables, people: Frame) -> Frame:
    """Persons with `household_id` and `region_code` of the day.

    Of several households the one they live in, then the least number; of none, or of none any more, the person's own
    village.
    """
    spells = data[MEMBER].join(people.select("person_id").unique(), on="person_id", how="semi")
    today = (nw.col("joined_on_day") <= data.as_of_day) & (
        nw.col("left_on_day").is_null() | (nw.col("left_on_day") > data.as_of_day)
    )
    living = nw.when(nw.col("co_living").fill_null(value=False)).then(nw.col("household_id"))
    homes = once(
        spells.filter(today)
        .with_columns(living.alias("living"))
        .group_by("person_id")
        .agg(nw.col("living").min(), nw.col("household_id").min())
        .select("person_id", nw.coalesce(nw.col("living"), nw.col("household_id")).alias("household_id"))
    )
    own = first_rows(data[PERSON]).select("person_id", nw.col("region_code").alias("own"))
    placed = people.join(homes, on="person_id", how="left").join(own, on="person_id", how="left")
    return once(household_region(data, placed, otherwise="own").drop("own"))


def _held_at_home(data: Tables, homes: Frame) -> Frame:
    """What covers a household or someone who lives there: `household_id`, `held`."""
    asked = homes.select("household_id").unique().with_columns(nw.lit(data.as_of_day).cast(nw.Int32).alias("day"))
    members = members_on(data, asked).filter(nw.col("co_living").fill_null(value=False))
    theirs = members.select("household_id", "person_id").join(covered_persons(data), on="person_id", how="inner")
    own = covered_households(data).join(asked.select("household_id"), on="household_id", how="semi")
    return nw.concat([theirs.select("household_id", "held"), own.select("household_id", "held")]).unique()
