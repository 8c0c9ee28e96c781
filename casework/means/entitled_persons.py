"""Do the facts of a day entitle a person to a programme?

Three answers: yes, no, and unknown (null): no birth, an unknown parent, a grade of disability changed since. A dead
person is entitled to nothing. Whether an award is already in force, or excludes this one, is not asked here.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import first_rows
from casework.means.ages import years
from casework.means.entitlement import RULE, all_of, said, with_coverage
from casework.means.members import deaths
from casework.means.parents import COMPARED, without_parents
from casework.policy import Policy
from casework.tables import MATCH, PERSON

GRADES: Final = ("1", "2", "3", "4")  # every grade there is (contract §2)
PERSON_KEY: Final = ("person_id", "programme", "day")


def persons_entitled(data: Tables, policy: Policy, rows: Frame, *, ahead: int = 0) -> Frame:
    """Does each row's person meet the entitlement of its programme on its day?

    Rows, each once: `person_id`, `programme`, `day` (Int32), `on` (the same day as a Date), `region_code` (village).
    `ahead`: what must not cover the person must not begin within so many months after either.
    Returns them with `meets` (Boolean; null unknown); `fits` (the same, whatever covers the person); `age`;
    `disability_grade`; `first_state`, `second_state` (what keeps a parent away); `compared_day`, `compared_on` (of a
    custody that counts); `rule_state` (1 in force, 0 undecidable, -1 none).
    """
    asked = once(rows.select(*PERSON_KEY, "on", "region_code"))
    persons = first_rows(data[PERSON]).select("person_id", "born_on", "disability_grade")
    facts = (
        asked.join(persons, on="person_id", how="left")
        .join(deaths(data).select("person_id", "death_day"), on="person_id", how="left")
        .join(_awarded(data, asked), on="person_id", how="left")
        .with_columns(years("born_on", "on").alias("age"), nw.col("day").alias("on__day"))
    )
    facts = _with_parents(data, policy, with_coverage(data, policy, facts, asked, PERSON_KEY, ahead=ahead))
    for field in ("age_from", "age_below"):
        facts = policy.in_force(facts, RULE, on="on_", into=field, field=field)
    conditions = [
        nw.col("death_day").is_null() | (nw.col("death_day") > nw.col("day")),
        nw.col("age_from").is_null() | (nw.col("age") >= nw.col("age_from")),
        nw.col("age_below").is_null() | (nw.col("age") < nw.col("age_below")),
        nw.col("asks_parents").is_null() | nw.col("deprived"),
    ]
    facts, graded = _graded(policy, facts)
    state = nw.col("age_from_state")
    return facts.with_columns(
        nw.when(state == 1).then(all_of(*conditions, graded, nw.col("covered"))).alias("meets"),
        nw.when(state == 1).then(all_of(*conditions, graded)).alias("fits"),
        state.alias("rule_state"),
    ).select(
        *PERSON_KEY,
        "on",
        "region_code",
        "meets",
        "fits",
        "age",
        "disability_grade",
        "first_state",
        "second_state",
        "compared_day",
        "compared_on",
        "rule_state",
    )


def _with_parents(data: Tables, policy: Policy, facts: Frame) -> Frame:
    """Add `asks_parents` (null: the entry in force does not), `deprived` and what keeps the parents away."""
    states = said(policy, "each_parent")
    if not states:
        nothing = nw.lit(None)
        return facts.with_columns(
            nothing.cast(nw.Boolean).alias("asks_parents"),
            nothing.cast(nw.Boolean).alias("deprived"),
            *(nothing.cast(nw.String).alias(name) for name in ("first_state", "second_state")),
            nothing.cast(nw.Int32).alias("compared_day"),
            nothing.cast(nw.Date).alias("compared_on"),
        )
    facts = once(policy.in_force(facts, RULE, on="on_", into="asks_parents", field="each_parent", holding=states[0]))
    children = without_parents(data, policy, facts.filter(~nw.col("asks_parents").is_null()))
    here = nw.col("region_code").fill_null("").alias("here")  # one person may be asked about in two villages
    found = children.select(*PERSON_KEY, here, "deprived", "first_state", "second_state", *COMPARED)
    return facts.with_columns(here).join(found, on=[*PERSON_KEY, "here"], how="left").drop("here")


def _awarded(data: Tables, rows: Frame) -> Frame:
    """The first and the last day on which a register awarded the person a grade of disability."""
    return (
        data[MATCH]
        .filter((nw.col("kind") == "disability_award") & ~nw.col("from_on_day").is_null())
        .join(rows.select("person_id").unique(), on="person_id", how="semi")
        .group_by("person_id")
        .agg(nw.col("from_on_day").min().alias("first_award"), nw.col("from_on_day").max().alias("last_award"))
    )


def _graded(policy: Policy, facts: Frame) -> tuple[Frame, nw.Expr]:
    """Is the grade of disability on the day one that the entry lists? Null where it was changed since.

    An entry that lists every grade does not ask which it was.
    """
    grades = said(policy, "grades")
    if not grades:
        return facts, nw.lit(value=True)
    listed: nw.Expr = nw.lit(value=False)
    for grade in grades:
        facts = policy.in_force(facts, RULE, on="on_", into=f"grade_{grade}", field="grades", holding=grade)
        listed = listed | (nw.col(f"grade_{grade}") & (nw.col("disability_grade") == int(grade)).fill_null(value=False))
    whole = set(GRADES) <= set(grades)
    any_grade = all_of(*(nw.col(f"grade_{grade}").fill_null(value=False) for grade in GRADES if whole), nw.lit(whole))
    not_yet = nw.col("first_award") > nw.col("day")
    changed = nw.col("last_award") > nw.col("day")
    then = (
        nw.when(not_yet)
        .then(nw.lit(value=False))
        .when(changed & ~any_grade & ~nw.col("disability_grade").is_null())
        .then(nw.lit(None).cast(nw.Boolean))
        .otherwise(listed)
    )
    return facts, nw.col(f"grade_{grades[0]}").is_null() | then
