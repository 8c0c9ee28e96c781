"""What share of the households on dibao would, by their statements, not be eligible?

A stock of one day: it is counted in the month of `as_of` alone. Not counted as leakage: whoever is above the line while
a taper runs, and single-person entry below the edge line. An excluding finding counts whatever the income, but in a
taper property is not asked again.
"""

import narwhals as nw

from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy
from casework.tables import AWARD, MATCH, MEANS, MEMBER
from casework.text import Text
from metrics import counts
from metrics.counts import Counts
from metrics.coverage import eligible

CARD = MetricCard(
    metric="leakage",
    area="coverage",
    kind="share",
    title=Text(
        "在册中疑似不符合条件的比例(按申报与核对数据推算)",
        "On dibao and possibly not eligible by the records (estimate)",
    ),
    question=Text(
        "在册低保家庭中,按申报与核对数据疑似不符合条件的有多少(待核实)?",
        "What share of the households on dibao would, by their statements, not be eligible?",
    ),
    formula=Text(
        "在册且疑似不符合条件户数 ÷ 能判定的在册户数", "covered and not eligible ÷ covered that can be judged"
    ),
    numerator=Text(
        "其中收入不低于保障线且渐退期已满,或有一票否决事项的户数",
        "of these, at or above the line with the taper run out, or with an excluding finding",
    ),
    denominator=Text(
        "数据截止当月在册低保、能够判定的户数", "households with an award of dibao in the month that can be judged"
    ),
    exclusions=Text(
        "没有申报的、收入或财产不明的在册家庭",
        "covered households without a statement, or whose income or property is unknown",
    ),
    needs=(
        needs(AWARD, "programme", "household_no", "from_month"),
        needs(MEANS, "item", "as_of"),
        needs(MEMBER, "joined_on", "co_living"),
        needs(MATCH, "id_no", "kind"),
    ),
    better="lower",
    reading=Text(
        "疑似,待核实,不是认定:渐退期内的、按边缘线衡量的单人纳入保障不算;申报可能已过时;只有数据截止当月一个数",
        "To verify, not a finding: a running taper and single-person entry below the edge line are not counted;"
        " statements may be out of date; one figure, for the month of the data",
    ),
    rule="entitlement",
    other_rules=("dibao_standard", "edge_multiplier", "veto", "taper_months", "deduction_cap", "disregard", "job_cost"),
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Households that are perhaps not eligible (part) of the covered that can be judged (whole)."""
    return counts.share(rows(data, policy))


def rows(data: Tables, policy: Policy) -> Frame:
    """The households with an award of dibao; `in_part`: not eligible, and no taper runs."""
    fits, taper = nw.col("fits"), nw.col("taper")
    no, yes = nw.lit(value=False), nw.lit(value=True)
    in_part = nw.when(fits | taper).then(no).when(~fits & ~taper).then(yes)
    return counts.every(eligible.shown(eligible.households(data, policy).filter(nw.col("own")), in_part))
