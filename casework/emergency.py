"""How long has each emergency case taken, and how many hours may it take?

From acceptance to the decision, undecided to the end of `as_of`, against emergency_hours, or urgency_hours where an
urgency is set; where one of the moments is a bare date, days against these hours rounded up to days; a moment that the
source itself states governs (contract §5).
"""

from typing import Final

import narwhals as nw

from casework.clock import SECONDS_A_DAY
from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy

SECONDS_AN_HOUR: Final = 3_600
HOURS_A_DAY: Final = 24
_HUNDREDTH: Final = 36  # seconds in a hundredth of an hour
_EAST: Final = 8 * SECONDS_AN_HOUR  # Asia/Shanghai is eight hours ahead of UTC


def timed_in_hours(data: Tables, policy: Policy, emergencies: Frame) -> Frame:
    """Emergencies with their time and their limit.

    Adds `undecided`; `until` (Date), the day of the decision, else of `as_of`; `limit` in hours and `limit_days`, with
    `limit_state` (1 in force, 0 undecidable, -1 none); `clock` ("due_at", "days" or "hours"); `days`, `elapsed` seconds
    and `hours` taken; `limited`; and `late` (null: undecidable or without a limit).
    """
    asked = emergencies
    for rule, into in (("emergency_hours", "plain"), ("urgency_hours", "urgent")):
        asked = policy.in_force(asked, rule, on="accepted_at", into=into)
    set_ = ~nw.col("urgency").is_null()
    end_of_day = (data.as_of_day + 1) * SECONDS_A_DAY - _EAST
    undecided = nw.col("decided_at").is_null() & nw.col("decision").is_null()
    by_day = nw.col("accepted_at_dated") | nw.col("decided_at_dated").fill_null(value=False)
    asked = asked.with_columns(
        undecided.alias("undecided"),
        nw.when(set_).then(nw.col("urgent")).otherwise(nw.col("plain")).alias("limit"),
        nw.when(set_).then(nw.col("urgent_state")).otherwise(nw.col("plain_state")).alias("limit_state"),
        nw.when(undecided).then(nw.lit(data.as_of_day)).otherwise(nw.col("decided_at_day")).alias("end_day"),
        nw.when(undecided).then(nw.lit(end_of_day)).otherwise(nw.col("decided_at_epoch")).alias("end_epoch"),
        nw.when(undecided).then(nw.lit(data.as_of)).otherwise(nw.col("decided_at").cast(nw.Date)).alias("until"),
        nw.when(~nw.col("due_at").is_null())
        .then(nw.lit("due_at"))
        .when(by_day)
        .then(nw.lit("days"))
        .otherwise(nw.lit("hours"))
        .alias("clock"),
    ).with_columns(
        (nw.col("end_day") - nw.col("accepted_at_day")).cast(nw.Int64).alias("days"),
        (nw.col("end_epoch") - nw.col("accepted_at_epoch")).cast(nw.Int64).alias("elapsed"),
        ((nw.col("limit") + HOURS_A_DAY - 1) // HOURS_A_DAY).cast(nw.Int64).alias("limit_days"),
    )
    return _judged(asked)


def _judged(asked: Frame) -> Frame:
    """Add `late`, `limited` and `hours`."""
    by_due = nw.col("due_at_dated") | nw.col("decided_at_dated").fill_null(value=False)
    overdue = (
        nw.when(by_due | (nw.col("undecided") & nw.col("due_at_dated")))
        .then(nw.col("end_day") > nw.col("due_at_day"))
        .otherwise(nw.col("end_epoch") > nw.col("due_at_epoch"))
    )
    past = (
        nw.when(nw.col("clock") == "days")
        .then(nw.col("days") > nw.col("limit_days"))
        .otherwise(nw.col("elapsed") > nw.col("limit") * SECONDS_AN_HOUR)
    )
    by_source = nw.col("clock") == "due_at"
    return asked.with_columns(
        nw.when(by_source).then(overdue).when(nw.col("limit_state") == 1).then(past).alias("late"),
        (by_source | (nw.col("limit_state") != -1)).alias("limited"),
        nw.when(nw.col("clock") == "hours")
        .then((nw.col("elapsed") + _HUNDREDTH - 1) // _HUNDREDTH / 100)
        .alias("hours"),
    )
