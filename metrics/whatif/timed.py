"""Which cases run against a limit, how long have they taken, and by which clock are they judged?

The clocks are those of `metrics.efficiency.on_time_share` and `open_overdue_share` (`casework.clock`,
`casework.emergency`): decided and open applications alike, withdrawn ones left out.
"""

from typing import Final

import narwhals as nw
import polars as pl

from casework.ageing import EMERGENCY
from casework.clock import decisions, stops
from casework.dataset import Tables
from casework.emergency import SECONDS_AN_HOUR, timed_in_hours
from casework.engine import Frame
from casework.lead import household_region, placed_applications
from casework.policy import Policy
from casework.tables import STEP

TIMED_SCHEMA: Final = pl.Schema(
    {
        "application_id": pl.Int64(),
        "scope": pl.String(),  # "decision", "emergency"
        "programme": pl.String(),
        "region_code": pl.String(),  # the household's village, else the office's
        "decided": pl.Boolean(),
        "limited": pl.Boolean(),  # is there a limit at all?
        "tick": pl.String(),  # what the limit is counted in: "working", "calendar", "second"
        "allowed": pl.Int64(),  # ticks; null: undecidable
        "late": pl.Boolean(),  # null: undecidable or without a limit
        "took": pl.Int64(),  # working days, the stopped clock taken off; emergencies: seconds; null: unknown
        **{f"accepted_{tick}": pl.Int64() for tick in ("calendar", "second")},
        **{f"until_{tick}": pl.Int64() for tick in ("calendar", "second")},  # the decision, else the end of `as_of`
    }
)
_KEPT: Final = ("application_id", "programme", "region_code")


def timed(data: Tables, policy: Policy) -> pl.DataFrame:
    """Every application not withdrawn, one row each, as `TIMED_SCHEMA`, by application."""
    urgent = (nw.col("programme") == EMERGENCY).fill_null(value=False)
    stays = (nw.col("decision") != "withdrawn").fill_null(value=True)
    usual = decisions(data, policy).filter(stays, ~urgent)
    emergencies = timed_in_hours(data, policy, placed_applications(data).filter(stays, urgent))
    emergencies = household_region(data, emergencies, otherwise="region_code")
    found = data.engine.collect_all([_in_days(usual), _in_hours(emergencies)])
    return pl.concat(found).cast(TIMED_SCHEMA).sort("application_id")


def step_rows(data: Tables) -> pl.DataFrame:
    """`application_id`, `step`, and when each row began and ended: `started_…` and `finished_…` in days and seconds.

    A moment that is a bare date has a day and no second.
    """
    if not data.has(STEP):
        names = [f"{end}_{tick}" for end in ("started", "finished") for tick in ("calendar", "second")]
        return pl.DataFrame(
            schema={"application_id": pl.Int64(), "step": pl.String(), **dict.fromkeys(names, pl.Int64())}
        )
    ends = ("started", "finished")
    days = [nw.col(f"{end}_at_day").cast(nw.Int64).alias(f"{end}_calendar") for end in ends]
    moments = [
        nw.when(~nw.col(f"{end}_at_dated").fill_null(value=True))
        .then(nw.col(f"{end}_at_epoch"))
        .cast(nw.Int64)
        .alias(f"{end}_second")
        for end in ends
    ]
    return data.engine.collect(data[STEP].select("application_id", "step", *days, *moments))


def stopped_by(data: Tables, policy: Policy, steps: frozenset[str]) -> pl.DataFrame:
    """`application_id`, `stopped`: the working days for which these steps stopped its clock; others have no row."""
    counted = decisions(data, policy)
    rows = stops(data, policy, counted)
    if rows is None:
        return pl.DataFrame(schema={"application_id": pl.Int64(), "stopped": pl.Int64()})
    days = data.calendar.working_days(
        rows.filter(nw.col("step").is_in(sorted(steps))), "started_at", "ended", into="stopped"
    )
    found = data.engine.collect(days.select("application_id", "stopped"))
    return found.group_by("application_id").agg(pl.col("stopped").clip(0).sum().cast(pl.Int64))


def _in_days(judged: Frame) -> Frame:
    stated = nw.col("governed") == "due_at"
    in_order = (nw.col("until_day") >= nw.col("accepted_at_day")) & (nw.col("days") >= 0)
    dated = nw.col("open") | ~nw.col("decided_at_day").is_null()  # else decided, nobody wrote down when
    return judged.select(
        *_KEPT[:1],
        nw.lit("decision").alias("scope"),
        *_KEPT[1:],
        (~nw.col("open")).alias("decided"),
        (stated | (nw.col("limit_state") != -1)).alias("limited"),
        nw.when(stated).then(nw.lit("calendar")).otherwise(nw.lit("working")).alias("tick"),
        nw.when(stated)
        .then((nw.col("due_at_day") - nw.col("accepted_at_day")).cast(nw.Int64))
        .when(nw.col("limit_state") == 1)
        .then(nw.col("limit").cast(nw.Int64))
        .alias("allowed"),
        "late",
        nw.when(in_order & dated).then(nw.col("days")).cast(nw.Int64).alias("took"),
        *_ends("until_day", dated),
    )


def _in_hours(judged: Frame) -> Frame:
    by_clock = nw.col("clock") == "hours"
    set_ = nw.col("limit_state") == 1
    return judged.select(
        *_KEPT[:1],
        nw.lit("emergency").alias("scope"),
        *_KEPT[1:],
        (~nw.col("undecided")).alias("decided"),
        "limited",
        nw.when(by_clock).then(nw.lit("second")).otherwise(nw.lit("calendar")).alias("tick"),
        nw.when(nw.col("clock") == "due_at")
        .then((nw.col("due_at_day") - nw.col("accepted_at_day")).cast(nw.Int64))
        .when(set_ & by_clock)
        .then((nw.col("limit") * SECONDS_AN_HOUR).cast(nw.Int64))
        .when(set_)
        .then(nw.col("limit_days"))
        .alias("allowed"),
        "late",
        nw.when(by_clock & (nw.col("elapsed") >= 0)).then(nw.col("elapsed")).cast(nw.Int64).alias("took"),
        *_ends("end_day", ~nw.col("end_day").is_null(), "end_epoch"),
    )


def _ends(until_day: str, dated: nw.Expr, until_epoch: str | None = None) -> tuple[nw.Expr, ...]:
    """Acceptance and decision in days and, for emergencies, in seconds."""
    nothing = nw.lit(None).cast(nw.Int64)
    seconds = (
        (nothing.alias("accepted_second"), nothing.alias("until_second"))
        if until_epoch is None
        else (
            nw.when(~nw.col("accepted_at_dated"))
            .then(nw.col("accepted_at_epoch"))
            .cast(nw.Int64)
            .alias("accepted_second"),
            nw.col(until_epoch).cast(nw.Int64).alias("until_second"),
        )
    )
    return (
        nw.col("accepted_at_day").cast(nw.Int64).alias("accepted_calendar"),
        seconds[0],
        nw.when(dated).then(nw.col(until_day)).cast(nw.Int64).alias("until_calendar"),
        seconds[1],
    )
