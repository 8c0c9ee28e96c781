"""What share of the closed complaints had come before?

By the month of reception: the register calls it a repeat of another complaint, which came in no more than
complaint_repeat_months earlier (to the same day of the month). Where that other complaint is not on record, or is the
later one, nobody can tell how long ago it was: undecidable.
"""

from typing import Final

import narwhals as nw

from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy
from casework.tables import COMPLAINT
from casework.text import Text
from metrics import counts
from metrics.complaints.received import behind, closed, received
from metrics.counts import Counts

DAYS: Final = 100  # more than any month has, so that months and days order as one number

CARD = MetricCard(
    metric="repeat_share",
    area="complaints",
    kind="share",
    title=Text("重复信访率", "Repeat complaints"),
    question=Text(
        "已办结的信访件中,有多少是一年内同一事项再来?", "What share of the closed complaints had come before?"
    ),
    formula=Text(
        "期限内重复的件数 ÷ 已办结件数", "repeats of an earlier complaint within the time ÷ complaints closed"
    ),
    numerator=Text(
        "登记为重复件、且原件在期限内收到的件数",
        "complaints registered as a repeat of one that came in within the time",
    ),
    denominator=Text("已办结、能判定的信访件数", "complaints closed that can be judged"),
    exclusions=Text(
        "未办结的;原件不在登记中或晚于本件的", "open ones; those whose first complaint is not on record or later"
    ),
    needs=(needs(COMPLAINT, "received_at", "closed_at", "repeat_of"),),
    better="lower",
    reading=Text(
        "按收到月份计;重复件由登记人认定,未认定的不在分子中;再来多说明上次没有办好,信访人不因此有过错",
        "By month of reception; whoever keeps the register says what is a repeat. Coming back mostly means that the"
        " first answer did not help; it is no fault of the sender",
    ),
    rule="complaint_repeat_months",
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Repeats (part) of the complaints closed (whole)."""
    return counts.share(rows(data, policy))


def rows(data: Tables, policy: Policy) -> Frame:
    """The closed complaints; `in_part`: a repeat within the time (null: how long after is unknown)."""
    months = int(policy.tuning("complaint_repeat_months"))
    earlier = received(data).select(
        nw.col("complaint_no").alias("repeat_of"),
        nw.col("received_at").alias("first_received_at"),
        _order().alias("before"),
    )
    told = closed(data).join(earlier, on="repeat_of", how="left")
    apart = _order() - nw.col("before")
    again = (
        nw.when(nw.col("repeat_of").is_null())
        .then(nw.lit(value=False))
        .when((apart >= 0) & (nw.col("repeat_of") != nw.col("complaint_no")))
        .then(apart <= months * DAYS)
    )
    return behind(told, again, "repeat_of", "first_received_at")


def _order() -> nw.Expr:
    """Month and day of reception as one number: twelve months after a day is the same day a year later."""
    return nw.col("month_index").cast(nw.Int64) * DAYS + nw.col("received_at").dt.day().cast(nw.Int64)
