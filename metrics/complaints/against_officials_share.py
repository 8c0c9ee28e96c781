"""What share of the complaints is about an official?

Counted in the month of reception, whatever came of them. A complaint is about an official where the register names one;
who is named is not shown here.
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
    metric="against_officials_share",
    area="complaints",
    kind="share",
    title=Text("反映干部的信访占比", "Complaints about officials"),
    question=Text("收到的信访件中,有多少反映干部?", "What share of the complaints is about an official?"),
    formula=Text("登记了被反映干部的件数 ÷ 收到件数", "complaints that name an official ÷ complaints received"),
    numerator=Text("登记了被反映干部的信访件数", "complaints in which an official is named"),
    denominator=Text("收到的信访件数", "complaints received"),
    exclusions=Text("没有收到日期的信访件", "complaints without a day of reception"),
    needs=(needs(COMPLAINT, "received_at", "about_official_id_no"),),
    better="neither",
    reading=Text(
        "按收到月份计;反映不等于属实,占比高也可能是群众敢于反映;未登记被反映人的不在分子中",
        "By month of reception. Being complained of proves nothing; a high share may mean that people dare to speak;"
        " where the register names nobody, the complaint is not in the part",
    ),
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Complaints that name an official (part) of those received (whole)."""
    return counts.share(rows(data, policy))


def rows(data: Tables, policy: Policy) -> Frame:  # noqa: ARG001 - no rule says what a complaint is about
    """The complaints received; `in_part`: about an official. Whom is not among the facts."""
    return behind(received(data), ~nw.col("about_official_person_id").is_null(), "outcome")
