"""Which rules did a lead's arithmetic use, on which days, and what was in force on them?"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any, Final

import narwhals as nw
import polars as pl

from casework.card import Card
from casework.dataset import Tables
from casework.errors import NothingInForceError
from casework.lead import first_rows
from casework.policy import Entry, Policy, Rule
from casework.policy.scope import COMMON
from casework.tables import APPLICATION, MATCH, REGION
from dashboard.queries.used import used

Known = Mapping[str, Any]

_SCOPE: Final = ("programme", "delegated", "decision", "urgency", "category", "objection", "step")
_PAIR: Final = {"a": "first", "b": "second"}  # how a lead on two things names them
_AS_OF: Final = frozenset({"missed_entitlement", "late_review"})  # judged as of the data's own day
_AFTER: Final = frozenset({"wrong_exit"})  # judged by the month after the last one
_ACCEPTED: Final = frozenset({"late_payment"})  # an award judged by the acceptance of its application
_BY_WEAKEST: Final = "kin_certainty"  # of its sources only the one that the lead names


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was in force over the days asked from `since` to `until`; `entry` is None where nothing was."""

    since: date
    until: date
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class Ruling:
    """A rule and what was in force on the days it was asked for; `monthly` where these are first days of months."""

    rule: Rule
    stretches: tuple[Stretch, ...]
    monthly: bool


def rulings(
    tables: Tables, policy: Policy, card: Card, lead: Known, row: Known, facts: Known, proof: pl.DataFrame
) -> list[Ruling]:
    """The rules that the lead used: where months of pay are judged, in each of them, changes of the value apart."""
    asked = applied_for(tables, row)
    days, monthly = days_asked(tables, lead, row, facts, asked)
    scope = {name: facts.get(name, row.get(name)) for name in _SCOPE}
    scope["extended"] = facts.get("lawfully_extended", row.get("extended"))
    scope["urban_rural"] = _urban_rural(tables, lead["region_code"])
    region = str(row.get("region_code") or lead["region_code"] or "")
    single = bool(row.get("single_person_basis") or asked.get("single_person_basis"))
    found = []
    for rule in (policy.rules[name] for name in card.rules_of(facts) if name in policy.rules):
        if not used(rule.id, lead["scheme"], facts, programme=str(scope["programme"]), single=single):
            continue
        for row_of in _rows(rule, facts, scope, proof):
            entries = [(day, _entry(policy, rule, day, region, row_of, facts)) for day in days]
            stretches = tuple(_stretches(entries))
            if rule.id == card.rule or any(_says(one.entry) for one in stretches):
                found.append(Ruling(rule, stretches, monthly))
    return found


def applied_for(tables: Tables, row: Known) -> dict[str, Any]:
    """The application that an award came of; empty where the subject is none."""
    if row.get("award_no") is None or row.get("application_id") is None:
        return {}
    rows = first_rows(tables[APPLICATION]).filter(nw.col("application_id") == row["application_id"])
    found = tables.engine.collect(rows.select("accepted_at", "single_person_basis"))
    return found.row(0, named=True) if found.height else {}


def days_asked(tables: Tables, lead: Known, row: Known, facts: Known, asked: Known) -> tuple[list[date], bool]:
    """The days on which the lead's arithmetic asks the rules, and whether they are months of pay."""
    scheme, since, until = lead["scheme"], lead["since"], lead["until"]
    if scheme in _AS_OF or since is None:
        return [tables.as_of], False
    if scheme in _AFTER:
        return [_next(since)], False
    if "first_month" in facts and until is not None:
        return list(_months(since, until)), True
    by = asked if scheme in _ACCEPTED else row
    moment = by.get("accepted_at") or by.get("received_at")
    return [moment.date() if isinstance(moment, datetime) else since], False


def _rows(rule: Rule, facts: Known, scope: Known, proof: pl.DataFrame) -> list[dict[str, Any]]:
    """The case the rule was asked for; of a table that holds for many, each of its rows that the lead met."""
    match rule.id:
        case "veto":
            level = facts["case"] if facts.get("case") in {"exclude", "verify"} else "exclude"
            return [{**item, "level": level} for item in _items(facts, proof)]
        case "risk_event":
            return [{"event": event} for event in facts.get("events") or ()]
        case "programme":
            return [{"code": scope["programme"]}] if scope["programme"] else []
        case "benefit_amount" if "second" in facts:
            return [{**scope, "programme": facts["second"]}]
        case _:
            return [dict(scope)]


def _items(facts: Known, proof: pl.DataFrame) -> list[dict[str, str]]:
    """The findings that the lead names, and those of its evidence: kind, and detail where it has one."""
    shown = proof.filter((pl.col("table") == MATCH.name) & pl.col("column").is_in(["kind", "detail"]))
    place = ["key", "source_file", "source_row"]
    wide = shown.pivot("column", index=place, values="value", aggregate_function="first")
    seen = [tuple(filter(None, (row.get("kind"), row.get("detail")))) for row in wide.to_dicts()]
    said = str(facts.get("item") or "").split("/")
    pairs = dict.fromkeys(tuple(pair) for pair in [said, *sorted(seen)] if pair and pair[0])
    return [dict(zip(("kind", "detail"), pair, strict=False)) for pair in pairs]


def _entry(policy: Policy, rule: Rule, on: date, region: str, scope: Known, facts: Known) -> Entry | None:
    keys = set(rule.scope) if rule.table else {*rule.scope, *COMMON}
    said: dict[str, Any] = {key: value for key, value in scope.items() if key in keys and value is not None}
    said |= {key: facts[_PAIR.get(key, key)] for key in rule.scope if isinstance(facts.get(_PAIR.get(key, key)), str)}
    if rule.table and set(rule.scope) - set(said) - {"detail"}:
        return None  # a table rule answers only for a whole key; a kind of finding may be without detail
    try:
        entry = policy.entry(rule.id, on=on, region=region, **said)
    except NothingInForceError:
        return None
    if rule.id == _BY_WEAKEST and facts.get("weakest") in entry.fields:
        return replace(entry, fields={facts["weakest"]: entry.fields[facts["weakest"]]})
    return entry


def _says(entry: Entry | None) -> bool:
    """Does the value change anything? Nothing taken off and nothing limited explain no lead."""
    said = () if entry is None or entry.none else entry.fields.values()
    return any(isinstance(value, bool) or value not in (None, 0, ()) for value in said)


def _stretches(entries: Collection[tuple[date, Entry | None]]) -> Iterator[Stretch]:
    for entry, group in groupby(entries, key=lambda pair: pair[1]):
        days = [day for day, _ in group]
        yield Stretch(days[0], days[-1], entry)


def _months(since: date, until: date) -> Iterator[date]:
    month = since.replace(day=1)
    while month <= until:
        yield month
        month = _next(month)


def _next(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _urban_rural(tables: Tables, village: str | None) -> str | None:
    """What the region table says of the household's village; None where it says nothing."""
    rows = tables[REGION].filter(nw.col("region_code") == (village or "")).select("urban_rural")
    said = tables.engine.collect(rows)["urban_rural"].drop_nulls().unique().to_list()
    return str(said[0]) if len(said) == 1 else None
