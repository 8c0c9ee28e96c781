"""Which course does each kind of subject have: an application's steps, an award's months, a person's spells?"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.tables import APPLICATION, AWARD, BENEFICIARY, COMPLAINT, MATCH, PAYMENT, PERSON, STEP, Table
from casework.text import Text
from dashboard.queries.course import Bar, Course, Line, Span, Tone

Lead = Mapping[str, Any]
Facts = Mapping[str, Any]
Names = Mapping[str, Text]

AS_OF: Final = Text("数据截至", "Data end")
LIMIT: Final = Text("规定期限", "Limit")
STATED: Final = Text("来源系统期限", "Due, as the source states")
_STEPS: Final = {option.code: option.label for option in STEP["step"].options}
_DEATHS: Final = ("death", "cremation")


def course(tables: Tables, lead: Lead, facts: Facts, names: Names) -> Course:
    """The course of the lead's subject; empty for kinds that have none."""
    makers: dict[str, Callable[[Tables, Lead, Facts, Names], Course]] = {
        "application": _application,
        "complaint": _complaint,
        "award": _award,
        "person": _person,
    }
    maker = makers.get(lead["subject_kind"])
    return Course() if maker is None else maker(tables, lead, facts, names)


def _rows(tables: Tables, table: Table, *where: nw.Expr) -> list[dict[str, Any]]:
    found = tables.engine.collect(tables[table].filter(*where))
    return (
        found.sort(pl.all()).to_dicts()
        if "source_row" not in found.columns
        else found.sort("source_file", "source_row").to_dicts()
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max).replace(microsecond=0)


def due(tables: Tables, application: Mapping[str, Any], facts: Facts) -> datetime | None:
    """The last moment allowed: the source's own, else so many working days on, the stopped ones added."""
    stated: datetime | None = application["due_at"]
    if stated is not None:
        return _end_of(stated.date()) if application["due_at_dated"] else stated
    limit, accepted = facts.get("limit"), application["accepted_at"]
    if limit is None or accepted is None:
        return None
    last = tables.calendar.due(accepted.date(), int(limit) + int(facts.get("stopped") or 0))
    return None if last is None else _end_of(last)


def _application(tables: Tables, lead: Lead, facts: Facts, _names: Names) -> Course:
    found = _rows(tables, APPLICATION, nw.col("application_no") == lead["subject"])
    if not found:
        return Course()
    row = found[0]
    last = due(tables, row, facts)
    spans = []
    if row["accepted_at"] is not None:
        lane = Text("受理至办结", "Acceptance to decision")
        tone: Tone = "late" if last is not None and (row["decided_at"] or _end_of(tables.as_of)) > last else "plain"
        dated = bool(row["accepted_at_dated"])
        spans.append(Span(lane, row["accepted_at"], row["decided_at"], tone=tone, dated=dated))
    for step in _rows(tables, STEP, nw.col("application_no") == lead["subject"]):
        if step["started_at"] is None:
            continue
        own = step["label"] or ""
        lane = Text(own, own) if step["step"] == "other" and own else _STEPS[step["step"]]
        paused: Tone = "pause" if step["step"] in {"objection", "return", "make_up"} else "plain"
        # A step known by one moment is a point: it ends where it starts. Only a case still open runs on.
        end = step["finished_at"] or step["started_at"]
        spans.append(Span(lane, step["started_at"], end, Text(own, own), paused, bool(step["started_at_dated"])))
    spans.sort(key=lambda span: (span.lane != Text("受理至办结", "Acceptance to decision"), span.start))
    lines = [] if last is None else [Line(last, LIMIT if row["due_at"] is None else STATED, "limit")]
    if row["decided_at"] is None:
        lines.append(Line(_end_of(tables.as_of), AS_OF))
    return Course(tuple(spans), tuple(lines), by_working_days=True)


def _complaint(tables: Tables, lead: Lead, facts: Facts, _names: Names) -> Course:
    found = _rows(tables, COMPLAINT, nw.col("complaint_no") == lead["subject"])
    if not found or found[0]["received_at"] is None:
        return Course()
    row = found[0]
    received: datetime = row["received_at"]
    dated = bool(row["received_at_dated"])
    late = {"told": ("told", "both"), "closed": ("closed", "both")}
    tones: dict[str, Tone] = {name: "late" if facts.get("case") in cases else "plain" for name, cases in late.items()}
    closed = Text("收到至办结", "Received to closed")
    spans = [Span(closed, received, row["closed_at"], tone=tones["closed"], dated=dated)]
    if row["told_at"] is not None or tones["told"] == "late":
        told = Text("收到至告知", "Received to told")
        spans.append(Span(told, received, row["told_at"], tone=tones["told"], dated=dated))
    if row["met_at"] is not None:
        spans.append(Span(Text("见面", "Met"), row["met_at"], row["met_at"], dated=bool(row["met_at_dated"])))
    lines = [
        Line(_end_of(received.date() + timedelta(days=int(facts[name]))), label, "limit")
        for name, label in (
            ("told_limit", Text("告知期限", "Limit to tell")),
            ("closed_limit", Text("办结期限", "Limit to close")),
        )
        if facts.get(name) is not None
    ]
    if row["closed_at"] is None:
        lines.append(Line(_end_of(tables.as_of), AS_OF))
    return Course(tuple(spans), tuple(lines))


def _award(tables: Tables, lead: Lead, _facts: Facts, _names: Names) -> Course:
    months: dict[date, int] = {}
    for payment in _rows(tables, PAYMENT, nw.col("award_no") == lead["subject"]):
        if payment["month"] is not None:
            months[payment["month"]] = months.get(payment["month"], 0) + (payment["amount_fen"] or 0)
    covered = {row["person_id"] for row in _rows(tables, BENEFICIARY, nw.col("award_no") == lead["subject"])}
    deaths = _deaths(tables, sorted(covered - {None}))
    since, until = lead["since"], lead["until"]
    bars = tuple(
        Bar(month, amount, "doubt" if since and until and since.replace(day=1) <= month <= until else "plain")
        for month, amount in sorted(months.items())
    )
    return Course((), tuple(Line(_midnight(day), Text("死亡", "Death"), "limit") for day in deaths), bars)


def _deaths(tables: Tables, person_ids: list[int]) -> list[date]:
    """The day of death of each of them who died: the earliest told."""
    if not person_ids:
        return []
    told: dict[int, date] = {}
    mine = nw.col("person_id").is_in(person_ids)
    for row in _rows(tables, PERSON, mine, ~nw.col("died_on").is_null()):
        told[row["person_id"]] = min(told.get(row["person_id"], row["died_on"]), row["died_on"])
    for row in _rows(tables, MATCH, mine, nw.col("kind").is_in(_DEATHS), ~nw.col("from_on").is_null()):
        told[row["person_id"]] = min(told.get(row["person_id"], row["from_on"]), row["from_on"])
    return sorted(told.values())


def _person(tables: Tables, lead: Lead, _facts: Facts, names: Names) -> Course:
    rows = _rows(tables, BENEFICIARY, nw.col("person_id") == int(lead["subject"]))
    awards = {
        row["award_no"]: row
        for row in _rows(tables, AWARD, nw.col("award_no").is_in([row["award_no"] for row in rows]))
    }
    spans = []
    for row in rows:
        award = awards.get(row["award_no"])
        if award is None or row["from_month"] is None:
            continue
        programme = names.get(award["programme"], Text(award["programme"], award["programme"]))
        lane = Text(f"{programme.zh} {row['award_no']}", f"{programme.en} {row['award_no']}")
        last = min((month for month in (row["to_month"], award["to_month"]) if month is not None), default=None)
        end = None if last is None else _end_of(_month_end(last))
        spans.append(Span(lane, _midnight(row["from_month"]), end))
    if not spans:
        return Course()
    if lead["since"] is not None:
        overlap = Text("重叠月份", "Months in both")
        end = None if lead["until"] is None else _end_of(_month_end(lead["until"]))
        spans.append(Span(overlap, _midnight(lead["since"]), end, tone="doubt"))
    return Course(tuple(spans), (Line(_end_of(tables.as_of), AS_OF),), by_days=False)


def _month_end(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
