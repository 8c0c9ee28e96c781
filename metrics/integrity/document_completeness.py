"""How many of the papers that must be in the file of an approved application are there?

Slots of document_checklist that are due by the decision (told, verified, approved; what comes later, and only where
there is occasion, is another matter), and of these the papers of a step only where that step is required. Filled: some
step of the application lists the paper. An application none of whose steps lists any paper is unknown, not empty.
"""

from typing import Final

import narwhals as nw

from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.lead import household_region, placed_applications
from casework.listed import names, required
from casework.policy import Policy
from casework.tables import APPLICATION, STEP
from casework.text import Text
from metrics import counts
from metrics.counts import Counts

BY_THE_DECISION: Final = ("told", "verified", "approved")

CARD = MetricCard(
    metric="document_completeness",
    area="integrity",
    kind="ratio",
    title=Text("文书齐全率", "Papers in the file"),
    question=Text(
        "获批申请应有的文书,有多少在案?", "How many of the papers an approved application must have are there?"
    ),
    formula=Text("已有文书份数 ÷ 应有文书份数", "papers there ÷ papers that must be there"),
    numerator=Text("获批申请各环节登记的应有文书份数", "papers due that some step of the application lists"),
    denominator=Text("获批申请到办结时应有的文书份数", "papers due by the decision of the approved applications"),
    exclusions=Text(
        "未获批的;没有必经环节规定的项目;不要求的环节的文书;办结之后的文书;一份文书也未登记的申请(不明)",
        "those not approved; programmes without required steps; papers of steps not required, or due after the"
        " decision; applications for which no paper at all is listed (unknown)",
    ),
    needs=(needs(APPLICATION, "programme", "accepted_at", "decided_at", "decision"), needs(STEP, "documents")),
    better="higher",
    reading=Text(
        "清单为演示值,各地应换成自己的;只看系统登记,纸质在案而未登记的显示为缺;小格按申请件数隐藏",
        "The checklist is a demonstration: put in your own. Only what the system lists counts; a paper in the folder"
        " that was not entered appears as missing. Small cells are judged by applications",
    ),
    rule="document_checklist",
    other_rules=("required_steps",),
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Papers there (part) of papers due (whole)."""
    return counts.ratio(rows(data, policy), "filled", "required")


def rows(data: Tables, policy: Policy) -> Frame:
    """The approved applications with `required`, `filled` and `missing` (slots); `in_part`: they can be counted."""
    approved = placed_applications(data).filter(nw.col("decision") == "approved", ~nw.col("decided_at").is_null())
    asked = required(data, policy, approved).filter(nw.col("needs_state") != -1)
    slots = _slots(policy)
    for slot in slots:
        asked = _due(policy, asked, slot)
    joined = asked.join(_listed(data, slots), on="application_id", how="left")
    there = {slot: nw.col(f"due_{slot}") & (nw.col(f"has_{slot}").fill_null(0) == 1) for slot in slots}
    absent = [
        nw.when(nw.col(f"due_{slot}") & (nw.col(f"has_{slot}").fill_null(0) == 0)).then(nw.lit(slot)) for slot in slots
    ]
    counted = household_region(data, joined, otherwise="region_code").with_columns(
        _number([nw.col(f"due_{slot}") for slot in slots]).alias("required"),
        _number(list(there.values())).alias("filled"),
        nw.concat_str(nw.lit(""), *absent, separator=";", ignore_nulls=True).str.slice(1).alias("missing"),
    )
    known = (nw.col("needs_state") == 1) & (nw.col("papers").fill_null(0) == 1)
    return counts.every(
        counted.select(
            nw.col("application_no").alias("subject"),
            "region_code",
            counts.month_of("decided_at"),
            "programme",
            nw.when(known).then(nw.lit(value=True)).alias("in_part"),
            *("accepted_at", "decided_at", "decision"),
            *(nw.when(known).then(nw.col(name)).alias(name) for name in ("required", "filled", "missing")),
        )
    )


def _slots(policy: Policy) -> list[str]:
    """The slots that the checklist puts before the decision anywhere, at any time."""
    entries = policy.rule("document_checklist").entries
    return sorted({str(entry.scope["slot"]) for entry in entries if entry.fields.get("stage") in BY_THE_DECISION})


def _due(policy: Policy, asked: Frame, slot: str) -> Frame:
    """Add `due_<slot>`: must the application have this paper by the decision?"""
    scope = {"slot": nw.lit(slot)}
    asked = policy.in_force(asked, "document_checklist", on="accepted_at", into="stage", scope=scope, field="stage")
    asked = policy.in_force(asked, "document_checklist", on="accepted_at", into="of_step", scope=scope, field="step")
    wanted = nw.col("of_step").is_null()
    for step in names(policy, "required_steps"):
        wanted = wanted | ((nw.col("of_step") == step) & nw.col(f"needs_{step}")).fill_null(value=False)
    due = nw.col("stage").is_in(BY_THE_DECISION).fill_null(value=False) & wanted
    return asked.with_columns(due.alias(f"due_{slot}")).drop("stage", "stage_state", "of_step", "of_step_state")


def _listed(data: Tables, slots: list[str]) -> Frame:
    """Which papers the steps of each application list (`has_<slot>`, 1 or 0), and whether any (`papers`)."""
    shown = data[STEP].filter(~nw.col("documents").is_null())
    codes = nw.concat_str([nw.lit(";"), nw.col("documents"), nw.lit(";")])
    return (
        shown.with_columns(codes.alias("codes"), nw.lit(1).alias("papers"))
        .group_by("application_id")
        .agg(
            nw.col("papers").max(),
            *(
                nw.when(nw.col("codes").str.contains(f";{slot};", literal=True))
                .then(nw.lit(1))
                .otherwise(nw.lit(0))
                .max()
                .alias(f"has_{slot}")
                for slot in slots
            ),
        )
    )


def _number(held: list[nw.Expr]) -> nw.Expr:
    """How many of these hold."""
    return sum((nw.when(one).then(nw.lit(1)).otherwise(nw.lit(0)) for one in held), nw.lit(0)).cast(nw.Int64)
