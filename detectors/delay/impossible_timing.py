"""Are there steps whose times cannot be true together?

Contract §5, one lead an application, its causes in the facts:

- a step of process_order started before acceptance, or unfinished at the decision (not asked of emergencies);
- decided before accepted;
- at least burst_size confirm steps of one actor, for different households, within its seconds (a minute);
- two required steps of one application finished by one actor within merge_minutes, unless the place's process_order
  lets both of them come at any time: there they are done side by side.

Equal moments are fine; where one of two is a bare date both are compared by date, and the last two rules take no bare
date at all. Withdrawn applications are exempt.
"""

from typing import Final

import narwhals as nw

from casework.card import Card, Fact, Innocent, needs
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import Leads, evidence, household_region, leads, placed_applications
from casework.listed import listed, names, objected
from casework.policy import Policy
from casework.tables import APPLICATION, STEP
from casework.text import Text

STEP_WORDS: Final = {option.code: option.label for option in STEP["step"].options}
NONE: Final = Text("无", "none")
# Causes that name steps, and the rule that says which.
BY_STEP: Final = {"early": "process_order", "unfinished": "process_order", "merged": "required_steps"}

CARD = Card(
    scheme="impossible_timing",
    family="delay",
    subject="application",
    title=Text("办理时间不合常理(待核实)", "Times that cannot be true (to verify)"),
    question=Text("各环节的时间先后能否同时成立?", "Can the times of the steps be true together?"),
    folk=Text("倒签、补录、批量点击", "Back-dating, entry after the fact, approval in bulk"),
    rule="process_order",
    other_rules=("required_steps", "burst_size", "merge_minutes"),
    needs=(needs(APPLICATION),),
    either=(needs(STEP), needs(APPLICATION, "decided_at")),
    also_uses=(
        needs(STEP, "finished_at", "actor_id_no"),
        needs(APPLICATION, "accepted_at", "decision", "household_no", "programme"),
    ),
    level="verify",
    severity="procedure",
    confidence=0.8,
    reason=Text("疑似时间不合常理:{causes}", "Times that may not be true: {causes}"),
    facts={
        "causes": Fact(
            Text("情形", "What was seen"),
            words={
                "early": Text("环节早于受理", "a step before acceptance"),
                "unfinished": Text("办结时环节尚未完成", "a step unfinished at the decision"),
                "decided_first": Text("办结早于受理", "decided before accepted"),
                "burst": Text("同一经办人在极短时间内确认多户", "one person confirmed many households at once"),
                "merged": Text("同一经办人几乎同时办结两个必经环节", "one person finished two required steps at once"),
            },
            many=True,
        ),
        "accepted_at": Fact(Text("受理", "Accepted")),
        "decided_at": Fact(Text("办结", "Decided"), absent=Text("尚未", "not yet")),
        "early": Fact(Text("早于受理的环节", "Steps before acceptance"), words=STEP_WORDS, many=True, absent=NONE),
        "unfinished": Fact(
            Text("办结时未完成的环节", "Steps unfinished at the decision"), words=STEP_WORDS, many=True, absent=NONE
        ),
        "merged": Fact(Text("几乎同时办结的环节", "Steps finished at once"), words=STEP_WORDS, many=True, absent=NONE),
        "together": Fact(Text("同时确认户数", "Households confirmed at once"), Text("户", "households"), absent=NONE),
        "seconds": Fact(Text("集中确认的时间窗", "Window of a burst"), Text("秒", "seconds")),
        "minutes": Fact(Text("视为同时的间隔", "Gap that counts as at once"), Text("分钟", "minutes")),
    },
    arithmetic=Text(
        "受理 {accepted_at},办结 {decided_at};早于受理:{early};办结时未完成:{unfinished};"
        "同一经办人 {minutes} 分钟内办结:{merged};同一经办人 {seconds} 秒内确认户数:{together}",
        "Accepted {accepted_at}, decided {decided_at}; before acceptance: {early}; unfinished at the decision:"
        " {unfinished}; finished by one person within {minutes} minutes: {merged}; households confirmed by one person"
        " within {seconds} seconds: {together}",
    ),
    rests_on={
        "early": ("process_order",),
        "unfinished": ("process_order",),
        "burst": ("burst_size",),
        "merged": ("required_steps", "merge_minutes"),
    },
    innocent=(
        Innocent(
            Text("只记日期,同日先后无从判断", "Only dates are known: the order within a day says nothing"),
            (needs(APPLICATION, "accepted_at"),),
        ),
        Innocent(
            Text("当地允许环节并行或调整先后", "The place lets steps run side by side or in another order"),
            (needs(STEP, "finished_at"),),
        ),
        Innocent(Text("急难救助先行救助、后补手续", "Emergency aid: help first, papers after"), (needs(STEP),)),
        Innocent(Text("纸质先办,系统集中补录", "Done on paper in order, entered together later")),
        Innocent(Text("系统时钟有误或数据迁移", "A wrong system clock, or data moved between systems")),
    ),
    verify=Text(
        "对照纸质入户调查表、公示照片、审批签字的日期与系统操作日志",
        "Compare the dates on the visit form, the posting photographs and the signatures with the system's own log",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per application; ordered by how much of it cannot be true."""
    every = placed_applications(data)
    applications = every.filter(nw.col("decision").fill_null("") != "withdrawn")
    seen = nw.concat(
        [
            _out_of_order(data, policy, applications),
            _decided_first(applications),
            # A withdrawn case is not raised, but its confirmation happened.
            _bursts(data, policy, every),
            _merged(data, policy, applications),
        ]
    )
    window, gap = policy.tuning("burst_size", "seconds"), policy.tuning("merge_minutes")
    found = household_region(
        data, applications.join(_summed(policy, seen), on="application_id", how="inner"), otherwise="region_code"
    ).with_columns(
        nw.lit(window).alias("seconds"),
        nw.lit(gap).alias("minutes"),
        nw.coalesce(nw.col("decided_at"), nw.col("accepted_at")).alias("end"),
    )
    return leads(
        CARD,
        found,
        subject="application_no",
        facts=tuple(CARD.facts),
        score=nw.col("sightings") + nw.col("together").fill_null(0),
        since=nw.min_horizontal("accepted_at", "end").cast(nw.Date),
        until=nw.max_horizontal("accepted_at", "end").cast(nw.Date),
        keep=("application_id",),
        evidence=(
            evidence(data, APPLICATION, on="application_id", show=("programme", "accepted_at", "decided_at")),
            evidence(data, STEP, on="application_id", show=("finished_at", "actor_id_no", "label")),
        ),
    )


def _sighting(rows: Frame, cause: str, *, step: nw.Expr | None = None, together: nw.Expr | None = None) -> Frame:
    return rows.select(
        "application_id",
        nw.lit(cause).alias("cause"),
        (nw.lit("") if step is None else step).alias("step"),
        (nw.lit(None) if together is None else together).cast(nw.Int64).alias("together"),
    )


def _before(one: str, other: str) -> nw.Expr:
    """Is the first moment before the second? By date where either is a bare date."""
    by_day = nw.col(f"{one}_dated") | nw.col(f"{other}_dated")
    return nw.when(by_day).then(nw.col(f"{one}_day") < nw.col(f"{other}_day")).otherwise(nw.col(one) < nw.col(other))


def _decided_first(applications: Frame) -> Frame:
    return _sighting(applications.filter(_before("decided_at", "accepted_at")), "decided_first")


def _out_of_order(data: Tables, policy: Policy, applications: Frame) -> Frame:
    """Steps of process_order before acceptance, or unfinished at the decision."""
    steps = names(policy, "process_order")
    ends_known = data.has(STEP, "finished_at")
    asked_end = nw.lit(ends_known) & (nw.col("programme") != "temporary_emergency") & ~nw.col("decided_at").is_null()
    # The milestones tell which applications are worth reading step by step: never too few, bare dates lie at 00:00.
    early = nw.any_horizontal(
        nw.lit(value=False),
        *(nw.col(f"{step}_started_at") < nw.col("accepted_at") for step in steps),
        ignore_nulls=True,
    )
    open_end = nw.any_horizontal(
        nw.lit(value=False),
        *(nw.col(f"{step}_unfinished") > 0 for step in steps),
        *(nw.col(f"{step}_finished_at") > nw.col("decided_at") for step in steps),
        ignore_nulls=True,
    )
    suspects = (
        applications.join(data.milestone, on="application_id", how="inner")
        .filter(early | (asked_end & open_end))
        .select(
            "application_id",
            "programme",
            "region_code",
            *(f"{name}{tail}" for name in ("accepted_at", "decided_at") for tail in ("", "_dated", "_day")),
        )
    )
    rows = data[STEP].filter(nw.col("step").is_in(steps)).join(suspects, on="application_id", how="inner")
    rows = rows.with_columns(
        _before("started_at", "accepted_at").fill_null(value=False).alias("early"),
        (asked_end & (nw.col("finished_at").is_null() | _before("decided_at", "finished_at"))).alias("unfinished"),
    ).filter(nw.col("early") | nw.col("unfinished"))
    rows = listed(policy, rows, "process_order", on="accepted_at", into="ordered").filter(nw.col("ordered"))
    if set(steps) & set(names(policy, "process_order", "free")):  # a step that some place calls both: free wins
        rows = listed(policy, rows, "process_order", on="accepted_at", into="free", field="free")
        rows = rows.filter(~nw.col("free"))
    rows = once(rows)
    return nw.concat(
        [_sighting(rows.filter(nw.col(cause)), cause, step=nw.col("step")) for cause in ("early", "unfinished")]
    )


def _merged(data: Tables, policy: Policy, applications: Frame) -> Frame:
    """Required steps of one application that one actor finished within merge_minutes of another."""
    steps, gap = names(policy, "required_steps"), int(policy.tuning("merge_minutes") * 60)
    pairs = [(one, other) for place, one in enumerate(steps) for other in steps[place + 1 :]]
    close = nw.any_horizontal(
        nw.lit(value=False),
        *((nw.col(f"{a}_finished_epoch") - nw.col(f"{b}_finished_epoch")).abs() <= gap for a, b in pairs),
        *(nw.col(f"{step}_rows") > 1 for step in steps),  # only the last finish of a repeated step is in the milestone
        ignore_nulls=True,
    )
    suspects = applications.select("application_id", "programme", "region_code", "accepted_at_day").join(
        data.milestone.filter(close).select("application_id"), on="application_id", how="inner"
    )
    suspects = objected(data, suspects)
    rows = data[STEP].filter(
        nw.col("step").is_in(steps) & ~nw.col("finished_at_dated") & ~nw.col("actor_person_id").is_null()
    )
    rows = rows.select("application_id", "step", "finished_at_epoch", "actor_person_id").join(
        suspects, on="application_id", how="inner"
    )
    rows = listed(policy, rows, "required_steps", on="accepted_at", into="required")
    rows = listed(policy, rows.filter(nw.col("required")), "process_order", on="accepted_at", into="free", field="free")
    rows = once(rows)
    others = rows.select(
        "application_id",
        "actor_person_id",
        nw.col("step").alias("other_step"),
        nw.col("free").alias("other_free"),
        nw.col("finished_at_epoch").alias("other_epoch"),
    )
    both = rows.join(others, on=["application_id", "actor_person_id"], how="inner").filter(
        (nw.col("step") != nw.col("other_step"))
        & ~(nw.col("free") & nw.col("other_free"))
        & ((nw.col("finished_at_epoch") - nw.col("other_epoch")).abs() <= gap)
    )
    return _sighting(both, "merged", step=nw.col("step"))


def _bursts(data: Tables, policy: Policy, applications: Frame) -> Frame:
    """Confirmations of one actor that stand so close together that nobody can have read the cases."""
    size, window = int(policy.tuning("burst_size")), int(policy.tuning("burst_size", "seconds"))
    done = nw.col("finished_at").is_null()
    acts = (
        data[STEP]
        .filter((nw.col("step") == "confirm") & ~nw.col("actor_person_id").is_null())
        .select(
            "application_id",
            "actor_person_id",
            nw.when(done).then(nw.col("started_at_dated")).otherwise(nw.col("finished_at_dated")).alias("dated"),
            nw.when(done).then(nw.col("started_at_epoch")).otherwise(nw.col("finished_at_epoch")).alias("epoch"),
        )
        .filter(~nw.col("dated"))
        .with_columns((nw.col("epoch") // window).alias("slot"))
    )
    # A window touches at most two slots, so one of them holds at least half of the burst.
    crowded = acts.group_by("actor_person_id", "slot").agg(nw.len().alias("acts")).filter(nw.col("acts") * 2 >= size)
    near = nw.concat([crowded.select("actor_person_id", nw.col("slot") + shift) for shift in (-1, 0, 1)]).unique()
    acts = once(
        acts.join(near, on=["actor_person_id", "slot"], how="inner").join(
            applications.select("application_id", "household_id"), on="application_id", how="inner"
        )
    )
    after = acts.select("actor_person_id", "application_id", "household_id", nw.col("epoch").alias("at"))
    windows = once(
        acts.select("actor_person_id", "epoch")
        .unique()
        .join(after, on="actor_person_id", how="inner")
        .filter((nw.col("at") >= nw.col("epoch")) & (nw.col("at") - nw.col("epoch") <= window))
    )
    bursts = (
        windows.group_by("actor_person_id", "epoch")
        .agg(nw.col("household_id").n_unique().cast(nw.Int64).alias("together"))
        .filter(nw.col("together") >= size)
    )
    caught = windows.join(bursts, on=["actor_person_id", "epoch"], how="inner")
    return _sighting(caught, "burst", together=nw.col("together"))


def _summed(policy: Policy, seen: Frame) -> Frame:
    """One row an application: its causes and their steps as `;`-lists, `together`, and how many `sightings`."""
    one = nw.lit(1)
    each = seen.group_by("application_id", "cause", "step").agg(nw.col("together").max())
    causes = {f"is_{cause}": cause for cause in CARD.facts["causes"].words}
    ruled = {cause: set(names(policy, rule)) for cause, rule in BY_STEP.items()}
    steps = {cause: {f"{cause}_{step}": step for step in STEP_WORDS if step in ruled[cause]} for cause in BY_STEP}
    flags = [nw.when(nw.col("cause") == cause).then(one).max().alias(flag) for flag, cause in causes.items()]
    flags += [
        nw.when((nw.col("cause") == cause) & (nw.col("step") == step)).then(one).max().alias(flag)
        for cause, named in steps.items()
        for flag, step in named.items()
    ]
    counts = (nw.col("together").max(), nw.len().cast(nw.Int64).alias("sightings"))
    return (
        each.group_by("application_id")
        .agg(*counts, *flags)
        .select(
            "application_id",
            "together",
            "sightings",
            _names(causes).alias("causes"),
            *(_names(named).alias(cause) for cause, named in steps.items()),
        )
    )


def _names(flags: dict[str, str]) -> nw.Expr:
    """The names of the flags that are set, as a `;`-list."""
    said = [nw.when(nw.col(flag) == 1).then(nw.lit(name)) for flag, name in flags.items()]
    return nw.concat_str(nw.lit(""), *said, separator=";", ignore_nulls=True)
