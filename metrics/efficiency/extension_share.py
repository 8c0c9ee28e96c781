"""What share of accepted applications was extended?

An application counts in the month of its acceptance, whatever became of it; so the latest months may still rise. Every
extension on record counts, whether its reason is one of those the law lists or not: the rows show it.
"""

import narwhals as nw

from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy
from casework.tables import APPLICATION
from casework.text import Text
from metrics import counts
from metrics.accepted import accepted
from metrics.counts import Counts

CARD = MetricCard(
    metric="extension_share",
    area="efficiency",
    kind="share",
    title=Text("延期率", "Applications extended"),
    question=Text("受理的申请中,有多少办理了延期?", "What share of accepted applications was extended?"),
    formula=Text("延期件数 ÷ 受理件数", "extended ÷ accepted"),
    numerator=Text("当月受理、后来延期的件数", "applications accepted in the month and later extended"),
    denominator=Text("当月受理的件数", "applications accepted in the month"),
    exclusions=Text("未记载是否延期的", "those of which it is not recorded whether they were extended"),
    needs=(needs(APPLICATION, "accepted_at", "extended"),),
    better="lower",
    reading=Text(
        "按受理月份计,近几个月尚未办结,可能上升;延期未必不当,明细列出理由",
        "By month of acceptance: the latest months are still open and may rise; an extension may be lawful, the rows"
        " give the reason",
    ),
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Extended applications (part) of all accepted ones (whole)."""
    return counts.share(rows(data, policy))


def rows(data: Tables, policy: Policy) -> Frame:  # noqa: ARG001 - every extension on record counts, lawful or not
    """The accepted applications; `in_part`: extended."""
    return counts.every(
        accepted(data).select(
            nw.col("application_no").alias("subject"),
            "region_code",
            "month_index",
            "programme",
            nw.col("extended").alias("in_part"),
            "accepted_at",
            "decided_at",
            "decision",
            "extension_reason",
        )
    )
