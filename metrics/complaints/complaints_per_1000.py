"""How many complaints a year come in for a thousand recipients?

Received in the month ÷ (recipients ÷ 12) × 1000: one month's complaints as if the whole year went on like it, so that
a month, a quarter and a year read alike. Recipients are the distinct persons of `coverage_per_1000`; over several
months both are added up. A complaint counts in its own region, often a township or county: there is no rate for the
villages it is not assigned to.

A register of complaints says nothing of the months before its first entry: they are unknown, not free of complaints,
and left out of any longer period as well. From that month to `as_of` a month without an entry has none.
"""

import narwhals as nw

from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy
from casework.tables import AWARD, BENEFICIARY, COMPLAINT
from casework.text import Text
from metrics import counts
from metrics.complaints.received import received
from metrics.counts import Alike, Counts
from metrics.recipients import alike, first_month, recipients

CARD = MetricCard(
    metric="complaints_per_1000",
    area="complaints",
    kind="rate",
    title=Text("每千保障对象信访件(年化)", "Complaints per 1,000 recipients a year"),
    question=Text("每千名保障对象一年有多少件信访?", "How many complaints a year come in for a thousand recipients?"),
    formula=Text("当月收到件数 ÷(当月保障人数 ÷ 12)× 1000", "received in the month ÷ (recipients ÷ 12) × 1000"),
    numerator=Text("当月收到的信访件数", "complaints received in the month"),
    denominator=Text("当月保障人数 ÷ 12", "recipients of the month ÷ 12"),
    exclusions=Text("信访登记首件之前的月份", "months before the first complaint on record"),
    needs=(needs(COMPLAINT, "received_at"), needs(AWARD, "programme", "household_no"), needs(BENEFICIARY)),
    better="neither",
    reading=Text(
        "少不等于好:无人反映也可能是渠道不通;信访登记的首件之前各月未知,不作零件计",
        "Few is not good in itself: silence may mean that nobody could complain; months before the first complaint on"
        " record are unknown, not nil",
    ),
    unit=Text("件/千人·年", "per 1,000 a year"),
    per=12_000,
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Complaints received (part) and recipients of the month (whole)."""
    here = counts.part_of(rows(data, policy))
    told = recipients(data).join(_first_entry(data), how="cross").filter(nw.col("month_index") >= nw.col("begun"))
    every = counts.whole_of(received(data).with_columns(nw.lit("").alias("counted_as")))
    return Counts(
        nw.concat([here, counts.whole_of(told)], how="vertical"),
        standing=("whole",),
        alike=(Alike(counts.column(every, nw.col("whole")), "part", same=True), alike(data)),
    )


def rows(data: Tables, policy: Policy) -> Frame:  # noqa: ARG001 - no rule says what is counted as a complaint
    """The complaints of the months that have recipients to compare with, at most three years."""
    return (
        received(data)
        .join(first_month(data), how="cross")
        .filter(nw.col("month_index") >= nw.col("first"))
        .select(
            nw.lit("").alias("counted_as"),
            nw.col("complaint_no").alias("subject"),
            "region_code",
            "month_index",
            nw.lit(None).cast(nw.String).alias("programme"),
            nw.lit(value=True).alias("in_part"),
            "received_at",
            "kind",
            "channel",
            "level",
            "closed_at",
        )
    )


def _first_entry(data: Tables) -> Frame:
    """One row: `begun`, the month of the first complaint; null where there is none."""
    return (
        data[COMPLAINT].with_columns(counts.month_of("received_at")).select(nw.col("month_index").min().alias("begun"))
    )
