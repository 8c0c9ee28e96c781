"""What belongs on the desk when one lead is opened?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import narwhals as nw
import polars as pl

from casework.card import Card
from casework.dataset import Tables
from casework.errors import NothingInForceError
from casework.policy import Entry, Policy, Rule
from casework.policy.scope import COMMON
from casework.tables import APPLICATION, AWARD, BENEFICIARY, COMPLAINT, REGION, TABLES, Table
from dashboard.queries.people import Person, people

_KEYS: Final[dict[str, tuple[Table, str, str]]] = {  # subject kind -> its table, its key, the governing moment
    "application": (APPLICATION, "application_no", "accepted_at"),
    "award": (AWARD, "award_no", ""),  # money: the month in question
    "complaint": (COMPLAINT, "complaint_no", "received_at"),
}
_SCOPE: Final = ("programme", "delegated", "decision", "urgency", "category", "objection", "step")
_PAIR: Final = {"a": "first", "b": "second"}  # how a lead on two things names them


@dataclass(frozen=True, slots=True)
class Ruling:
    """A rule, the day it was asked for, and what was in force then; `entry` is None where nothing was."""

    rule: Rule
    on: date | None
    entry: Entry | None


def subject_row(tables: Tables, lead: Mapping[str, Any]) -> dict[str, Any]:
    """The subject's own row; empty for kinds without one table."""
    if lead["subject_kind"] not in _KEYS:
        return {}
    table, key, _ = _KEYS[lead["subject_kind"]]
    rows = tables.engine.collect(tables[table].filter(nw.col(key) == lead["subject"])).sort("source_file", "source_row")
    return rows.row(0, named=True) if rows.height else {}


def rulings(
    tables: Tables,
    policy: Policy,
    card: Card,
    lead: Mapping[str, Any],
    row: Mapping[str, Any],
    facts: Mapping[str, Any],
) -> list[Ruling]:
    """The rules of the lead's own causes that were in force, on the governing day."""
    governing = row.get(_KEYS[lead["subject_kind"]][2]) if row else None
    on = (governing.date() if isinstance(governing, datetime) else None) or lead["since"] or lead["until"]
    on = on or tables.as_of
    scope = {name: facts.get(name, row.get(name)) for name in _SCOPE}
    scope["extended"] = facts.get("lawfully_extended", row.get("extended"))
    scope["urban_rural"] = _urban_rural(tables, lead["region_code"])
    region = str(row.get("region_code") or lead["region_code"] or "")
    found = []
    for rule_id in card.rules_of(facts):
        rule = policy.rules.get(rule_id)
        if rule is None:
            continue
        ruling = Ruling(rule, on, _entry(policy, rule, on, region, scope, facts))
        if ruling.entry is not None or rule_id == card.rule:
            found.append(ruling)
    return found


def _entry(
    policy: Policy, rule: Rule, on: date | None, region: str, scope: Mapping[str, Any], facts: Mapping[str, Any]
) -> Entry | None:
    keys = set(rule.scope) if rule.table else {*rule.scope, *COMMON}
    said: dict[str, Any] = {key: value for key, value in scope.items() if key in keys and value is not None}
    said |= {key: facts[_PAIR.get(key, key)] for key in rule.scope if isinstance(facts.get(_PAIR.get(key, key)), str)}
    if rule.table and set(rule.scope) - set(said):
        return None  # a table rule answers only for a whole key
    try:
        return policy.entry(rule.id, on=on, region=region, **said)
    except NothingInForceError:
        return None


def _urban_rural(tables: Tables, village: str | None) -> str | None:
    """What the region table says of the household's village; None where it says nothing."""
    rows = tables[REGION].filter(nw.col("region_code") == (village or "")).select("urban_rural")
    said = tables.engine.collect(rows)["urban_rural"].drop_nulls().unique().to_list()
    return str(said[0]) if len(said) == 1 else None


def involved(
    tables: Tables,
    lead: Mapping[str, Any],
    row: Mapping[str, Any],
    proof: pl.DataFrame,
    further: Collection[int] = (),
) -> dict[int, Person]:
    """The persons the lead speaks of: its subject, applicant, beneficiaries, and those its evidence names. Masked."""
    ids: set[int] = set(further)
    if lead["subject_kind"] in {"person", "official"} and str(lead["subject"]).lstrip("-").isdigit():
        ids.add(int(lead["subject"]))
    if row.get("applicant_person_id") is not None:
        ids.add(row["applicant_person_id"])
    if lead["subject_kind"] == "award":
        rows = tables[BENEFICIARY].filter(nw.col("award_no") == lead["subject"]).select("person_id")
        ids |= {one for one in tables.engine.collect(rows)["person_id"].to_list() if one is not None}
    for table, column, value in proof.select("table", "column", "value").iter_rows():
        if names_person(table, column) and value is not None and value.lstrip("-").isdigit():
            ids.add(int(value))
    return people(tables, ids)


def names_person(table: str, column: str) -> bool:
    """Does this column of the evidence hold a person's id?"""
    return table in TABLES and any(one.name == column and one.kind == "id_no" for one in TABLES[table].columns)
