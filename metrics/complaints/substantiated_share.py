"""What share of the closed reports was found true, wholly or in part?

By the month of reception. A report withdrawn is closed and was not found true; one closed without an outcome on record
is undecidable.
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
from metrics.complaints.received import behind, closed
from metrics.counts import Counts

FOUND_TRUE: Final = ("substantiated", "partly")

CARD = MetricCard(
    metric="substantiated_share",
    area="complaints",
    kind="share",
    title=Text("举报属实率", "Reports found true"),
    question=Text(
        "已办结的举报中,有多少属实或部分属实?", "What share of the closed reports was found true, even in part?"
    ),
    formula=Text("(属实 + 部分属实)÷ 已办结举报", "(substantiated + partly substantiated) ÷ reports closed"),
    numerator=Text("属实和部分属实的举报件数", "reports substantiated, wholly or in part"),
    denominator=Text("已办结、有结果的举报件数", "reports closed with an outcome"),
    exclusions=Text(
        "求助、诉求、咨询;未办结的;办结而没有结果的",
        "requests, petitions, enquiries; open reports; closed without outcome",
    ),
    needs=(needs(COMPLAINT, "received_at", "kind", "closed_at", "outcome"),),
    better="neither",
    reading=Text(
        "按收到月份计;撤回的在分母中;高可能是问题多,也可能是查得实,低可能是查得浅,须看个案",
        "By month of reception; withdrawn reports are in the whole. High may mean many faults or thorough work, low may"
        " mean shallow work: look at the cases",
    ),
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Reports found true (part) of the reports closed with an outcome (whole)."""
    return counts.share(rows(data, policy))


def rows(data: Tables, policy: Policy) -> Frame:  # noqa: ARG001 - no rule says what true means
    """The closed reports; `in_part`: found true, even in part (null: no outcome on record)."""
    found = nw.when(~nw.col("outcome").is_null()).then(nw.col("outcome").is_in(FOUND_TRUE))
    return behind(closed(data).filter(nw.col("kind") == "report"), found, "outcome")
