"""How is a person shown without being named?"""

from collections.abc import Iterable
from dataclasses import dataclass

import narwhals as nw

from casework.dataset import Tables
from casework.intake.persons import IDENTITY
from casework.tables import PERSON
from dashboard.exports.rows import masked


@dataclass(frozen=True, slots=True)
class Person:
    """One person, masked; `state` says how surely the number is theirs."""

    name: str
    number: str
    state: str


def mask_name(name: str) -> str:
    """First and last sign of a name, the rest starred: 示例甲 → 示*甲, 张萌 → 张*."""
    name = name.strip()
    if len(name) <= 1:
        return "*" if name else ""
    if len(name) == 2:  # noqa: PLR2004 - a surname and one sign: only the surname stays
        return name[0] + "*"
    return name[0] + "*" * (len(name) - 2) + name[-1]


def people(tables: Tables, person_ids: Iterable[int], *, reveal: bool = False) -> dict[int, Person]:
    """The persons of these ids, masked; `reveal` only where journalled: an unmasked lead, the steward's export."""
    wanted = sorted(set(person_ids))
    if not wanted:
        return {}
    rows = tables[PERSON].filter(nw.col("person_id").is_in(wanted)).select("person_id", "name", "id_state")
    named = tables.engine.collect(rows).unique("person_id", keep="first", maintain_order=True)
    numbers = _numbers(tables, wanted)
    name_as, number_as = (str, str) if reveal else (mask_name, masked)
    return {
        person_id: Person(name_as(name or ""), number_as(numbers.get(person_id, "")), state or "")
        for person_id, name, state in named.iter_rows()
    }


def _numbers(tables: Tables, wanted: list[int]) -> dict[int, str]:
    """The numbers behind the ids, from the snapshot's protected table; they leave this file masked unless revealed."""
    rows = tables.derived("identity", IDENTITY).filter(nw.col("person_id").is_in(wanted)).select("person_id", "id_no")
    return dict(tables.engine.collect(rows).iter_rows())
