"""What share of the applications accepted came from active discovery?

An application counts in the month in which it was accepted. One whose channel nobody wrote down is undecidable: neither
part nor whole, but among the rows.
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
    metric="discovery_share",
    area="coverage",
    kind="share",
    title=Text("主动发现申请占比", "Applications from active discovery"),
    question=Text(
        "受理的申请中,有多少来自主动发现?", "What share of the applications accepted came from active discovery?"
    ),
    formula=Text("主动发现的受理件数 ÷ 渠道已知的受理件数", "accepted from discovery ÷ accepted with a known channel"),
    numerator=Text("其中渠道为主动发现的件数", "of these, those whose channel is discovery"),
    denominator=Text("当月受理、渠道已知的申请件数", "applications accepted in the month whose channel is known"),
    exclusions=Text("渠道不明的申请", "applications whose channel is unknown"),
    needs=(needs(APPLICATION, "channel", "accepted_at"),),
    better="higher",
    reading=Text(
        "高表示多由干部上门发现;本人方便自己申请的地方也会低,须与网上和村级受理对照;撤回件也计",
        "High: many were found by the office. It is low too where people apply with ease themselves; read it beside the"
        " other channels. Withdrawn ones count as well",
    ),
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Applications from discovery (part) of those with a known channel (whole)."""
    return counts.share(rows(data, policy))


def rows(data: Tables, policy: Policy) -> Frame:  # noqa: ARG001 - no rule says what a discovery is
    """The applications accepted; `in_part`: found by the office."""
    return counts.every(
        accepted(data).select(
            nw.col("application_no").alias("subject"),
            "region_code",
            "month_index",
            "programme",
            (nw.col("channel") == "discovery").alias("in_part"),
            "channel",
            "accepted_at",
            "decided_at",
            "decision",
        )
    )
