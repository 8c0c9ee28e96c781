"""What share of the households that their statements make eligible for dibao goes without?

The other side of `take_up`, from the same households: those who may be missed, to be verified one by one.
"""

import narwhals as nw

from casework.card import MetricCard
from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy
from casework.text import Text
from metrics import counts
from metrics.counts import Counts
from metrics.coverage import eligible, take_up

CARD = MetricCard(
    metric="undercoverage",
    area="coverage",
    kind="share",
    title=Text("疑似应保未保比例(按申报与核对数据推算)", "Eligible by the records and without dibao (estimate)"),
    question=Text(
        "按申报与核对数据符合低保条件的家庭中,有多少没有享受(待核实)?",
        "What share of the households that their statements make eligible for dibao goes without?",
    ),
    formula=Text("符合条件且不在册户数 ÷ 符合条件户数", "eligible and not covered ÷ eligible, households"),
    numerator=Text(
        "其中本户和共同生活成员当月都没有低保的户数", "of these, households without dibao, their own or a member's"
    ),
    denominator=take_up.CARD.denominator,
    exclusions=take_up.CARD.exclusions,
    needs=take_up.CARD.needs,
    better="lower",
    reading=Text(
        "疑似,待核实:申请在办、刚退出或本人不愿申请的也在其中;只含有过申报的家庭;只有数据截止当月一个数",
        "To verify: those whose application is pending, who have just left or do not want it are among them; only"
        " households that once made a statement; one figure, for the month of the data",
    ),
    rule="entitlement",
    other_rules=take_up.CARD.other_rules,
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Households without dibao (part) of the eligible (whole)."""
    return eligible.both_ways(counts.share(rows(data, policy)))


def rows(data: Tables, policy: Policy) -> Frame:
    """The eligible households, and those of which nobody can tell; `in_part`: has no dibao."""
    in_part = nw.when(nw.col("eligible")).then(~nw.col("covered"))
    return counts.every(eligible.shown(eligible.pool(data, policy), in_part))
