"""What share of the named senders was told within the limit that their complaint had been taken up?

Requests, petitions and reports, by the month of reception: told within complaint_told_days of reception, by date
(信访工作条例 arts. 22, 23; before 2022-05-01 a demonstration value). Who was never told has heard by the closing answer
at the latest. A complaint is judged once its limit has run out, told or not: not told by then
is not on time; not yet due is undecidable.
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
    metric="told_on_time_share",
    area="complaints",
    kind="share",
    title=Text("按期告知率", "Senders told on time"),
    question=Text(
        "实名的求助、诉求和举报,有多少按期告知受理情况?",
        "What share of named senders was told in time that their complaint had been taken up?",
    ),
    formula=Text("期限内告知的件数 ÷ 能判定的实名件数", "told within the limit ÷ named complaints that can be judged"),
    numerator=Text(
        "收到后在告知期限内告知(或已答复)的件数", "complaints told, or answered, within the limit of telling"
    ),
    denominator=Text("告知期限已满的实名件数", "named complaints whose limit of telling has run out"),
    exclusions=Text(
        "咨询、匿名件;尚未到期的、早于收到日期的、没有期限的",
        "enquiries and unnamed complaints; those not yet due, told before they came in, or without a limit",
    ),
    needs=(needs(COMPLAINT, "received_at", "kind", "named", "told_at"),),
    better="higher",
    reading=Text(
        "按收到月份计,期限未满的无论是否已告知都不计;口头告知而未登记的显示为未按期",
        "By month of reception; while the limit runs nobody is counted, told or not; who was told by word of mouth,"
        " without a record, appears as not told",
    ),
    rule="complaint_told_days",
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Told on time (part) of the named complaints that can be judged (whole)."""
    return counts.share(rows(data, policy))


def rows(data: Tables, policy: Policy) -> Frame:
    """The named requests, petitions and reports; `in_part`: told on time (null: not yet due, or undecidable)."""
    asked = timed(data, policy, received(data)).filter(nw.col("named"))
    heard = ~nw.coalesce(nw.col("told_at_day"), nw.col("closed_at_day")).is_null()
    limit = nw.col("told_limit")
    return behind(
        asked,
        in_time(data, "told_days", happened=heard, surely=limit, at_most=limit),
        *("told_at", "told_days", "told_limit"),
    )
