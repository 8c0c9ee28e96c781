"""What share of the senders who answered were satisfied?

By the month of reception. Who was not asked, or gave no answer, is among the rows and not counted: silence is neither.
"""

import narwhals as nw

from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy
from casework.tables import COMPLAINT
from casework.text import Text
from metrics import counts
from metrics.complaints.received import behind, received
from metrics.counts import Counts

CARD = MetricCard(
    metric="satisfaction",
    area="complaints",
    kind="share",
    title=Text("信访满意率", "Senders satisfied"),
    question=Text("答复了满意度的信访人中,有多少满意?", "What share of the senders who answered were satisfied?"),
    formula=Text("满意件数 ÷ 有满意度答复的件数", "satisfied ÷ answered"),
    numerator=Text("满意的件数", "complaints whose sender was satisfied"),
    denominator=Text("有满意度答复的件数", "complaints whose sender answered"),
    exclusions=Text(
        "未办结也未答复的;没有满意度答复的", "open ones without an answer; those whose sender did not answer"
    ),
    needs=(needs(COMPLAINT, "received_at", "closed_at", "satisfied"),),
    better="higher",
    reading=Text(
        "按收到月份计;只代表答复的人,答复少时不可推及其余;未答复的列在明细中,不计入",
        "By month of reception. It speaks for those who answered only; the others are among the rows, not counted",
    ),
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Satisfied (part) of those who answered (whole)."""
    return counts.share(rows(data, policy))


def rows(data: Tables, policy: Policy) -> Frame:  # noqa: ARG001 - no rule says who is satisfied
    """The complaints closed or answered; `in_part`: satisfied (null: no answer)."""
    asked = received(data).filter(~nw.col("closed_at").is_null() | ~nw.col("satisfied").is_null())
    return behind(asked, nw.col("satisfied"), "satisfied")
