"""How many more awards began than ended in a month?

Of dibao and destitute aid, see `metrics.coverage.flows`: an award counts +1 in its first month and -1 in its last month
of aid, 0 where both are one. A month in which awards were in force and none began or ended is 0, not unknown.
"""

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
    metric="net_flow",
    area="coverage",
    kind="sum",
    title=Text("净增户次", "Entries less exits"),
    question=Text("当月开始的保障比终止的多多少?", "How many more awards began than ended in a month?"),
    formula=Text("当月开始数 − 当月终止数", "began in the month − ended in the month, awards"),
    numerator=Text(
        "低保、特困保障:起始月份为当月的数量,减去截止月份(最后享受月)为当月的数量",
        "awards of dibao and destitute aid whose first month it is, less those whose last month of aid it is",
    ),
    denominator=Text("无(合计数)", "none (a sum)"),
    exclusions=Text("其他项目;三年以前的月份", "other programmes; months more than three years back"),
    needs=(needs(AWARD, "programme", "household_no", "from_month", "to_month"),),
    better="neither",
    reading=Text(
        "负数为净退出;按户次计,换证、并户后重新登记一进一出相抵;最近一两个月的退出可能尚未录入,净增会偏高",
        "Below nothing: more ended than began. Awards, not persons; who is registered anew cancels out. Exits of the"
        " last months may not be entered yet, so the newest figures are high",
    ),
    unit=Text("户次", "awards"),
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Entries less exits (part); how many began or ended stands behind it."""
    awards = rows(data, policy)
    quiet = awards.filter(~nw.col("in_part")).select(*counts.KEY).unique()
    nothing = quiet.select(
        *counts.KEY,
        nw.lit(0).cast(nw.Int64).alias("part"),
        nw.lit(None).cast(nw.Int64).alias("whole"),
        nw.lit(0).cast(nw.Int64).alias("behind"),
    )
    return Counts(
        nw.concat([counts.total(awards, "flow").frame, nothing], how="vertical"),
        alike=(flows.like(flows.entries(data), 0, 1), flows.like(flows.exits(data), 0, -1)),
    )


def rows(data: Tables, policy: Policy) -> Frame:  # noqa: ARG001 - no rule says when an award begins or ends
    """The awards in force, a row a month; `in_part`: it began or ended then; `flow`: 1, -1 or 0."""
    one, none = nw.lit(1).cast(nw.Int64), nw.lit(0).cast(nw.Int64)
    entry, leave = (nw.when(nw.col(name)).then(one).otherwise(none) for name in ("began", "ended"))
    moved = flows.in_force(data).with_columns((entry - leave).alias("flow"))
    return counts.every(flows.shown(moved, nw.col("began") | nw.col("ended")))
