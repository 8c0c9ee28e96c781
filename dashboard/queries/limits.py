"""When was a case, or a part of it, due; and which of its steps is a lead about?"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from casework.dataset import Tables
from casework.tables import STEP
from casework.text import Text
from dashboard.queries.course import Line

Facts = Mapping[str, Any]

LIMIT: Final = Text("规定期限", "Limit")
STATED: Final = Text("来源系统期限", "Due, as the source states")
_STEPS: Final = {option.code: option.label for option in STEP["step"].options}


def end_of(day: date) -> datetime:
    """The last second of a day."""
    return datetime.combine(day, time.max).replace(microsecond=0)


def due(tables: Tables, application: Mapping[str, Any], facts: Facts) -> datetime | None:
    """The last moment allowed: the source's own, else so many working days on, the stopped ones added."""
    stated: datetime | None = application["due_at"]
    if stated is not None:
        return end_of(stated.date()) if application["due_at_dated"] else stated
    limit, accepted = facts.get("limit"), application["accepted_at"]
    if limit is None or accepted is None:
        return None
    last = tables.calendar.due(accepted.date(), int(limit) + int(facts.get("stopped") or 0))
    return None if last is None else end_of(last)


def doubted(scheme: str, facts: Facts) -> set[str]:
    """The steps that a lead is about."""
    if scheme == "short_posting":
        return {"posting"}
    if scheme == "impossible_timing":
        return {step for name in ("early", "unfinished", "merged") for step in facts.get(name) or ()}
    return {str(facts["step"])} if scheme in {"late_step", "skipped_step"} else set()


def limits(tables: Tables, scheme: str, application: Mapping[str, Any], facts: Facts) -> list[Line]:
    """The limits of a part of the case: a step's, the posting's, an emergency's hours and papers."""
    found: list[tuple[datetime | None, Text]] = []
    if scheme == "late_step" and facts.get("since_on"):
        name = _STEPS[facts["step"]]
        days = int(facts["limit"]) + int(facts.get("stopped") or 0)
        last = _working_days_on(tables, date.fromisoformat(facts["since_on"]), days)
        found.append((last, Text(f"{name.zh}期限", f"Limit: {name.en}")))
    if scheme == "short_posting" and facts.get("case") == "short":
        full = datetime.fromisoformat(facts["started_at"]).date() + timedelta(days=int(facts["limit"]))
        found.append((end_of(full), Text("公示满期", "Posted long enough")))
    if scheme == "late_emergency" and application["accepted_at"] is not None:
        found += _emergency(tables, application, facts)
    return [Line(at, label, "limit") for at, label in found if at is not None]


def _emergency(tables: Tables, application: Mapping[str, Any], facts: Facts) -> list[tuple[datetime | None, Text]]:
    clock, _, papers = str(facts.get("case")).partition("+")
    accepted: datetime = application["accepted_at"]
    found: list[tuple[datetime | None, Text]] = []
    if clock == "hours":
        found.append((accepted + timedelta(hours=int(facts["limit"])), LIMIT))
    if clock == "days":
        found.append((end_of(accepted.date() + timedelta(days=int(facts["limit_days"]))), LIMIT))
    if clock == "due_at":
        found.append((due(tables, application, {}), STATED))
    if {"make_up", "made_late"} & {clock, papers} and application["decided_at"] is not None:
        last = _working_days_on(tables, application["decided_at"].date(), int(facts["make_up_limit"]))
        found.append((last, Text("补齐手续期限", "Limit to make up")))
    return found


def _working_days_on(tables: Tables, since: date, days: int) -> datetime | None:
    last = tables.calendar.due(since, days) if days else since
    return None if last is None else end_of(last)
