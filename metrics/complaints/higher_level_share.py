"""What share of the complaints went to the city, the province or the ministry?

By the month of reception, whatever the kind.
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
from metrics.complaints.received import behind, received
from metrics.counts import Counts

HIGHER: Final = ("city", "province", "ministry")

CARD = MetricCard(
    metric="higher_level_share",
    area="complaints",
    kind="share",
    title=Text("向上级反映占比", "Complaints to higher levels"),
    question=Text(
        "收到的信访件中,有多少到了市、省、部?", "What share of the complaints went to city, province or ministry?"
    ),
    formula=Text("市、省、部级收到的件数 ÷ 收到件数", "received by city, province or ministry ÷ received"),
    numerator=Text("市、省、部级受理的信访件数", "complaints received at city, province or ministry"),
    denominator=Text("收到的信访件数", "complaints received"),
    exclusions=Text("受理层级不明的", "complaints whose level is unknown"),
    needs=(needs(COMPLAINT, "received_at", "level"),),
    better="neither",
    reading=Text(
        "按收到月份计;向上级反映是权利,不是过错;占比升高提示本级渠道可能不畅",
        "By month of reception. Writing to a higher level is a right, not a fault; a rising share hints that the doors"
        " nearby may be closed",
    ),
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Complaints at higher levels (part) of those received (whole)."""
    return counts.share(rows(data, policy))


def rows(data: Tables, policy: Policy) -> Frame:  # noqa: ARG001 - no rule says what level is high
    """The complaints received; `in_part`: by city, province or ministry (null: level unknown)."""
    return behind(received(data), nw.when(~nw.col("level").is_null()).then(nw.col("level").is_in(HIGHER)))
