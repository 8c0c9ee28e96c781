"""Was one award paid twice for one month?

Contract §5, every programme; one lead an award and month. More than one row, reversals netted, whose sum exceeds the
amount due while one row alone meets it; rows that sum to no more than the amount due are parts, equal or not. Without
an amount due only equal rows count (`casework.means.double`; `overpaid` leaves these months out).

In doubt is what was paid beyond the amount due, without one beyond one of the equal rows. What was taken back in a
later month settles the earliest months first. A month with a row of unknown amount is undecidable: that row may be the
reversal.
"""

from typing import Final

import narwhals as nw

from casework.card import Card, Fact, Innocent, Wording, needs
from casework.covered import recovered
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import Leads, evidence, first_rows, household_region, kept, leads
from casework.means.double import double_months
from casework.policy import Policy
from casework.tables import APPLICATION, AWARD, BENEFICIARY, HOUSEHOLD, MEANS, MEMBER, PAYMENT, PERSON, REGION
from casework.text import Text

YUAN = Text("元", "yuan")
MONTH: Final = ["award_id", "month_index"]

IN_PARTS: Final = Innocent(Text("应发金额分次发放", "The amount due was paid in parts"), (needs(PAYMENT, "amount"),))

CARD = Card(
    scheme="double_payment",
    family="duplicate",
    subject="award",
    title=Text("同月重复发放(待核实)", "Paid twice for one month (to verify)"),
    question=Text("同一保障同一月份是否发放了两次?", "Was one award paid twice for one month?"),
    folk=Text("重复发放", "Paid twice"),
    rule="dibao_standard",
    other_rules=(
        "benefit_mode",
        "benefit_bands",
        "benefit_amount",
        "category_topup",
        "exclusive",
        "edge_multiplier",
        "deduction_cap",
        "disregard",
        "job_cost",
    ),
    needs=(needs(PAYMENT, "award_no", "month", "amount"), needs(AWARD, "programme")),
    also_uses=(
        needs(AWARD, "household_no", "single_person_basis", "to_month"),
        needs(APPLICATION, "single_person_basis"),
        needs(BENEFICIARY, "id_no", "from_month", "to_month"),
        needs(MEMBER, "joined_on", "co_living", "left_on"),
        needs(MEANS, "as_of", "item"),
        needs(HOUSEHOLD, "region_code"),
        needs(REGION, "urban_rural"),
        needs(PERSON, "died_on", "disability_grade"),
    ),
    protected={"person.disability_grade": "entitles", "person.health": "entitles"},  # to a top-up, part of what is due
    level="exclude",
    severity="money",
    confidence=0.9,
    reason=Text(
        "疑似重复发放:{paid_month} 冲正相抵后仍有 {rows} 笔,合计 {sum_fen} 元,其中一笔 {largest_fen} 元"
        "已足应发 {due_fen} 元,存疑 {amount_fen} 元",
        "Possibly paid twice: for {paid_month} {rows} payments remain after reversals, {sum_fen} yuan in all; one of"
        " {largest_fen} yuan alone meets the {due_fen} due; {amount_fen} yuan are in doubt",
    ),
    facts={
        "case": Fact(
            Text("依据", "Ground"),
            words={
                "due": Text("合计超过应发金额", "the sum exceeds the amount due"),
                "equal": Text("金额相同的多笔", "equal payments"),
            },
        ),
        "programme": Fact(Text("救助", "Programme")),
        "paid_month": Fact(Text("发放月份", "Month")),
        "rows": Fact(Text("相抵后笔数", "Payments after reversals"), Text("笔", "payments")),
        "sum_fen": Fact(Text("合计", "Sum"), YUAN),
        "largest_fen": Fact(Text("最大一笔", "Largest payment"), YUAN),
        "due_fen": Fact(Text("应发金额", "Amount due"), YUAN),
        "recovered_fen": Fact(Text("此后追回", "Taken back later"), YUAN),
        "amount_fen": Fact(Text("存疑金额", "In doubt"), YUAN),
    },
    arithmetic=Text(
        "合计 {sum_fen} 元减应发 {due_fen} 元,再减此后追回 {recovered_fen} 元,存疑 {amount_fen} 元",
        "The sum of {sum_fen} yuan less {due_fen} due, less {recovered_fen} taken back later: {amount_fen} yuan are in"
        " doubt",
    ),
    cases={
        "equal": Wording(
            Text(
                "疑似重复发放:{paid_month} 冲正相抵后仍有 {rows} 笔,合计 {sum_fen} 元,其中有金额相同的多笔,"
                "存疑 {amount_fen} 元",
                "Possibly paid twice: for {paid_month} {rows} payments remain after reversals, {sum_fen} yuan in all,"
                " some of them equal; {amount_fen} yuan are in doubt",
            ),
            Text(
                "没有可比的应发金额;合计 {sum_fen} 元中,每种相同金额除一笔外存疑,"
                "减此后追回 {recovered_fen} 元,共 {amount_fen} 元",
                "There is no amount due to compare; of {sum_fen} yuan all but one of each set of equal payments is in"
                " doubt, less {recovered_fen} taken back later: {amount_fen} yuan",
            ),
        )
    },
    innocent=(
        IN_PARTS,
        Innocent(Text("退票冲正后重发", "Returned, reversed and paid again"), (needs(PAYMENT, "amount"),)),
        Innocent(Text("补发其他月份", "Arrears of another month"), (needs(PAYMENT, "month"),)),
        Innocent(Text("退票重发而冲正未录入", "Paid again after a return that was not booked")),
        Innocent(
            Text(
                "节日慰问、价格补贴等另项资金记入同一保障", "Other money, such as a price subsidy, booked to the award"
            )
        ),
    ),
    verify=Text(
        "核对当月发放清册、银行回单与退票记录,确认实际到账笔数",
        "Compare the payment list, bank slips and returns of the month; see how many payments really arrived",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per award and month, ordered by the amount in doubt."""
    blank = once(_blank(data))
    months = once(double_months(data, policy).join(blank, on=MONTH, how="anti"))
    terms = first_rows(data[AWARD]).select("award_id", "award_no", "programme", "household_id")
    found = _less_recovered(data, months).join(terms, on="award_id", how="inner")
    year, month = nw.col("month_index") // 12, nw.col("month_index") % 12 + 1
    return leads(
        CARD,
        household_region(data, found),
        subject="award_no",
        part=nw.concat_str(year.cast(nw.String), month.cast(nw.String).str.zfill(2), separator="-"),
        facts=tuple(CARD.facts),
        score=nw.col("amount_fen") / 100,
        amount_fen=nw.col("amount_fen"),
        since=nw.col("paid_month"),
        until=nw.col("paid_month"),
        keep=("award_id", "month_index"),
        evidence=(
            evidence(
                data,
                PAYMENT,
                on="award_id",
                show=("award_no", "month", "amount", "paid_on"),
                where=nw.col("month_index") == kept("month_index"),
            ),
            evidence(data, AWARD, on="award_id", show=("programme", "from_month", "to_month")),
        ),
        undecidable=blank,
        unchecked=[(IN_PARTS, nw.col("case") == "equal")],
    )


def _blank(data: Tables) -> Frame:
    """Months of more than one row of which one has no amount."""
    rows = data[PAYMENT].select(*MONTH, "amount_fen")
    unknown = rows.filter(nw.col("amount_fen").is_null()).select(*MONTH).unique()
    counted = rows.join(unknown, on=MONTH, how="semi").group_by(*MONTH).agg(nw.len().alias("rows"))
    return counted.filter(nw.col("rows") > 1).select(*MONTH)


def _less_recovered(data: Tables, months: Frame) -> Frame:
    """Each month with what of its doubt is left, `amount_fen`; the rest, `recovered_fen`, was taken back later."""
    since = months.group_by("award_id").agg(nw.col("month_index").min().alias("since_index"))
    back = recovered(data, since).rename({"recovered_fen": "back_fen"})
    reached = nw.col("doubt_fen").cum_sum().over("award_id", order_by="month_index")
    known = months.with_columns(reached.cast(nw.Int64).alias("reached"))
    rest = nw.col("reached") - nw.col("back_fen")
    return (
        known.join(back, on="award_id", how="left")
        .with_columns(nw.col("back_fen").fill_null(0))
        .with_columns(nw.min_horizontal(nw.col("doubt_fen"), rest).alias("amount_fen"))
        .filter(nw.col("amount_fen") > 0)
        .select(
            *MONTH,
            nw.col("month").alias("paid_month"),
            "rows",
            "sum_fen",
            "largest_fen",
            "due_fen",
            "amount_fen",
            (nw.col("doubt_fen") - nw.col("amount_fen")).alias("recovered_fen"),
            nw.when(nw.col("due_fen").is_null()).then(nw.lit("equal")).otherwise(nw.lit("due")).alias("case"),
        )
    )
