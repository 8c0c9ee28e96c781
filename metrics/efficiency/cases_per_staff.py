"""How many cases does one member of staff carry?

A case is an application until it is decided and an award from then on: applications undecided on some day of the month,
and awards in force in it. The award of an application counts from the month after its decision, so no case counts
twice. Months run at most three years back, up to that of `as_of`. An application decided on no known day is undecidable
and stands in the month of its acceptance.

Staff is the region table's figure, else the reference table's (`metrics.published`); a region's own may hold more than
those below it do. Where it is unknown, so is the rate.
"""

import narwhals as nw

from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame, beside
from casework.lead import first_rows, household_region
from casework.policy import Policy
from casework.tables import APPLICATION, AWARD
from casework.text import Text
from metrics import counts
from metrics.counts import Counts
from metrics.published import figures
from metrics.recipients import months

CARD = MetricCard(
    metric="cases_per_staff",
    area="efficiency",
    kind="rate",
    title=Text("人均办件量", "Cases per member of staff"),
    question=Text("一名经办人员手上有多少件?", "How many cases does one member of staff carry?"),
    formula=Text("(在办申请 + 在保保障)÷ 经办人员数", "(applications under way + awards in force) ÷ staff"),
    numerator=Text(
        "当月在办的申请与在保的保障件数(同一件不重复)",
        "applications under way and awards in force in the month, no case twice",
    ),
    denominator=Text("经办人员数", "staff"),
    exclusions=Text(
        "已有结论而办结日期不明的申请;经办人员数不明的地区",
        "applications decided on no known day; regions whose staff is unknown",
    ),
    needs=(needs(APPLICATION, "accepted_at", "decided_at"), needs(AWARD, "programme", "from_month")),
    better="neither",
    reading=Text(
        "负担的大小,不是效率:过高则难免拖延,过低也可能是人员统计口径不同",
        "A burden, not a merit: too many cases mean delay, few may only mean that staff is counted differently",
    ),
    unit=Text("件/人", "per member of staff"),
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Cases under way or in force (part) and staff (whole)."""
    staff = figures(data, months(data), "staff", stated=lambda region: region.staff, offices=True)
    return Counts(counts.part_of(rows(data, policy)), staff, standing=("part", "whole"))


def rows(data: Tables, policy: Policy) -> Frame:  # noqa: ARG001 - no rule says what a case is
    """The cases, one row a case and month."""
    cases = nw.concat([_applications(data), _awards(data)], how="vertical")
    monthly = cases.join(beside(cases, months(data)), how="cross").filter(
        nw.col("since") <= nw.col("month_index"), nw.col("month_index") <= nw.col("until")
    )
    return counts.every(
        monthly.select("subject", "region_code", "month_index", "programme", "in_part", "stage", "began_on", "ended_on")
    )


def _applications(data: Tables) -> Frame:
    """From the month of acceptance to that of the decision, undecided ones to that of `as_of`."""
    accepted = first_rows(data[APPLICATION]).filter(~nw.col("accepted_at").is_null())
    unknown = nw.col("decided_at").is_null() & ~nw.col("decision").is_null()
    began = counts.month_of("accepted_at")
    return household_region(data, accepted, otherwise="region_code").select(
        nw.col("application_no").alias("subject"),
        "region_code",
        "programme",
        nw.when(~unknown).then(nw.lit(value=True)).alias("in_part"),
        nw.lit("application").alias("stage"),
        nw.col("accepted_at").cast(nw.Date).alias("began_on"),
        nw.col("decided_at").cast(nw.Date).alias("ended_on"),
        began.alias("since"),
        nw.when(unknown)
        .then(began)
        .otherwise(nw.coalesce(counts.month_of("decided_at"), nw.lit(data.as_of_month)))
        .cast(nw.Int32)
        .alias("until"),
    )


def _awards(data: Tables) -> Frame:
    """From the first month, where the application was decided later from the month after that, to the last."""
    asked = first_rows(data[APPLICATION]).select(
        "application_id",
        nw.col("region_code").alias("in_charge"),
        (counts.month_of("decided_at") + 1).alias("after"),
    )
    awards = first_rows(data[AWARD]).join(asked, on="application_id", how="left")
    first = nw.col("from_month_index")
    return household_region(data, awards, otherwise="in_charge").select(
        nw.col("award_no").alias("subject"),
        "region_code",
        "programme",
        nw.lit(value=True).alias("in_part"),
        nw.lit("award").alias("stage"),
        nw.col("from_month").alias("began_on"),
        nw.col("to_month").alias("ended_on"),
        nw.when(nw.col("after") > first).then(nw.col("after")).otherwise(first).cast(nw.Int32).alias("since"),
        nw.coalesce(nw.col("to_month_index"), nw.lit(data.as_of_month)).cast(nw.Int32).alias("until"),
    )
