"""Within how many working days were nine of ten applications decided?

A decision counts in the month in which it was taken; the number is taken from the cases anew at every tier, never
averaged. Withdrawn applications are not counted. A case decided on a day before it was accepted, or beyond the working
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
    metric="p90_working_days",
    area="efficiency",
    kind="quantile",
    title=Text("办结用时九成位数", "Working days within which 90% are decided"),
    question=Text(
        "九成的申请在几个工作日内办结?", "Within how many working days were nine of ten applications decided?"
    ),
    formula=Text(
        "不小于九成办结件工作日数的最小值(扣除停止计时)",
        "the working days that 90% of decisions do not exceed, stopped clock taken off",
    ),
    numerator=Text("办结件的工作日数", "working days of each decision"),
    denominator=Text("工作日数已知的办结件数", "decisions whose working days are known"),
    exclusions=Text(
        "撤回件;办结早于受理的、超出工作日历的",
        "withdrawn applications; those decided before acceptance or beyond the working calendar",
    ),
    needs=(needs(APPLICATION, "accepted_at", "decided_at"),),
    better="lower",
    reading=Text(
        "看最慢的一成:中位数正常时也可能有少数件久拖;各级均由案件重新计算;件数少时不稳定",
        "Speaks of the slowest tenth, which a good median can hide; taken from the cases at every tier; unsteady where"
        " cases are few",
    ),
    rule="clock_stops",
    unit=Text("工作日", "working days"),
    q=0.9,
)


def measure(data: Tables, policy: Policy) -> Counts:
    """How many decisions took how many working days."""
    return counts.quantile(rows(data, policy), "days")


def rows(data: Tables, policy: Policy) -> Frame:
    """The decided applications; `in_part`: its working days are known."""
    return decided(data, policy)
