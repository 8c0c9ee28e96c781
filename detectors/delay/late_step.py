"""Did a step of the case take longer than that step may take?

Contract §5, one lead an application and step, by the working days of step_days in force on acceptance, each from its
`since` to its `until`:

- of several rows of a step the one that starts first counts, of postings the last to finish; rows of one day of which
  one is a bare date may each be the first;
- a step begun and not finished runs to the decision (where the decision starts its clock: to as_of);
- a step that never came runs to as_of. It counts only where required_steps names it and the case was not approved:
  of an approved case it is a skipped step.

Where an end is not known (a posting's, a decision's day, which of two rows came first) a step is late if it is so
however that falls, and undecidable if it might be. What stopped the clock within the step's own time is taken off.
Withdrawn applications and emergencies are exempt.
"""

from typing import Final

import narwhals as nw

from casework.card import Card, Fact, Innocent, Wording, needs
from casework.clock import stops
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import Leads, evidence, household_region, kept, leads, placed_applications
from casework.listed import names, required
from casework.policy import Policy
from casework.tables import APPLICATION, STEP
from casework.text import Text

DAYS: Final = Text("个工作日", "working days")
STEP_WORDS: Final = {option.code: option.label for option in STEP["step"].options}
OWN: Final = {"accepted_at": Text("受理", "acceptance"), "decided_at": Text("办结", "the decision")}
ENDS: Final = {
    f"{code}.finished_at": Text(f"{word.zh}结束", f"the end of: {word.en}") for code, word in STEP_WORDS.items()
}

CARD = Card(
    scheme="late_step",
    family="delay",
    subject="application",
    title=Text("环节超时(待核实)", "A step past its limit (to verify)"),
    question=Text("每个环节是否在规定时限内办理?", "Was each step taken within the time allowed for it?"),
    folk=Text("环节拖延", "Dragging at one step"),
    rule="step_days",
    other_rules=("required_steps", "clock_stops", "posting_counts"),
    needs=(needs(APPLICATION, "programme", "accepted_at", "decision"), needs(STEP)),
    also_uses=(needs(STEP, "finished_at"), needs(APPLICATION, "decided_at", "delegated")),
    level="verify",
    severity="procedure",
    confidence=0.95,
    reason=Text(
        "疑似环节超时({step}):自{since}起用时 {days} 个工作日,规定 {limit} 个工作日",
        "Possibly a late step ({step}): {days} working days since {since}; the limit is {limit}",
    ),
    facts={
        "case": Fact(
            Text("情形", "What was seen"),
            words={
                "came": Text("已办理,超过时限", "taken, past its limit"),
                "running": Text("已开始,未见结束", "begun, with no end"),
                "never": Text("至数据截止日未办理", "not taken by the day of the data"),
            },
        ),
        "step": Fact(Text("环节", "Step"), words=STEP_WORDS),
        "since": Fact(Text("起算", "Runs from"), words={**OWN, **ENDS}),
        "since_on": Fact(Text("起算日期", "Runs from, date")),
        "until_on": Fact(Text("算至日期", "Runs to, date")),
        "days": Fact(Text("用时", "Time taken"), DAYS),
        "stopped": Fact(Text("停钟", "Clock stopped"), DAYS),
        "limit": Fact(Text("规定时限", "Limit"), DAYS),
    },
    arithmetic=Text(
        "自{since}({since_on})次日数至 {until_on} 当日,调休计入,扣除停钟 {stopped} 个工作日,得 {days} 个工作日;"
        "受理当日有效的{step}时限为 {limit} 个工作日;{days} > {limit}",
        "From the day after {since} ({since_on}) up to and including {until_on}, make-up days counted and {stopped}"
        " stopped days taken off: {days} working days; the limit in force on acceptance ({step}) is {limit};"
        " {days} > {limit}",
    ),
    cases={
        "running": Wording(
            Text(
                "疑似环节超时({step}):自{since}起已 {days} 个工作日未见结束,规定 {limit} 个工作日",
                "Possibly a late step ({step}): no end {days} working days after {since}; the limit is {limit}",
            ),
            Text(
                "该环节没有结束时间,自{since}({since_on})次日数至 {until_on} 当日(有办结的至办结,否则至数据截止日),"
                "扣除停钟 {stopped} 个工作日,得 {days} 个工作日;受理当日有效的{step}时限为 {limit} 个工作日",
                "The step has no end: from the day after {since} ({since_on}) up to and including {until_on} (the"
                " decision, else the day of the data), {stopped} stopped days taken off: {days} working days; the limit"
                " in force on acceptance ({step}) is {limit}",
            ),
        ),
        "never": Wording(
            Text(
                "疑似环节超时({step}):自{since}起已 {days} 个工作日未办理,规定 {limit} 个工作日",
                "Possibly a late step ({step}): not taken {days} working days after {since}; the limit is {limit}",
            ),
            Text(
                "该环节没有记录,自{since}({since_on})次日数至数据截止日 {until_on},扣除停钟 {stopped} 个工作日,"
                "得 {days} 个工作日;受理当日有效的{step}时限为 {limit} 个工作日",
                "The step has no row: from the day after {since} ({since_on}) up to the day of the data {until_on},"
                " {stopped} stopped days taken off: {days} working days; the limit in force on acceptance ({step}) is"
                " {limit}",
            ),
        ),
    },
    innocent=(
        Innocent(
            Text("当地先核对后受理,环节早于起算点", "The place checks before acceptance: the step came earlier"),
            (needs(STEP),),
        ),
        Innocent(
            Text("公示有异议,调查期间停钟", "An objection stopped the clock while it was looked into"), (needs(STEP),)
        ),
        Innocent(Text("退回后重办,以首次办理为准", "Sent back and taken again: the first time counts"), (needs(STEP),)),
        Innocent(Text("部门核对系统故障或接口中断", "The departments' matching system was down")),
        Innocent(Text("实际按时办理,系统补录在后", "Taken in time, entered in the system later")),
    ),
    verify=Text(
        "核对该环节的纸质日期与系统操作日志,问明停在哪个岗位",
        "Compare the dates on the step's papers with the system's own log; ask at which desk it rested",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per application and step past its limit; score grows with the overrun."""
    applications = placed_applications(data).filter(
        (nw.col("decision").fill_null("") != "withdrawn") & (nw.col("programme").fill_null("") != "temporary_emergency")
    )
    came = data.shared(f"late_step:{policy.digest}", lambda: _came(data, policy))
    columns = ("application_id", "programme", "region_code", "decision", "delegated", "accepted_at_day")
    cases = applications.select(*columns, "decided_at_day")
    rows = cases.join(nw.concat([came, *_never(data, policy, applications)]), on="application_id", how="inner")
    timed = once(_timed(data, policy, rows, came))
    late = _stopped(data, policy, timed.filter(nw.col("days") > nw.col("limit")))
    late = data.calendar.dates(data.calendar.dates(late, "since_day", into="since_on"), "end_day", into="until_on")
    shown = applications.select("application_id", "application_no", "household_id", "region_code").join(
        late.select("application_id", *CARD.facts), on="application_id", how="inner"
    )
    allowed = nw.when(nw.col("limit") > 0).then(nw.col("limit")).otherwise(nw.lit(1))
    return leads(
        CARD,
        household_region(data, shown, otherwise="region_code").with_columns(
            nw.col("since").str.replace_all(".finished_at", "", literal=True).alias("from_step")
        ),
        subject="application_no",
        part=nw.col("step"),
        facts=tuple(CARD.facts),
        score=nw.col("days") / allowed,
        since=nw.col("since_on"),
        until=nw.col("until_on"),
        keep=("application_id", "step", "from_step"),
        evidence=(
            evidence(
                data,
                APPLICATION,
                on="application_id",
                show=("programme", "delegated", "accepted_at", "decided_at", "decision"),
            ),
            evidence(
                data,
                STEP,
                on="application_id",
                show=("finished_at", "label"),
                where=(nw.col("step") == kept("step"))
                | (nw.col("step") == kept("from_step"))
                | nw.col("step").is_in(names(policy, "clock_stops")),
            ),
        ),
        undecidable=timed.filter(nw.col("unknown")).select("application_id", "step"),
    )


def _limited(policy: Policy) -> list[str]:
    """Every step that step_days limits anywhere."""
    return sorted({str(entry.scope["step"]) for entry in policy.rule("step_days").entries if "step" in entry.scope})


def _usual(policy: Policy) -> dict[str, tuple[str, str]]:
    """From what to what each step runs where a local entry gives only the number of days."""
    said = sorted(policy.rule("step_days").entries, key=lambda entry: (entry.from_, not entry.origin))
    return {
        str(entry.scope["step"]): (entry.fields["since"], entry.fields["until"])
        for entry in said
        if "step" in entry.scope and entry.fields.get("since") and entry.fields.get("until")
    }


def _after(policy: Policy) -> list[str]:
    """The steps whose end starts another step's clock."""
    said = {str(entry.fields.get("since")) for entry in policy.rule("step_days").entries}
    return sorted(name.removesuffix(".finished_at") for name in said & set(ENDS))


def _came(data: Tables, policy: Policy) -> Frame:
    """One row for each step taken and each application, of the rows that count.

    `started_day`; `finished_day` and `last_day`, the first and the last day it may have finished on, and `open`: a row
    has no end. As another step's beginning: `since_lo`, `since_hi` (null: nobody knows).
    """
    key = ["application_id", "step"]
    rows = data[STEP].filter(nw.col("step").is_in([*_limited(policy), *_after(policy)]))
    moment = nw.when(~nw.col("started_at_dated")).then(nw.col("started_at_epoch"))
    first = rows.group_by(key).agg(
        nw.col("started_at_day").min().alias("first_day"), moment.min().alias("first_moment")
    )
    counted = (
        rows.select(*key, "started_at_epoch", "started_at_dated", "started_at_day", "finished_at_day")
        .join(first, on=key, how="inner")
        .filter(
            (nw.col("step") == "posting")
            | (
                (nw.col("started_at_day") == nw.col("first_day"))
                & (nw.col("started_at_dated") | (nw.col("started_at_epoch") == nw.col("first_moment")))
            )
        )
    )
    endless = nw.col("finished_at_day").is_null()
    ends = counted.group_by(key).agg(
        nw.col("first_day").min().alias("started_day"),
        nw.col("finished_at_day").min().alias("first_end"),
        nw.col("finished_at_day").max().alias("last_day"),
        nw.when(endless).then(nw.lit(1)).otherwise(nw.lit(0)).max().alias("endless"),
        nw.when(endless).then(nw.col("started_at_day")).max().alias("endless_day"),
    )
    latest, known = nw.col("step") == "posting", nw.col("endless") == 0
    finished = nw.when(latest).then(nw.col("last_day")).otherwise(nw.col("first_end"))
    begun = nw.when(latest).then(nw.max_horizontal("last_day", "endless_day")).otherwise(nw.col("started_day"))
    return ends.select(
        *key,
        "started_day",
        finished.alias("finished_day"),
        "last_day",
        (~known).alias("open"),
        nw.when(known).then(finished).otherwise(begun).alias("since_lo"),
        nw.when(known).then(nw.col("last_day")).alias("since_hi"),
        nw.lit(value=True).alias("has_row"),
    )


def _never(data: Tables, policy: Policy, applications: Frame) -> list[Frame]:
    """Required steps with a limit that a case not approved has no row of."""
    undone = applications.filter(nw.col("decision").fill_null("") != "approved").select(
        "application_id", "programme", "region_code", "accepted_at_day"
    )
    asked = required(data, policy, undone)
    steps = sorted(set(_limited(policy)) & set(names(policy, "required_steps")))
    rows = data.milestone.select("application_id", *(f"{step}_rows" for step in steps))
    lacking = once(asked.join(rows, on="application_id", how="left"))
    nothing = nw.lit(None).cast(nw.Int32)
    days = ("started_day", "finished_day", "last_day")
    return [
        lacking.filter(nw.col(f"needs_{step}") & (nw.col(f"{step}_rows").fill_null(0) == 0)).select(
            "application_id",
            nw.lit(step).alias("step"),
            *(nothing.alias(name) for name in days),
            nw.lit(value=False).alias("open"),
            *(nothing.alias(name) for name in ("since_lo", "since_hi")),
            nw.lit(value=False).alias("has_row"),
        )
        for step in steps
    ]


def _timed(data: Tables, policy: Policy, rows: Frame, came: Frame) -> Frame:
    """Steps that are or may be late: `since`, `since_day`, `end_day`, `days`, `limit`, `unknown` (they only may be)."""
    judged = policy.in_force(rows.filter(nw.col("step").is_in(_limited(policy))), "step_days", on="accepted_at")
    judged = judged.filter(nw.col("limit_state") != -1)
    usual = _usual(policy)
    for place, name in enumerate(("since", "until")):
        judged = policy.in_force(judged, "step_days", on="accepted_at", into=f"said_{name}", field=name)
        default: nw.Expr = nw.lit(None).cast(nw.String)
        for step, bounds in usual.items():
            default = nw.when(nw.col("step") == step).then(nw.lit(bounds[place])).otherwise(default)
        judged = judged.with_columns(nw.coalesce(nw.col(f"said_{name}"), default).alias(name))
    accepted = nw.when(nw.col("since") == "accepted_at").then(nw.col("accepted_at_day"))
    own = accepted.when(nw.col("since") == "decided_at").then(nw.col("decided_at_day"))
    begun: dict[str, nw.Expr] = {"lo": own, "hi": own}
    due = (nw.col("since") == "accepted_at") | (
        (nw.col("since") == "decided_at") & ~(nw.col("decision").is_null() & nw.col("decided_at_day").is_null())
    )
    judged = judged.drop("since_lo", "since_hi")
    for step in _after(policy):
        ended = came.filter(nw.col("step") == step).select(
            "application_id",
            *(nw.col(f"since_{bound}").alias(f"{step}_{bound}") for bound in begun),
            nw.col("has_row").alias(f"{step}_row"),
        )
        judged = judged.join(ended, on="application_id", how="left")
        after = nw.col("since") == f"{step}.finished_at"
        begun = {
            bound: nw.when(after).then(nw.col(f"{step}_{bound}")).otherwise(other) for bound, other in begun.items()
        }
        due = due | (after & nw.col(f"{step}_row").fill_null(value=False))
    judged = judged.with_columns(*(day.alias(f"since_{bound}_day") for bound, day in begun.items()), *_ends(data))
    # The longest time it may have taken, then, of the few for which that is too long, the shortest.
    judged = data.calendar.working_days(judged, "since_lo", "end_hi", into="most")
    in_time = (nw.col("limit_state") == 1) & ((nw.col("most") <= nw.col("limit")) | ~due)
    few = once(judged.filter(~in_time.fill_null(value=False) & ((nw.col("limit_state") == 0) | due)))
    few = data.calendar.working_days(few, "since_hi", "end_lo", into="days")
    late = (nw.col("days") > nw.col("limit")).fill_null(value=False)
    return few.rename({"since_hi_day": "since_day", "end_lo_day": "end_day"}).with_columns((~late).alias("unknown"))


def _ends(data: Tables) -> tuple[nw.Expr, ...]:
    """On which day did the step end, at the earliest (`end_lo_day`; null: nobody knows) and latest; and its `case`."""
    by_end = nw.col("until") == "finished_at"
    ends_known = nw.lit(data.has(STEP, "finished_at"))
    as_of = nw.lit(data.as_of_day)
    dated = nw.when(nw.col("decision").is_null() | ~nw.col("decided_at_day").is_null())
    decided = dated.then(nw.coalesce(nw.col("decided_at_day"), as_of))
    running = nw.when(nw.col("since") == "decided_at").then(as_of).otherwise(decided)
    lo, hi = (
        nw.when(~nw.col("has_row"))
        .then(as_of)
        .when(~by_end)
        .then(nw.col("started_day"))
        .when(ends_known)
        .then(end)
        .cast(nw.Int32)
        for end in (
            nw.coalesce(nw.col("finished_day"), running),
            nw.when(nw.col("open")).then(nw.coalesce(running, as_of)).otherwise(nw.col("last_day")),
        )
    )
    case = (
        nw.when(~nw.col("has_row"))
        .then(nw.lit("never"))
        .when(by_end & nw.col("finished_day").is_null())
        .then(nw.lit("running"))
        .otherwise(nw.lit("came"))
    )
    return lo.alias("end_lo_day"), hi.alias("end_hi_day"), case.alias("case")


def _stopped(data: Tables, policy: Policy, late: Frame) -> Frame:
    """The late steps once what stopped the clock within their own time is taken off, as `stopped`."""
    counted = late.select(
        "application_id",
        "step",
        "programme",
        "region_code",
        "accepted_at_day",
        "since_day",
        "end_day",
        nw.coalesce(nw.col("decided_at_day"), nw.lit(data.as_of_day)).cast(nw.Int32).alias("until_day"),
    )
    rows = stops(data, policy, counted.drop("step", "since_day", "end_day").unique())
    if rows is None:
        return late.with_columns(nw.lit(0).cast(nw.Int64).alias("stopped"))
    key = ["application_id", "step"]
    within = counted.select(*key, "since_day", "end_day").join(rows.drop("step"), on="application_id", how="inner")
    within = within.with_columns(
        nw.max_horizontal("started_at_day", "since_day").alias("from_day"),
        nw.min_horizontal("ended_day", "end_day").alias("to_day"),
    ).filter(nw.col("to_day") > nw.col("from_day"))
    taken = (
        data.calendar.working_days(within, "from", "to", into="stopped")
        .group_by(key)
        .agg(nw.col("stopped").sum().cast(nw.Int64))
    )
    less = late.join(taken, on=key, how="left").with_columns(nw.col("stopped").fill_null(0))
    less = less.with_columns((nw.col("days") - nw.col("stopped")).alias("days"))
    return less.filter(nw.col("days") > nw.col("limit"))
