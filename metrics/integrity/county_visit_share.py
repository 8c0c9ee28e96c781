"""Of the approved applications of officials' near kin, what share had the county itself visited by the decision?

最低生活保障审核确认办法 art. 20: filed or not, in the month of the decision; a county visit finished (without a finish:
started) by the decision, as `kin_without_county_visit` asks.
"""

import narwhals as nw

from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.kinship.visited import visits_due
from casework.policy import Policy
from casework.tables import APPLICATION, MEMBER, OFFICIAL, STEP
from casework.text import Text
from metrics import counts
from metrics.counts import Counts
from metrics.integrity.near_kin import by_application

CARD = MetricCard(
    metric="county_visit_share",
    area="integrity",
    kind="share",
    title=Text("近亲属家庭县级入户率", "Near kin visited by the county"),
    question=Text(
        "干部近亲属家庭获批的申请,有多少在办结前经县级入户?",
        "Of approved applications of officials' near kin, what share had the county visited?",
    ),
    formula=Text(
        "办结前有县级入户的申请 ÷ 获批的近亲属家庭申请", "visited by the decision ÷ approved applications of near kin"
    ),
    numerator=Text("办结时或以前有县级入户记录的申请数", "applications with a county visit made by the decision"),
    denominator=Text(
        "获批、家庭成员是经办、审批人员或村(居)委会成员近亲属的申请数",
        "approved applications of households near kin to a handler, approver or village cadre",
    ),
    exclusions=Text(
        "未获批的;无须县级入户的项目;办结日期不明的;村不明、无法确定干部是否管辖且未入户的",
        "those not approved; programmes without such a visit; no day of decision; unvisited ones of which nobody knows"
        " whether the official is over the village",
    ),
    needs=(
        needs(APPLICATION, "programme", "household_no", "accepted_at", "decided_at", "decision"),
        needs(MEMBER, "relation"),
        needs(OFFICIAL),
        needs(STEP),
    ),
    better="higher",
    reading=Text(
        "是否备案都须入户;只问程序,不问该户是否符合条件;已入户而未录入的显示为未入户",
        "Filed or not, the visit is due. It asks for the visit only, not whether the household is entitled; a visit"
        " that was not entered appears as none",
    ),
    rule="county_visit_required",
    other_rules=("filing_programmes", "near_kin", "kin_certainty"),
    rest=True,
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Applications visited (part) of those approved of near kin (whole)."""
    return counts.share(rows(data, policy))


def rows(data: Tables, policy: Policy) -> Frame:
    """The approved applications of near kin; `in_part`: the county had visited by the decision."""
    return by_application(
        visits_due(data, policy),
        ~nw.col("unseen"),
        nw.col("visited_at").min(),
        nw.col("visits").max().cast(nw.Int64),
        nw.col("filed_on").min(),
    )
