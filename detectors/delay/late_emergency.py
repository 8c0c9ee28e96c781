"""Did emergency aid come within its hours, and were its papers made up in time?

Contract §5, one lead an application of temporary_emergency:

- more than emergency_hours (where an urgency is set, its urgency_hours) from acceptance to the decision, undecided: to
  the end of as_of; where one of the moments is a bare date, more days than these hours rounded up to days; a limit that
  the source system states governs;
- approved, and no make_up step finished (else begun) within make_up_days working days after the decision, once they are
  past.

Withdrawn applications are exempt. Without a step table nothing is said of papers.
"""

from typing import Final

import narwhals as nw

from casework.card import Card, Fact, Innocent, Wording, needs
from casework.dataset import Tables
from casework.emergency import HOURS_A_DAY, SECONDS_AN_HOUR, timed_in_hours
from casework.engine import Frame
from casework.lead import Leads, evidence, household_region, leads, placed_applications
from casework.policy import Policy
from casework.tables import APPLICATION, STEP
from casework.text import Text

HOURS: Final = Text("小时", "hours")
DAYS: Final = Text("天", "days")
WORKING_DAYS: Final = Text("个工作日", "working days")

# What each clock says, and how: the two clauses of a lead with both are joined.
LATE: Final = {
    "hours": Wording(
        Text("受理至办结 {hours} 小时,规定 {limit} 小时", "{hours} hours to decide; the limit is {limit}"),
        Text(
            "受理 {accepted_at},办结 {decided_at}(未办结的算至 {until} 结束),共 {hours} 小时;"
            "受理当日有效的时限为 {limit} 小时",
            "Accepted {accepted_at}, decided {decided_at} (undecided: to the end of {until}): {hours} hours; the limit"
            " in force on acceptance is {limit}",
        ),
    ),
    "days": Wording(
        Text(
            "受理至办结相差 {days} 天,规定 {limit} 小时",
            "{days} days between acceptance and decision; the limit is {limit} hours",
        ),
        Text(
            "只有日期的按日比较:受理 {accepted_at},办结 {decided_at}(未办结的算至 {until}),相差 {days} 天;"
            "时限 {limit} 小时进位为 {limit_days} 天",
            "Bare dates are compared by day: accepted {accepted_at}, decided {decided_at} (undecided: to {until}):"
            " {days} days; the limit of {limit} hours, rounded up, is {limit_days} days",
        ),
    ),
    "due_at": Wording(
        Text(
            "来源系统写明应于 {due_at} 前办结,办结:{decided_at}",
            "the source system states it was due {due_at}; decided: {decided_at}",
        ),
        Text(
            "来源系统写明期限的,以该期限为准:办结 {decided_at}(未办结的算至 {until} 结束)晚于 {due_at}",
            "Where the source system states a due date, that governs: decided {decided_at} (undecided: to the end of"
            " {until}), after {due_at}",
        ),
    ),
}
PAPERS: Final = {
    "make_up": Wording(
        Text(
            "办结后 {make_up_days} 个工作日未见补齐手续,规定 {make_up_limit} 个工作日",
            "papers not made up {make_up_days} working days after the decision; the limit is {make_up_limit}",
        ),
        Text(
            "自 {decided_at} 次日数至数据截止日,{make_up_days} 个工作日未见补齐手续,规定 {make_up_limit} 个工作日",
            "From the day after {decided_at} to the day of the data: {make_up_days} working days without the papers;"
            " the limit is {make_up_limit}",
        ),
    ),
    "made_late": Wording(
        Text(
            "手续于办结后第 {make_up_days} 个工作日补齐,规定 {make_up_limit} 个工作日",
            "papers made up late, {make_up_days} working days after the decision; the limit is {make_up_limit}",
        ),
        Text(
            "自 {decided_at} 次日数至补齐手续之日 {made_up_on},{make_up_days} 个工作日,规定 {make_up_limit} 个工作日",
            "From the day after {decided_at} to {made_up_on}, when the papers were made up: {make_up_days} working"
            " days; the limit is {make_up_limit}",
        ),
    ),
}
PAPERS_WORDS: Final = {
    "make_up": Text("未见补齐手续", "papers not made up"),
    "made_late": Text("手续补齐偏晚", "papers made up late"),
}
LATE_WORDS: Final = {
    "hours": Text("办结超过时限", "decided past the limit"),
    "days": Text("办结超过时限(按日)", "decided past the limit (by day)"),
    "due_at": Text("办结晚于来源系统期限", "decided after the source's due date"),
}
BOTH: Final = [(late, papers) for late in LATE for papers in PAPERS]
HOURS_RULES: Final = ("emergency_hours", "urgency_hours")
LEAD_IN: Final = Text("疑似急难救助不及时:", "Emergency aid possibly late: ")


def _said(*clauses: Wording) -> Wording:
    """One sentence of the clauses that apply."""
    reasons, sums = [one.reason for one in clauses], [one.arithmetic for one in clauses]
    return Wording(
        Text(LEAD_IN.zh + ";".join(one.zh for one in reasons), LEAD_IN.en + "; ".join(one.en for one in reasons)),
        Text(";".join(one.zh for one in sums), "; ".join(one.en for one in sums)),
    )


CARD = Card(
    scheme="late_emergency",
    family="delay",
    subject="application",
    title=Text("急难救助不及时(待核实)", "Emergency aid late (to verify)"),
    question=Text(
        "急难救助是否在规定小时内办结,并按期补齐手续?",
        "Was emergency aid decided within its hours, and were its papers made up in time?",
    ),
    folk=Text("救急不急", "Emergency without hurry"),
    rule="emergency_hours",
    other_rules=("urgency_hours", "make_up_days"),
    needs=(needs(APPLICATION, "programme", "accepted_at", "decided_at"),),
    also_uses=(needs(STEP), needs(APPLICATION, "decision")),
    level="verify",
    severity="person",
    confidence=0.9,
    reason=_said(LATE["hours"]).reason,
    facts={
        "case": Fact(
            Text("情形", "What was seen"),
            words={
                **LATE_WORDS,
                **PAPERS_WORDS,
                **{
                    f"{late}+{papers}": Text(
                        f"{LATE_WORDS[late].zh},{PAPERS_WORDS[papers].zh}",
                        f"{LATE_WORDS[late].en}; {PAPERS_WORDS[papers].en}",
                    )
                    for late, papers in BOTH
                },
            },
        ),
        "urgency": Fact(
            Text("紧急程度", "Urgency"),
            words={option.code: option.label for option in APPLICATION["urgency"].options},
            absent=Text("未标", "not set"),
        ),
        "accepted_at": Fact(Text("受理", "Accepted")),
        "decided_at": Fact(Text("办结", "Decided"), absent=Text("尚未", "not yet")),
        "until": Fact(Text("算至", "Counted to")),
        "due_at": Fact(Text("来源系统期限", "Due, as the source states"), absent=Text("无", "none")),
        "hours": Fact(Text("用时", "Time taken"), HOURS, absent=Text("只有日期", "dates only")),
        "days": Fact(Text("相差", "Days between"), DAYS),
        "limit": Fact(Text("时限", "Limit"), HOURS, absent=Text("不限", "none")),
        "limit_days": Fact(Text("时限进位", "Limit in days"), DAYS, absent=Text("不限", "none")),
        "made_up_on": Fact(Text("补齐手续", "Papers made up"), absent=Text("未见", "not seen")),
        "make_up_days": Fact(
            Text("补齐用时", "Working days to make up"), WORKING_DAYS, absent=Text("不适用", "does not apply")
        ),
        "make_up_limit": Fact(
            Text("补齐时限", "Limit to make up"), WORKING_DAYS, absent=Text("不适用", "does not apply")
        ),
    },
    arithmetic=_said(LATE["hours"]).arithmetic,
    cases={
        **{name: _said(wording) for name, wording in LATE.items()},
        **{name: _said(wording) for name, wording in PAPERS.items()},
        **{f"{late}+{papers}": _said(LATE[late], PAPERS[papers]) for late, papers in BOTH},
    },
    rests_on={
        "hours": HOURS_RULES,
        "days": HOURS_RULES,
        **dict.fromkeys(PAPERS, ("make_up_days",)),
        **{f"{late}+{papers}": (*(() if late == "due_at" else HOURS_RULES), "make_up_days") for late, papers in BOTH},
    },
    innocent=(
        Innocent(
            Text("四色预警为绿色,不限时", "Its urgency is green: no limit"),
            (needs(APPLICATION, "urgency"),),
        ),
        Innocent(
            Text("先行救助,核对、公示从简,手续按期补齐", "Help first: no check or posting, papers made up in time"),
            (needs(STEP),),
        ),
        Innocent(Text("救助金先付,系统后录", "Paid at once, entered in the system later")),
        Innocent(
            Text("夜间或节假日受理,电话已先行救助", "Accepted at night or on a holiday, helped by telephone first")
        ),
    ),
    verify=Text(
        "核对救助金支付时间与受理登记,查看补齐的申请表、核对报告与影像",
        "Compare when the money was paid with the register of acceptance; see the papers made up afterwards",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per application; score grows with the longer overrun."""
    judged = _papers(data, _decisions(data, policy))
    late, papers = nw.col("late").fill_null(value=False), nw.col("unmade").fill_null(value=False)
    made = nw.when(nw.col("made_up_on").is_null()).then(nw.lit("make_up")).otherwise(nw.lit("made_late"))
    shown = household_region(data, judged.filter(late | papers), otherwise="region_code").with_columns(
        nw.when(late & papers)
        .then(nw.concat_str(nw.col("clock"), nw.lit("+"), made))
        .when(late)
        .then(nw.col("clock"))
        .otherwise(made)
        .alias("case"),
        nw.when(papers).then(nw.col("make_up_days")).alias("make_up_days"),
        nw.when(papers).then(nw.col("make_up_limit")).alias("make_up_limit"),
    )
    allowed = nw.when(nw.col("limit") > 0).then(nw.col("limit")).otherwise(nw.lit(HOURS_A_DAY)) * SECONDS_AN_HOUR
    days = nw.when(nw.col("make_up_limit") > 0).then(nw.col("make_up_limit")).otherwise(nw.lit(1))
    return leads(
        CARD,
        shown,
        subject="application_no",
        facts=tuple(CARD.facts),
        score=nw.max_horizontal(
            nw.when(late).then(nw.col("elapsed") / allowed).otherwise(nw.lit(0.0)),
            nw.when(papers).then(nw.col("make_up_days") / days).otherwise(nw.lit(0.0)),
        ),
        severity=nw.when(late).then(nw.lit(CARD.severity)).otherwise(nw.lit("paper")),
        since=nw.col("accepted_at").cast(nw.Date),
        until=nw.when(papers & nw.col("made_up_on").is_null())
        .then(nw.lit(data.as_of))
        .otherwise(nw.max_horizontal("until", "made_up_on")),
        keep=("application_id",),
        evidence=(
            evidence(
                data,
                APPLICATION,
                on="application_id",
                show=("programme", "urgency", "accepted_at", "decided_at", "decision", "due_at"),
            ),
            evidence(data, STEP, on="application_id", show=("finished_at", "label"), where=nw.col("step") == "make_up"),
        ),
        undecidable=judged.filter(
            (nw.col("late").is_null() & nw.col("limited")) | (nw.col("unmade").is_null() & nw.col("owed"))
        ).select("application_id"),
    )


def _decisions(data: Tables, policy: Policy) -> Frame:
    """Emergencies that were not withdrawn, with the time they took and `make_up_limit`."""
    asked = placed_applications(data).filter(
        (nw.col("programme") == "temporary_emergency") & (nw.col("decision").fill_null("") != "withdrawn")
    )
    asked = policy.in_force(asked, "make_up_days", on="accepted_at", into="make_up_limit")
    return timed_in_hours(data, policy, asked)


def _papers(data: Tables, asked: Frame) -> Frame:
    """Add `made_up_on`, `make_up_days`, `owed` and `unmade`: were the papers not made up in time?"""
    first = (
        data[STEP]
        .filter(nw.col("step") == "make_up")
        .select(  # the papers are there when the step is done; where nobody wrote that down, when it began
            "application_id",
            nw.coalesce(nw.col("finished_at"), nw.col("started_at")).cast(nw.Date).alias("made_up_on"),
            nw.coalesce(nw.col("finished_at_day"), nw.col("started_at_day")).alias("made_up_day"),
        )
        .filter(nw.col("made_up_day") <= data.as_of_day)  # what is entered for a later day has not been done yet
        .group_by("application_id")
        .agg(nw.col("made_up_on").min(), nw.col("made_up_day").min())
    )
    known = nw.lit(data.has(STEP))
    rows = asked.join(first, on="application_id", how="left").with_columns(
        nw.coalesce(nw.col("made_up_day"), nw.lit(data.as_of_day)).cast(nw.Int32).alias("made_day")
    )
    rows = data.calendar.working_days(rows, "decided_at", "made", into="make_up_days")
    owed = known & (nw.col("decision") == "approved") & (nw.col("make_up_limit_state") != -1)
    return rows.with_columns(
        owed.fill_null(value=False).alias("owed"),
        nw.when(owed & (nw.col("make_up_limit_state") == 1))
        .then(nw.col("make_up_days") > nw.col("make_up_limit"))
        .alias("unmade"),
    )
