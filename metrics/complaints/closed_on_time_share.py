"""What share of the complaints was closed within the limit?

Requests, petitions and reports, by the month of reception: closed within complaint_closed_days, and where extended
complaint_extension_days more, by date (信访工作条例 art. 34; before 2022-05-01 a demonstration value). A complaint
is judged once its limit has run out, closed or not: still open then is not on time; not yet due is undecidable, and so
is one of which nobody knows whether it was extended, where that decides.
"""

import narwhals as nw

from casework.card import MetricCard, needs
from casework.complaints import timed
from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy
from casework.tables import COMPLAINT
from casework.text import Text
from metrics import counts
from metrics.complaints.received import behind, in_time, received
from metrics.counts import Counts

CARD = MetricCard(
    metric="closed_on_time_share",
    area="complaints",
    kind="share",
    title=Text("信访按期办结率", "Complaints closed on time"),
    question=Text("求助、诉求和举报,有多少按期办结?", "What share of the complaints was closed within the limit?"),
    formula=Text("期限内办结的件数 ÷ 能判定的件数", "closed within the limit ÷ complaints that can be judged"),
    numerator=Text("收到后在办理期限(含延期)内办结的件数", "complaints closed within the limit, extension included"),
    denominator=Text("办理期限已满的件数", "complaints whose limit has run out"),
    exclusions=Text(
        "咨询件;尚未到期的、办结早于收到的、没有期限的、是否延期不明且由此决定的",
        "enquiries; those not yet due, closed before they came in, without a limit, or decided by an extension of which"
        " nothing is known",
    ),
    needs=(needs(COMPLAINT, "received_at", "kind", "closed_at"),),
    better="higher",
    reading=Text(
        "按收到月份计,期限未满的无论是否办结都不计,最近两三个月因此尚无数字;撤回的同样计时;按期办结不说明办得好不好",
        "By month of reception; while the limit runs nothing is counted, closed or not, so the last two or three months"
        " have no number yet; withdrawn ones had their time too; in time does not mean well",
    ),
    rule="complaint_closed_days",
    other_rules=("complaint_extension_days",),
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Closed on time (part) of the complaints that can be judged (whole)."""
    return counts.share(rows(data, policy))


def rows(data: Tables, policy: Policy) -> Frame:
    """The requests, petitions and reports; `in_part`: closed on time (null: not yet due, or undecidable)."""
    asked = timed(data, policy, received(data))
    unsaid = nw.col("extended").is_null()
    longest = nw.when(unsaid).then(nw.col("plain_limit") + nw.col("extension")).otherwise(nw.col("closed_limit"))
    return behind(
        asked,
        in_time(
            data,
            "closed_days",
            happened=~nw.col("closed_at_day").is_null(),
            surely=nw.col("closed_limit"),
            at_most=longest,
        ),
        *("closed_days", "closed_limit", "extended"),
    )
