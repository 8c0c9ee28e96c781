"""Was aid paid although the governing statement is at or above the line, and the taper has run out?

Contract §5, programmes with an income line (dibao, dibao_edge); one lead an award. The statement that governs a paid
month is the newest before its first day; Y is compared with the line of the month and of those who live together on
its first day, equality is not below. Statements at or above the line without one below between them form a spell; the
taper_months months after the month of its first statement are innocent. Where the governing statement was below on its
own day, or cannot be judged then, they are those after the first month, paid or not, at or above the line by it. In
doubt is what was paid for the months after them, less what was taken back from then on.

No statement, an item without a figure, nobody known to live together or no standard in force: undecidable.
"""

from typing import Final

import narwhals as nw

from casework.card import Card, Fact, Innocent, Wording, needs
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import Leads, evidence, leads, open_cases
from casework.means import ledger
from casework.means.doubt import by_award
from casework.means.figures import YEAR
from casework.means.statement import statements
from casework.means.taper import begun, over_months, with_line_of
from casework.policy import Policy
from casework.proof import of_payments, of_statement
from casework.tables import AWARD, HOUSEHOLD, MEANS, MEMBER, PAYMENT, PERSON, REGION
from casework.text import Text

MONTHS = Text("个月", "months")
YUAN = Text("元", "yuan")
YUAN_YEAR = Text("元/年", "yuan a year")
YUAN_MONTH = Text("元/人·月", "yuan a person a month")
PERSONS = Text("人", "persons")
AT_FIRST: Final = (
    *("household_id", "region_code", "first_on", "by", "taper"),
    *("statement_as_of_day", "y_fen", "n", "line_fen"),
)

CARD = Card(
    scheme="over_income",
    family="wrong",
    subject="award",
    title=Text("收入不低于保障线仍发放(待核实)", "Paid at or above the income line (to verify)"),
    question=Text(
        "核定收入已不低于保障线,渐退期满后是否仍在发放?",
        "Was aid paid although the governing statement is at or above the line, and the taper has run out?",
    ),
    folk=Text("错保", "Wrongly covered"),
    rule="dibao_standard",
    other_rules=("edge_multiplier", "taper_months", "deduction_cap", "disregard", "job_cost"),
    needs=(
        needs(AWARD, "programme", "household_no"),
        needs(PAYMENT, "award_no", "month", "amount"),
        needs(MEANS),
        needs(MEMBER, "joined_on", "co_living"),
    ),
    also_uses=(
        needs(HOUSEHOLD, "region_code"),
        needs(REGION, "urban_rural"),
        needs(AWARD, "single_person_basis"),
        needs(PERSON, "died_on"),
    ),
    level="exclude",
    severity="money",
    confidence=0.9,
    reason=Text(
        "疑似收入不低于保障线:{as_of} 核定人均月收入 {head_fen} 元,保障线 {line_fen} 元;渐退期满后仍发放 {months} 个月,"
        "存疑 {amount_fen} 元",
        "Possibly at or above the line: {head_fen} yuan a person a month as of {as_of}, the line is {line_fen}; paid"
        " for {months} months after the taper; {amount_fen} yuan are in doubt",
    ),
    facts={
        "case": Fact(
            Text("不低于保障线的起点", "At or above the line by"),
            words={
                "statement": Text("不低于保障线的核定", "a statement at or above the line"),
                "month": Text("核定之后人口或标准变动", "a change of members or of the standard after the statement"),
            },
        ),
        "as_of": Fact(Text("核定日期", "Statement of")),
        "y_fen": Fact(Text("家庭年收入", "Income of the household"), YUAN_YEAR),
        "n": Fact(Text("共同生活人数", "Living together"), PERSONS),
        "head_fen": Fact(Text("人均月收入", "A person a month"), YUAN_MONTH),
        "line_fen": Fact(Text("保障线", "Line"), YUAN_MONTH),
        "taper": Fact(Text("渐退期", "Taper"), MONTHS),
        "spell_month": Fact(Text("不低于保障线的起始月份", "At or above the line since")),
        "first_month": Fact(Text("存疑首月", "First month in doubt")),
        "last_month": Fact(Text("存疑末月", "Last month in doubt")),
        "months": Fact(Text("存疑月数", "Months in doubt"), MONTHS),
        "paid_fen": Fact(Text("这些月份共发", "Paid for these months"), YUAN),
        "recovered_fen": Fact(Text("此后追回", "Taken back later"), YUAN),
        "amount_fen": Fact(Text("存疑金额", "In doubt"), YUAN),
    },
    arithmetic=Text(
        "家庭年收入 {y_fen} 元 ÷ {n} 人 ÷ 12 = {head_fen} 元,不低于保障线 {line_fen} 元(首月口径);"
        "{spell_month} 起不低于保障线,渐退 {taper} 个月;{first_month} 至 {last_month} 的 {months} 个月"
        "共发 {paid_fen} 元,减去追回 {recovered_fen} 元,存疑 {amount_fen} 元",
        "{y_fen} yuan a year ÷ {n} persons ÷ 12 = {head_fen}, not below the line of {line_fen} (first month); at or"
        " above it since {spell_month}, taper {taper} months; {months} months from {first_month} to {last_month} were"
        " paid {paid_fen} yuan, less {recovered_fen} taken back: {amount_fen} yuan in doubt",
    ),
    cases={
        "month": Wording(
            Text(
                "疑似收入不低于保障线:{as_of} 核定当日未见不低于保障线,其后人口或标准变动,"
                "现人均月收入 {head_fen} 元,保障线 {line_fen} 元;自首个不低于保障线的月份 {spell_month} 起渐退期满后"
                "仍发放 {months} 个月,存疑 {amount_fen} 元",
                "Possibly at or above the line: the statement of {as_of} was not known to be so on its day; with later"
                " members or a later standard it comes to {head_fen} yuan a person a month, the line is {line_fen};"
                " paid for {months} months after the taper that follows {spell_month}, the first such month;"
                " {amount_fen} yuan are in doubt",
            ),
            Text(
                "家庭年收入 {y_fen} 元 ÷ {n} 人 ÷ 12 = {head_fen} 元,不低于保障线 {line_fen} 元(首月口径);"
                "按当月人口和标准,首个不低于保障线的月份为 {spell_month},其后渐退 {taper} 个月;"
                "{first_month} 至 {last_month} 的 {months} 个月共发 {paid_fen} 元,"
                "减去追回 {recovered_fen} 元,存疑 {amount_fen} 元",
                "{y_fen} yuan a year ÷ {n} persons ÷ 12 = {head_fen}, not below the line of {line_fen} (first month);"
                " by the members and the standard of each month first so in {spell_month}, then a taper of"
                " {taper} months; {months} months from {first_month} to {last_month} were paid {paid_fen} yuan, less"
                " {recovered_fen} taken back: {amount_fen} yuan in doubt",
            ),
        )
    },
    innocent=(
        Innocent(Text("仍在渐退期内", "The taper is still running"), (needs(MEANS, "as_of"),)),
        Innocent(
            Text("单人纳入保障,按边缘线衡量", "Single-person entry, judged by the edge line"),
            (needs(AWARD, "single_person_basis"),),
        ),
        Innocent(Text("新增成员摊薄人均收入", "A new member lowers the income a head"), (needs(MEMBER, "joined_on"),)),
        Innocent(Text("已冲正追回", "Reversed and recovered"), (needs(PAYMENT, "amount"),)),
        Innocent(Text("刚性支出未录入核定", "Necessary expenses were not entered in the statement")),
        Innocent(Text("收入为一次性、已不再有", "The income was a single one and has ended")),
    ),
    verify=Text(
        "核对核定表各项收入支出的原始凭证与共同生活成员,确认收入不低于保障线的起始月份与渐退审批",
        "Check the vouchers of each item of the statement, who lives together, the first month at or above the line and"
        " the approval of the taper",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per award with paid months in doubt, ordered by the amount."""
    paid = ledger.months(data, policy)
    lined = paid.filter(nw.col("line_state") >= 0)
    over = once(over_months(data, policy))
    judged = once(_tapered(data, policy, over))
    after = nw.col("month_index") > nw.col("first_index") + nw.col("taper").fill_null(0)
    known = ~nw.col("paid_fen").is_null() & (nw.col("taper_state") != 0)
    named = _shown(data, policy, once(judged.filter(known & after)))
    unknown = lined.filter(nw.col("over").is_null() & (nw.col("paid_fen") > 0)).select("award_id")
    return leads(
        CARD,
        named,
        subject="award_no",
        facts=tuple(CARD.facts),
        score=nw.col("amount_fen") / 100,
        amount_fen=nw.col("amount_fen"),
        since=nw.col("first_month"),
        until=nw.col("last_month"),
        keep=("award_id", "household_id", "since_index", "until_index", "statement_as_of_day"),
        evidence=(
            of_payments(data),
            of_statement(data),
            evidence(data, MEMBER, on="household_id", show=("relation", "co_living", "left_on")),
        ),
        undecidable=open_cases(named, unknown, judged.filter(~known)),
    )


def _tapered(data: Tables, policy: Policy, over: Frame) -> Frame:
    """The months not below the line with `first_index`, after which the taper runs, `by` what it began, and `taper`."""
    first = begun(data, policy, over, over)
    key = ["household_id", "line_of", "statement_as_of_day"]
    rows = with_line_of(over).join(first, on=key, how="inner").filter(nw.col("first_index") <= nw.col("month_index"))
    latest = nw.col("first_index").max().over("award_id", "month_index")
    own = rows.with_columns(latest.alias("latest")).filter(nw.col("first_index") == nw.col("latest")).drop("latest")
    return policy.in_force(own, "taper_months", on="month", into="taper")


def _shown(data: Tables, policy: Policy, doubt: Frame) -> Frame:
    """Each award once, with the figures, and the spell, of its first month in doubt."""
    summed = by_award(data, doubt, sums={"paid_fen": nw.col("paid_fen")}, first=AT_FIRST)
    said = statements(data, policy).select("household_id", "as_of", nw.col("as_of_day").alias("statement_as_of_day"))
    return (
        summed.with_columns(
            (nw.col("paid_fen") - nw.col("recovered_fen")).alias("amount_fen"),
            nw.col("by").alias("case"),
            nw.col("first_on").alias("spell_month"),
        )
        .filter(nw.col("amount_fen") > 0)
        .join(said, on=["household_id", "statement_as_of_day"], how="left")
        .with_columns((nw.col("y_fen") // (nw.col("n") * YEAR)).alias("head_fen"))
    )
