"""Which course does each kind of subject have: an application's steps, an award's months, a person's spells?"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.policy import Policy
from casework.tables import (
    APPLICATION,
    AWARD,
    BENEFICIARY,
    COMPLAINT,
    MATCH,
    MEANS,
    OUTREACH,
    PAYMENT,
    PERSON,
    REVIEW,
    Table,
)
from casework.text import Text
from dashboard.queries.course import Bar, Course, Line, Span, Tone
from dashboard.queries.handling import AS_OF, handling
from dashboard.queries.limits import end_of

Lead = Mapping[str, Any]
Facts = Mapping[str, Any]
Names = Mapping[str, Text]

_DEATHS: Final = ("death", "cremation")


def course(tables: Tables, policy: Policy, lead: Lead, facts: Facts, names: Names) -> Course:
    """The course of the lead's subject; empty for kinds that have none."""
    if lead["subject_kind"] == "application":
        return handling(tables, policy, lead, facts)
    makers: dict[str, Callable[[Tables, Lead, Facts, Names], Course]] = {
        "complaint": _complaint,
        "award": _award,
        "person": _person,
        "household": _household,
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
        Line(end_of(received.date() + timedelta(days=int(facts[name]))), label, "limit")
        for name, label in (
            ("told_limit", Text("告知期限", "Limit to tell")),
            ("closed_limit", Text("办结期限", "Limit to close")),
        )
        if facts.get(name) is not None
    ]
    if row["closed_at"] is None:
        lines.append(Line(end_of(tables.as_of), AS_OF))
    return Course(tuple(spans), tuple(lines))


def _award(tables: Tables, lead: Lead, facts: Facts, _names: Names) -> Course:
    months: dict[date, int] = {}
    award = _rows(tables, AWARD, nw.col("award_no") == lead["subject"])
    if not award:
        return Course()
    mine = nw.col("award_id") == award[0]["award_id"]  # by which the payments lie sorted
    for payment in _rows(tables, PAYMENT, mine):
        if payment["month"] is not None:
            months[payment["month"]] = months.get(payment["month"], 0) + (payment["amount_fen"] or 0)
    covered = {row["person_id"] for row in _rows(tables, BENEFICIARY, mine)}
    deaths = _deaths(tables, sorted(covered - {None}))
    since, until = lead["since"], lead["until"]
    doubt = lead["family"] != "delay" and since and until  # a late payment or review puts no month in doubt
    bars = tuple(
        Bar(month, amount, "doubt" if doubt and since.replace(day=1) <= month <= until else "plain")
        for month, amount in sorted(months.items())
    )
    lines = [Line(_midnight(day), Text("死亡", "Death"), "limit") for day in deaths]
    if lead["scheme"] == "late_payment":
        lines.append(Line(datetime.fromisoformat(facts["decided_at"]), Text("办结", "Decided"), "limit"))
    if lead["scheme"] == "late_review":
        reviews = {row["reviewed_on"] for row in _rows(tables, REVIEW, mine)} - {None}
        lines += [Line(_midnight(day), Text("复核", "Reviewed")) for day in sorted(reviews)]
        lines.append(Line(end_of(tables.as_of), AS_OF))
    return Course((), tuple(lines), bars)


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
    spells = [(awards.get(row["award_no"], {}), row["from_month"], row["to_month"]) for row in rows]
    spans = [span for award, since, until in spells for span in _spell(award, since, until, names)]
    if not spans:
        return Course()
    if lead["family"] == "duplicate" and lead["since"] is not None:
        overlap = Text("重叠月份", "Months in both")
        end = None if lead["until"] is None else end_of(_month_end(lead["until"]))
        spans.append(Span(overlap, _midnight(lead["since"]), end, tone="doubt"))
    return Course(tuple(spans), (Line(end_of(tables.as_of), AS_OF),), by_days=False)


def _spell(award: Mapping[str, Any], since: date | None, until: date | None, names: Names) -> list[Span]:
    """One stretch on aid; none where its award or its first month is unknown."""
    if not award or since is None:
        return []
    lane = _titled(names, award["programme"], award["award_no"])
    last = min((month for month in (until, award["to_month"]) if month is not None), default=None)
    return [Span(lane, _midnight(since), None if last is None else end_of(_month_end(last)))]


def _titled(names: Names, programme: str | None, number: str) -> Text:
    name = names.get(programme or "", Text(programme or "", programme or ""))
    return Text(f"{name.zh} {number}".strip(), f"{name.en} {number}".strip())


def _household(tables: Tables, lead: Lead, _facts: Facts, names: Names) -> Course:
    """What the household was given, what it asked for, who came by, and when its means were stated."""
    mine = nw.col("household_no") == lead["subject"]
    spans = [span for award in _rows(tables, AWARD, mine) for span in _spell(award, award["from_month"], None, names)]
    for case in _rows(tables, APPLICATION, mine):
        if case["accepted_at"] is not None:
            lane = _titled(names, case["programme"], case["application_no"])
            spans.append(Span(lane, case["accepted_at"], case["decided_at"], dated=bool(case["accepted_at_dated"])))
    stated = {row["as_of"] for row in _rows(tables, MEANS, mine)} - {None}
    lane = Text("经济状况申报", "Means stated")
    spans += [Span(lane, _midnight(day), _midnight(day)) for day in sorted(stated)]
    lane = Text("主动发现走访", "Outreach")
    for call in _rows(tables, OUTREACH, mine):
        for name in ("found_at", "visited_at"):
            if call[name] is not None:
                note = OUTREACH[name].label
                spans.append(Span(lane, call[name], call[name], note, dated=bool(call[f"{name}_dated"])))
    if not spans:
        return Course()
    return Course(tuple(spans), (Line(end_of(tables.as_of), AS_OF),))


def _month_end(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
