"""What share of accepted applications was sent back at least once?

An application counts in the month of its acceptance, once, however often it was returned; so the latest months may
still rise. One of which no step is on record at all is undecidable: nobody knows whether it was returned.
"""

import narwhals as nw

from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy
from casework.tables import APPLICATION, STEP
from casework.text import Text
from metrics import counts
from metrics.accepted import accepted
from metrics.counts import Counts

CARD = MetricCard(
    metric="return_share",
    area="efficiency",
    kind="share",
    title=Text("退回率", "Applications returned"),
    question=Text("受理的申请中,有多少被退回补正?", "What share of accepted applications was sent back?"),
    formula=Text("有退回环节的件数 ÷ 受理件数", "applications with a return ÷ accepted"),
    numerator=Text("当月受理、至少退回过一次的件数", "applications accepted in the month and returned at least once"),
    denominator=Text("当月受理、有环节记录的件数", "applications accepted in the month with any step on record"),
    exclusions=Text("没有任何环节记录的", "those without any step on record"),
    needs=(needs(APPLICATION, "accepted_at"), needs(STEP, "step")),
    better="lower",
    reading=Text(
        "退回一次与多次同计一件;近几个月尚未办结,可能上升;退回率低也可能是退回未录入",
        "Once or often counts alike; the latest months may still rise; a low share may also mean that returns are not"
        " entered",
    ),
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Returned applications (part) of all accepted ones with steps on record (whole)."""
    return counts.share(rows(data, policy))


def rows(data: Tables, policy: Policy) -> Frame:  # noqa: ARG001 - no rule says what a return is
    """The accepted applications; `in_part`: returned."""
    steps = data.milestone.select(
        "application_id",
        nw.col("return_rows").cast(nw.Int64).alias("returns"),
        nw.col("return_started_at").alias("returned_at"),
    )
    return counts.every(
        accepted(data)
        .join(steps, on="application_id", how="left")
        .select(
            nw.col("application_no").alias("subject"),
            "region_code",
            "month_index",
            "programme",
            (nw.col("returns") > 0).alias("in_part"),
            "accepted_at",
            "decided_at",
            "decision",
            "returns",
            "returned_at",
        )
    )
