"""What share of undecided applications is past its limit?

A stock: the applications undecided at the end of `as_of`, in the month of `as_of` and no other. Their clocks are those
of the leads (`casework.ageing`): working days, emergencies by their hours, and the moment that the source states. A
programme without a limit is left out; a case whose limit or days cannot be told is undecidable.
"""

import narwhals as nw

from casework.ageing import ageing
from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy
from casework.tables import APPLICATION
from casework.text import Text
from metrics import counts
from metrics.counts import Counts

CARD = MetricCard(
    metric="open_overdue_share",
    area="efficiency",
    kind="share",
    title=Text("在办超时率", "Open cases past their limit"),
    question=Text("尚未办结的申请中,有多少已过时限?", "What share of undecided applications is past its limit?"),
    formula=Text("在办且已过时限件数 ÷ 在办件数", "undecided and past the limit ÷ undecided"),
    numerator=Text("截止日尚未办结、时限已过的件数", "applications undecided and past their limit on the day of data"),
    denominator=Text("截止日尚未办结、能判定的件数", "applications undecided on the day of data that can be judged"),
    exclusions=Text(
        "没有时限的项目、绿色急难件;时限或工作日历不明的",
        "programmes without a limit and emergencies marked green; those whose limit or days are unknown",
    ),
    needs=(needs(APPLICATION, "programme", "accepted_at", "decided_at"),),
    better="lower",
    reading=Text(
        "只是数据截止日的存量,没有往月;按时办结率高时积压也可能高,两者须一并看",
        "A stock on the day of the data, no earlier months; a high share of decisions on time may hide it: read both",
    ),
    rule="decision_days",
    other_rules=("posting_counts", "clock_stops", "emergency_hours", "urgency_hours", "amber"),
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Open applications past their limit (part) of those that can be judged (whole)."""
    return counts.share(rows(data, policy))


def rows(data: Tables, policy: Policy) -> Frame:
    """The undecided applications that have a limit; `in_part`: past it."""
    limited = ageing(data, policy).filter(nw.col("state") != "unlimited")
    judged = nw.when(nw.col("state") != "unknown").then(nw.col("state") == "red")
    return counts.every(
        limited.select(
            nw.col("application_no").alias("subject"),
            "region_code",
            nw.lit(data.as_of_month).cast(nw.Int32).alias("month_index"),
            "programme",
            judged.alias("in_part"),
            "accepted_at",
            "unit",
            "limit",
            "used",
            "left",
            "stopped",
            "extended",
            "due_at",
        )
    )
