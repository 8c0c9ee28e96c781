"""What share of the households that their statements make eligible for dibao has it?

A stock of one day: it is counted in the month of `as_of` alone. Only households with a statement can be judged, so
this says nothing of those whom nobody ever asked. Households on single-person entry are another question: one person of
a household above the line is covered.
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
    metric="take_up",
    area="coverage",
    kind="share",
    title=Text("符合条件家庭享受低保的比例(推算)", "Estimated take-up of dibao"),
    question=Text(
        "按申报与核对数据符合低保条件的家庭中,有多少正在享受?",
        "What share of the households that their statements make eligible for dibao has it?",
    ),
    formula=Text("符合条件且在册户数 ÷ 符合条件户数", "eligible and covered ÷ eligible, households"),
    numerator=Text(
        "其中本户或共同生活成员当月享受低保的户数",
        "of these, households with dibao, their own or a member's, in the month",
    ),
    denominator=Text(
        "数据截止日,最近一次申报低于低保标准且无一票否决事项的户数",
        "households below the line by the newest statement, without an excluding finding, on the day of the data",
    ),
    exclusions=Text(
        "没有申报的家庭;因特困、孤儿等保障不得同时享受低保的;单人纳入保障的;收入或财产不明的",
        "households without a statement; those covered by what excludes dibao; single-person entry; those whose income"
        " or property is unknown",
    ),
    needs=(
        needs(AWARD, "programme", "household_no", "from_month"),
        needs(MEANS, "item", "as_of"),
        needs(MEMBER, "joined_on", "co_living"),
        needs(MATCH, "id_no", "kind"),
    ),
    better="higher",
    reading=Text(
        "按申报与核对数据推算,疑似未享受的待核实;只含有过申报的家庭,从未申报的不在其中,真实比例可能更低;"
        "只有数据截止当月一个数",
        "An estimate from statements and comparisons; who may be missed is to be verified. Only households that once"
        " made a statement are in it, so the true share may be lower; one figure, for the month of the data",
    ),
    rule="entitlement",
    other_rules=("dibao_standard", "veto", "deduction_cap", "disregard", "job_cost"),
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Households with dibao (part) of the eligible (whole)."""
    return eligible.both_ways(counts.share(rows(data, policy)))


def rows(data: Tables, policy: Policy) -> Frame:
    """The eligible households, and those of which nobody can tell; `in_part`: has dibao."""
    in_part = nw.when(nw.col("eligible")).then(nw.col("covered"))
    return counts.every(eligible.shown(eligible.pool(data, policy), in_part))
