"""Did a special matter open a door that the facts kept shut?

Contract §5: an application with a special_tag, approved 0 to special_window_days days after the tag's day (without one:
after acceptance), while no data check was made although the rules require one, or Y was at or above the line, or an
exclude veto held on the acceptance day. Petitioning is a right: the tag itself weighs nothing, and is shown to
inspectors only; what is asked about is the approval. The line counts for programmes that have one, vetoes for all but
those to which facts entitle whatever one owns.
"""

import narwhals as nw

from casework.card import Card, Fact, Innocent, needs
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import Leads, evidence, kept, leads, placed_applications
from casework.means.acceptance import ITEM_FACT, ineligible, on_acceptance
from casework.means.figures import YEAR
from casework.policy import Policy
from casework.proof import of_statement
from casework.tables import APPLICATION, AWARD, BENEFICIARY, HOUSEHOLD, MATCH, MEANS, MEMBER, REGION, STEP
from casework.text import Text

DAYS = Text("天", "days")
YUAN_MONTH = Text("元/人·月", "yuan a person a month")
NONE = Text("无", "none")
CHECK = "data_check"

CARD = Card(
    scheme="special_grant",
    family="favoritism",
    subject="application",
    title=Text("特殊事项后不符条件获批(待核实)", "Approved on a special matter (to verify)"),
    question=Text(
        "与特殊事项有关的申请,是否未经核对或不符条件而很快获批?",
        "Did a special matter open a door that the facts kept shut?",
    ),
    folk=Text("特殊保", "Aid by special favour"),
    rule="special_window_days",
    other_rules=(
        "required_steps",
        "dibao_standard",
        "edge_multiplier",
        "veto",
        "deduction_cap",
        "disregard",
        "job_cost",
    ),
    needs=(needs(APPLICATION, "programme", "household_no", "accepted_at", "decided_at", "decision", "special_tag"),),
    either=(needs(STEP), needs(MEANS), needs(MATCH, "id_no", "kind")),
    also_uses=(
        needs(APPLICATION, "special_tagged_on"),
        needs(STEP),
        needs(MEANS),
        needs(MEMBER, "joined_on", "co_living"),
        needs(HOUSEHOLD, "region_code"),
        needs(REGION, "urban_rural"),
        needs(MATCH, "id_no", "kind", "from_on", "value", "detail"),
        needs(AWARD, "application_no", "single_person_basis"),
        needs(BENEFICIARY, "id_no", "from_month"),
    ),
    level="verify",
    severity="procedure",
    confidence=0.7,
    reason=Text(
        "疑似未经核实获批:特殊事项({tagged_on})之后 {days} 天获批({decided_at}),而{grounds}",
        "Possibly approved before its conditions were met: approved {decided_at}, {days} days after the special matter"
        " ({tagged_on}), while {grounds}",
    ),
    facts={
        "grounds": Fact(
            Text("情形", "Grounds"),
            words={
                "unchecked": Text("未见信息核对", "no data check is on record"),
                "income": Text("受理日收入不低于保障线", "income was not below the line on acceptance"),
                "veto": Text("受理日有一票否决事项", "a veto item held on acceptance"),
            },
            many=True,
        ),
        "programme": Fact(Text("救助类型", "Programme")),
        "tagged_on": Fact(Text("特殊事项之日", "Day of the special matter")),
        "accepted_at": Fact(Text("受理时间", "Accepted")),
        "decided_at": Fact(Text("审批时间", "Decided")),
        "days": Fact(Text("相隔天数", "Days between"), DAYS),
        "limit": Fact(Text("观察期", "Window"), DAYS),
        "as_of": Fact(Text("核定日期", "Statement of"), absent=NONE),
        "head_fen": Fact(Text("人均月收入", "A person a month"), YUAN_MONTH),
        "line_fen": Fact(Text("保障线", "Line"), YUAN_MONTH, absent=NONE),
        "item": ITEM_FACT,
    },
    arithmetic=Text(
        "{tagged_on} 至 {decided_at} 为 {days} 天,在观察期 {limit} 天内;情形:{grounds}",
        "{days} days from {tagged_on} to {decided_at}, within the window of {limit}; grounds: {grounds}",
    ),
    innocent=(
        Innocent(
            Text("已作信息核对且符合条件", "A data check was made and the household is eligible"),
            (needs(STEP), needs(MEANS, "item"), needs(MATCH, "kind")),
        ),
        Innocent(
            Text("急难救助依规可先行救助", "Emergency aid may lawfully come before the check"),
            (needs(APPLICATION, "programme"),),
        ),
        Innocent(
            Text("单人纳入保障,按边缘线衡量", "Single-person entry, judged by the edge line"),
            (needs(APPLICATION, "single_person_basis"),),
        ),
        Innocent(Text("核对已作而未录入系统", "The check was made and not entered")),
        Innocent(Text("特殊事项本身造成了困难,如失地", "The matter itself caused the hardship, such as land lost")),
    ),
    verify=Text(
        "调阅审批卷宗,核对授权核对、入户调查与审批依据;信访等特殊事项不影响申请人的权利",
        "Read the file: authorisation, check, home visit and the ground of approval. A petition takes no right away",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per application; more grounds first."""
    asked = once(_in_window(data, policy))
    within = once(asked.filter(nw.col("inside") == 1))
    facts, findings = on_acceptance(data, policy, within)
    known = once(_checked(data, policy, facts))
    unchecked = nw.col("unchecked") == 1
    over, barred = nw.col("over").fill_null(value=False), nw.col("veto_state") == 1
    grounds = [
        nw.when(ground).then(nw.lit(word))
        for word, ground in (("unchecked", unchecked), ("income", over), ("veto", barred))
    ]
    heads = nw.when(nw.col("n") > 0).then(nw.col("n") * YEAR)
    judged = known.with_columns(
        ineligible().alias("ineligible"),
        nw.concat_str(*grounds, separator=";", ignore_nulls=True).alias("grounds"),
        nw.sum_horizontal(
            *(nw.when(ground).then(nw.lit(1)).otherwise(nw.lit(0)) for ground in (unchecked, over, barred))
        ).alias("weight"),
        (nw.col("y_fen") // heads).alias("head_fen"),
        over.alias("too_rich"),
    )
    found = judged.filter(nw.col("weight") > 0)
    unsure = judged.filter((nw.col("weight") == 0) & (nw.col("ineligible").is_null() | (nw.col("unchecked") == 0)))
    return leads(
        CARD,
        found,
        subject="application_no",
        facts=tuple(CARD.facts),
        score=nw.col("weight"),  # how near the petition lay weighs nothing
        since=nw.col("tagged_on"),
        until=nw.col("decided_at"),
        keep=("application_id", "household_id", "statement_as_of_day", "too_rich"),
        evidence=(
            evidence(
                data,
                APPLICATION,
                on="application_id",
                show=("programme", "accepted_at", "decided_at", "decision", "special_tag", "special_tagged_on"),
            ),
            evidence(data, STEP, on="application_id", show=("finished_at", "actor_id_no")),
            of_statement(data),
            evidence(
                data, MEMBER, on="household_id", show=("relation", "co_living", "left_on"), where=kept("too_rich")
            ),
            findings,
        ),
        undecidable=nw.concat(
            [asked.filter(nw.col("inside") == 0).select("application_id"), unsure.select("application_id")]
        ),
    )


def _in_window(data: Tables, policy: Policy) -> Frame:
    """Tagged approvals with `tagged_on`, `days` to the decision, `limit`, and `inside`: 1 in the window, 0 unknown."""
    rows = placed_applications(data).filter((nw.col("decision") == "approved") & ~nw.col("special_tag").is_null())
    moments = [f"{name}{tail}" for name in ("accepted_at", "decided_at") for tail in ("", "_dated", "_day")]
    tagged = rows.select(
        *("application_id", "application_no", "programme", "household_id", "region_code", "single_person_basis"),
        *moments,
        nw.coalesce(nw.col("special_tagged_on"), nw.col("accepted_at").cast(nw.Date)).alias("tagged_on"),
        (nw.col("decided_at_day") - nw.coalesce(nw.col("special_tagged_on_day"), nw.col("accepted_at_day"))).alias(
            "days"
        ),
    )
    limited = policy.in_force(tagged, "special_window_days", on="accepted_at", into="limit")
    inside = (nw.col("days") >= 0) & (nw.col("days") <= nw.col("limit"))
    unknown = nw.col("days").is_null() | ((nw.col("days") >= 0) & (nw.col("limit_state") == 0))
    return limited.with_columns(
        nw.when(unknown)
        .then(nw.lit(0))
        .when(inside.fill_null(value=False))
        .then(nw.lit(1))
        .otherwise(nw.lit(-1))
        .alias("inside")
    ).filter(nw.col("inside") >= 0)


def _checked(data: Tables, policy: Policy, rows: Frame) -> Frame:
    """Add `unchecked`: 1 no data check is on record though one is required, 0 nobody knows whether it is, -1 else."""
    made = data[STEP].filter(nw.col("step") == CHECK).select("application_id", nw.lit(1).alias("made")).unique()
    asked = policy.in_force(rows, "required_steps", on="accepted_at", into="required", holding=CHECK)
    joined = asked.join(made, on="application_id", how="left")
    missing, required = nw.col("made").is_null(), nw.col("required").fill_null(value=False)
    told = nw.lit(data.has(STEP))  # without any steps nobody knows what was done
    return joined.with_columns(
        nw.when(missing & required & told)
        .then(nw.lit(1))
        .when(missing & (required | (nw.col("required_state") == 0)))
        .then(nw.lit(0))
        .otherwise(nw.lit(-1))
        .alias("unchecked")
    ).drop("made", "required", "required_state")
