"""How long has each application taken or waited, decided or not, and how much time had it?

Not a metric of its own: the cases whose waiting `metrics.honest.survival` tells. The clocks are those of the leads
(`casework.clock`, `casework.emergency`).
"""

from dataclasses import dataclass
from typing import Final, Literal, get_args

import narwhals as nw
import polars as pl

from casework.ageing import EMERGENCY
from casework.clock import SECONDS_A_DAY, decisions
from casework.dataset import Tables
from casework.emergency import SECONDS_AN_HOUR, timed_in_hours
from casework.engine import Frame
from casework.lead import household_region, placed_applications
from casework.policy import Policy
from metrics import counts
from metrics.honest.survival import Estimate, Survival, still_open, survival

Unit = Literal["working_days", "days", "hours"]
UNITS: Final[tuple[Unit, ...]] = get_args(Unit)
_EAST: Final = 8 * SECONDS_AN_HOUR  # Asia/Shanghai is eight hours ahead of UTC


@dataclass(frozen=True, slots=True)
class Past:
    """How many cases outlast a limit.

    `past`: cases known to be undecided after it; `closed_only`: the share of the decided that took longer (flatters
    while slow cases lie open); `with_open`: of all cases, by Kaplan and Meier.
    """

    cases: int
    decided: int
    past: int
    closed_only: float | None
    with_open: Estimate


def durations(data: Tables, policy: Policy) -> Frame:
    """Every application that was not withdrawn, one row each.

    `month_index`: of its acceptance; `region_code`: the household's village, else the office's. `decided`: is it?
    `working_days` (Int64, the stopped clock taken off), `days` (Float64 calendar days; whole ones where a moment is a
    bare date), `hours` (Float64, emergencies alone) to the decision, else to the end of `as_of`; null: unknown, or
    decided before it was accepted. `limit` in its `unit`: working days or an emergency's hours by the rule in force, or
    calendar days where the source states the moment it is due; null without one. `late` (null: undecidable or without
    a limit): past it, at `as_of` where undecided. `accepted_at_day`, `until_day`: from when to when.
    """
    kept = placed_applications(data).filter((nw.col("decision") != "withdrawn").fill_null(value=True))
    urgent = (nw.col("programme") == EMERGENCY).fill_null(value=False)
    usual = decisions(data, policy).filter((nw.col("decision") != "withdrawn").fill_null(value=True), ~urgent)
    return nw.concat([_in_days(data, usual), _in_hours(data, policy, kept.filter(urgent))], how="vertical")


def past(took: pl.Series, decided: pl.Series, limit: float) -> Past:
    """How many of these cases outlast the limit, the open ones left out and counted? `took` and `limit` in one unit."""
    longer, closed = took > limit, int(decided.sum())
    return Past(
        len(took),
        closed,
        int(longer.sum()),
        int((longer & decided).sum()) / closed if closed else None,
        still_open(survival(took, decided), limit),
    )


def told(found: Survival, least: int) -> pl.DataFrame:
    """The curve as it may be shown: `days`, `open`, `low`, `high` and `watched`, the cases still watched after.

    Of steps that fewer than `least` cases left at, only so many together are one step; the curve ends where fewer than
    `least` cases would be watched. 0 or 1: every step.
    """
    steps = found.frame.with_columns(watched=pl.col("waiting").shift(-1).fill_null(0))
    kept, before = [], found.cases
    for place, watched in enumerate(steps["watched"]):
        enough = watched >= least or least <= 1
        if place == 0 or (enough and before - watched >= least):
            kept.append(place)
            before = watched
    return steps[kept].select("days", "open", "low", "high", "watched")


def _in_days(data: Tables, judged: Frame) -> Frame:
    stated = nw.col("governed") == "due_at"
    by_day = nw.col("accepted_at_dated") | nw.col("decided_at_dated").fill_null(value=False)
    end = nw.coalesce(nw.col("decided_at_epoch"), nw.lit((data.as_of_day + 1) * SECONDS_A_DAY - _EAST))
    known = nw.col("open") | ~nw.col("decided_at_day").is_null()  # else decided, nobody wrote down when
    whole = (nw.col("until_day") - nw.col("accepted_at_day")).cast(nw.Float64)
    exact = (end - nw.col("accepted_at_epoch")) / SECONDS_A_DAY
    days = nw.when(by_day).then(whole).otherwise(exact)
    allowed = nw.when(nw.col("limit_state") == 1).then(nw.col("limit"))
    return _shaped(
        judged.with_columns(
            nw.when(known & (whole >= 0) & (nw.col("days") >= 0)).then(nw.col("days")).alias("working_days"),
            nw.when(known & (days >= 0)).then(days).alias("calendar_days"),
            nw.lit(None).cast(nw.Float64).alias("took_hours"),
            nw.when(stated)
            .then((nw.col("span") + SECONDS_A_DAY // 2) // SECONDS_A_DAY)
            .otherwise(allowed)
            .alias("may"),
            nw.when(stated).then(nw.lit("days")).when(~allowed.is_null()).then(nw.lit("working_days")).alias("unit"),
            (~nw.col("open")).alias("decided"),
        )
    )


def _in_hours(data: Tables, policy: Policy, emergencies: Frame) -> Frame:
    judged = household_region(data, timed_in_hours(data, policy, emergencies), otherwise="region_code")
    allowed = nw.when((nw.col("limit_state") == 1) & (nw.col("clock") != "due_at")).then(nw.col("limit"))
    days = nw.when(nw.col("clock") == "hours").then(nw.col("elapsed") / SECONDS_A_DAY).otherwise(nw.col("days"))
    return _shaped(
        judged.with_columns(
            nw.lit(None).cast(nw.Int64).alias("working_days"),
            nw.when(days >= 0).then(days).alias("calendar_days"),
            nw.when(nw.col("hours") >= 0).then(nw.col("hours")).alias("took_hours"),
            allowed.alias("may"),
            nw.when(~allowed.is_null()).then(nw.lit("hours")).alias("unit"),
            (~nw.col("undecided")).alias("decided"),
            nw.col("end_day").alias("until_day"),
        )
    )


def _shaped(rows: Frame) -> Frame:
    """The columns that both clocks share."""
    return rows.select(
        "application_id",
        "programme",
        "region_code",
        counts.month_of("accepted_at"),
        "delegated",
        "urgency",
        "decided",
        nw.col("working_days").cast(nw.Int64),
        nw.col("calendar_days").cast(nw.Float64).alias("days"),
        nw.col("took_hours").cast(nw.Float64).alias("hours"),
        nw.col("may").cast(nw.Int64).alias("limit"),
        "unit",
        "late",
        nw.col("accepted_at_day").cast(nw.Int32),
        nw.col("until_day").cast(nw.Int32),
    )
