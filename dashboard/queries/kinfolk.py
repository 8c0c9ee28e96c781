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
from casework.policy import Policy
from casework.tables import MEMBER, OFFICIAL, PAYMENT, PERSON, Table
from casework.text import Text

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Relative:
    """One person of the path: the tie from the person before, and what the official calls them (称谓)."""

    person_id: int
    tie: str  # "" for the official, who stands first
    called: Text


def path(
    tables: Tables,
    policy: Policy,
    lead: Mapping[str, Any],
    row: Mapping[str, Any],
    facts: Mapping[str, Any],
    proof: pl.DataFrame,
) -> list[Relative]:
    """From the official to the member, of an account to its holder; empty where the lead tells of no tie."""
    ties = facts.get("path")
    if not isinstance(ties, str):
        return []
    if lead.get("subject_kind") == "account":
        officials, others = _named(proof, OFFICIAL, "id_no"), _named(proof, PAYMENT, "account_holder_id_no")
    else:
        officials = [int(one) for one in json.loads(lead["related"] or "[]")]
        others = _members(proof, row["household_no"]) if row.get("household_no") else []
    if len(officials) != 1 or not others:
        return []
    official = officials[0]
    if ties == MEMBER_THEMSELF:
        return [Relative(official, "", SELF)]
    found = _found(tables, policy, official, ties, others, row.get("accepted_at"))
    if found is None:
        return []
    persons = [official, *(one for one in (found["via_1"], found["via_2"]) if one is not None), found["relative_id"]]
    sexes, born = _sexes_and_births(tables, persons)
    steps = ties.split(">")
    relatives = [Relative(official, "", Text("干部本人", "the official"))]
    for place, tie in enumerate(steps, 1):
        called = term(">".join(steps[:place]), sexes[: place + 1], born[: place + 1])
        relatives.append(Relative(persons[place], tie, called))
    return relatives


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


def _found(
    tables: Tables, policy: Policy, official: int, ties: str, others: list[int], accepted: datetime | None
) -> dict[str, Any] | None:
    """The path of these ties that ends at one of the others and held on acceptance; the surest of several."""
    asked = tables.engine.place(pl.DataFrame({"person_id": [official]}, schema={"person_id": pl.Int64()}))
    kin = kin_of(tables, asked, policy).filter((nw.col("path") == ties) & nw.col("relative_id").is_in(others))
    if accepted is not None:
        day = (accepted.date() - _EPOCH).days
        kin = kin.filter(
            (nw.col("from_day").is_null() | (nw.col("from_day") <= day))
            & (nw.col("to_day").is_null() | (nw.col("to_day") >= day))
        )
    rows = tables.engine.collect(kin)
    order = ["certainty", "relative_id", "via_1", "via_2", "relation"]
    return rows.sort(order, descending=[True, False, False, False, False]).row(0, named=True) if rows.height else None


def _sexes_and_births(tables: Tables, persons: list[int]) -> tuple[list[str | None], list[date | None]]:
    """Only to name the relative: neither says anything against anybody."""
    wanted = tables[PERSON].filter(nw.col("person_id").is_in(persons)).select("person_id", "sex", "born_on")
    rows = tables.engine.collect(wanted).unique("person_id", keep="first", maintain_order=True)
    known = {person: (sex, born) for person, sex, born in rows.iter_rows()}
    said = [known.get(person, (None, None)) for person in persons]
    return [sex for sex, _ in said], [born for _, born in said]
