"""Of the awards in force in a month, what share ended with it?

Of dibao and destitute aid, see `metrics.coverage.flows`. The same awards are in force month after month: over a period
part and whole are added up, so it reads as that of the average month.
"""

from dataclasses import replace

import narwhals as nw

from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy
from casework.tables import AWARD
from casework.text import Text
from metrics import counts
from metrics.counts import Counts
from metrics.coverage import flows

CARD = MetricCard(
    metric="exit_share",
    area="coverage",
    kind="share",
    title=Text("当月退出占比", "Exits, of the awards in force"),
    question=Text("当月在享的保障中,有多少在当月终止?", "Of the awards in force in a month, what share ended with it?"),
    formula=Text("当月终止数 ÷ 当月在享数", "ended in the month ÷ in force in the month, awards"),
    numerator=Text("其中截止月份(最后享受月)为当月的保障数", "of these, those whose last month of aid it is"),
    denominator=Text("当月在享的低保、特困保障数", "awards of dibao and destitute aid in force in the month"),
    exclusions=Text("其他项目;三年以前的月份", "other programmes; months more than three years back"),
    needs=(needs(AWARD, "programme", "household_no", "from_month", "to_month"),),
    better="neither",
    reading=Text(
        "按户次计,退出记在最后享受月;死亡、迁出、并户也是退出;长期没有退出可能是只进不退;最近一两个月的退出可能尚未录入",
        "Awards, not persons, in the last month of aid; death, moving and merging are exits too; no exit"
        " for long may mean that nobody is ever taken off; those of the last months may not be entered"
        " yet",
    ),
)


def measure(data: Tables, policy: Policy) -> Counts:  # noqa: ARG001 - no rule says when an award begins or ends
    """Awards that ended (part) of those in force (whole)."""
    return replace(flows.exits(data), alike=(flows.like(flows.entries(data), 1),))


def rows(data: Tables, policy: Policy) -> Frame:  # noqa: ARG001 - no rule says when an award begins or ends
    """The awards in force, a row a month; `in_part`: it is the last."""
    return counts.every(flows.shown(flows.in_force(data), nw.col("ended")))
