"""How many working days did the middle decision take?

A decision counts in the month in which it was taken; the median is taken from the cases anew at every tier, never from
medians. Withdrawn applications are not counted. A case decided on a day before it was accepted, or beyond the working
calendar, is undecidable: left out, but among the rows.
"""

from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy
from casework.tables import APPLICATION
from casework.text import Text
from metrics import counts
from metrics.counts import Counts
from metrics.efficiency.decided import decided

CARD = MetricCard(
    metric="median_working_days",
    area="efficiency",
    kind="quantile",
    title=Text("办结用时中位数", "Median working days to decide"),
    question=Text("居中的一件从受理到办结用了几个工作日?", "How many working days did the middle decision take?"),
    formula=Text("办结件工作日数的中位数(扣除停止计时)", "median of working days to decide, stopped clock taken off"),
    numerator=Text("办结件的工作日数", "working days of each decision"),
    denominator=Text("工作日数已知的办结件数", "decisions whose working days are known"),
    exclusions=Text(
        "撤回件;办结早于受理的、超出工作日历的",
        "withdrawn applications; those decided before acceptance or beyond the working calendar",
    ),
    needs=(needs(APPLICATION, "accepted_at", "decided_at"),),
    better="lower",
    reading=Text(
        "各级均由案件重新计算,不由下级中位数平均;撤回件不计",
        "Taken from the cases at every tier, never averaged; withdrawn ones left out",
    ),
    rule="clock_stops",
    unit=Text("工作日", "working days"),
)


def measure(data: Tables, policy: Policy) -> Counts:
    """How many decisions took how many working days."""
    return counts.quantile(rows(data, policy), "days")


def rows(data: Tables, policy: Policy) -> Frame:
    """The decided applications; `in_part`: its working days are known."""
    return decided(data, policy)
