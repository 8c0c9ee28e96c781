"""What share of accepted applications came in online?

An application counts in the month of its acceptance. One whose channel is not recorded is undecidable.
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
    metric="online_share",
    area="efficiency",
    kind="share",
    title=Text("网上受理率", "Applications online"),
    question=Text("受理的申请中,有多少是网上提交的?", "What share of accepted applications came in online?"),
    formula=Text("网上提交件数 ÷ 渠道已知的受理件数", "online ÷ accepted with a known channel"),
    numerator=Text("当月受理、网上提交的件数", "applications accepted in the month that came in online"),
    denominator=Text("当月受理、渠道已知的件数", "applications accepted in the month whose channel is known"),
    exclusions=Text("渠道不明的", "those whose channel is unknown"),
    needs=(needs(APPLICATION, "accepted_at", "channel"),),
    better="neither",
    reading=Text(
        "网上办方便,但老人、残疾人未必会用:高低本身无好坏,须与村级代办、主动发现一并看",
        "Convenient, but not for everyone: neither high nor low is good in itself; read it beside village agents and"
        " active discovery",
    ),
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Online applications (part) of all accepted ones whose channel is known (whole)."""
    return counts.share(rows(data, policy))


def rows(data: Tables, policy: Policy) -> Frame:  # noqa: ARG001 - no rule says what online is
    """The accepted applications; `in_part`: online."""
    return counts.every(
        accepted(data).select(
            nw.col("application_no").alias("subject"),
            "region_code",
            "month_index",
            "programme",
            (nw.col("channel") == "online").alias("in_part"),
            "accepted_at",
            "decided_at",
            "decision",
            "channel",
        )
    )
