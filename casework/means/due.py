"""How much is an award due a month?

Contract §4. Dibao by the gap: whole yuan, rounded up once, of max(0, c x standard - Y x c / (12 n)), c the persons
covered (the dead included), n those who live together; + top-ups. Bands: the amount of the lowest band above
Y / n / 12, for each person covered. Flat, and other programmes: benefit_amount for each of them, by their grade of
disability.

Not judged: n = 0, no statement, single-person entry (the household is not below the line it is paid by).
"""

from typing import Final

import narwhals as nw

from casework.covered import spans
from casework.dataset import Tables
from casework.engine import Frame
from casework.lead import first_rows
from casework.means.figures import FEN, THOUSANDTHS, YEAR, is_used, month_from, whole_number
from casework.means.stretches import AGED, GROWN
from casework.policy import Policy
from casework.policy.shape import token
from casework.tables import PERSON

BY_INCOME: Final = "dibao"
GROUPS: Final = ("minor", "aged", "severe_disability", "serious_illness")  # of category_topup
SEVERE: Final = 2  # grades 1 and 2
JUDGED, UNKNOWN, NOT_JUDGED = 1, 0, -1  # `due_state`


def fixed_programmes(policy: Policy) -> list[str]:
    """The programmes for which any place has a benefit_amount."""
    entries = policy.rule("benefit_amount").entries
    return sorted({str(entry.scope["programme"]) for entry in entries if not entry.none and "programme" in entry.scope})


def with_due(data: Tables, policy: Policy, stretched: Frame) -> Frame:
    """Add `due_fen` (null: not judged), `topup_fen` (contained in it), `due_by` and `due_state` to stretches of months.

    Rows have `award_id`, `since`, `ends`, `programme`, `household_id`, `region_code`, `urban_rural`, `single`,
    `covered`, `n`, `y_fen`, `standard_fen`, `line_state`, `over`.
    """
    rows = stretched.with_columns(nw.col("since").alias("rule__index"))
    rows = policy.in_force(rows, "benefit_mode", on="rule_", into="mode")
    rows = _with_fixed(data, policy, rows)
    rows = _with_topups(data, policy, _with_bands(policy, rows))
    known = (nw.col("n") > 0) & ~nw.col("y_fen").is_null() & (nw.col("line_state") == 1)
    twelve_heads = nw.when(nw.col("n") > 0).then(nw.col("n") * YEAR)
    gap = nw.col("covered") * nw.col("standard_fen") * twelve_heads - nw.col("y_fen") * nw.col("covered")
    yuan = (gap + twelve_heads * FEN - 1) // (twelve_heads * FEN)
    by_mode = (
        nw.when(nw.col("over"))
        .then(nw.lit(0))
        .when(nw.col("mode") == "gap")
        .then(nw.when(gap <= 0).then(nw.lit(0)).otherwise(yuan * FEN))
        .when(nw.col("mode") == "bands")
        .then(nw.col("band_fen") * nw.col("covered"))
        .when(nw.col("mode") == "flat")
        .then(nw.col("fixed_fen"))
    )
    topup = nw.when(nw.col("over")).then(nw.lit(0)).otherwise(nw.col("topup"))
    by_income = nw.col("programme") == BY_INCOME
    single = nw.col("single").fill_null(value=False)
    rows = rows.with_columns(
        nw.when(by_income & known & ~single).then(topup).otherwise(nw.lit(0)).cast(nw.Int64).alias("topup_fen"),
        nw.when(by_income)
        .then(nw.when(known & ~single).then(by_mode + topup))
        .otherwise(nw.col("fixed_fen"))
        .cast(nw.Int64)
        .alias("due_fen"),
    )
    rows = rows.with_columns(nw.when(by_income).then(nw.col("mode")).otherwise(nw.lit("fixed")).alias("due_by"))
    outside = (by_income & single) | (~by_income & (nw.col("fixed_state") == NOT_JUDGED))
    state = nw.when(outside).then(nw.lit(NOT_JUDGED)).otherwise(nw.lit(UNKNOWN))
    return rows.with_columns(
        nw.when(~nw.col("due_fen").is_null()).then(nw.lit(JUDGED)).otherwise(state).cast(nw.Int8).alias("due_state")
    ).drop("rule__index", "mode", "mode_state", "band_fen", "fixed_fen", "fixed_state", "topup")


def _with_bands(policy: Policy, rows: Frame) -> Frame:
    """Add `band_fen`, a person a month: the band with the lowest `income_below` above Y / n / 12 (none: no limit)."""
    none = nw.lit(None).cast(nw.Int64)
    rows = rows.with_columns(none.alias("band_fen"), none.alias("below"))
    if not is_used(policy, "benefit_mode", idle="gap"):
        return rows.drop("below")
    rule = policy.rule("benefit_bands")
    names = sorted({token(entry.scope["band"]) for entry in rule.entries if "band" in entry.scope})
    for name in names:
        scope = {"band": nw.lit(name)}
        rows = whole_number(policy, rows, "benefit_bands", on="rule_", into="amount", scope=scope)
        rows = whole_number(policy, rows, "benefit_bands", on="rule_", into="limit", scope=scope, field="income_below")
        fits = nw.col("limit").is_null() | (nw.col("y_fen") < nw.col("limit") * nw.col("n") * YEAR)
        lower = nw.col("band_fen").is_null() | nw.col("below").is_null() | (nw.col("limit") < nw.col("below"))
        nearer = nw.col("band_fen").is_null() | (lower & ~nw.col("limit").is_null())
        taken = ((nw.col("amount_state") == 1) & fits & nearer).fill_null(value=False)
        rows = rows.with_columns(
            nw.when(taken).then(nw.col("amount")).otherwise(nw.col("band_fen")).alias("band_fen"),
            nw.when(taken).then(nw.col("limit")).otherwise(nw.col("below")).alias("below"),
        ).drop("amount", "amount_state", "limit", "limit_state")
    return rows.drop("below")


def _with_fixed(data: Tables, policy: Policy, rows: Frame) -> Frame:
    """Add `fixed_fen`, benefit_amount over the persons covered, and `fixed_state`; without persons it is nothing."""
    named = fixed_programmes(policy)
    fixed = rows.filter(nw.col("programme").is_in(named))
    persons = _covered_persons(data, fixed).with_columns(nw.col("disability_grade").cast(nw.String).alias("grade"))
    looked = whole_number(policy, persons, "benefit_amount", on="rule_", into="amount")
    unknown = nw.when(nw.col("amount_state") == 1).then(nw.lit(0)).otherwise(nw.lit(1))
    summed = (
        looked.with_columns(unknown.alias("unknown"))
        .group_by("award_id", "since")
        .agg(
            nw.col("amount").sum().cast(nw.Int64).alias("sum_fen"),
            nw.col("unknown").sum().cast(nw.Int64),
            nw.col("amount_state").max().alias("best_state"),
        )
    )
    joined = rows.join(summed, on=["award_id", "since"], how="left")
    has_amount = nw.col("programme").is_in(named)
    nobody = has_amount & (nw.col("covered") == 0)
    value = nw.when(nw.col("unknown") == 0).then(nw.col("sum_fen")).when(nobody).then(nw.lit(0))
    state = nw.when(has_amount).then(nw.coalesce(nw.col("best_state"), nw.lit(1))).otherwise(nw.lit(NOT_JUDGED))
    return joined.with_columns(value.cast(nw.Int64).alias("fixed_fen"), state.cast(nw.Int8).alias("fixed_state")).drop(
        "sum_fen", "unknown", "best_state"
    )


def _with_topups(data: Tables, policy: Policy, rows: Frame) -> Frame:
    """Add `topup`: for each person covered, of the groups they are in the greatest share of the standard."""
    if not is_used(policy, "category_topup"):
        return rows.with_columns(nw.lit(0).cast(nw.Int64).alias("topup"))
    persons = _covered_persons(data, rows.filter(nw.col("programme") == BY_INCOME)).with_columns(
        nw.lit(0).cast(nw.Int64).alias("share")
    )
    age = nw.col("since") - nw.col("born")
    belongs = {
        "minor": age < GROWN * YEAR,
        "aged": age >= AGED * YEAR,
        "severe_disability": nw.col("disability_grade") <= SEVERE,
        "serious_illness": nw.col("health") == "serious_illness",
    }
    for group in GROUPS:
        scope = {"group": nw.lit(group)}
        persons = whole_number(
            policy, persons, "category_topup", on="rule_", into="more", times=THOUSANDTHS, scope=scope
        )
        greater = (belongs[group] & (nw.col("more") > nw.col("share"))).fill_null(value=False)
        persons = persons.with_columns(
            nw.when(greater).then(nw.col("more")).otherwise(nw.col("share")).alias("share")
        ).drop("more", "more_state")
    amount = nw.col("share") * nw.col("standard_fen") // THOUSANDTHS
    summed = (
        persons.with_columns(amount.alias("amount"))
        .group_by("award_id", "since")
        .agg(nw.col("amount").sum().cast(nw.Int64).alias("topup"))
    )
    return rows.join(summed, on=["award_id", "since"], how="left").with_columns(nw.col("topup").fill_null(0))


def _covered_persons(data: Tables, rows: Frame) -> Frame:
    """Each stretch with every person its award covers then, once, and what a benefit may depend on."""
    awards = rows.select("award_id", "ends").unique()
    covered = spans(data, awards).rename({"since": "from", "until": "to"})
    short = rows.select("award_id", "since", "programme", "region_code", "urban_rural", "standard_fen", "rule__index")
    there = (nw.col("from") <= nw.col("since")) & (nw.col("to").is_null() | (nw.col("to") >= nw.col("since")))
    each = short.join(covered, on="award_id", how="inner").filter(there).drop("from", "to").unique()
    persons = first_rows(data[PERSON]).select(
        "person_id", "disability_grade", "health", month_from("born_on").alias("born")
    )
    return each.join(persons, on="person_id", how="left")
