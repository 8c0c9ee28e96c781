"""Along which persons does the tie of an official to a member, or a holder of an account, run; what is each called?"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import narwhals as nw
import polars as pl

from casework.card import Card
from casework.dataset import Tables
from casework.kin_terms import MEMBER as SELF
from casework.kin_terms import term
from casework.kinship import kin_of
from casework.kinship.staff import MEMBER_THEMSELF
from casework.lead import first_rows
from casework.policy import Policy
from casework.tables import APPLICATION, MEMBER, OFFICIAL, PAYMENT, PERSON, Table
from casework.text import Text

_EPOCH = date(1970, 1, 1)
OFFICIAL_SELF = Text("干部本人", "the official")


@dataclass(frozen=True, slots=True)
class Relative:
    """One person of the path: the tie from the person before, and what the official calls them (称谓)."""

    person_id: int
    tie: str  # "" for the official, who stands first
    called: Text


@dataclass(frozen=True, slots=True)
class _Asked:
    """One lead's tie: from whom, by which ties, to one of whom, on which day."""

    official: int
    ties: str
    others: tuple[int, ...]
    day: int | None


def tied(leads: pl.DataFrame) -> pl.DataFrame:
    """The leads that tell of a tie of kin."""
    return leads.filter(pl.col("facts").str.json_path_match("$.path").is_not_null())


def paths(tables: Tables, policy: Policy, leads: pl.DataFrame, proof: pl.DataFrame) -> dict[str, list[Relative]]:
    """The path of each of these leads, by lead_id, all asked at once; `proof` is the evidence of them all."""
    cases = _cases(tables, leads)
    lines = proof.partition_by("lead_id", as_dict=True)
    asked: dict[str, _Asked] = {}
    for lead in leads.to_dicts():
        mine = lines.get((lead["lead_id"],), proof.clear())
        facts = json.loads(lead["facts"])
        if one := _asked(lead, cases.get(lead["subject"], {}), facts, mine):
            asked[lead["lead_id"]] = one
    return _relatives(tables, policy, asked)


def path(
    tables: Tables,
    policy: Policy,
    lead: Mapping[str, Any],
    row: Mapping[str, Any],
    facts: Mapping[str, Any],
    proof: pl.DataFrame,
) -> list[Relative]:
    """From the official to the member, of an account to its holder; empty where the lead tells of no tie."""
    one = _asked(lead, row, facts, proof)
    return [] if one is None else _relatives(tables, policy, {"": one}).get("", [])


def _cases(tables: Tables, leads: pl.DataFrame) -> dict[str, dict[str, Any]]:
    """The applications among the subjects: household and acceptance."""
    numbers = leads.filter(pl.col("subject_kind") == "application")["subject"].to_list()
    rows = first_rows(tables[APPLICATION]).filter(nw.col("application_no").is_in(numbers))
    found = tables.engine.collect(rows.select("application_no", "household_no", "accepted_at"))
    return {row["application_no"]: row for row in found.to_dicts()}


def _asked(
    lead: Mapping[str, Any], row: Mapping[str, Any], facts: Mapping[str, Any], proof: pl.DataFrame
) -> _Asked | None:
    ties = facts.get("path")
    if not isinstance(ties, str):
        return None
    if lead.get("subject_kind") == "account":
        officials, others = _named(proof, OFFICIAL, "id_no"), _named(proof, PAYMENT, "account_holder_id_no")
    else:
        officials = [int(one) for one in json.loads(lead["related"] or "[]")]
        others = _members(proof, row["household_no"]) if row.get("household_no") else []
    if len(officials) != 1 or not others:
        return None
    accepted: datetime | None = row.get("accepted_at")
    day = None if accepted is None else (accepted.date() - _EPOCH).days
    return _Asked(officials[0], ties, tuple(others), day)


def _relatives(tables: Tables, policy: Policy, asked: Mapping[str, _Asked]) -> dict[str, list[Relative]]:
    """The persons of each path, and what the official calls them; of a tie that is not found, nothing."""
    told = {name: [Relative(one.official, "", SELF)] for name, one in asked.items() if one.ties == MEMBER_THEMSELF}
    others = {name: one for name, one in asked.items() if name not in told}
    if not others:
        return told
    kin = _kin(tables, policy, sorted({one.official for one in others.values()}))
    found = {name: persons for name, one in others.items() if (persons := _found(kin, one))}
    known = sexes_and_births(tables, sorted({person for persons in found.values() for person in persons}))
    nobody = (None, None)
    for name, persons in found.items():
        said = [known.get(person, nobody) for person in persons]
        told[name] = along(others[name].ties, persons, [sex for sex, _ in said], [born for _, born in said])
    return told


def along(
    ties: str,
    persons: Sequence[int],
    sexes: Sequence[str | None],
    born: Sequence[date | None],
    first: Text = OFFICIAL_SELF,
) -> list[Relative]:
    """Each person of a path and the word for them, said by the first."""
    steps = ties.split(">")
    found = [Relative(persons[0], "", first)]
    for place, tie in enumerate(steps, 1):
        called = term(">".join(steps[:place]), sexes[: place + 1], born[: place + 1])
        found.append(Relative(persons[place], tie, called))
    return found


def worded(card: Card, facts: Mapping[str, Any], kin: Sequence[Relative]) -> tuple[Card, dict[str, Any]]:
    """The card and facts of this lead with the relative called as the official does (父亲, not 父母).

    The official in person is no kin: of that nothing is more or less certain.
    """
    said, own = dict(facts), dict(card.facts)
    if facts.get("relation") == MEMBER_THEMSELF:
        said |= {"certainty": None, "weakest": None}
        own["certainty"] = replace(own["certainty"], absent=Text("不适用", "does not apply"))
        own["weakest"] = replace(own["weakest"], absent=Text("本人", "the official in person"))
    elif kin:
        for name in ("relation", "path"):
            words = {**own[name].words, str(facts[name]): kin[-1].called}
            own[name] = replace(own[name], words=words)
    return replace(card, facts=own), said


def _members(proof: pl.DataFrame, household_no: str) -> list[int]:
    """The members of the household whom the evidence names."""
    return _named(proof.filter(pl.col("key").str.contains(household_no, literal=True)), MEMBER, "id_no")


def _named(proof: pl.DataFrame, table: Table, column: str) -> list[int]:
    """The persons that a column of the evidence names."""
    mine = proof.filter((pl.col("table") == table.name) & (pl.col("column") == column))
    return sorted(int(one) for one in mine["value"].drop_nulls().unique() if one.lstrip("-").isdigit())


def _kin(tables: Tables, policy: Policy, officials: list[int]) -> pl.DataFrame:
    asked = tables.engine.place(pl.DataFrame({"person_id": officials}, schema={"person_id": pl.Int64()}))
    return tables.engine.collect(kin_of(tables, asked, policy))


def _found(kin: pl.DataFrame, asked: _Asked) -> list[int]:
    """The persons of the path of these ties to one of the others that held on the day; the surest of several."""
    mine = kin.filter(
        (pl.col("person_id") == asked.official)
        & (pl.col("path") == asked.ties)
        & pl.col("relative_id").is_in(asked.others)
    )
    if asked.day is not None:
        began = pl.col("from_day").is_null() | (pl.col("from_day") <= asked.day)
        mine = mine.filter(began & (pl.col("to_day").is_null() | (pl.col("to_day") >= asked.day)))
    order = ["certainty", "relative_id", "via_1", "via_2", "relation"]
    if mine.is_empty():
        return []
    best = mine.sort(order, descending=[True, False, False, False, False]).row(0, named=True)
    between = [one for one in (best["via_1"], best["via_2"]) if one is not None]
    return [asked.official, *between, best["relative_id"]]


def sexes_and_births(tables: Tables, persons: list[int]) -> dict[int, tuple[str | None, date | None]]:
    """Only to name the relative: neither says anything against anybody."""
    wanted = tables[PERSON].filter(nw.col("person_id").is_in(persons)).select("person_id", "sex", "born_on")
    rows = tables.engine.collect(wanted).unique("person_id", keep="first", maintain_order=True)
    return {person: (sex, born) for person, sex, born in rows.iter_rows()}
