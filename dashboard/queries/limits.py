"""When was a case, or a part of it, due; and which of its steps is a lead about?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from casework.dataset import Tables
from casework.errors import NothingInForceError
from casework.policy import Entry, Policy
from casework.tables import STEP
from casework.text import Text
from dashboard.queries.course import Line, Mark

Facts = Mapping[str, Any]

LIMIT: Final = Text("规定期限", "Limit")
STATED: Final = Text("来源系统期限", "Due, as the source states")
_STEPS: Final = {option.code: option.label for option in STEP["step"].options}
_OWN: Final = ("accepted_at", "decided_at")  # of an application; else the end of a step starts the clock
_ENOUGH: Final = 9  # rounds in which the days that stops add may meet further stops


@dataclass(frozen=True, slots=True)
class Stop:
    """The clock stood still from the day after `since` to `until`, both as the step says."""

    step: str
    since: date
    until: date


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


def step_limits(
    tables: Tables,
    policy: Policy,
    application: Mapping[str, Any],
    steps: Sequence[Mapping[str, Any]],
    stops: Sequence[Stop],
    lead: Mapping[str, Any],
    facts: Facts,
) -> list[Mark]:
    """The last day of each step taken that step_days limits; of the lead's own step as the lead reckons it."""
    found: dict[str, datetime | None] = {}
    taken = {one["step"] for one in steps} | doubted(lead["scheme"], facts)
    for step in (one for one in _limited(policy) if one in taken):
        entry = _entry(policy, application, step)
        since = None if entry is None else _since(policy, entry, step, application, steps)
        if entry is not None and since is not None and isinstance(entry.value, int):
            found[step] = _last(tables, since, entry.value, stops)
    if lead["scheme"] == "late_step" and facts.get("since_on"):
        days = int(facts["limit"]) + int(facts.get("stopped") or 0)
        found[facts["step"]] = _working_days_on(tables, date.fromisoformat(facts["since_on"]), days)
    marks = [Mark(_STEPS[step], at, LIMIT, "limit") for step, at in found.items() if at is not None]
    if lead["scheme"] == "short_posting" and facts.get("case") == "short":
        full = datetime.fromisoformat(facts["started_at"]).date() + timedelta(days=int(facts["limit"]))
        marks.append(Mark(_STEPS["posting"], end_of(full), Text("公示满期", "Posted long enough"), "limit"))
    return marks


def _limited(policy: Policy) -> list[str]:
    """Every step that step_days limits anywhere."""
    return sorted({str(entry.scope["step"]) for entry in policy.rule("step_days").entries if "step" in entry.scope})


def _entry(policy: Policy, application: Mapping[str, Any], step: str) -> Entry | None:
    """What holds for this step on the day of acceptance; nothing is in force where a step has no limit."""
    if application["accepted_at"] is None:
        return None
    scope = {name: application[name] for name in ("programme", "decision", "delegated")}
    region, on = application["region_code"] or "", application["accepted_at"].date()
    try:
        return policy.entry("step_days", on=on, region=region, step=step, **scope)
    except NothingInForceError:
        return None


def _since(
    policy: Policy, entry: Entry, step: str, application: Mapping[str, Any], steps: Sequence[Mapping[str, Any]]
) -> date | None:
    """The day that starts the step's clock; a local entry may give the number of days alone."""
    usual = [one.fields.get("since") for one in policy.rule("step_days").entries if one.scope.get("step") == step]
    name = entry.fields.get("since") or next((said for said in reversed(usual) if said), None)
    if name in _OWN:
        moment: datetime | None = application[str(name)]
        return None if moment is None else moment.date()
    ends = [one["finished_at"] for one in steps if f"{one['step']}.finished_at" == name and one["finished_at"]]
    last: datetime | None = max(ends) if ends and str(name).startswith("posting") else (ends or [None])[0]
    return None if last is None else last.date()


def _last(tables: Tables, since: date, days: int, stops: Sequence[Stop]) -> datetime | None:
    """So many working days on, and as many more as the clock stood still on the way."""
    allowed, last = days, _working_days_on(tables, since, days)
    for _ in range(_ENOUGH):
        if last is None:
            return None
        spans = [(max(stop.since, since), min(stop.until, last.date())) for stop in stops]
        held = [tables.calendar.between(low, high) or 0 for low, high in spans if low < high]
        if days + sum(held) == allowed:
            break
        allowed = days + sum(held)
        last = _working_days_on(tables, since, allowed)
    return last


def limits(tables: Tables, scheme: str, application: Mapping[str, Any], facts: Facts) -> list[Line]:
    """The limits of an emergency: its hours and its papers."""
    found: list[tuple[datetime | None, Text]] = []
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
