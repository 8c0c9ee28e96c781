"""How much money is in doubt?

The amounts of the leads of wrong and of duplicate assistance that stand at `as_of` and were not refuted. A doubt is no
loss: it is what would have to be looked into. One month of one household may be in two leads; the sum then has it
twice.
"""

import narwhals as nw

from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy
from casework.text import Text
from metrics import counts
from metrics.counts import Counts
from metrics.integrity.standing import IN_DOUBT, behind, current, unrefuted
from metrics.leads import LEAD

CARD = MetricCard(
    metric="amount_in_doubt",
    area="integrity",
    kind="sum",
    title=Text("存疑金额(待核实)", "Money in doubt (to verify)"),
    question=Text("疑似错发、重复发放的金额有多少?", "How much money was perhaps paid wrongly or twice?"),
    formula=Text(
        "错保、重复两类现有线索的金额之和", "sum of the amounts of current leads of wrong and duplicate assistance"
    ),
    numerator=Text(
        "现有、未被否定的疑似错保、重复救助线索的金额", "amounts of such leads that stand and were not refuted"
    ),
    denominator=Text("无(合计数)", "none (a sum)"),
    exclusions=Text(
        "结论为不属实、数据有误的;关于地区的;金额不明的(列在明细中,不计入)",
        "leads found unfounded or raised by an error in the data; those about an area; those without an amount, which"
        " are listed, not counted",
    ),
    needs=(needs(LEAD, "family", "current", "outcome", "amount"),),
    better="neither",
    reading=Text(
        "疑似、待核实,不是损失;同一户同月可能在两条线索中,金额会重复;须与应补金额对照;地区大小不同,不排名",
        "Suspected, to be verified: no loss. Leads may overlap, and one month of one household be in two of them. Read"
        " it beside the money owed; areas differ in size and are not ranked",
    ),
    unit=Text("元", "yuan"),
    ranked=False,
    money=True,
)


def measure(data: Tables, policy: Policy) -> Counts:
    """The sum in fen."""
    return counts.total(rows(data, policy), "amount_fen")


def rows(data: Tables, policy: Policy) -> Frame:  # noqa: ARG001 - each lead says what is in doubt
    """The leads; `in_part`: their amount is known (null: it is not)."""
    leads = unrefuted(current(data)).filter(nw.col("family").is_in(IN_DOUBT))
    return behind(leads, nw.when(~nw.col("amount_fen").is_null()).then(nw.lit(value=True)), "amount_fen")
