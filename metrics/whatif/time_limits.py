"""How many cases would be late under another limit, another process or with other staff?

The real cases, decided and open, with the clocks of the leads. A rule is changed by a scenario's policy (decision_days,
step_days, emergency_hours, urgency_hours, posting_counts, clock_stops); a step left out or done beside another and the
number of staff are assumptions, and every case is played anew from its own step rows (`metrics.whatif.replay`). An open
case is judged by what it has used by the end of `as_of`: at today's state of its file, it may still become late.

Unknown stays unknown: a case counts only where it is judged before and after; one without step rows says nothing about
a step left out. Arithmetic on what happened (算术效应), no forecast: nobody is assumed to work otherwise than before.
"""

from collections.abc import Iterable
from typing import Final

import polars as pl

from casework.calendar import Calendar
from casework.dataset import Tables
from casework.emergency import SECONDS_AN_HOUR
from casework.listed import names
from casework.policy import Change, Policy
from casework.regions import Regions
from casework.text import Text
from metrics.whatif.replay import Otherwise, replayed
from metrics.whatif.scenario import Assumptions
from metrics.whatif.step_limits import step_limits
from metrics.whatif.timed import step_rows, stopped_by, timed

LIMITS_SCHEMA: Final = pl.Schema(
    {
        "scope": pl.String(),  # "decision", "emergency", "step:<step>"
        "measure": pl.String(),  # of MEASURES
        "unit": pl.String(),  # "share", "cases", "working_days", "hours"
        "programme": pl.String(),  # "" = all
        "tier": pl.String(),
        "region_code": pl.String(),
        "baseline": pl.Float64(),  # null: not known, or nothing of the kind (becomes_late, no_longer_late)
        "scenario": pl.Float64(),
        "n": pl.Int64(),  # cases judged both before and after
        "unknown": pl.Int64(),  # cases that it concerns and that cannot be judged before or after
    }
)
MEASURES: Final = {
    "late_share": Text("超时占比(含在办)", "Past the limit, open cases counted"),
    "late": Text("超时件数(含在办)", "Cases past the limit, open ones counted"),
    "becomes_late": Text("将变为超时的件数", "Cases that would have been late"),
    "no_longer_late": Text("将不再超时的件数", "Cases that would no longer be late"),
    "median": Text("办结用时中位数", "Median time to decide"),
    "p90": Text("办结用时第九十百分位", "90th percentile of the time to decide"),
}
_CELL: Final = ("scope", "counted_as", "tier", "unit_code")
_QUANTILES: Final = {"median": 500, "p90": 900}  # in thousandths, so nothing rounds
_THOUSANDTHS: Final = 1000


def time_limits(
    data: Tables, policy: Policy, changes: Iterable[Change] = (), assumptions: Assumptions | None = None
) -> pl.DataFrame:
    """Baseline and scenario side by side, as `LIMITS_SCHEMA`: every scope, measure, programme and region of every tier.

    Of `assumptions` only `removed`, `parallel` and `staff` are read; `notes` says them in words. The time to decide is
    that of decided cases, the share past the limit is of decided and open ones. Inspectors' numbers: nothing is hidden.

    Raises:
        PolicyError: a change names no rule, key or field.
        ValueError: staff is not above 0.
    """
    assumed = assumptions or Assumptions()
    if not assumed.staff > 0:
        raise ValueError(assumed.staff)
    scenario = policy.adjusted(changes)
    before, after = timed(data, policy), timed(data, scenario)
    fixed = {"posting", *names(scenario, "clock_stops")}
    otherwise = Otherwise.of(assumed.removed, assumed.parallel, assumed.staff, fixed)
    if otherwise.asks:
        after = _otherwise(data, scenario, after, otherwise)
    cases = before.join(
        after.select("application_id", "limited", "late", "took"), on="application_id", suffix="_after"
    ).with_columns(limited=pl.col("limited") | pl.col("limited_after"))
    steps = step_limits(data, policy, scenario, otherwise)
    return _told(pl.concat([cases.select(steps.columns), steps]), Regions.of(data))


def notes(assumptions: Assumptions) -> tuple[Text, ...]:
    """What is assumed, in words to stand beside the numbers."""
    said = [
        Text(
            "算术效应:以实际案件重算,不预测各方行为;在办件按截止日进度判断,以后仍可能超时",
            "Arithmetic effect: the real cases worked out anew, nobody's behaviour is foretold; open cases are judged"
            " at today's state of the file and may still become late",
        )
    ]
    if assumptions.removed:
        said.append(
            Text(
                "取消的环节:自前一环节结束至该环节结束的时间(含等待)一并省去;没有环节记录的案件为未知",
                "A step left out takes with it the time from the end of what came before to its own end, waiting"
                " included; cases without step rows are unknown",
            )
        )
    if len(assumptions.parallel) > 1:
        said.append(
            Text(
                "并行的环节:同时开始,取最长者而不相加;各环节自身的等待不变",
                "Steps beside one another begin together: the longest of them counts, not their sum; each keeps its own"
                " waiting",
            )
        )
    if assumptions.staff != 1:
        said.append(
            Text(
                f"人员为现有的 {assumptions.staff:g} 倍:假定等待与办理用时随人均件数同比例变化;公示等法定期间不变",
                f"Staff times {assumptions.staff:g}: waiting and handling are assumed to change in proportion to cases"
                " per member of staff; posting and what stops the clock last as long as before",
            )
        )
    return tuple(said)


def _otherwise(data: Tables, policy: Policy, cases: pl.DataFrame, otherwise: Otherwise) -> pl.DataFrame:
    """The cases as they would have gone; what cannot be told is null."""
    steps = step_rows(data)
    working = _laid(cases, steps, data.calendar, "working", otherwise).rename({"before": "w0", "after": "w1"})
    judged = pl.concat(
        _laid(cases.filter(pl.col("tick") == tick), steps, data.calendar, tick, otherwise)
        for tick in ("working", "calendar", "second")
    )
    stopped = stopped_by(data, policy, otherwise.removed)
    told = (
        cases.join(working, on="application_id", how="left")
        .join(judged, on="application_id", how="left")
        .join(stopped, on="application_id", how="left")
    )
    freed = pl.col("stopped").fill_null(0)  # the clock stood still in a step left out: it was not counted before either
    took = pl.col("took") - (pl.col("w0") - pl.col("w1")) + freed
    in_days = pl.col("scope") == "decision"
    seconds = pl.when(pl.col("tick") == "second").then(pl.col("after"))
    new = pl.when(in_days & (pl.col("tick") == "working")).then(took).otherwise(pl.col("after"))
    same = (pl.col("before") == pl.col("after")) & (~in_days | (freed == 0))
    return told.with_columns(
        late=pl.when(same)
        .then("late")
        .when(pl.col("limited") & pl.col("late").is_not_null() & (new >= 0))
        .then(new > pl.col("allowed")),
        took=pl.when(~in_days).then(seconds).when(took >= 0).then(took),
    ).select(cases.columns)


def _laid(
    cases: pl.DataFrame, steps: pl.DataFrame, calendar: Calendar, tick: str, otherwise: Otherwise
) -> pl.DataFrame:
    """The cases replayed in one kind of ticks; working days are the running numbers of the calendar."""
    kind = "second" if tick == "second" else "calendar"
    asked = cases.select(
        "application_id", "decided", accepted=pl.col(f"accepted_{kind}"), until=pl.col(f"until_{kind}")
    )
    rows = steps.select(
        "application_id", "step", started=pl.col(f"started_{kind}"), finished=pl.col(f"finished_{kind}")
    )
    if kind == "second":  # a row that ended on a bare date has no moment: nothing of that case can be told
        whole = steps.select(
            "application_id",
            lost=(pl.col("finished_second").is_null() & pl.col("finished_calendar").is_not_null()),
        )
        lost = whole.filter("lost").select("application_id")
        asked = asked.join(lost, on="application_id", how="anti")
    if tick == "working":
        asked, rows = (
            _numbered(frame, calendar, names)
            for frame, names in ((asked, ("accepted", "until")), (rows, ("started", "finished")))
        )
    return replayed(asked.drop_nulls(["accepted", "until"]), rows, otherwise)


def _numbered(frame: pl.DataFrame, calendar: Calendar, names: tuple[str, ...]) -> pl.DataFrame:
    """Days as running numbers of working days; null beyond the calendar."""
    for name in names:
        ordinals = calendar.frame.select(
            pl.col("day").cast(pl.Int64).alias(name), pl.col("ordinal").cast(pl.Int64).alias("ordinal__")
        )
        frame = frame.join(ordinals, on=name, how="left").with_columns(pl.col("ordinal__").alias(name))
        frame = frame.drop("ordinal__")
    return frame


def _told(cases: pl.DataFrame, regions: Regions) -> pl.DataFrame:
    """Every measure of every scope, programme and region."""
    units = regions.frame(cases["region_code"].unique()).rename({"unit": "unit_code"})
    spread = cases.join(units, on="region_code", nulls_equal=True)
    both = pl.concat(
        [spread.with_columns(counted_as=pl.lit("")), spread.with_columns(counted_as=pl.col("programme").fill_null("?"))]
    )
    table = pl.concat([_late(both), *(_quantile(both, name) for name in _QUANTILES)])
    measure = pl.col("measure").replace_strict({name: place for place, name in enumerate(MEASURES)})
    return (
        table.select(LIMITS_SCHEMA.names())
        .cast(LIMITS_SCHEMA)
        .sort("scope", measure, "programme", "tier", "region_code")
    )


def _late(cases: pl.DataFrame) -> pl.DataFrame:
    judged = pl.col("late").is_not_null() & pl.col("late_after").is_not_null()
    was, is_ = pl.col("late") & judged, pl.col("late_after") & judged
    sums = (
        cases.filter("limited")
        .group_by(_CELL)
        .agg(
            judged.sum().cast(pl.Int64).alias("n"),
            (~judged).sum().cast(pl.Int64).alias("unknown"),
            was.sum().alias("was"),
            is_.sum().alias("is"),
            (~was & is_).sum().alias("becomes"),
            (was & ~is_).sum().alias("no_longer"),
        )
    )
    nothing, any_ = pl.lit(None, dtype=pl.Float64), pl.col("n") > 0
    shown = {
        "late_share": ("share", pl.col("was") / pl.col("n"), pl.col("is") / pl.col("n")),
        "late": ("cases", pl.col("was"), pl.col("is")),
        "becomes_late": ("cases", nothing, pl.col("becomes")),
        "no_longer_late": ("cases", nothing, pl.col("no_longer")),
    }
    return pl.concat(
        sums.select(
            *_named(name, pl.lit(unit)),
            pl.when(any_).then(before.cast(pl.Float64)).alias("baseline"),
            pl.when(any_).then(after.cast(pl.Float64)).alias("scenario"),
            "n",
            "unknown",
        )
        for name, (unit, before, after) in shown.items()
    )


def _quantile(cases: pl.DataFrame, name: str) -> pl.DataFrame:
    """The smallest time that at least that share of the cases do not exceed; between two cases, their middle.

    As `metrics.honest.value` takes it (Hyndman and Fan 1996, definition 2).
    """
    known = pl.col("took").is_not_null() & pl.col("took_after").is_not_null()
    hours = pl.col("scope") == "emergency"
    scale = pl.when(hours).then(SECONDS_AN_HOUR).otherwise(1)
    q = _QUANTILES[name]
    size = known.sum().cast(pl.Int64)
    at = ((size * q + _THOUSANDTHS - 1) // _THOUSANDTHS) - 1
    above = pl.when(size * q % _THOUSANDTHS == 0).then(pl.min_horizontal(at + 1, size - 1)).otherwise(at)

    def middle(column: str) -> pl.Expr:
        ordered = pl.col(column).filter(known).sort()
        either = [ordered.get(place.clip(0), null_on_oob=True) for place in (at, above)]
        return (either[0] + either[1]).cast(pl.Float64) / 2

    sums = (
        cases.filter("decided")
        .group_by(_CELL)
        .agg(
            size.alias("n"),
            (~known).sum().cast(pl.Int64).alias("unknown"),
            middle("took").alias("baseline"),
            middle("took_after").alias("scenario"),
        )
        .with_columns(pl.col("baseline") / scale, pl.col("scenario") / scale)
    )
    unit = pl.when(hours).then(pl.lit("hours")).otherwise(pl.lit("working_days"))
    return sums.select(*_named(name, unit), "baseline", "scenario", "n", "unknown")


def _named(measure: str, unit: pl.Expr) -> tuple[pl.Expr, ...]:
    return (
        pl.col("scope"),
        pl.lit(measure).alias("measure"),
        unit.alias("unit"),
        pl.col("counted_as").alias("programme"),
        pl.col("tier"),
        pl.col("unit_code").alias("region_code"),
    )
