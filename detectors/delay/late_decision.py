"""Was the household told the decision within the time allowed?

One lead per decided application past its limit (contract §5). A `due_at` stated by the source governs every programme;
otherwise the working days in force on acceptance. Emergencies have their own clock; withdrawn applications are exempt.
"""

import narwhals as nw

from casework.card import Card, Fact, Innocent, Wording, needs
from casework.clock import overrun, timed, undecidable
from casework.dataset import Tables
from casework.engine import Frame
from casework.lead import Leads, evidence, household_region, leads, placed_applications
from casework.listed import names
from casework.policy import Policy
from casework.tables import APPLICATION, STEP
from casework.text import Text

DAYS = Text("个工作日", "working days")

CARD = Card(
    scheme="late_decision",
    family="delay",
    subject="application",
    title=Text("超时办结(待核实)", "Decided past the limit (to verify)"),
    question=Text("这件申请是否在规定时限内办结?", "Was the application decided within the time allowed?"),
    folk=Text("久拖不决", "Dragging on"),
    rule="decision_days",
    other_rules=("posting_counts", "clock_stops"),
    needs=(needs(APPLICATION, "programme", "decided_at"),),
    either=(needs(APPLICATION, "accepted_at"), needs(APPLICATION, "due_at")),
    also_uses=(needs(APPLICATION, "accepted_at", "decision", "delegated", "extended", "extension_reason"), needs(STEP)),
    level="verify",
    severity="procedure",
    confidence=1.0,
    reason=Text(
        "疑似超时:受理至办结 {days} 个工作日,规定 {limit} 个工作日",
        "Possibly late: {days} working days to decide; the limit is {limit}",
    ),
    facts={
        "case": Fact(
            Text("时限依据", "Limit from"),
            words={
                "decision_days": Text("受理当日有效的规定", "the rule in force on acceptance"),
                "due_at": Text("来源系统写明的期限", "the date stated by the source system"),
            },
        ),
        "accepted_at": Fact(Text("受理", "Accepted")),
        "decided_at": Fact(Text("办结", "Decided")),
        "due_at": Fact(Text("来源系统期限", "Due, as the source states")),
        "days": Fact(Text("用时", "Time taken"), DAYS),
        "stopped": Fact(Text("停钟", "Clock stopped"), DAYS),
        "limit": Fact(Text("规定时限", "Limit"), DAYS),
        "lawfully_extended": Fact(Text("依规延期", "Lawfully extended")),
    },
    arithmetic=Text(
        "自 {accepted_at} 次日数至 {decided_at} 当日,调休计入,扣除停钟 {stopped} 个工作日,得 {days} 个工作日;"
        "受理当日有效的时限为 {limit} 个工作日;{days} > {limit}",
        "From the day after {accepted_at} up to and including {decided_at}, make-up days counted and {stopped} stopped"
        " days taken off: {days} working days; the limit in force on acceptance is {limit}; {days} > {limit}",
    ),
    cases={
        "due_at": Wording(
            Text(
                "疑似超时:{decided_at} 办结,来源系统写明应于 {due_at} 前办结",
                "Possibly late: decided {decided_at}; the source system states it was due {due_at}",
            ),
            Text(
                "来源系统写明期限的,以该期限为准:办结 {decided_at} 晚于 {due_at}",
                "Where the source system states a due date, that governs: decided {decided_at}, after {due_at}",
            ),
        )
    },
    innocent=(
        Innocent(
            Text("有所列情形之一,依规延期", "Lawfully extended for one of the listed reasons"),
            (needs(APPLICATION, "extended", "extension_reason"),),
        ),
        Innocent(
            Text("公示有异议,调查期间停钟", "An objection stopped the clock while it was looked into"), (needs(STEP),)
        ),
        Innocent(
            Text("跨法定节假日,工作日不足", "A holiday in between: fewer working days than it seems"),
            (needs(APPLICATION, "accepted_at"),),
        ),
        Innocent(Text("申请人补正材料或请求延后", "The applicant handed in papers late or asked for time")),
        Innocent(Text("实际按时办结,系统补录在后", "Decided in time, entered in the system later")),
    ),
    verify=Text(
        "核对受理通知书、延期审批单、公示记录与确认文书的日期",
        "Compare the dates on the notice of acceptance, the extension form, the posting record and the decision",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per decided application past its limit; score grows with the overrun."""
    decided = placed_applications(data).filter(
        ~nw.col("decided_at").is_null() & (nw.col("decision").fill_null("") != "withdrawn")
    )
    judged = timed(data, policy, decided)
    late = household_region(data, judged.filter(nw.col("late")), otherwise="region_code")
    return leads(
        CARD,
        late.with_columns(nw.col("governed").alias("case")),
        subject="application_no",
        facts=tuple(CARD.facts),
        score=overrun(),
        since=nw.col("accepted_at").cast(nw.Date),
        until=nw.col("decided_at").cast(nw.Date),
        keep=("application_id",),
        evidence=(
            evidence(
                data,
                APPLICATION,
                on="application_id",
                show=("programme", "delegated", "extended", "extension_reason", "accepted_at", "decided_at", "due_at"),
            ),
            evidence(
                data,
                STEP,
                on="application_id",
                show=("finished_at", "label"),
                where=nw.col("step").is_in(names(policy, "clock_stops")),
            ),
        ),
        undecidable=nw.concat([undecidable(judged).select("application_id"), _undated(data)]),
    )


def _undated(data: Tables) -> Frame:
    """Decisions whose day is not known: no clock can time them."""
    decided = nw.col("decision").is_in(["approved", "refused"]) & nw.col("decided_at").is_null()
    emergency = nw.col("programme").fill_null("") == "temporary_emergency"
    return placed_applications(data).filter(decided & ~emergency).select("application_id")
