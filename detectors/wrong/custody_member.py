"""Was aid paid for a month in which a covered person was in custody throughout?

Contract §5, means-tested programmes; one lead an award. Who serves a sentence or is in compulsory detoxification is no
member who lives together (最低生活保障审核确认办法,民发〔2021〕57号,第七条).

A month counts where one custody finding covers the whole of it, a beneficiary row in force holds the person, who is
alive, and more than nothing was paid, reversals netted. In doubt is only the share by head of those in custody, less
what was taken back in a later month. A finding without a beginning is undecidable.
"""

import narwhals as nw

from casework.card import Card, Fact, Innocent, needs
from casework.covered import PARTS, awards, heads, holding_months, means_tested, recovered, whole_months
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import Leads, evidence, household_region, leads, open_cases
from casework.policy import Policy
from casework.proof import of_payments, of_persons
from casework.tables import AWARD, BENEFICIARY, HOUSEHOLD, MATCH, PAYMENT, PERSON
from casework.text import Text

MONTHS = Text("个月", "months")
YUAN = Text("元", "yuan")
PERSONS = Text("人", "persons")

CARD = Card(
    scheme="custody_member",
    family="wrong",
    subject="award",
    title=Text("在押期间仍计入保障(待核实)", "Covered while in custody (to verify)"),
    question=Text(
        "保障对象整月在押,当月是否仍计入并发放?",
        "Was aid paid for a month in which a covered person was in custody throughout?",
    ),
    folk=Text("错保", "Wrongly covered"),
    rule="programme",
    needs=(
        needs(AWARD, "programme"),
        needs(BENEFICIARY, "id_no", "from_month"),
        needs(PAYMENT, "award_no", "month", "amount"),
        needs(MATCH, "id_no", "kind", "from_on"),
    ),
    also_uses=(
        needs(AWARD, "household_no", "to_month"),
        needs(BENEFICIARY, "to_month"),
        needs(HOUSEHOLD, "region_code"),
        needs(MATCH, "to_on"),
        needs(PERSON, "died_on"),
    ),
    level="exclude",
    severity="money",
    confidence=0.9,
    reason=Text(
        "疑似应核减未核减:{first_month} 至 {last_month} 有 {months} 个月,最多 {inside} 名保障对象整月在押而仍计入,"
        "存疑 {amount_fen} 元",
        "Possibly not reduced: in {months} months from {first_month} to {last_month}, up to {inside} covered persons"
        " were in custody for the whole month and still counted; {amount_fen} yuan are in doubt",
    ),
    facts={
        "first_month": Fact(Text("存疑首月", "First month in doubt")),
        "last_month": Fact(Text("存疑末月", "Last month in doubt")),
        "months": Fact(Text("存疑月数", "Months in doubt"), MONTHS),
        "inside": Fact(Text("整月在押人数(最多)", "In custody throughout (at most)"), PERSONS),
        "covered": Fact(Text("保障人数(最多)", "Persons covered (at most)"), PERSONS),
        "paid_fen": Fact(Text("这些月份共发", "Paid for these months"), YUAN),
        "recovered_fen": Fact(Text("此后追回", "Taken back later"), YUAN),
        "amount_fen": Fact(Text("存疑金额", "In doubt"), YUAN),
    },
    arithmetic=Text(
        "{months} 个月冲正相抵后共发 {paid_fen} 元;逐月按整月在押人数占当月保障人数的份额计,"
        "减去此后追回的 {recovered_fen} 元,存疑 {amount_fen} 元,其余不存疑",
        "Paid for {months} months, reversals netted: {paid_fen} yuan; month by month the share of those in custody"
        " throughout among the persons covered, less {recovered_fen} yuan taken back later: {amount_fen} yuan are in"
        " doubt, the rest is not",
    ),
    innocent=(
        Innocent(Text("只在押当月的一部分", "In custody for part of the month only"), (needs(MATCH, "from_on"),)),
        Innocent(Text("已获释", "Released before"), (needs(MATCH, "to_on"),)),
        Innocent(Text("已冲正追回", "Reversed and recovered"), (needs(PAYMENT, "amount"),)),
        Innocent(
            Text("在押人员未计入保障,只保障其他成员", "The person was not counted; only the others were"),
            (needs(BENEFICIARY, "from_month"),),
        ),
        Innocent(
            Text("监外执行、社区矫正或取保,并未在押", "Sentence served outside, probation or bail: not in custody")
        ),
        Innocent(Text("在押登记有误或号码被他人误用", "The register errs, or the number is another's")),
    ),
    verify=Text(
        "向在押场所核实起止日期与身份,核对当月保障人数与发放流水;只核减本人份额,不影响其他家庭成员",
        "Confirm identity and dates with the institution; compare persons covered and payments. Only this person's"
        " share may be reduced, not the rest of the family's",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per award with months in doubt, ordered by the amount."""
    of = once(awards(data, means_tested(policy)))
    findings = whole_months(data[MATCH].filter(nw.col("kind") == "custody")).select(
        "person_id", "first_whole", "last_whole", nw.lit(1).alias("sure")
    )
    held = holding_months(data, of, findings)
    certain = (nw.col("sure") == 1) & ~nw.col("paid_fen").is_null()
    named = _found(data, held.filter(certain)).join(
        of.select("award_id", "award_no", "household_id"), on="award_id", how="inner"
    )
    return leads(
        CARD,
        household_region(data, named),
        subject="award_no",
        facts=tuple(CARD.facts),
        score=nw.col("amount_fen") / 100,
        amount_fen=nw.col("amount_fen"),
        since=nw.col("first_month"),
        until=nw.col("last_month"),
        keep=("award_id", "since_index", "until_index"),
        evidence=(
            of_payments(data),
            evidence(data, BENEFICIARY, on="award_id", show=("to_month",)),
            of_persons(data, MATCH, ("id_no", "kind", "source", "from_on", "to_on"), nw.col("kind") == "custody"),
        ),
        undecidable=open_cases(named, held.filter(~certain)),
    )


def _found(data: Tables, held: Frame) -> Frame:
    """Each award once, with its months in doubt and the share by head of those in custody."""
    months = held.group_by("award_id", "month_index").agg(
        nw.col("month").min(), nw.col("paid_fen").min(), nw.col("person_id").n_unique().cast(nw.Int64).alias("inside")
    )
    months = months.join(heads(data, months), on=["award_id", "month_index"], how="inner")
    found = (
        months.with_columns((nw.col("paid_fen") * nw.col("inside") * PARTS // nw.col("covered")).alias("parts"))
        .group_by("award_id")
        .agg(
            nw.col("month").min().alias("first_month"),
            nw.col("month").max().alias("last_month"),
            nw.col("month_index").min().alias("since_index"),
            nw.col("month_index").max().alias("until_index"),
            nw.len().cast(nw.Int64).alias("months"),
            nw.col("inside").max(),
            nw.col("covered").max(),
            nw.col("paid_fen").sum().cast(nw.Int64),
            nw.col("parts").sum().cast(nw.Int64),
        )
    )
    found = once(found)
    return (
        found.join(recovered(data, found), on="award_id", how="left")
        .with_columns(nw.col("recovered_fen").fill_null(0))
        .with_columns((nw.col("parts") // PARTS - nw.col("recovered_fen")).alias("amount_fen"))
        .filter(nw.col("amount_fen") > 0)
    )
