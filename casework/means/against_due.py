"""What do all questions that hold a paid month against the amount due need, judge and show?

Contract §5, dibao and programmes with a benefit_amount: one yuan for each person covered is tolerated; single-person
entry and months at or above the line are not judged.
"""

from typing import Final

import narwhals as nw

from casework.card import Fact, Need, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.lead import Evidence, evidence
from casework.proof import of_payments, of_statement
from casework.tables import AWARD, BENEFICIARY, HOUSEHOLD, MEANS, MEMBER, PAYMENT, PERSON, REGION
from casework.text import Text

OTHER_RULES: Final = (
    "benefit_mode",
    "benefit_bands",
    "benefit_amount",
    "category_topup",
    "exclusive",
    "taper_months",
    "death_grace_months",
    "edge_multiplier",
    "deduction_cap",
    "disregard",
    "job_cost",
)
NEEDS: Final[tuple[Need, ...]] = (
    needs(AWARD, "programme"),
    needs(BENEFICIARY, "id_no", "from_month"),
    needs(PAYMENT, "award_no", "month", "amount"),
)
ALSO_USES: Final[tuple[Need, ...]] = (
    needs(AWARD, "household_no", "single_person_basis"),
    needs(HOUSEHOLD, "region_code"),
    needs(REGION, "urban_rural"),
    needs(MEANS),
    needs(MEMBER, "co_living"),
    needs(PERSON, "died_on", "disability_grade"),
)
TOLERANCE_FEN: Final = 100  # contract §5: one yuan for each person covered
MONTHS: Final = Text("个月", "months")
YUAN: Final = Text("元", "yuan")
PERSONS: Final = Text("人", "persons")
CASE: Final = Fact(
    Text("计算方式", "How it is computed"),
    words={"income": Text("按收入补差", "by income"), "fixed": Text("定额", "fixed benefit")},
)
RECKONED: Final = {
    "covered": Fact(Text("末月保障人数", "Covered, last month"), PERSONS),
    "n": Fact(Text("末月共同生活人数", "Living together, last month"), PERSONS),
    "y_fen": Fact(Text("家庭年收入", "Income of the household"), Text("元/年", "yuan a year")),
    "standard_fen": Fact(Text("保障标准", "Standard"), Text("元/人·月", "yuan a person a month")),
}
PAID: Final = {
    "paid_fen": Fact(Text("末月实发", "Paid, last month"), YUAN),
    "due_fen": Fact(Text("末月应发", "Due, last month"), YUAN),
}
AT_LAST: Final = (*RECKONED, *PAID, "topup_fen", "due_by", "household_id", "region_code", "statement_as_of_day")
KEEP: Final = ("award_id", "household_id", "since_index", "until_index", "statement_as_of_day")


def judged_months(paid: Frame) -> Frame:
    """Of the ledger's months those that may be held against the amount due."""
    single, above = (nw.col(name).fill_null(value=False) for name in ("single", "over"))
    return paid.filter(~single & ~above)


def case() -> nw.Expr:
    """How the amount due of the last month came about, for the fact `case`."""
    return nw.when(nw.col("due_by") == "gap").then(nw.lit("income")).otherwise(nw.lit("fixed")).alias("case")


def unknown_due(months: Frame) -> Frame:
    """The months whose amount due nobody knows."""
    return months.filter(nw.col("due_state") == 0).select("award_id")


def proof(data: Tables) -> tuple[Evidence, ...]:
    """The payments of the months, whom the award covers, who lives there, and the statement of the last month."""
    return (
        of_payments(data),
        evidence(data, BENEFICIARY, on="award_id", show=("to_month",)),
        evidence(data, MEMBER, on="household_id", show=("co_living", "left_on")),
        of_statement(data),
    )
