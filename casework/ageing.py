"""How much of its time has each undecided application used by the end of `as_of`?

The clocks are those of the leads (`casework.clock`, `casework.emergency`): what is past its limit here is raised there.
What a limit should judge but cannot is unknown, never 0.
"""

from typing import Final, Literal, get_args

import narwhals as nw

from casework.clock import SECONDS_A_DAY, stops, timed
from casework.dataset import Tables
from casework.emergency import SECONDS_AN_HOUR, timed_in_hours
from casework.engine import Frame
from casework.lead import household_region, placed_applications
from casework.policy import Policy

State = Literal["red", "amber", "running", "unknown", "unlimited"]  # past the limit, near it, in time, …
STATES: Final[tuple[State, ...]] = get_args(State)
EMERGENCY: Final = "temporary_emergency"
_EAST: Final = 8 * SECONDS_AN_HOUR  # Asia/Shanghai is eight hours ahead of UTC
_COLUMNS: Final = (
    "application_id",
    "application_no",
    "programme",
    "household_no",
    "office",
    "region_code",
    "accepted_at",
    "extended",
    "unit",
    "limit",
    "used",
    "left",
    "stopped",
    "paused",
    "due_at",
    "due_at_dated",
    "share",
    "late",
    "limited",
)


def ageing(data: Tables, policy: Policy) -> Frame:
    """Undecided applications, one row each, with their state.

    `office`: the region in charge; `region_code`: the household's village, else the office's. `unit`: what `limit`,
    `used` and `left` count, "working_days" (`stopped` taken off), "hours" or "days" (emergencies), or "due_at", where
    `due_at` governs, nothing is limited or counted, and `left` is the working days until then; negative where past.
    `paused`: does the clock stand still on the day of `as_of`? `share`: of the time allowed. `state`: red is past the
    limit, amber from the share `amber` on (a judgement, never a lead), unlimited is outside the rule.
    """
    undecided = placed_applications(data).filter(nw.col("decided_at").is_null() & nw.col("decision").is_null())
    urgent = (nw.col("programme") == EMERGENCY).fill_null(value=False)
    both = nw.concat(
        [_in_days(data, policy, undecided.filter(~urgent)), _in_hours(data, policy, undecided.filter(urgent))]
    )
    amber = float(policy.tuning("amber"))
    state = (
        nw.when(nw.col("late"))
        .then(nw.lit("red"))
        .when(~nw.col("limited"))
        .then(nw.lit("unlimited"))
        .when(nw.col("late").is_null() | nw.col("share").is_null())
        .then(nw.lit("unknown"))
        .when(nw.col("share") >= amber)
        .then(nw.lit("amber"))
        .otherwise(nw.lit("running"))
    )
    placed = household_region(data, both.with_columns(state.alias("state")), otherwise="region_code")
    return placed.select(*(name for name in _COLUMNS if name not in {"late", "limited"}), "state")


def _in_days(data: Tables, policy: Policy, undecided: Frame) -> Frame:
    """By working days, or by the moment that the source states."""
    judged = timed(data, policy, undecided)
    by_source = nw.col("governed") == "due_at"
    share = nw.when(by_source).then(_stated_share(data)).otherwise(_share("days", "limit"))
    judged = _until_due(data, judged).with_columns(
        nw.when(by_source).then(nw.lit("due_at")).otherwise(nw.lit("working_days")).alias("unit"),
        nw.when(by_source).then(nw.col("to_due")).otherwise(nw.col("limit") - nw.col("days")).alias("left"),
        nw.when(~by_source).then(nw.col("limit")).alias("limit"),
        nw.when(~by_source).then(nw.col("days")).alias("used"),
        share.alias("share"),
        (by_source | (nw.col("limit_state") != -1)).alias("limited"),
    )
    return _shaped(_paused(data, policy, judged))


def _in_hours(data: Tables, policy: Policy, undecided: Frame) -> Frame:
    """Emergencies: by hours, by days where only days are known, or by the moment that the source states."""
    judged = _until_due(data, timed_in_hours(data, policy, undecided))
    by_hours, by_source = nw.col("clock") == "hours", nw.col("clock") == "due_at"
    hours = nw.col("elapsed") // SECONDS_AN_HOUR
    limit = nw.when(by_hours).then(nw.col("limit")).when(~by_source).then(nw.col("limit_days"))
    used = nw.when(by_hours).then(hours).when(~by_source).then(nw.col("days"))
    share = nw.when(by_hours).then(_share("elapsed", "limit") / SECONDS_AN_HOUR).otherwise(_share("days", "limit_days"))
    counted = judged.with_columns(
        nw.col("clock").alias("unit"),
        used.alias("used"),
        limit.cast(nw.Int64).alias("allowed"),
        nw.when(by_source).then(_stated_share(data)).otherwise(share).alias("share"),
        nw.lit(0).cast(nw.Int64).alias("stopped"),
        nw.lit(value=False).alias("paused"),
        nw.lit(value=False).alias("lawfully_extended"),
    ).with_columns(
        nw.col("allowed").alias("limit"),
        nw.when(by_source).then(nw.col("to_due")).otherwise(nw.col("allowed") - nw.col("used")).alias("left"),
    )
    return _shaped(counted)


def _shaped(rows: Frame) -> Frame:
    """The columns that both clocks share; the region in charge beside itself, for the household's to come."""
    kept = rows.with_columns(
        nw.col("region_code").alias("office"),
        nw.col("lawfully_extended").alias("extended"),
        *(nw.col(name).cast(nw.Int64).alias(name) for name in ("limit", "used", "left", "stopped")),
        nw.col("share").cast(nw.Float64).alias("share"),
    )
    return kept.select("household_id", *_COLUMNS)


def _share(used: str, limit: str) -> nw.Expr:
    """Of the time allowed, of one unit at least; null where either is unknown."""
    allowed = nw.when(nw.col(limit) > 0).then(nw.col(limit)).when(~nw.col(limit).is_null()).then(nw.lit(1))
    return nw.col(used) / allowed


def _stated_share(data: Tables) -> nw.Expr:
    """Of the time from acceptance to the stated moment; a stated date is the end of its day."""
    end = nw.lit((data.as_of_day + 1) * SECONDS_A_DAY - _EAST)
    last = nw.when(nw.col("due_at_dated")).then(_end_of("due_at_day")).otherwise(nw.col("due_at_epoch"))
    span = last - nw.col("accepted_at_epoch")
    allowed = nw.when(span > SECONDS_A_DAY).then(span).otherwise(nw.lit(SECONDS_A_DAY))
    return nw.when(~span.is_null()).then(1 + (end - last) / allowed)


def _end_of(day: str) -> nw.Expr:
    return (nw.col(day).cast(nw.Int64) + 1) * SECONDS_A_DAY - _EAST


def _until_due(data: Tables, rows: Frame) -> Frame:
    """Add `to_due`: working days from `as_of` to the stated day; null beyond the calendar."""
    today = rows.with_columns(nw.lit(data.as_of_day).cast(nw.Int32).alias("as_of_day"))
    return data.calendar.working_days(today, "as_of", "due_at", into="to_due").drop("as_of_day")


def _paused(data: Tables, policy: Policy, judged: Frame) -> Frame:
    """Add `paused`: is a step that stops the clock under way on the day of `as_of`?"""
    rows = stops(data, policy, judged)
    if rows is None:
        return judged.with_columns(nw.lit(value=False).alias("paused"))
    today = (nw.col("started_at_day") <= data.as_of_day) & (nw.col("ended_day") >= data.as_of_day)
    standing = rows.filter(today).select("application_id", nw.lit(value=True).alias("standing")).unique()
    joined = judged.join(standing, on="application_id", how="left")
    return joined.with_columns(nw.col("standing").fill_null(value=False).alias("paused")).drop("standing")


__all__ = ["EMERGENCY", "STATES", "State", "ageing"]
