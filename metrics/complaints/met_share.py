"""What share of the closed complaints was answered face to face?

Named requests, petitions and reports that are closed, by the month of reception: a meeting with the sender is on
record (件件与信访者见面).
"""

import narwhals as nw

from casework.card import MetricCard, needs
from casework.complaints import KINDS
from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy
from casework.tables import COMPLAINT
from casework.text import Text
from metrics import counts
from metrics.complaints.received import behind, closed
from metrics.counts import Counts

CARD = MetricCard(
    metric="met_share",
    area="complaints",
    kind="share",
    title=Text("当面答复率", "Answered face to face"),
    question=Text(
        "已办结的信访件中,有多少与信访人见过面?", "In what share of the closed complaints was the sender met?"
    ),
    formula=Text(
        "有见面记录的件数 ÷ 已办结的实名件数", "complaints with a meeting on record ÷ named complaints closed"
    ),
    numerator=Text("有见面记录的件数", "complaints with a meeting on record"),
    denominator=Text("已办结的实名求助、诉求和举报件数", "named requests, petitions and reports that are closed"),
    exclusions=Text(
        "咨询件、匿名件(无人可见)、未办结的", "enquiries, unnamed complaints (nobody to meet), those still open"
    ),
    needs=(needs(COMPLAINT, "received_at", "kind", "named", "met_at", "closed_at"),),
    better="higher",
    reading=Text(
        "按收到月份计;见过面而未登记的显示为未见面;信访人不愿见面的也在分母中",
        "By month of reception; a meeting without a record appears as none, and who did not want to be met is in the"
        " whole too",
    ),
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Senders met (part) of the named complaints closed (whole)."""
    return counts.share(rows(data, policy))


def rows(data: Tables, policy: Policy) -> Frame:  # noqa: ARG001 - no dated rule says that a sender must be met
    """The closed named requests, petitions and reports; `in_part`: the sender was met."""
    asked = closed(data).filter(nw.col("kind").is_in(KINDS), nw.col("named"))
    return behind(asked, ~nw.col("met_at").is_null(), "met_at")
