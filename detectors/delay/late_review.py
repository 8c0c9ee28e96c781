"""Is the review of a running award overdue?

Contract §5, one lead an award in force at as_of with a category: as_of is later than the same day review_months after
its last review, else after the first day of its first month. Where that month has no such day, its last day counts. A
review before the first month was no review of this award.
"""

from typing import Final

import narwhals as nw

from casework.card import Card, Fact, Innocent, Wording, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.lead import Leads, evidence, first_rows, household_region, leads
from casework.policy import Policy
from casework.tables import AWARD, REVIEW
from casework.text import Text

MONTHS: Final = Text("个月", "months")

CARD = Card(
    scheme="late_review",
    family="delay",
    subject="award",
    title=Text("复核逾期(待核实)", "Review overdue (to verify)"),
    question=Text("在保家庭是否按类别周期复核?", "Is the running award reviewed as often as its category asks?"),
    folk=Text("只进不退、一保到底", "In for good"),
    rule="review_months",
    needs=(needs(AWARD, "from_month", "category"), needs(REVIEW, "reviewed_on")),
    also_uses=(needs(AWARD, "to_month", "household_no"),),
    level="verify",
    severity="procedure",
    confidence=0.9,
    reason=Text(
        "疑似复核逾期:{category} 类,上次复核 {reviewed_on},至数据截止日 {until} 已满 {months} 个月,周期 {limit} 个月",
        "Possibly overdue for review: category {category}, last reviewed {reviewed_on}, {months} full months before"
        " {until}; the cycle is {limit} months",
    ),
    facts={
        "case": Fact(
            Text("起算", "Runs from"),
            words={
                "reviewed": Text("上次复核", "the last review"),
                "never": Text("起始月首日,从未复核", "the first day of the first month: never reviewed"),
            },
        ),
        "programme": Fact(Text("救助类型", "Programme")),
        "category": Fact(Text("类别", "Category")),
        "from_month": Fact(Text("起始月份", "First month")),
        "reviewed_on": Fact(Text("上次复核", "Last reviewed"), absent=Text("从未", "never")),
        "until": Fact(Text("数据截止日", "Data as of")),
        "months": Fact(Text("已满", "Full months since"), MONTHS),
        "limit": Fact(Text("复核周期", "Cycle of review"), MONTHS),
    },
    arithmetic=Text(
        "上次复核 {reviewed_on} 加 {limit} 个月的同日早于数据截止日 {until}(已满 {months} 个月)",
        "The same day {limit} months after the last review of {reviewed_on} is before {until} ({months} full months)",
    ),
    cases={
        "never": Wording(
            Text(
                "疑似复核逾期:{category} 类,自 {from_month} 起在保,至数据截止日 {until} 已满 {months} 个月未见复核,"
                "周期 {limit} 个月",
                "Possibly overdue for review: category {category}, on aid since {from_month}, no review in the"
                " {months} full months to {until}; the cycle is {limit} months",
            ),
            Text(
                "没有复核记录,自 {from_month} 首日起算;加 {limit} 个月的同日早于数据截止日 {until}(已满 {months} 个月)",
                "No review on record: from the first day of {from_month}; the same day {limit} months later is before"
                " {until} ({months} full months)",
            ),
        )
    },
    innocent=(
        Innocent(
            Text("收入稳定的家庭周期较长", "A household of steady income is reviewed less often"),
            (needs(AWARD, "category"),),
        ),
        Innocent(Text("救助已停发", "The award has ended"), (needs(AWARD, "to_month"),)),
        Innocent(Text("复核已做,仅有纸质记录", "Reviewed on paper, not entered")),
        Innocent(Text("已随部门定期核对一并复核", "Reviewed together with the departments' periodic matching")),
    ),
    verify=Text(
        "调取最近一次复核表与核对报告,未复核的列入本月复核名单",
        "Ask for the latest review form and matching report; what was not reviewed goes on this month's list",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per running award past its day of review; score grows with the time overdue."""
    running = first_rows(data[AWARD]).filter(
        (nw.col("from_month_index") <= data.as_of_month)
        & (nw.col("to_month_index").is_null() | (nw.col("to_month_index") >= data.as_of_month))
        & ~nw.col("category").is_null()
    )
    placed = household_region(data, running)
    judged = policy.in_force(placed, "review_months", on=data.as_of)
    judged = _since(judged.join(_last(data, running), on="award_id", how="left"), data)
    late = judged.filter(nw.col("overdue") & (nw.col("limit_state") == 1))
    cycle = nw.when(nw.col("limit") > 0).then(nw.col("limit")).otherwise(nw.lit(1))
    return leads(
        CARD,
        late,
        subject="award_no",
        facts=tuple(CARD.facts),
        score=nw.col("months") / cycle,
        since=nw.coalesce(nw.col("reviewed_on"), nw.col("from_month")),
        until=nw.col("until"),
        keep=("award_id",),
        evidence=(
            evidence(data, AWARD, on="award_id", show=("programme", "category", "from_month", "to_month")),
            evidence(data, REVIEW, on="award_id", show=("result",)),
        ),
        undecidable=judged.filter(nw.col("limit_state") == 0).select("award_id"),
    )


def _last(data: Tables, running: Frame) -> Frame:
    """The last review of each award on or before as_of, and not before its first month."""
    known = (
        data[REVIEW]
        .filter(nw.col("reviewed_on_day") <= data.as_of_day)
        .join(running.select("award_id", "from_month"), on="award_id", how="inner")
    )
    own = known.filter(nw.col("reviewed_on") >= nw.col("from_month"))
    return own.group_by("award_id").agg(nw.col("reviewed_on").max())


def _since(rows: Frame, data: Tables) -> Frame:
    """Add `months` (full months from the last review, else from the first month, to as_of) and `overdue`."""
    since = nw.coalesce(nw.col("reviewed_on"), nw.col("from_month"))
    rows = rows.with_columns(
        (since.dt.year().cast(nw.Int64) * 12 + since.dt.month().cast(nw.Int64) - 1).alias("since_index"),
        since.dt.day().cast(nw.Int64).alias("since_day"),
        nw.lit(data.as_of).alias("until"),
        nw.when(nw.col("reviewed_on").is_null()).then(nw.lit("never")).otherwise(nw.lit("reviewed")).alias("case"),
    )
    # A month without that day has its last day instead, and none of its days is later: the day itself need not be cut.
    gone, later = data.as_of_month - nw.col("since_index"), data.as_of.day > nw.col("since_day")
    return rows.with_columns(
        nw.when(nw.col("since_day") <= data.as_of.day).then(gone).otherwise(gone - 1).alias("months"),
        ((gone > nw.col("limit")) | ((gone == nw.col("limit")) & later)).alias("overdue"),
    )
