"""How much money may be owed to households that were paid too little, or not at all?

The amounts of the leads of underpaid months, unmet entitlement, wrong refusal and wrong exit that stand at `as_of` and
were not refuted: what may have been withheld, beside what may have been paid wrongly. One household may be in two
leads; the sum then has it twice.
"""

import narwhals as nw

from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy
from casework.review.by_hand import SCHEME
from casework.text import Text
from metrics import counts
from metrics.counts import Counts
from metrics.integrity.standing import OWED, behind, current, unrefuted
from metrics.leads import LEAD

CARD = MetricCard(
    metric="amount_owed",
    area="integrity",
    kind="sum",
    title=Text("应补金额(待核实)", "Money owed (to verify)"),
    question=Text(
        "疑似少发、漏发给困难家庭的金额有多少?", "How much may be owed to households paid too little or not at all?"
    ),
    formula=Text(
        "少发、漏保、误拒、误退四类现有线索的金额之和",
        "sum of the amounts of current leads of underpaid, missed, wrongly refused and wrongly ended assistance",
    ),
    numerator=Text("现有、未被否定的此类线索的金额", "amounts of such leads that stand and were not refuted"),
    denominator=Text("无(合计数)", "none (a sum)"),
    exclusions=Text(
        "结论为不属实、数据有误的;金额不明的(列在明细中,不计入)",
        "leads found unfounded or raised by an error in the data; those without an amount, listed and not counted",
    ),
    needs=(needs(LEAD, "scheme", "family", "current", "outcome", "amount"),),
    better="neither",
    reading=Text(
        "疑似、待核实;漏保按一年应得计,少发按已少发的月份计;同一户可能在两条线索中;须与存疑金额对照;不排名",
        "Suspected, to be verified. Missed aid is a year's, underpaid aid that of the months gone by; one household may"
        " be in two leads. Read it beside the money in doubt; not ranked",
    ),
    unit=Text("元", "yuan"),
    ranked=False,
    money=True,
)


def measure(data: Tables, policy: Policy) -> Counts:
    """The sum in fen."""
    return counts.total(rows(data, policy), "amount_fen")


def rows(data: Tables, policy: Policy) -> Frame:  # noqa: ARG001 - each lead says what is owed
    """The leads; `in_part`: their amount is known (null: it is not)."""
    by_hand = (nw.col("scheme") == SCHEME) & (nw.col("family") == "missed")
    leads = unrefuted(current(data)).filter(nw.col("scheme").is_in(OWED) | by_hand)
    return behind(leads, nw.when(~nw.col("amount_fen").is_null()).then(nw.lit(value=True)), "amount_fen")
