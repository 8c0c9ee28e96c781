"""Which applications are still undecided though their time has run out?

One lead per open application past its limit at the end of `as_of` (contract §5). A due moment within the day of `as_of`
has passed by its end; a due date that is that very day has not. Emergencies have their own clock.
"""

import narwhals as nw

from casework.card import Card, Fact, Innocent, Wording, needs
from casework.clock import overrun, timed, undecidable
from casework.dataset import Tables
from casework.lead import Leads, evidence, household_region, leads, placed_applications
from casework.listed import names
from casework.policy import Policy
from casework.tables import APPLICATION, STEP
from casework.text import Text

DAYS = Text("个工作日", "working days")

CARD = Card(
    scheme="open_overdue",
    family="delay",
    subject="application",
    title=Text("逾期未办结(待核实)", "Undecided past the limit (to verify)"),
    question=Text("这件申请尚未办结,时限是否已过?", "The application is undecided: has its time run out?"),
    folk=Text("石沉大海", "No answer"),
    rule="decision_days",
    other_rules=("posting_counts", "clock_stops"),
    needs=(needs(APPLICATION, "programme", "decided_at"),),
    either=(needs(APPLICATION, "accepted_at"), needs(APPLICATION, "due_at")),
    also_uses=(needs(APPLICATION, "accepted_at", "decision", "delegated", "extended", "extension_reason"), needs(STEP)),
    level="verify",
    severity="procedure",
    confidence=1.0,
    reason=Text(
        "疑似逾期:受理至数据截止日 {until} 已 {days} 个工作日尚未办结,规定 {limit} 个工作日",
        "Possibly overdue: undecided {days} working days after acceptance, as of {until}; the limit is {limit}",
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
        "until": Fact(Text("数据截止日", "Data as of")),
        "due_at": Fact(Text("来源系统期限", "Due, as the source states")),
        "days": Fact(Text("已用时", "Time taken so far"), DAYS),
        "stopped": Fact(Text("停钟", "Clock stopped"), DAYS),
        "limit": Fact(Text("规定时限", "Limit"), DAYS),
        "lawfully_extended": Fact(Text("依规延期", "Lawfully extended")),
    },
    arithmetic=Text(
        "自 {accepted_at} 次日数至数据截止日 {until},调休计入,扣除停钟 {stopped} 个工作日,得 {days} 个工作日;"
        "受理当日有效的时限为 {limit} 个工作日;{days} > {limit}",
        "From the day after {accepted_at} up to and including {until}, make-up days counted and {stopped} stopped days"
        " taken off: {days} working days; the limit in force on acceptance is {limit}; {days} > {limit}",
    ),
    cases={
        "due_at": Wording(
            Text(
                "疑似逾期:来源系统写明应于 {due_at} 前办结,至数据截止日 {until} 结束仍未办结",
                "Possibly overdue: the source system states it was due {due_at}; undecided at the end of {until}",
            ),
            Text(
                "来源系统写明期限的,以该期限为准:{due_at} 早于数据截止日 {until} 结束之时",
                "Where the source system states a due date, that governs: {due_at} is before the end of {until}",
            ),
        )
    },
    innocent=(
        Innocent(
            Text("有所列情形之一,依规延期", "Lawfully extended for one of the listed reasons"),
            (needs(APPLICATION, "extended", "extension_reason"),),
        ),
        Innocent(
            Text("公示有异议,调查期间停钟", "An objection stops the clock while it is looked into"), (needs(STEP),)
        ),
        Innocent(
            Text("跨法定节假日,工作日不足", "A holiday in between: fewer working days than it seems"),
            (needs(APPLICATION, "accepted_at"),),
        ),
        Innocent(Text("已撤回申请", "The application was withdrawn"), (needs(APPLICATION, "decision"),)),
        Innocent(Text("已办结而系统未录入", "Decided, but not yet entered in the system")),
    ),
    verify=Text(
        "向经办部门核实目前停在哪个环节、是否已有延期审批或书面告知",
        "Ask the office at which step it rests, and for an extension form or a written notice",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per undecided application past its limit; score grows with the overrun."""
    undecided = placed_applications(data).filter(nw.col("decided_at").is_null() & nw.col("decision").is_null())
    judged = timed(data, policy, undecided)
    late = household_region(data, judged.filter(nw.col("late")), otherwise="region_code")
    return leads(
        CARD,
        late.with_columns(nw.col("governed").alias("case")),
        subject="application_no",
        facts=tuple(CARD.facts),
        score=overrun(),
        since=nw.col("accepted_at").cast(nw.Date),
        until=nw.col("until"),
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
        undecidable=undecidable(judged),
    )
