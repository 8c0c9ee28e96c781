"""Do the facts of a day entitle a household to a programme?

Three answers: yes, no, and unknown (null): no statement, no standard in force, nobody living there. Whether an award
is already in force, or excludes this one, is not asked here.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.means.entitlement import OF_HOUSEHOLDS, RULE, all_of, asking_persons, with_coverage
from casework.means.members import members_on
from casework.means.test import tested
from casework.means.veto import excluding, findings
from casework.policy import Policy

HOUSEHOLD_KEY: Final = ("household_id", "programme", "day")


def households_entitled(data: Tables, policy: Policy, rows: Frame, *, ahead: int = 0) -> Frame:
    """Does each row's household meet the entitlement of its programme on its day?

    Rows, each once: `household_id`, `programme`, `day` (Int32), `on` (the same day as a Date), `statement_day` (the
    newest statement on or before it governs), `single` (Boolean: single-person entry), `region_code` (village).
    `ahead`: what must not cover the household must not begin within so many months after either.
    Returns them with `meets` (Boolean; null unknown); `fits` (the same, whatever covers the household); `over` (at
    or above the line); `y_fen`, `n`, `standard_fen`, `line_fen`, `urban_rural`, `statement_as_of_day`; `rule_state`.
    """
    judged = tested(data, policy, rows, statement_day="statement_day", single="single")
    judged = judged.with_columns(nw.col("day").alias("on__day"))
    for field in OF_HOUSEHOLDS:
        judged = policy.in_force(judged, RULE, on="on_", into=f"asks_{field}", field=field)
    judged = once(judged)
    too_rich = (~nw.col("asks_income").is_null() & nw.col("over")).fill_null(value=False)
    asked = judged.filter(~too_rich)  # of the others nothing more need be known
    members = once(
        members_on(data, asked.select(*HOUSEHOLD_KEY, "on", "region_code").unique())
        .filter(nw.col("co_living").fill_null(value=False))
        .select(*HOUSEHOLD_KEY, "on", "region_code", "person_id")
        .unique()
    )
    found = findings(data, excluding(policy), members, by=HOUSEHOLD_KEY)
    barred = found.group_by(*HOUSEHOLD_KEY).agg(nw.col("level").min().alias("veto"))  # "exclude" before "unknown"
    facts = judged.join(barred, on=list(HOUSEHOLD_KEY), how="left")
    facts = with_coverage(data, policy, facts, members, HOUSEHOLD_KEY, ahead=ahead)
    unbarred = (
        nw.when(nw.col("veto").is_null())
        .then(nw.lit(value=True))
        .when(nw.col("veto") == "exclude")
        .then(nw.lit(value=False))
    )
    conditions = [
        nw.col("asks_income").is_null() | ~nw.col("over"),
        nw.col("asks_veto").is_null() | unbarred,
        nw.when(~nw.col("programme").is_in(asking_persons(policy))).then(nw.lit(value=True)),  # else a guess whose
    ]
    state = nw.col("asks_income_state")
    return facts.with_columns(
        nw.when(state == 1).then(all_of(*conditions, nw.col("covered"))).alias("meets"),
        nw.when(state == 1).then(all_of(*conditions)).alias("fits"),
        state.alias("rule_state"),
    ).select(
        *HOUSEHOLD_KEY,
        "single",
        "on",
        "region_code",
        "meets",
        "fits",
        "over",
        "y_fen",
        "n",
        "standard_fen",
        "line_fen",
        "urban_rural",
        "statement_as_of_day",
        "rule_state",
    )
