"""How did an application go from step to step: what waited, what stopped the clock, what was due when?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import narwhals as nw
import polars as pl

from casework.clock import stops, timed
from casework.dataset import Tables
from casework.lead import placed_applications
from casework.policy import Policy
from casework.tables import APPLICATION, HOUSEHOLD, STEP
from casework.text import Text
from dashboard.queries.course import Course, Line, Mark, Span, Tone
from dashboard.queries.limits import LIMIT, STATED, Stop, doubted, due, end_of, limits, step_limits

Row = Mapping[str, Any]

AS_OF: Final = Text("数据截至", "Data end")
WHOLE: Final = Text("受理至办结", "Acceptance to decision")
UNPUBLISHED: Final = Text(
    "办理期限落在工作日历尚未公布的年份,无法画出。",
    "The limit falls into a year whose calendar is not published: not drawn.",
)
_STEPS: Final = {option.code: option.label for option in STEP["step"].options}
_NEAR: Final = timedelta(days=60)  # the data's own day is drawn if it is no farther off than this
_EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Case:
    """One application on its own: its row, its steps in order of their start, its clock."""

    row: Row
    steps: Sequence[Row]
    clock: Row  # what `casework.clock.timed` says of it; empty where nothing
    stops: Sequence[Stop]


def handling(tables: Tables, policy: Policy, lead: Row, facts: Row) -> Course:
    """The lanes of an application, its steps in the order of the process; empty where it is not in the data."""
    case = _case(tables, policy, str(lead["subject"]))
    if case is None:
        return Course()
    row, seen = case.row, doubted(lead["scheme"], facts)
    spans = [*_whole(case), *_stopped(tables, case), *_taken(tables, case, lead, facts, seen)]
    last = due(tables, row, case.clock)
    lines = [] if last is None else [Line(last, LIMIT if row["due_at"] is None else STATED, "limit")]
    lines += limits(tables, lead["scheme"], row, facts)
    marks = [*_ends(row), *step_limits(tables, policy, case.row, case.steps, case.stops, lead, facts)]
    own = {lane: place for place, lane in enumerate(_STEPS.values())}
    found = dict.fromkeys([*(span.lane for span in spans), *(mark.lane for mark in marks)])
    found |= dict.fromkeys(_STEPS[step] for step in seen if step in _STEPS)
    lanes = sorted((lane for lane in found if lane != WHOLE), key=lambda lane: own.get(lane, len(own)))
    drawn = Course(tuple(spans), tuple(lines), (), tuple(marks), (WHOLE, *lanes), (), by_working_days=True)
    return _to_the_end(tables, drawn, case)


def _to_the_end(tables: Tables, drawn: Course, case: Case) -> Course:
    """With the data's own day, or a word on where it lies; and on a limit that cannot be known."""
    if not drawn.spans and not drawn.marks:
        return Course()
    as_of, notes = end_of(tables.as_of), []
    open_still = case.row["decided_at"] is None
    near = open_still or drawn.first <= as_of <= drawn.last + _NEAR
    if not near:
        day = tables.as_of
        notes.append(Text(f"数据截至 {day},在图的范围以外。", f"The data end on {day}, outside the picture."))
    known = case.row["due_at"] is not None or case.clock.get("limit") is None or case.row["accepted_at"] is None
    if not known and due(tables, case.row, case.clock) is None:
        notes.append(UNPUBLISHED)
    lines = (*drawn.lines, Line(as_of, AS_OF)) if near else drawn.lines
    return Course(drawn.spans, lines, (), drawn.marks, drawn.lanes, tuple(notes), by_working_days=True)


def _case(tables: Tables, policy: Policy, number: str) -> Case | None:
    asked = tables.engine.collect(tables[APPLICATION].filter(nw.col("application_no") == number))
    if asked.is_empty():
        return None
    row = asked.sort("source_file", "source_row").row(0, named=True)
    mine = nw.col("application_id") == row["application_id"]
    few = tables.cut(
        {
            APPLICATION: tables[APPLICATION].filter(mine),
            STEP: tables[STEP].filter(mine),
            HOUSEHOLD: tables[HOUSEHOLD].filter(nw.col("household_id") == row["household_id"]),
        }
    )
    steps = few.engine.collect(few[STEP].filter(~nw.col("started_at").is_null()))
    ordered = steps.sort("started_at_day", "started_at", "source_file", "source_row").to_dicts()
    if row["accepted_at"] is None:
        return Case(row, ordered, {}, ())
    clock = timed(few, policy, placed_applications(few))
    said = few.engine.collect(clock).to_dicts()
    stopping = stops(few, policy, clock)
    rows = [] if stopping is None else few.engine.collect(stopping).drop_nulls().sort(pl.all()).to_dicts()
    held = [Stop(one["step"], _day(one["started_at_day"]), _day(one["ended_day"])) for one in rows]
    return Case(row, ordered, said[0] if said else {}, held)


def _day(number: int) -> date:
    return _EPOCH + timedelta(days=number)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)


def _whole(case: Case) -> list[Span]:
    row = case.row
    if row["accepted_at"] is None:
        return []
    tone: Tone = "late" if case.clock.get("late") else "plain"
    return [Span(WHOLE, row["accepted_at"], row["decided_at"], tone=tone, dated=bool(row["accepted_at_dated"]))]


def _ends(row: Row) -> list[Mark]:
    """Acceptance and decision, each where it is known."""
    named = {"accepted_at": Text("受理", "Accepted"), "decided_at": Text("办结", "Decided")}
    return [
        Mark(WHOLE, row[name], label, "still", bool(row[f"{name}_dated"]))
        for name, label in named.items()
        if row[name] is not None
    ]


def _stopped(tables: Tables, case: Case) -> list[Span]:
    """Where the clock stood still, over the whole."""
    found = []
    for stop in case.stops:
        days = tables.calendar.between(stop.since, stop.until)
        known = _counted(days)
        note = Text(f"停钟 {known.zh} 个工作日", f"clock stopped for {known.en} working days")
        found.append(Span(WHOLE, _midnight(stop.since), end_of(stop.until), note, "stop"))
    return found


def _taken(tables: Tables, case: Case, lead: Row, facts: Row, seen: set[str]) -> list[Span]:
    """Every step in its lane, before it what it waited since the end of what came before it."""
    found: list[Span] = []
    before: datetime | None = case.row["accepted_at"]
    holding = {(stop.step, stop.since) for stop in case.stops}
    for step in case.steps:
        start, own = step["started_at"], step["label"] or ""
        lane = Text(own, own) if step["step"] == "other" and own else _STEPS[step["step"]]
        if before is not None and before.date() < start.date():
            days = _counted(tables.calendar.between(before.date(), start.date()))
            note = Text(f"此前等待 {days.zh} 个工作日", f"{days.en} working days of waiting before it")
            found.append(Span(lane, before, start, note, "wait"))
        # A step known by one moment is a point: it ends where it starts. Only a case still open runs on.
        end = step["finished_at"] or start
        running = lead["scheme"] == "late_step" and facts.get("case") == "running" and step["step"] in seen
        tone: Tone = "late" if step["step"] in seen else "stop" if (step["step"], start.date()) in holding else "plain"
        ending = None if running and step["finished_at"] is None else end
        found.append(Span(lane, start, ending, Text(own, own), tone, bool(step["started_at_dated"])))
        before = end if before is None else max(before, end)
    if lead["scheme"] == "late_step" and facts.get("case") == "never":
        since = _midnight(date.fromisoformat(facts["since_on"]))
        found.append(Span(_STEPS[facts["step"]], since, None, tone="late"))
    return found


def _counted(days: int | None) -> Text:
    return Text("未知", "unknown") if days is None else Text(str(days), str(days))
