"""What do the data say of each of two persons, field by field, and in which months were both covered?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.kinship import direct_ties
from casework.policy import Policy
from casework.tables import AWARD, BENEFICIARY, HOUSEHOLD, MEMBER, PAYMENT, PERSON, Table

Field = Literal["name", "sex", "born_on", "id_state", "phone", "account", "address", "household", "kin"]
Agreement = Literal["equal", "partly", "differs", "unknown"]
FIELDS: Final[tuple[Field, ...]] = (
    *("name", "sex", "born_on", "id_state", "phone", "account", "address", "household", "kin"),
)
_OF_PERSON: Final[dict[Field, str]] = {
    "name": "name",
    "sex": "sex",
    "born_on": "born_on",
    "id_state": "id_state",
    "phone": "phone",
    "account": "account_no",
}
OF_ROW: Final[tuple[Field, ...]] = (*_OF_PERSON,)  # what a row on a person says itself


@dataclass(frozen=True, slots=True)
class Spell:
    """One person covered by one award, both months included; `open_end` where nobody said when it ends."""

    person_id: int
    award_no: str
    programme: str
    since: date
    until: date
    open_end: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """Two persons: of each every value that the data hold of a field, and the spells of aid in their order."""

    pair: tuple[int, int]
    values: Mapping[int, Mapping[Field, tuple[Any, ...]]]
    relations: Mapping[int, Mapping[int, str]]  # of each: relative → what the relative is to them
    spells: Sequence[Spell]

    def agreement(self, field: Field) -> Agreement:
        """Do the two say the same of a field?"""
        one, other = (set(self.values[person][field]) for person in self.pair)
        if not one or not other:
            return "unknown"
        if one == other:
            return "equal"
        return "partly" if one & other else "differs"

    def shown(self, persons: Sequence[int]) -> "Compared":
        """The same without the kin and the spells of anybody but these."""
        relations = {one: told if one in persons else {} for one, told in self.relations.items()}
        return replace(self, relations=relations, spells=[one for one in self.spells if one.person_id in persons])

    @property
    def common(self) -> list[date]:
        """The first days of the months in which both were covered."""
        one, other = (
            {month for spell in self.spells if spell.person_id == person for month in _months(spell.since, spell.until)}
            for person in self.pair
        )
        return sorted(one & other)


def compared(tables: Tables, policy: Policy, pair: tuple[int, int]) -> Compared:
    """Everything by key: nothing is asked of anybody else."""
    values: dict[int, dict[Field, tuple[Any, ...]]] = {person: dict.fromkeys(FIELDS, ()) for person in pair}
    persons = _rows(tables, PERSON, "person_id", pair)
    members = _rows(tables, MEMBER, "person_id", pair)
    homes = {row["household_id"]: row for row in _rows(tables, HOUSEHOLD, "household_id", _of(members, "household_id"))}
    held = _rows(tables, PAYMENT, "account_holder_person_id", pair)
    relations = _relations(tables, policy, pair)
    for one in pair:
        mine = [row for row in persons if row["person_id"] == one]
        found: dict[Field, list[Any]] = {field: _of(mine, column) for field, column in _OF_PERSON.items()}
        housed = [row for row in members if row["person_id"] == one]
        of_homes = [homes[row["household_id"]] for row in housed if row["household_id"] in homes]
        found["phone"] += _of(of_homes, "phone")
        found["account"] += _of([row for row in held if row["account_holder_person_id"] == one], "account_no")
        found["address"] = _of(of_homes, "address")
        found["household"] = _of(housed, "household_no")
        found["kin"] = sorted(relations[one])
        values[one] = {field: tuple(dict.fromkeys(found[field])) for field in FIELDS}
    return Compared(pair, values, relations, _spells(tables, pair))


def rows_of(tables: Tables, person: int) -> Compared | None:
    """One person's rows as if they were two, numbered 1 and 2: the first, and the first that says another name.

    None where no row says another name.
    """
    rows = _rows(tables, PERSON, "person_id", [person])
    others = [row for row in rows if row["name"] != rows[0]["name"]]
    if not others:
        return None
    values = {
        number: {field: tuple(_of([row], column)) for field, column in _OF_PERSON.items()}
        for number, row in enumerate((rows[0], others[0]), 1)
    }
    return Compared((1, 2), values, {1: {}, 2: {}}, [])


def _rows(tables: Tables, table: Table, key: str, asked: Iterable[Any]) -> list[dict[str, Any]]:
    """The rows of these keys, in the order of the files; none where the source has no such column."""
    wanted = sorted(set(asked))
    if not wanted or key not in tables[table].collect_schema().names():
        return []
    rows = tables.engine.collect(tables[table].filter(nw.col(key).is_in(wanted)))
    return rows.sort("source_file", "source_row").to_dicts()


def _of(rows: Iterable[Mapping[str, Any]], column: str) -> list[Any]:
    return [row[column] for row in rows if row.get(column) not in (None, "")]


def _relations(tables: Tables, policy: Policy, pair: tuple[int, int]) -> dict[int, dict[int, str]]:
    """The nearest kin of each, by the surest tie; nobody is their own."""
    asked = tables.engine.place(pl.DataFrame({"person_id": sorted(pair)}, schema={"person_id": pl.Int64()}))
    ties = tables.engine.collect(direct_ties(tables, asked, policy))
    ties = ties.sort("certainty", "relation", "relative_id", descending=[True, False, False])
    found: dict[int, dict[int, str]] = {person: {} for person in pair}
    for person, relative, relation in ties.select("person_id", "relative_id", "relation").iter_rows():
        found[person].setdefault(relative, relation)
    return found


def _spells(tables: Tables, pair: tuple[int, int]) -> list[Spell]:
    last = tables.as_of.replace(day=1)
    rows = [row for row in _rows(tables, BENEFICIARY, "person_id", pair) if row["from_month"] is not None]
    awards = {row["award_no"]: row for row in _rows(tables, AWARD, "award_no", _of(rows, "award_no"))}
    found = []
    for row in rows:
        award = awards.get(row["award_no"], {})
        until = row["to_month"] or award.get("to_month")
        end = max(min(until or last, last), row["from_month"])
        programme = str(award.get("programme") or "")
        found.append(Spell(row["person_id"], row["award_no"], programme, row["from_month"], end, until is None))
    return sorted(found, key=lambda one: (pair.index(one.person_id), one.since, one.award_no))


def _months(since: date, until: date) -> list[date]:
    first, last = (day.year * 12 + day.month - 1 for day in (since, until))
    return [date(number // 12, number % 12 + 1, 1) for number in range(first, last + 1)]
