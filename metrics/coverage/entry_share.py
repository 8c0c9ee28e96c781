"""Of the awards in force in a month, what share began in it?

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
    metric="entry_share",
    area="coverage",
    kind="share",
    title=Text("当月新进占比", "Entries, of the awards in force"),
    question=Text("当月在享的保障中,有多少是当月开始的?", "Of the awards in force in a month, what share began in it?"),
    formula=Text("当月开始数 ÷ 当月在享数", "began in the month ÷ in force in the month, awards"),
    numerator=Text("其中起始月份为当月的保障数", "of these, those whose first month it is"),
    denominator=Text("当月在享的低保、特困保障数", "awards of dibao and destitute aid in force in the month"),
    exclusions=Text("其他项目;三年以前的月份", "other programmes; months more than three years back"),
    needs=(needs(AWARD, "programme", "household_no", "from_month"),),
    better="neither",
    reading=Text(
        "按户次计,换证、并户后重新登记也算一进一出;登记开始的最初几个月会偏高,因为旧户的起始月份可能是补录的",
        "Awards, not persons: who is registered anew after a change counts as an exit and an entry; high"
        " in the first months of a register, where old cases may have been entered late",
    ),
)


def measure(data: Tables, policy: Policy) -> Counts:  # noqa: ARG001 - no rule says when an award begins or ends
    """Awards that began (part) of those in force (whole)."""
    return replace(flows.entries(data), alike=(flows.like(flows.exits(data), -1),))


def rows(data: Tables, policy: Policy) -> Frame:  # noqa: ARG001 - no rule says when an award begins or ends
    """The awards in force, a row a month; `in_part`: it began then."""
    return counts.every(flows.shown(flows.in_force(data), nw.col("began")))
