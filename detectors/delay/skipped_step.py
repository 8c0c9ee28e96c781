"""Was the application approved without a step that the rules require?

Contract §5, one lead an application and step: a required step in force on acceptance has no row; or, of its home
visits, none was made by as many investigators as required (a matter of paper, half sure). A place may require a step
only where someone objected. A source that never names a second investigator says nothing of how many there were.
"""

from typing import Final

import narwhals as nw

from casework.card import Card, Fact, Innocent, Wording, needs
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import Leads, evidence, household_region, kept, leads, placed_applications
from casework.listed import names, required
from casework.policy import Policy
from casework.tables import APPLICATION, STEP
from casework.text import Text

STEP_WORDS: Final = {option.code: option.label for option in STEP["step"].options}
PERSONS: Final = Text("人", "persons")
ONE_VISITOR: Final = 0.5  # confidence (contract §5): the second name may simply not have been entered
NOBODY: Final = nw.col("application_id").is_null()  # no application lacks its key

CARD = Card(
    scheme="skipped_step",
    family="delay",
    subject="application",
    title=Text("必经环节缺失(待核实)", "A required step is missing (to verify)"),
    question=Text("获批申请的必经环节是否都办理了?", "Was every required step of the approved application taken?"),
    folk=Text("走过场、跳环节", "Steps skipped"),
    rule="required_steps",
    other_rules=("visit_investigators",),
    needs=(needs(APPLICATION, "programme", "accepted_at", "decision"), needs(STEP)),
    also_uses=(needs(STEP, "actor_id_no", "second_actor_id_no"),),
    level="verify",
    severity="procedure",
    confidence=0.9,
    reason=Text(
        "疑似缺少必经环节:已获批,未见{step}的记录",
        "Possibly skipped: approved, with no record of this step: {step}",
    ),
    facts={
        "case": Fact(
            Text("情形", "What was seen"),
            words={
                "absent": Text("没有该环节的记录", "no record of the step"),
                "investigators": Text("入户人数不足", "fewer investigators than required"),
            },
        ),
        "step": Fact(Text("环节", "Step"), words=STEP_WORDS),
        "accepted_at": Fact(Text("受理", "Accepted")),
        "decided_at": Fact(Text("办结", "Decided")),
        "objection": Fact(Text("公示有异议", "Objection to the notice")),
        "investigators": Fact(
            Text("入户人数", "Investigators named"), PERSONS, absent=Text("不适用", "does not apply")
        ),
        "wanted": Fact(Text("应有人数", "Investigators required"), PERSONS, absent=Text("不适用", "does not apply")),
    },
    arithmetic=Text(
        "受理当日({accepted_at})有效的规定要求{step};该申请 {decided_at} 获批,其办理环节中没有这一环节",
        "The rule in force on acceptance ({accepted_at}) requires this step: {step}; approved {decided_at}, and none of"
        " the application's rows is this step",
    ),
    cases={
        "investigators": Wording(
            Text(
                "疑似入户人数不足:{step}仅记录 {investigators} 人,规定 {wanted} 人",
                "Possibly too few investigators ({step}): {investigators} named; {wanted} are required",
            ),
            Text(
                "该申请({accepted_at} 受理,{decided_at} 获批)的{step},记录的经办人最多一次为 {investigators} 人,"
                "少于规定的 {wanted} 人",
                "Accepted {accepted_at}, approved {decided_at}; of its rows ({step}) the fullest names {investigators}"
                " persons, fewer than the {wanted} required",
            ),
        )
    },
    rests_on={"investigators": ("visit_investigators",)},
    innocent=(
        Innocent(
            Text("当地流程不要求该环节,或无异议不评议", "The place does not require the step, or only on objection"),
            (needs(STEP),),
        ),
        Innocent(Text("急难救助先行救助", "Emergency aid: help first"), (needs(APPLICATION, "programme"),)),
        Innocent(
            Text("另一次入户人数已足", "Another visit had enough investigators"),
            (needs(STEP, "actor_id_no", "second_actor_id_no"),),
        ),
        Innocent(Text("环节已办理,仅有纸质材料,系统未录入", "Done on paper, never entered in the system")),
        Innocent(Text("第二名调查人员未录入系统", "The second investigator was not entered")),
    ),
    verify=Text(
        "调取该环节的纸质材料:授权书、核对报告、入户调查表、公示照片、审核确认表",
        "Ask for the step's papers: authorisation, data-check report, visit form, posting photographs, confirmation",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per application and step; ordered by how many of its steps are missing."""
    approved = placed_applications(data).filter(nw.col("decision") == "approved")
    asked = required(data, policy, approved)
    absent = _absent(data, policy, asked)
    few, unknown = _few(data, policy, asked)
    shared = ["application_id", "step", "case", "investigators", "wanted", "missing"]
    found = nw.concat([absent.select(*shared), few.select(*shared)])
    shown = household_region(
        data, asked.join(found, on="application_id", how="inner"), otherwise="region_code"
    ).with_columns(nw.coalesce(nw.col("decided_at"), nw.col("accepted_at")).alias("end"))
    thin = nw.col("case") == "investigators"
    return leads(
        CARD,
        shown,
        subject="application_no",
        part=nw.col("step"),
        facts=tuple(CARD.facts),
        score=nw.when(thin).then(nw.lit(ONE_VISITOR)).otherwise(nw.col("missing")),
        severity=nw.when(thin).then(nw.lit("paper")).otherwise(nw.lit(CARD.severity)),
        confidence=nw.when(thin).then(nw.lit(ONE_VISITOR)).otherwise(nw.lit(CARD.confidence)),
        since=nw.min_horizontal("accepted_at", "end").cast(nw.Date),
        until=nw.max_horizontal("accepted_at", "end").cast(nw.Date),
        keep=("application_id", "step", "case"),
        evidence=(
            evidence(
                data, APPLICATION, on="application_id", show=("programme", "accepted_at", "decided_at", "decision")
            ),
            evidence(
                data,
                STEP,
                on="application_id",
                show=("finished_at", "actor_id_no", "second_actor_id_no", "label"),
                where=(kept("case") == "absent") | (nw.col("step") == kept("step")),
            ),
        ),
        undecidable=nw.concat(
            [asked.filter(nw.col("needs_state") == 0).select("application_id"), unknown.select("application_id")]
        ),
    )


def _absent(data: Tables, policy: Policy, asked: Frame) -> Frame:
    """Each required step without a row, with how many steps of its application are `missing`."""
    steps = names(policy, "required_steps")
    if not steps:
        return _shaped(asked.filter(NOBODY), "", "absent")
    rows = data.milestone.select("application_id", *(f"{step}_rows" for step in steps))
    joined = asked.select("application_id", *(f"needs_{step}" for step in steps)).join(
        rows, on="application_id", how="left"
    )
    lacks = {step: nw.col(f"needs_{step}") & (nw.col(f"{step}_rows").fill_null(0) == 0) for step in steps}
    missing = sum((nw.when(lack).then(nw.lit(1)).otherwise(nw.lit(0)) for lack in lacks.values()), nw.lit(0))
    some = once(joined.with_columns(missing.alias("missing")).filter(nw.col("missing") > 0))
    return nw.concat([_shaped(some.filter(lack), step, "absent") for step, lack in lacks.items()])


def _few(data: Tables, policy: Policy, asked: Frame) -> tuple[Frame, Frame]:
    """Required home visits of which none had enough investigators; and those that cannot be counted."""
    can = data.has(STEP, "actor_id_no", "second_actor_id_no") and "home_visit" in names(policy, "required_steps")
    visited = asked.filter(nw.col("needs_home_visit") if can else NOBODY)
    one, other = nw.col("actor_person_id"), nw.col("second_actor_person_id")
    alone = one.is_null() | other.is_null() | (one == other)
    named = (
        nw.when(one.is_null() & other.is_null()).then(nw.lit(0)).when(alone).then(nw.lit(1)).otherwise(nw.lit(1) + 1)
    )
    visits = (
        data[STEP]
        .filter(nw.col("step") == "home_visit")
        .select("application_id", named.cast(nw.Int64).alias("named"))
        .group_by("application_id")
        .agg(nw.col("named").max().alias("investigators"), nw.col("named").min().alias("fewest"))
    )
    counted = visited.select("application_id", "programme", "region_code", "accepted_at_day").join(
        visits, on="application_id", how="inner"
    )
    judged = policy.in_force(counted, "visit_investigators", on="accepted_at", into="wanted")
    few = (nw.col("investigators") < nw.col("wanted")) & (nw.col("wanted_state") == 1)
    judged = once(judged.filter(few | (nw.col("wanted_state") == 0)))
    known = few & (nw.col("fewest") > 0)
    return (
        _shaped(judged.filter(known).with_columns(nw.lit(0).alias("missing")), "home_visit", "investigators"),
        judged.filter(~known | known.is_null()),
    )


def _shaped(rows: Frame, step: str, case: str) -> Frame:
    there = rows.collect_schema().names()
    numbers = [
        (nw.col(name) if name in there else nw.lit(None)).cast(nw.Int64).alias(name)
        for name in ("investigators", "wanted", "missing")
    ]
    return rows.select("application_id", nw.lit(step).alias("step"), nw.lit(case).alias("case"), *numbers)
