"""What does each statement of a household say it has in a year?

Contract §4: a statement is all rows of one household and one as_of; a figure is the verified one, else the declared.
Y = income less expenses, each within its cap, not below 0; deposits are no income; an absent item counts 0. Of the
wage, `disregard` and `job_cost` of twelve months are left out first, of the rest the share `rate` of `disregard`. Caps
are those in force on the statement's day.

Unknown is Y where an item is filed without a figure or more than once, and where an income is absent that the
rules there would impute.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, following
from casework.lead import household_region
from casework.means.figures import THOUSANDTHS, YEAR, is_used, month_of, whole_number, with_urban_rural
from casework.policy import Policy
from casework.tables import MEANS

INCOMES: Final = ("wage", "business", "property_income", "transfer", "support", "land")
EXPENSES: Final = ("medical_expense", "education_expense", "disability_expense", "insurance_expense")
IMPUTED: Final = {"impute_work": "wage", "impute_land": "land", "impute_support": "support"}  # by which switch
LEFT_OUT: Final = ("disregard", "job_cost")  # of a wage, a month
RATE: Final = "rate"  # of disregard: the share that is left out of the rest


def statements(data: Tables, policy: Policy) -> Frame:
    """One row per household and day of a statement.

    `household_id`, `as_of_day`, `as_of`, `until_day` (the next statement's day, exclusive; null: the newest), `y_fen`
    (null: unknown), `income_fen`, `expense_fen` (as counted), `wage_fen` (null: no such item), `deposits_fen`. Of paid
    months it governs `since_index` … `until_index` (exclusive; null: open; none if the next is of the same month).
    """
    return data.shared(f"statements:{policy.digest}", lambda: _statements(data, policy))


def governing(data: Tables, policy: Policy, rows: Frame, *, day: str) -> Frame:
    """Add the statement that governs the row's day, the newest on or before it: `y_fen`, `statement_as_of_day`.

    Rows have `household_id` and the Int32 column `day`, and are few: they are read twice.
    """
    asked = rows.select("household_id", day).unique()
    said = statements(data, policy).select(
        "household_id",
        "y_fen",
        nw.col("as_of_day").alias("statement_as_of_day"),
        nw.col("until_day").alias("until__"),
    )
    found = (
        asked.join(said, on="household_id", how="inner")
        .filter(
            (nw.col("statement_as_of_day") <= nw.col(day))
            & (nw.col("until__").is_null() | (nw.col(day) < nw.col("until__")))
        )
        .drop("until__")
    )
    return rows.join(found, on=["household_id", day], how="left")


def _statements(data: Tables, policy: Policy) -> Frame:
    told = household_region(data, filed(data))
    if _tells_town_from_country(policy):
        told = with_urban_rural(data, told)
    told = _within_caps(policy, _without_left_out(policy, told))
    told = _unless_imputed(policy, told)
    income = nw.sum_horizontal(*(nw.col(item) for item in INCOMES))
    expense = nw.sum_horizontal(*(nw.col(item) for item in EXPENSES))
    rest = nw.col("income_fen") - nw.col("expense_fen")
    kept = nw.when(rest > 0).then(rest).otherwise(nw.lit(0))
    counted = told.with_columns(income.alias("income_fen"), expense.alias("expense_fen")).with_columns(
        nw.when(nw.col("unknown") == 0).then(kept).cast(nw.Int64).alias("y_fen"),
        (month_of("as_of") + 1).alias("since_index"),
    )
    nexts = {"until_day": "as_of_day", "until_index": "since_index"}
    return following(counted, each="household_id", by="as_of_day", of=nexts).select(
        "household_id",
        "as_of_day",
        "as_of",
        *(nw.col(name).cast(nw.Int32) for name in ("until_day", "since_index", "until_index")),
        "y_fen",
        *(nw.col(name).cast(nw.Int64) for name in ("income_fen", "expense_fen", "wage_fen")),
        nw.col("deposits").alias("deposits_fen"),
    )


def _tells_town_from_country(policy: Policy) -> bool:
    """Does a rule read here say something else in town than in the country? If not, nobody need look it up."""
    rules = [policy.rule(rule_id) for rule_id in (*LEFT_OUT, "deduction_cap", *IMPUTED)]
    return any("urban_rural" in place.scope for rule in rules for place in rule.dated)


def filed(data: Tables) -> Frame:
    """One row per statement, its items side by side; `unknown` counts what nobody can tell.

    An item filed twice is told by the count: there are more figures than items that have one.
    """
    figure = nw.coalesce(nw.col("verified_fen"), nw.col("declared_fen"))
    items = (*INCOMES, *EXPENSES)
    rows = (
        data[MEANS]
        .filter(~nw.col("as_of_day").is_null())
        .select("household_id", "as_of_day", "as_of", "item", figure.alias("figure"))
    )
    counts = nw.col("item") != "deposits"
    wide = rows.group_by("household_id", "as_of_day").agg(
        nw.col("as_of").min(),
        nw.when(counts & ~nw.col("figure").is_null()).then(nw.lit(1)).otherwise(nw.lit(0)).sum().alias("figures"),
        nw.when(counts & nw.col("figure").is_null()).then(nw.lit(1)).otherwise(nw.lit(0)).sum().alias("blank"),
        *(
            nw.when(nw.col("item") == item).then(nw.col("figure")).max().cast(nw.Int64).alias(item)
            for item in (*items, "deposits")
        ),
    )
    filled = (nw.when(nw.col(item).is_null()).then(nw.lit(0)).otherwise(nw.lit(1)) for item in items)
    twice = nw.col("figures") - nw.sum_horizontal(*filled)
    return wide.with_columns((nw.col("blank") + twice).cast(nw.Int64).alias("unknown")).drop("blank", "figures")


def _without_left_out(policy: Policy, filed: Frame) -> Frame:
    """The wage without what is disregarded of it and what work costs; `wage_fen` keeps it as filed."""
    filed = filed.with_columns(nw.col("wage").alias("wage_fen"))
    for rule_id in LEFT_OUT:
        if not is_used(policy, rule_id, idle=0):
            continue
        filed = whole_number(policy, filed, rule_id, on="as_of", into="less")
        rest = nw.col("wage") - nw.col("less").fill_null(0) * YEAR
        filed = _unknown_where(
            filed.with_columns(
                nw.when(rest > 0).then(rest).otherwise(nw.when(nw.col("wage") >= 0).then(nw.lit(0))).alias("wage")
            ),
            (nw.col("less_state") == 0) & (nw.col("wage") > 0),
        ).drop("less", "less_state")
    return _without_share(policy, filed)


def _without_share(policy: Policy, filed: Frame) -> Frame:
    """The rest of the wage without the share of it that is disregarded; rounded down to a fen."""
    if not _has_rate(policy):
        return filed
    filed = whole_number(policy, filed, "disregard", on="as_of", into="share", times=THOUSANDTHS, field=RATE)
    share = nw.when(nw.col("share") < THOUSANDTHS).then(nw.col("share")).otherwise(nw.lit(THOUSANDTHS))
    kept = nw.when(~nw.col("share").is_null()).then(THOUSANDTHS - share).otherwise(nw.lit(THOUSANDTHS))
    wage = (nw.col("wage") * kept // THOUSANDTHS).cast(nw.Int64).alias("wage")
    return filed.with_columns(wage).drop("share", "share_state")


def _has_rate(policy: Policy) -> bool:
    rule = policy.rule("disregard")
    return bool(rule.changes) or any(RATE in entry.fields for entry in rule.entries)


def _within_caps(policy: Policy, filed: Frame) -> Frame:
    if not is_used(policy, "deduction_cap"):
        return filed
    for item in EXPENSES:
        filed = whole_number(policy, filed, "deduction_cap", on="as_of", into="cap", scope={"item": nw.lit(item)})
        over = (nw.col("cap") < nw.col(item)).fill_null(value=False)
        filed = _unknown_where(
            filed.with_columns(nw.when(over).then(nw.col("cap")).otherwise(nw.col(item)).alias(item)),
            (nw.col("cap_state") == 0) & (nw.col(item) > 0),
        ).drop("cap", "cap_state")
    return filed


def _unless_imputed(policy: Policy, filed: Frame) -> Frame:
    """Where the rules would impute an income that is not filed, nobody knows Y: it is not counted as 0."""
    for switch, item in IMPUTED.items():
        if is_used(policy, switch, idle=False):
            filed = policy.in_force(filed, switch, on="as_of", into="imputed")
            wanted = nw.col("imputed").fill_null(value=False) & nw.col(item).is_null()
            filed = _unknown_where(filed, wanted).drop("imputed", "imputed_state")
    return filed


def _unknown_where(filed: Frame, doubt: nw.Expr) -> Frame:
    more = nw.when(doubt.fill_null(value=False)).then(nw.lit(1)).otherwise(nw.lit(0))
    return filed.with_columns((nw.col("unknown") + more).cast(nw.Int64).alias("unknown"))
