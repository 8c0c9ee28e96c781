"""What share of the recipients was compared with other registers lately?

The recipients of the month of `as_of`: is there a comparison, one that found nothing included, in the
match_freshness_days up to `as_of`? Who was not compared may be dead, in post or well off without anybody seeing it.
"""

from dataclasses import replace

import narwhals as nw

from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy
from casework.tables import AWARD, BENEFICIARY, MATCH
from casework.text import Text
from metrics import counts
from metrics.counts import Counts
from metrics.recipients import alike, person_months

CARD = MetricCard(
    metric="match_coverage",
    area="integrity",
    kind="share",
    title=Text("核对覆盖率", "Recipients compared"),
    question=Text(
        "在册保障对象中,近期与部门数据核对过的有多少?",
        "What share of the recipients was compared with registers lately?",
    ),
    formula=Text("近期核对过的保障人数 ÷ 保障人数", "recipients compared lately ÷ recipients"),
    numerator=Text(
        "期限内有核对记录(含未发现)的人数", "recipients with a comparison in the time, also one that found nothing"
    ),
    denominator=Text(
        "数据截止月的低保、特困保障人数(不重复)", "distinct recipients of dibao or destitute aid in the data's month"
    ),
    exclusions=Text("其他救助项目;数据截止月以外的月份", "other programmes; months other than that of the data's day"),
    needs=(needs(AWARD, "programme", "household_no"), needs(BENEFICIARY), needs(MATCH, "compared_on")),
    better="higher",
    reading=Text(
        "只说是否核对过,不说核对了几个部门;未发现的结果未回写时,核对过的也显示为未核对",
        "It tells whether there was a comparison, not with how many registers; where results that found nothing are not"
        " written back, who was compared appears as not compared",
    ),
    rule="match_freshness_days",
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Compared lately (part) of the recipients (whole)."""
    return replace(counts.share(rows(data, policy)), alike=(alike(data),))


def rows(data: Tables, policy: Policy) -> Frame:
    """The recipients of the month; `in_part`: compared lately, last on `compared_on` (null: never)."""
    days = int(policy.tuning("match_freshness_days"))
    last = (
        data[MATCH]
        .filter(nw.col("compared_on_day") <= data.as_of_day)
        .group_by(nw.col("person_id").cast(nw.String).alias("subject"))
        .agg(nw.col("compared_on").max(), nw.col("compared_on_day").max().alias("last_day"))
    )
    there = person_months(data).filter(nw.col("month_index") == data.as_of_month)
    lately = (nw.col("last_day") >= data.as_of_day - days).fill_null(value=False)
    return there.join(last, on="subject", how="left").with_columns(lately.alias("in_part")).drop("last_day")
