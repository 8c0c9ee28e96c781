"""How long has each application taken, and how long may it take?

Contract §4: working days after the day of acceptance up to and including the day of the decision (undecided: the day
of `as_of`), less what stops the clock; against the limit in force on acceptance, or the moment `due_at` that the source
itself states.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame
from casework.lead import household_region, placed_applications
from casework.listed import listed, names
from casework.policy import Policy
from casework.tables import APPLICATION, STEP

# An extension counts only with one of these reasons (contract §5; 民发〔2022〕83 号 四(一)); "other" is none of them.
LISTED_REASONS: Final = tuple(
    option.code for option in APPLICATION["extension_reason"].options if option.code != "other"
)
SECONDS_A_DAY: Final = 86_400


def decisions(data: Tables, policy: Policy) -> Frame:
    """Every application with `region_code` of the household's village (else its own) and what `timed` adds."""
    return household_region(data, timed(data, policy, placed_applications(data)), otherwise="region_code")


def timed(data: Tables, policy: Policy, applications: Frame) -> Frame:
    """Applications with their time and their limit.

    Adds `open`; `until` (Date) and `until_day`, the day of the decision, else of `as_of`; `days` (Int64 working days
    taken, `stopped` taken off; null beyond the calendar); `limit` and `limit_state` (1 in force, 0 undecidable, -1
    outside the rule); `governed` ("due_at" or "decision_days"); `late` (null: undecidable or outside); `past`, seconds
    past due, and `span`, seconds allowed, where due_at governs. The rule's region is the office's in charge.
    """
    as_of = nw.lit(data.as_of)
    counted = applications.with_columns(
        (nw.col("decided_at_day").is_null() & nw.col("decision").is_null()).alias("open"),
        nw.coalesce(nw.col("decided_at_day"), nw.lit(data.as_of_day)).cast(nw.Int32).alias("until_day"),
        nw.coalesce(nw.col("decided_at").cast(nw.Date), as_of).alias("until"),
        (nw.col("extended") & nw.col("extension_reason").is_in(LISTED_REASONS))
        .fill_null(value=False)
        .alias("lawfully_extended"),
    )
    counted = _stopped(data, policy, counted)
    counted = policy.in_force(counted, "decision_days", on="accepted_at", scope={"extended": "lawfully_extended"})
    counted = data.calendar.working_days(counted, "accepted_at", "until", into="days")
    counted = counted.with_columns((nw.col("days") - nw.col("stopped")).alias("days"))
    return _judged(data, counted)


def undecidable(judged: Frame) -> Frame:
    """Of timed applications, those that a limit should judge but cannot: no value in force, or days unpublished."""
    return judged.filter(
        nw.col("late").is_null() & (nw.col("limit_state") != -1) & (nw.col("programme") != "temporary_emergency")
    )


def overrun() -> nw.Expr:
    """How far past its limit, as a multiple of the time allowed."""
    allowed = nw.when(nw.col("limit") > 0).then(nw.col("limit")).otherwise(nw.lit(1))
    span = nw.when(nw.col("span") > SECONDS_A_DAY).then(nw.col("span")).otherwise(nw.lit(SECONDS_A_DAY))
    return nw.when(nw.col("governed") == "due_at").then(1 + nw.col("past") / span).otherwise(nw.col("days") / allowed)


def stops(data: Tables, policy: Policy, counted: Frame) -> Frame | None:
    """Rows of steps that stop the clock: `application_id`, `step`, `started_at_day`, `ended_day`; None: nothing can.

    Of `counted`, `application_id`, `programme`, `region_code`, `accepted_at_day` and `until_day` are read; a step
    without a finish runs to `until_day`.
    """
    stopping = names(policy, "clock_stops")
    counts = policy.rule("posting_counts")
    posting = False in [*(entry.value for entry in counts.entries), *(change.set for change in counts.changes)]
    steps = sorted({*stopping, *(["posting"] if posting else [])})
    if not steps or not data.has(STEP):
        return None
    rows = (
        data[STEP]
        .filter(nw.col("step").is_in(steps))
        .select("application_id", "step", "started_at_day", "finished_at_day")
        .join(
            counted.select("application_id", "programme", "region_code", "accepted_at_day", "until_day"),
            on="application_id",
            how="inner",
        )
        .with_columns(nw.coalesce(nw.col("finished_at_day"), nw.col("until_day")).alias("ended_day"))
    )
    rows = listed(policy, rows, "clock_stops", on="accepted_at", into="stops")
    stands = nw.col("stops")
    if posting:
        rows = policy.in_force(rows, "posting_counts", on="accepted_at", into="counts")
        stands = stands | ((nw.col("step") == "posting") & ~nw.col("counts").fill_null(value=True))
    return rows.filter(stands).select("application_id", "step", "started_at_day", "ended_day")


def _stopped(data: Tables, policy: Policy, counted: Frame) -> Frame:
    """Add `stopped`: working days in which the clock stood still (null beyond the calendar)."""
    rows = stops(data, policy, counted)
    if rows is None:
        return counted.with_columns(nw.lit(0).cast(nw.Int64).alias("stopped"))
    taken = (
        data.calendar.working_days(rows, "started_at", "ended", into="stopped")
        .with_columns(
            nw.when(nw.col("stopped") < 0).then(nw.lit(0)).otherwise(nw.col("stopped")).alias("stopped"),
            nw.when(nw.col("stopped").is_null()).then(nw.lit(1)).otherwise(nw.lit(0)).alias("unknown"),
        )
        .group_by("application_id")
        .agg(nw.col("stopped").sum().cast(nw.Int64), nw.col("unknown").sum().alias("unknown"))
        .select("application_id", nw.when(nw.col("unknown") == 0).then(nw.col("stopped")).alias("known"), "unknown")
    )
    return (
        counted.join(taken, on="application_id", how="left")
        .with_columns(
            nw.when(nw.col("unknown").is_null())
            .then(nw.lit(0))
            .otherwise(nw.col("known"))
            .cast(nw.Int64)
            .alias("stopped")
        )
        .drop("known", "unknown")
    )


def _judged(data: Tables, counted: Frame) -> Frame:
    """Add `governed`, `late`, `past` and `span`; where one of two moments is a bare date, days are compared."""
    stated = ~nw.col("due_at").is_null()
    by_day = nw.col("due_at_dated") | nw.col("decided_at_dated").fill_null(value=False)
    end_of_day = (data.as_of_day + 1) * SECONDS_A_DAY - 8 * 3600  # Asia/Shanghai is eight hours ahead of UTC
    overdue = (
        nw.when(~nw.col("decided_at").is_null())
        .then(
            nw.when(by_day)
            .then(nw.col("decided_at_day") > nw.col("due_at_day"))
            .otherwise(nw.col("decided_at") > nw.col("due_at"))
        )
        .otherwise(
            nw.when(nw.col("due_at_dated"))
            .then(nw.col("due_at_day") < data.as_of_day)
            .otherwise(nw.col("due_at_epoch") < end_of_day)
        )
    )
    # An emergency has its own clock in hours; a decision without its day cannot be timed.
    judged = (nw.col("programme") != "temporary_emergency") & (nw.col("open") | ~nw.col("decided_at").is_null())
    known = nw.coalesce(nw.col("decided_at_epoch"), nw.lit(end_of_day))
    return counted.with_columns(
        nw.when(stated).then(nw.lit("due_at")).otherwise(nw.lit("decision_days")).alias("governed"),
        nw.when(stated & judged)
        .then(overdue)
        .when(~stated & judged & (nw.col("limit_state") == 1))
        .then(nw.col("days") > nw.col("limit"))
        .alias("late"),
        nw.when(stated).then(known - nw.col("due_at_epoch")).cast(nw.Int64).alias("past"),
        nw.when(stated).then(nw.col("due_at_epoch") - nw.col("accepted_at_epoch")).cast(nw.Int64).alias("span"),
    )
