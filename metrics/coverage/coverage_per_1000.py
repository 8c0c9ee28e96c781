"""How many of a thousand residents are covered by dibao or destitute aid in a month?

Distinct persons: who is covered twice is one person, counted where the later award is. Months run from the first with a
beneficiary (of the programme in question), at most three years back, to the month of `as_of`.
"""

from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy
from casework.tables import AWARD, BENEFICIARY
from casework.text import Text
from metrics.counts import Counts
from metrics.coverage.residents import residents
from metrics.recipients import counted, months, person_months

CARD = MetricCard(
    metric="coverage_per_1000",
    area="coverage",
    kind="rate",
    title=Text("每千常住人口保障人数", "Covered per 1,000 residents"),
    question=Text(
        "每千名常住人口中,当月有多少人享受低保或特困供养?",
        "How many of a thousand residents are covered by dibao or destitute aid in a month?",
    ),
    formula=Text("低保、特困在册人数(不重复)÷ 常住人口 × 1000", "distinct persons covered ÷ residents × 1000"),
    numerator=Text(
        "当月享受低保或特困供养的人数(不重复)", "distinct persons covered by dibao or destitute aid in the month"
    ),
    denominator=Text("常住人口", "residents"),
    exclusions=Text("常住人口不明的地区", "regions whose residents are unknown"),
    needs=(needs(AWARD, "programme", "household_no"), needs(BENEFICIARY)),
    better="neither",
    reading=Text(
        "高低本身无好坏,须与困难程度对照;常住人口不明的地区不算比率",
        "Neither high nor low is good in itself: read it beside need; without residents there is no rate",
    ),
    unit=Text("人/千人", "per 1,000"),
    per=1000,
)


def measure(data: Tables, policy: Policy) -> Counts:  # noqa: ARG001 - no rule says who is counted as covered
    """Persons covered (part) and residents (whole)."""
    return Counts(counted(data), residents(data, months(data)), standing=("part", "whole"))


def rows(data: Tables, policy: Policy) -> Frame:  # noqa: ARG001 - no rule says who is counted as covered
    """The persons covered, one row a person and month (of each programme, and of any)."""
    return person_months(data)
