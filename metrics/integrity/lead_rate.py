"""How many leads stand for a thousand recipients?

The leads of the last run, and those recorded by hand, in the month of `as_of`, whatever was decided of them, by the
distinct recipients of that month. It tells how much there is to look into, never how well a place works: who looks
harder, and whose data are fuller, has more. So it is never ranked and never on the overview.
"""

import narwhals as nw

from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy
from casework.tables import AWARD, BENEFICIARY
from casework.text import Text
from metrics import counts
from metrics.counts import Counts
from metrics.integrity.standing import behind, current
from metrics.leads import LEAD
from metrics.recipients import alike, person_months

CARD = MetricCard(
    metric="lead_rate",
    area="integrity",
    kind="rate",
    title=Text("每千保障对象线索数", "Leads per 1,000 recipients"),
    question=Text("每千名保障对象现有多少条线索待核实?", "How many leads stand for a thousand recipients?"),
    formula=Text("当前线索数 ÷ 当月保障人数 × 1000", "current leads ÷ recipients of the month × 1000"),
    numerator=Text("末次检测提出或手工登记的线索数", "leads of the last run or recorded by hand"),
    denominator=Text(
        "数据截止月的保障人数(低保、特困,不重复)", "distinct recipients of dibao or destitute aid in the data's month"
    ),
    exclusions=Text("已停用规则的线索;末次检测不再提出的线索", "leads of stopped schemes, and those no longer raised"),
    needs=(needs(LEAD, "current"), needs(AWARD, "programme", "household_no"), needs(BENEFICIARY)),
    better="neither",
    reading=Text(
        "线索是疑点,待核实;多可能是查得细、数据全,少可能是数据缺,不排名;一户可有多条",
        "Leads are doubts, to be verified. Many may mean a closer look or fuller data, few may mean missing data: never"
        " ranked. One household may have several",
    ),
    unit=Text("条/千人", "per 1,000"),
    per=1000,
    ranked=False,
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Current leads (part) and recipients of the month (whole)."""
    there = person_months(data).filter(nw.col("month_index") == data.as_of_month)
    return Counts(
        nw.concat([counts.part_of(rows(data, policy)), counts.whole_of(there)], how="vertical"), alike=(alike(data),)
    )


def rows(data: Tables, policy: Policy) -> Frame:  # noqa: ARG001 - a lead is a lead under whatever rule
    """The current leads."""
    return behind(current(data), nw.lit(value=True))
