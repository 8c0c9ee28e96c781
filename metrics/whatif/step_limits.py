"""Which steps would be past their own limit under other rules?

By step_days: from acceptance, the decision or the end of another step to the beginning or the end of the step. Of a
step entered once, and of posting the last end; a step entered more often, or without an end though the case is decided,
cannot be judged and is unknown. In an open case a step begun runs to the end of `as_of`. A step that never came is not
among them (the leads ask for it), nor is one whose clock something else starts that never came. Withdrawn applications
and emergencies are exempt.
"""

from typing import Final

import narwhals as nw
import polars as pl

from casework.ageing import EMERGENCY
from casework.clock import stops
from casework.dataset import Tables
from casework.engine import Frame
from casework.lead import household_region, placed_applications
from casework.policy import Policy
from metrics.whatif.replay import Otherwise

COLUMNS: Final = ("scope", "programme", "region_code", "decided", "limited", "late", "late_after", "took", "took_after")
_POSTING: Final = "posting"  # several postings are one: the last end counts
_DIGITS: Final = 6
_ASKED: Final = (
    "application_id",
    "programme",
    "region_code",
    "accepted_at_day",
    "until_day",
)  # by the clock that stops
_SCHEMA: Final = pl.Schema(
    {
        **dict.fromkeys(COLUMNS[:3], pl.String()),
        **dict.fromkeys(COLUMNS[3:7], pl.Boolean()),
        **dict.fromkeys(COLUMNS[7:], pl.Int64()),
    }
)


def step_limits(data: Tables, before: Policy, after: Policy, otherwise: Otherwise) -> pl.DataFrame:
    """A row a step taken that has a limit under both policies: `COLUMNS`, with `scope` "step:<step>".

    A step left out is not among them; one done beside another, or counted from the end of such a step, is unknown
    afterwards. `took`: working days, what stopped the clock within them taken off; null: unknown.
    """
    found = [pl.DataFrame(schema=_SCHEMA)]
    for step in sorted(_limited(before) - otherwise.removed):
        was, would = (_judged(data, policy, step) for policy in (before, after))
        moved = {step, *(name.removesuffix(".finished_at") for name in would["since"].drop_nulls().unique())}
        both = was.join(would.select("application_id", "took", "limit"), on="application_id", suffix="_after")
        if moved & (otherwise.parallel | otherwise.removed):
            took = pl.lit(None, dtype=pl.Int64)
        elif step in otherwise.fixed:
            took = pl.col("took_after")
        else:
            scaled = (pl.col("took_after") / otherwise.staff).round(_DIGITS).ceil()
            took = scaled.cast(pl.Int64)
        both = both.with_columns(took_after=took)
        found.append(
            both.select(
                pl.lit(f"step:{step}").alias("scope"),
                "programme",
                "region_code",
                "decided",
                pl.lit(value=True).alias("limited"),
                (pl.col("took") > pl.col("limit")).alias("late"),
                (pl.col("took_after") > pl.col("limit_after")).alias("late_after"),
                "took",
                "took_after",
            ).cast(_SCHEMA)
        )
    return pl.concat(found)


def _limited(policy: Policy) -> set[str]:
    """Every step that step_days limits anywhere."""
    return {str(entry.scope["step"]) for entry in policy.rule("step_days").entries if "step" in entry.scope}


def _usual(policy: Policy, step: str) -> tuple[str, str]:
    """From what to what the step runs where a local entry gives only the number of days."""
    said = sorted(policy.rule("step_days").entries, key=lambda entry: (entry.from_, not entry.origin))
    bounds = [
        (str(entry.fields["since"]), str(entry.fields["until"]))
        for entry in said
        if entry.scope.get("step") == step and entry.fields.get("since") and entry.fields.get("until")
    ]
    return bounds[-1] if bounds else ("accepted_at", "started_at")


def _judged(data: Tables, policy: Policy, step: str) -> pl.DataFrame:
    """`application_id`, `programme`, `region_code`, `decided`, `since`, `took`, `limit` of the cases that took it."""
    stays = (nw.col("decision").fill_null("") != "withdrawn") & (nw.col("programme").fill_null("") != EMERGENCY)
    asked = placed_applications(data).filter(stays).with_columns(nw.lit(step).alias("step"))
    asked = policy.in_force(asked, "step_days", on="accepted_at").filter(nw.col("limit_state") != -1)
    for name, usual in zip(("since", "until"), _usual(policy, step), strict=True):
        asked = policy.in_force(asked, "step_days", on="accepted_at", into=f"said_{name}", field=name)
        asked = asked.with_columns(nw.coalesce(nw.col(f"said_{name}"), nw.lit(usual)).alias(name))
    asked = asked.with_columns(
        (~nw.col("decision").is_null() | ~nw.col("decided_at_day").is_null()).alias("decided"),
        nw.coalesce(nw.col("decided_at_day"), nw.lit(data.as_of_day)).cast(nw.Int32).alias("until_day"),
    )
    taken = asked.join(_milestone(data, step, "own"), on="application_id", how="inner")
    others = sorted(_others(policy))
    for other in others:
        taken = taken.join(_milestone(data, other, other), on="application_id", how="left")
    came = (nw.col("since") == "accepted_at") | ((nw.col("since") == "decided_at") & nw.col("decided"))
    for other in others:
        came = came | ((nw.col("since") == f"{other}.finished_at") & ~nw.col(f"{other}_open").is_null())
    taken = taken.filter(came)
    begun = nw.when(nw.col("since") == "accepted_at").then(nw.col("accepted_at_day"))
    begun = begun.when(nw.col("since") == "decided_at").then(nw.col("decided_at_day"))
    after: nw.Expr = begun.otherwise(nw.lit(None).cast(nw.Int32))
    for other in others:
        of_it = nw.col("since") == f"{other}.finished_at"
        after = nw.when(of_it).then(nw.col(f"{other}_end_day")).otherwise(after)
    running = nw.when(~nw.col("decided")).then(nw.lit(data.as_of_day))
    ended = nw.when(nw.col("own_open")).then(running).otherwise(nw.col("own_end_day"))
    end = nw.when(nw.col("until") == "finished_at").then(ended).otherwise(nw.col("own_start_day"))
    timed = taken.with_columns(after.cast(nw.Int32).alias("since_day"), end.cast(nw.Int32).alias("end_day"))
    counted = _less_stopped(data, policy, data.calendar.working_days(timed, "since", "end", into="days"))
    placed = household_region(data, counted, otherwise="region_code")
    limit = nw.when(nw.col("limit_state") == 1).then(nw.col("limit"))
    return data.engine.collect(
        placed.select(
            *("application_id", "programme", "region_code", "decided", "since"),
            nw.col("days").cast(nw.Int64).alias("took"),
            limit.cast(nw.Int64).alias("limit"),
        )
    )


def _others(policy: Policy) -> set[str]:
    """The steps whose end starts another step's clock."""
    said = {str(entry.fields.get("since")) for entry in policy.rule("step_days").entries}
    return {name.removesuffix(".finished_at") for name in said if name.endswith(".finished_at")}


def _milestone(data: Tables, step: str, into: str) -> Frame:
    """The cases that took the step once (posting: ever): `_start_day`, `_end_day`, `_open`; null where unknown."""
    once = (nw.col(f"{step}_rows") == 1) | nw.lit(step == _POSTING)
    known = once & (nw.col(f"{step}_unfinished") == 0)
    start, end = (nw.col(f"{step}_{name}").cast(nw.Date) for name in ("started_at", "finished_at"))
    rows = data.milestone.filter(nw.col(f"{step}_rows") > 0)
    rows = rows.select(
        "application_id",
        nw.when(once).then(start).alias("start_on"),
        nw.when(known).then(end).alias("end_on"),
        (once & (nw.col(f"{step}_unfinished") > 0)).alias(f"{into}_open"),
    )
    for name in ("start", "end"):
        rows = rows.join(_numbers(data, f"{name}_on", f"{into}_{name}_day"), on=f"{name}_on", how="left")
    return rows.select("application_id", f"{into}_start_day", f"{into}_end_day", f"{into}_open")


def _numbers(data: Tables, day: str, into: str) -> Frame:
    """Every day of the calendar beside its number since 1970-01-01."""
    days = data.calendar.frame.select(pl.col("day").cast(pl.Date).alias(day), pl.col("day").alias(into))
    return data.engine.place(days)


def _less_stopped(data: Tables, policy: Policy, timed: Frame) -> Frame:
    """The days less what stopped the clock between the step's own two ends; before its beginning it took none."""
    rows = stops(data, policy, timed.select(*_ASKED))
    within = nw.when(nw.col("days") > 0).then(nw.col("days")).when(~nw.col("days").is_null()).then(nw.lit(0))
    if rows is None:
        return timed.with_columns(within.alias("days"))
    own = timed.select("application_id", "since_day", "end_day")
    inside = rows.drop("step").join(own, on="application_id", how="inner")
    inside = inside.with_columns(
        nw.max_horizontal("started_at_day", "since_day").alias("from_day"),
        nw.min_horizontal("ended_day", "end_day").alias("to_day"),
    ).filter(nw.col("to_day") > nw.col("from_day"))
    stood = data.calendar.working_days(inside, "from", "to", into="stopped")
    stood = stood.group_by("application_id").agg(nw.col("stopped").sum().cast(nw.Int64))
    joined = timed.join(stood, on="application_id", how="left")
    return joined.with_columns((within - nw.col("stopped").fill_null(0)).alias("days"))
