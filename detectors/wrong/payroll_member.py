"""Was a covered person on the public payroll in a month for which aid was paid?

Contract §5, means-tested programmes; one lead an award. On the payroll is whom a public_payroll match with detail post,
or an official row with duty public_payroll, holds for the whole month (a pension, detail retired, is none). Identity
alone is no ground (民发〔2022〕83号): `exclude` only where in such a month the household's income was at or above the
line in the governing statement, else, and where nobody knows, `verify`.

In doubt is, of a month at or above the line and in no running taper, all that was paid; of another only the share by
head of those on the payroll; less what was taken back in a later month. A match without a beginning, or with another
detail, is undecidable.
"""

from typing import Final

import narwhals as nw

from casework.card import Card, Fact, Innocent, Wording, needs
from casework.covered import PARTS, awards, holding_months, means_tested, recovered, whole_months
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import Leads, evidence, household_region, leads, open_cases
from casework.means.ledger import months
from casework.means.taper import running_taper
from casework.policy import Policy
from casework.proof import of_payments, of_persons, of_statement
from casework.tables import (
    APPLICATION,
    AWARD,
    BENEFICIARY,
    HOUSEHOLD,
    MATCH,
    MEANS,
    MEMBER,
    OFFICIAL,
    PAYMENT,
    PERSON,
    REGION,
)
from casework.text import Text

MONTHS = Text("个月", "months")
YUAN = Text("元", "yuan")
PERSONS = Text("人", "persons")
PAYROLL: Final = "public_payroll"  # the kind of a match, and the duty of an official
MONTH: Final = ["award_id", "month_index"]

CARD = Card(
    scheme="payroll_member",
    family="wrong",
    subject="award",
    title=Text("保障对象为财政供养人员(待核实)", "A covered person on the public payroll (to verify)"),
    question=Text(
        "保障对象在发放月份是否为在职财政供养人员?",
        "Was a covered person on the public payroll in a month for which aid was paid?",
    ),
    folk=Text("错保", "Wrongly covered"),
    rule="dibao_standard",
    other_rules=("programme", "edge_multiplier", "taper_months", "deduction_cap", "disregard", "job_cost"),
    needs=(
        needs(AWARD, "programme", "household_no"),
        needs(BENEFICIARY, "id_no", "from_month"),
        needs(PAYMENT, "award_no", "month", "amount"),
    ),
    either=(needs(MATCH, "kind", "from_on", "detail"), needs(OFFICIAL, "duty", "from_on")),
    also_uses=(
        needs(MEANS, "as_of", "item"),
        needs(MEMBER, "joined_on", "co_living", "left_on"),
        needs(MATCH, "to_on"),
        needs(OFFICIAL, "to_on"),
        needs(AWARD, "single_person_basis", "to_month"),
        needs(BENEFICIARY, "to_month"),
        needs(APPLICATION, "single_person_basis"),
        needs(HOUSEHOLD, "region_code"),
        needs(REGION, "urban_rural"),
        needs(PERSON, "died_on"),
    ),
    level="verify",
    severity="money",
    confidence=0.7,
    reason=Text(
        "疑似财政供养人员享受保障:{first_month} 至 {last_month} 有 {months} 个月,最多 {payroll} 名保障对象"
        "为在职财政供养人员,家庭收入{case},存疑 {amount_fen} 元",
        "Possibly on the public payroll: in {months} months from {first_month} to {last_month}, up to {payroll} covered"
        " persons held a public post; household income: {case}; {amount_fen} yuan are in doubt",
    ),
    facts={
        "case": Fact(
            Text("家庭收入", "Household income"),
            words={
                "over": Text("有月份达到或超过标准", "at or above the line in some month"),
                "below": Text("低于标准", "below the line"),
                "unknown": Text("未知或无收入标准", "not known, or no income line"),
            },
        ),
        "first_month": Fact(Text("存疑首月", "First month in doubt")),
        "last_month": Fact(Text("存疑末月", "Last month in doubt")),
        "months": Fact(Text("存疑月数", "Months in doubt"), MONTHS),
        "over_months": Fact(Text("其中收入达到标准", "Of them at or above the line"), MONTHS),
        "whole_months": Fact(Text("其中不在渐退期、全额存疑", "Of these in no taper, wholly in doubt"), MONTHS),
        "payroll": Fact(Text("在职财政供养(最多)", "On the public payroll (at most)"), PERSONS),
        "covered": Fact(Text("保障人数(最多)", "Persons covered (at most)"), PERSONS),
        "paid_fen": Fact(Text("这些月份共发", "Paid for these months"), YUAN),
        "recovered_fen": Fact(Text("此后追回", "Taken back later"), YUAN),
        "amount_fen": Fact(Text("存疑金额", "In doubt"), YUAN),
    },
    arithmetic=Text(
        "{months} 个月冲正相抵后共发 {paid_fen} 元;收入达到标准而不在渐退期的 {whole_months} 个月全额、"
        "其余月份按财政供养人数占保障人数的份额计,减去此后追回的 {recovered_fen} 元,存疑 {amount_fen} 元",
        "Paid for {months} months, reversals netted: {paid_fen} yuan; all of it in {whole_months} months at or above"
        " the line and in no taper, in the others the share by head of those on the payroll, less {recovered_fen} yuan"
        " taken back later: {amount_fen} yuan are in doubt",
    ),
    cases={
        "over": Wording(
            Text(
                "疑似不符合条件:{first_month} 至 {last_month} 有 {months} 个月保障对象中有在职财政供养人员,"
                "其中 {over_months} 个月家庭收入达到或超过标准,存疑 {amount_fen} 元",
                "Possibly not eligible: in {months} months from {first_month} to {last_month} a covered person held a"
                " public post, in {over_months} of them with household income at or above the line; {amount_fen} yuan"
                " are in doubt",
            ),
            Text(
                "{months} 个月冲正相抵后共发 {paid_fen} 元;收入达到标准而不在渐退期的 {whole_months} 个月全额、"
                "其余月份按财政供养人数占保障人数的份额计,减去此后追回的 {recovered_fen} 元,存疑 {amount_fen} 元",
                "Paid for {months} months, reversals netted: {paid_fen} yuan; all of it in {whole_months} months at or"
                " above the line and in no taper, in the others the share by head of those on the payroll, less"
                " {recovered_fen} yuan taken back later: {amount_fen} yuan are in doubt",
            ),
        )
    },
    innocent=(
        Innocent(Text("已退休,领取养老金", "Retired: a pension, not a post"), (needs(MATCH, "detail"),)),
        Innocent(Text("只在职当月的一部分", "In post for part of the month only"), (needs(MATCH, "from_on"),)),
        Innocent(
            Text("供养人员本人未计入保障", "The person in post was not counted"), (needs(BENEFICIARY, "from_month"),)
        ),
        Innocent(Text("临时聘用、公益性岗位,并非编制内", "Temporary or public-welfare work, not on the establishment")),
        Innocent(
            Text("家庭人口多或重病,人均收入确实低于标准", "A large or sick family that is below the line all the same")
        ),
        Innocent(Text("已离职而登记未更新,或号码被误用", "Has left; the register lags, or the number is another's")),
    ),
    verify=Text(
        "向编制、财政部门核实在职时段与工资,重新核算家庭收入后再作结论",
        "Confirm post and pay with the establishment and finance offices; reckon the income anew before concluding",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per award with months in doubt, ordered by the amount."""
    of = once(awards(data, means_tested(policy)))
    held = holding_months(data, of, _posts(data))
    certain = (nw.col("sure") == 1) & ~nw.col("paid_fen").is_null()
    found = _found(data, _judged(data, policy, held.filter(certain))).join(
        of.select("award_id", "award_no", "household_id"), on="award_id", how="inner"
    )
    return leads(
        CARD,
        household_region(data, found),
        subject="award_no",
        facts=tuple(CARD.facts),
        score=nw.col("amount_fen") / 100,
        level=nw.when(nw.col("case") == "over").then(nw.lit("exclude")).otherwise(nw.lit("verify")),
        amount_fen=nw.col("amount_fen"),
        since=nw.col("first_month"),
        until=nw.col("last_month"),
        keep=("award_id", "household_id", "since_index", "until_index", "statement_day"),
        evidence=(
            of_payments(data),
            evidence(data, BENEFICIARY, on="award_id", show=("to_month",)),
            of_statement(data, on="statement_day"),
            of_persons(
                data, MATCH, ("id_no", "kind", "source", "from_on", "to_on", "detail"), nw.col("kind") == PAYROLL
            ),
            of_persons(data, OFFICIAL, ("post", "to_on"), nw.col("duty") == PAYROLL),
        ),
        undecidable=open_cases(found, held.filter(~certain)),
    )


def _posts(data: Tables) -> Frame:
    """Who is on the payroll for which whole months; `sure` 0 where a match does not say whether it is a post."""
    detail = nw.col("detail").fill_null("")
    matched = data[MATCH].filter((nw.col("kind") == PAYROLL) & (detail != "retired"))
    post = nw.when(detail == "post").then(nw.lit(1)).otherwise(nw.lit(0))
    duties = data[OFFICIAL].filter(nw.col("duty") == PAYROLL)
    return nw.concat(
        [
            whole_months(rows).select("person_id", "first_whole", "last_whole", sure.alias("sure"))
            for rows, sure in ((matched, post), (duties, nw.lit(1)))
        ]
    )


def _judged(data: Tables, policy: Policy, held: Frame) -> Frame:
    """The months, each once: `payroll` persons, `covered`, `over` 1, 0 or null, `whole` (1 or 0), doubt in `parts`."""
    each = held.group_by(*MONTH).agg(
        nw.col("month").min(), nw.col("paid_fen").min(), nw.col("person_id").n_unique().cast(nw.Int64).alias("payroll")
    )
    judged = once(months(data, policy).join(each.select(*MONTH), on=MONTH, how="semi"))
    taper = running_taper(data, policy, judged)  # perhaps running spares too: only what is certain is in doubt
    judged = judged.select(*MONTH, "covered", "over", "line_state", "statement_as_of_day")
    known = each.join(judged, on=MONTH, how="inner").join(taper, on=MONTH, how="left")
    over = nw.col("over") & (nw.col("line_state") == 1)
    whole = over & nw.col("taper_sure").is_null()
    share = nw.col("paid_fen") * nw.col("payroll") * PARTS // nw.col("covered")
    return known.with_columns(
        nw.when(over).then(nw.lit(1)).when(~over).then(nw.lit(0)).cast(nw.Int64).alias("over"),
        nw.when(whole).then(nw.lit(1)).otherwise(nw.lit(0)).alias("whole"),
        nw.when(whole).then(nw.col("paid_fen") * PARTS).otherwise(share).cast(nw.Int64).alias("parts"),
    )


def _found(data: Tables, judged: Frame) -> Frame:
    """Each award once, with its months in doubt and the amount left after what was taken back."""
    found = once(
        judged.group_by("award_id").agg(
            nw.col("month").min().alias("first_month"),
            nw.col("month").max().alias("last_month"),
            nw.col("month_index").min().alias("since_index"),
            nw.col("month_index").max().alias("until_index"),
            nw.col("statement_as_of_day").max().alias("statement_day"),
            nw.len().cast(nw.Int64).alias("months"),
            nw.col("over").sum().cast(nw.Int64).alias("over_months"),
            nw.col("whole").sum().cast(nw.Int64).alias("whole_months"),
            nw.col("over").count().cast(nw.Int64).alias("known_months"),
            nw.col("payroll").max(),
            nw.col("covered").max(),
            nw.col("paid_fen").sum().cast(nw.Int64),
            nw.col("parts").sum().cast(nw.Int64),
        )
    )
    case = (
        nw.when(nw.col("over_months") > 0)
        .then(nw.lit("over"))
        .when(nw.col("known_months") == nw.col("months"))
        .then(nw.lit("below"))
        .otherwise(nw.lit("unknown"))
    )
    return (
        found.join(recovered(data, found), on="award_id", how="left")
        .with_columns(nw.col("recovered_fen").fill_null(0), case.alias("case"))
        .with_columns((nw.col("parts") // PARTS - nw.col("recovered_fen")).alias("amount_fen"))
        .filter(nw.col("amount_fen") > 0)
    )
