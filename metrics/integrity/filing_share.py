"""Of the applications of officials' near kin, what share had been filed by the decision?

Decided applications of filing_programmes, withdrawn ones apart, of households near kin to an official in charge of the
place or acting in the case (最低生活保障审核确认办法 art. 11), in the month of the decision. Filed: there is a filing
of each of these officials for the household on or before the decision, as `kin_unfiled` asks.
"""

import narwhals as nw

from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.kinship.filed import filings_due
from casework.policy import Policy
from casework.tables import APPLICATION, FILING, MEMBER, OFFICIAL
from casework.text import Text
from metrics import counts
from metrics.counts import Counts
from metrics.integrity.near_kin import by_application

CARD = MetricCard(
    metric="filing_share",
    area="integrity",
    kind="share",
    title=Text("近亲属备案率", "Near kin filed"),
    question=Text(
        "干部近亲属家庭的申请,有多少在办结前已备案?",
        "Of applications of officials' near kin, what share was filed in time?",
    ),
    formula=Text("办结前已备案的申请 ÷ 近亲属家庭的申请", "filed by the decision ÷ decided applications of near kin"),
    numerator=Text(
        "办结当日或以前,对每名有近亲属关系的干部都有备案的申请数",
        "applications with a filing of every close official on or before the decision",
    ),
    denominator=Text(
        "已办结、家庭成员是经办、审批人员或村(居)委会成员近亲属的申请数",
        "decided applications of households near kin to a handler, approver or village cadre",
    ),
    exclusions=Text(
        "撤回件;无须备案的项目;办结日期不明的;村不明、无法确定干部是否管辖且未备案的",
        "withdrawn applications; programmes without filing; no day of decision; unfiled ones of which nobody knows"
        " whether the official is over the village",
    ),
    needs=(
        needs(APPLICATION, "programme", "household_no", "accepted_at", "decided_at"),
        needs(MEMBER, "relation"),
        needs(OFFICIAL),
        needs(FILING, "official_id_no", "household_no", "filed_on"),
    ),
    better="higher",
    reading=Text(
        "只问备案程序,不问该户是否符合条件;亲属关系按已有登记推算,未登记的亲属不在其中;纸质备案未录入的显示为未备案",
        "It asks for the filing only, not whether the household is entitled. Kin are those on record; a filing on paper"
        " that was not entered appears as none",
    ),
    rule="filing_programmes",
    other_rules=("near_kin", "kin_certainty"),
    rest=True,
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Applications filed (part) of those of near kin (whole)."""
    return counts.share(rows(data, policy))


def rows(data: Tables, policy: Policy) -> Frame:
    """The decided applications of near kin; `in_part`: filed by the decision."""
    unfiled = nw.when(nw.col("unfiled").fill_null(value=False)).then(nw.lit(1)).otherwise(nw.lit(0))
    judged = filings_due(data, policy).with_columns(unfiled.alias("unfiled_here"))
    return by_application(
        judged,
        ~nw.col("unfiled"),
        nw.col("filed_on").min(),
        nw.col("unfiled_here").sum().cast(nw.Int64).alias("unfiled"),
    )
