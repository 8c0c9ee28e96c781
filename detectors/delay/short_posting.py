"""Was the public notice shorter than required, or posted where none may be?

Contract §5, one lead an application: the days from start to finish of its longest posting are fewer than posting_days;
or its programme is posting_barred (children) and it was posted at all. While one posting has no end nobody knows which
was the longest: that is undecidable. Withdrawn applications are exempt.
"""

from typing import Final

import narwhals as nw

from casework.card import Card, Fact, Innocent, Wording, needs
from casework.dataset import Tables
from casework.engine import once
from casework.lead import Leads, evidence, household_region, leads, placed_applications
from casework.listed import listed
from casework.policy import Policy
from casework.tables import APPLICATION, STEP
from casework.text import Text

DAYS: Final = Text("天", "days")

CARD = Card(
    scheme="short_posting",
    family="delay",
    subject="application",
    title=Text("公示天数不足或不应公示(待核实)", "Public notice too short, or not allowed (to verify)"),
    question=Text(
        "公示是否满规定天数?不得公示的类型是否公示了?",
        "Was the notice posted long enough, and not posted where it may not be?",
    ),
    folk=Text("公示走形式", "Notice for form's sake"),
    rule="posting_days",
    other_rules=("posting_barred",),
    needs=(needs(APPLICATION, "programme", "accepted_at"), needs(STEP)),
    also_uses=(needs(STEP, "finished_at"), needs(APPLICATION, "decision")),
    level="verify",
    severity="procedure",
    confidence=0.9,
    reason=Text(
        "疑似公示天数不足:最长一次公示 {days} 天,规定 {limit} 天",
        "Possibly too short a notice: the longest was posted {days} days; {limit} are required",
    ),
    facts={
        "case": Fact(
            Text("情形", "What was seen"),
            words={
                "short": Text("公示天数不足", "posted too few days"),
                "barred": Text("不得公示的类型有公示", "posted though its programme may not be"),
            },
        ),
        "programme": Fact(Text("救助类型", "Programme")),
        "started_at": Fact(Text("公示开始", "Posted from")),
        "finished_at": Fact(Text("公示结束", "Posted until"), absent=Text("未录入", "not entered")),
        "postings": Fact(Text("公示次数", "Postings"), Text("次", "")),
        "days": Fact(Text("最长一次", "Longest posting"), DAYS),
        "limit": Fact(Text("规定天数", "Days required"), DAYS, absent=Text("不适用", "does not apply")),
    },
    arithmetic=Text(
        "公示 {postings} 次,最长一次自 {started_at} 至 {finished_at},相差 {days} 天(自然日,以日期相减);"
        "受理当日有效的规定为 {limit} 天;{days} < {limit}",
        "Postings: {postings}; the longest from {started_at} to {finished_at}: {days} calendar days between the two"
        " dates; the rule in force on acceptance is {limit}; {days} < {limit}",
    ),
    cases={
        "barred": Wording(
            Text(
                "疑似不应公示:{programme}不得公示,而有 {postings} 次公示",
                "Possibly posted though it may not be: {programme}; postings: {postings}",
            ),
            Text(
                "受理当日有效的规定:{programme}不得公示;该申请自 {started_at} 起有公示记录 {postings} 条",
                "By the rule in force on acceptance {programme} may not be posted; postings on record:"
                " {postings}, the first from {started_at}",
            ),
        )
    },
    rests_on={"short": ("posting_days",), "barred": ("posting_barred",)},
    innocent=(
        Innocent(
            Text("有异议后重新公示,以最长一次为准", "Posted anew after an objection: the longest counts"),
            (needs(STEP, "finished_at"),),
        ),
        Innocent(
            Text("跨节假日仍按自然日计,天数已足", "Calendar days count, holidays too, and they were enough"),
            (needs(STEP, "finished_at"),),
        ),
        Innocent(Text("实际贴满天数,系统提前点了结束", "It hung long enough; its end was entered early")),
        Innocent(Text("只在内部公示,未公开儿童姓名", "Shown inside the office only, without the child's name")),
    ),
    verify=Text(
        "查看公示照片的日期与张贴地点,询问村(居)委会;涉及儿童的立即撤下",
        "See the dates and places on the posting photographs, ask the village committee; take down what names a child",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per application; ordered by how much of the time was missing, what may not be posted first."""
    columns = ("application_no", "programme", "household_id", "region_code", "accepted_at_day")
    applications = placed_applications(data).filter(nw.col("decision").fill_null("") != "withdrawn")
    postings = (
        data[STEP]
        .filter(nw.col("step") == "posting")
        .join(applications.select("application_id", *columns), on="application_id", how="inner")
    )
    judged = listed(policy, postings, "posting_barred", on="accepted_at", into="barred", column="programme")
    judged = policy.in_force(judged, "posting_days", on="accepted_at", into="limit").with_columns(
        (nw.col("finished_at_day") - nw.col("started_at_day")).cast(nw.Int64).alias("days")
    )
    judged = judged.filter(
        nw.col("barred")
        | (nw.col("limit_state") == 0)
        | ((nw.col("limit_state") == 1) & (nw.col("days").is_null() | (nw.col("days") < nw.col("limit"))))
    )
    judged = once(
        judged.select(
            "application_id",
            *columns,
            *(f"{name}{tail}" for name in ("started_at", "finished_at") for tail in ("", "_dated")),
            *("days", "limit", "limit_state", "barred", "label"),
        )
    )
    summed = judged.group_by("application_id").agg(
        nw.len().cast(nw.Int64).alias("doubtful"),
        nw.col("days").max().alias("longest"),
        nw.col("started_at").min().alias("begun"),
        nw.when(nw.col("days").is_null()).then(nw.lit(1)).otherwise(nw.lit(0)).max().alias("open_end"),
    )
    # Every posting of the case must be too short: one that was long enough is not among the rows above.
    rows = data.milestone.select("application_id", nw.col("posting_rows").cast(nw.Int64).alias("postings"))
    summed = summed.join(rows, on="application_id", how="inner")
    judged = judged.join(summed, on="application_id", how="inner")
    barred = judged.filter(nw.col("barred") & (nw.col("started_at") == nw.col("begun")))
    all_short = (nw.col("limit_state") == 1) & (nw.col("doubtful") == nw.col("postings")) & (nw.col("open_end") == 0)
    short = judged.filter(~nw.col("barred") & all_short & (nw.col("days") == nw.col("longest")))
    share = nw.when(nw.col("limit") > 0).then(nw.col("limit")).otherwise(nw.lit(1))
    unknown = (nw.col("limit_state") == 0) | (
        (nw.col("limit_state") == 1) & (nw.col("doubtful") == nw.col("postings")) & (nw.col("open_end") == 1)
    )
    found = nw.concat(
        [
            barred.with_columns(nw.lit("barred").alias("case"), nw.lit(None).cast(nw.Float64).alias("limit")),
            short.with_columns(nw.lit("short").alias("case"), nw.col("limit").cast(nw.Float64)),
        ]
    ).with_columns(nw.col("limit").cast(nw.Int64).alias("whole"))
    return leads(
        CARD,
        household_region(data, found.with_columns(nw.col("whole").alias("limit")), otherwise="region_code"),
        subject="application_no",
        facts=tuple(CARD.facts),
        score=nw.when(nw.col("case") == "barred").then(nw.lit(2)).otherwise(1 - nw.col("days") / share),
        since=nw.col("started_at").cast(nw.Date),
        until=nw.coalesce(nw.col("finished_at"), nw.col("started_at")).cast(nw.Date),
        keep=("application_id",),
        evidence=(
            evidence(data, APPLICATION, on="application_id", show=("programme", "accepted_at", "decided_at")),
            evidence(
                data,
                STEP,
                on="application_id",
                show=("finished_at", "place", "label"),
                where=nw.col("step").is_in(["posting", "objection"]),
            ),
        ),
        undecidable=judged.filter(~nw.col("barred") & unknown).select("application_id").unique(),
    )
