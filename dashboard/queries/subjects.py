"""Is what a lead recorded by hand speaks of known in the data, and may this reader speak of it?"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import narwhals as nw

from casework.card import SUBJECTS, SubjectKind
from casework.errors import WrongUsageError
from casework.intake.persons import keyed
from casework.intake.values.id_no import read_id
from casework.review.scope import Reader
from casework.tables import APPLICATION, AWARD, HOUSEHOLD, PERSON, Table
from casework.text import Text

if TYPE_CHECKING:
    from dashboard.desk import Desk

KINDS: Final[dict[SubjectKind, Text]] = {
    kind: SUBJECTS[kind] for kind in ("household", "application", "award", "person", "official")
}
_TABLES: Final[dict[str, tuple[Table, str]]] = {
    "household": (HOUSEHOLD, "household_no"),
    "application": (APPLICATION, "application_no"),
    "award": (AWARD, "award_no"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a lead is about, as leads name it, and the region it lies in."""

    subject: str
    region_code: str | None


def found(desk: "Desk", reader: Reader, kind: str, number: str) -> Subject:
    """The subject of this number.

    Raises:
        WrongUsageError: nothing of that number is known, or it lies outside the reader's regions (the same words, so
            that nobody learns what lies elsewhere), or it is the reader or their kin.
    """
    number = number.strip()
    unknown = WrongUsageError(
        Text(
            f"在您的辖区内没有找到编号为“{_short(number)}”的{SUBJECTS[kind].zh if kind in SUBJECTS else '对象'}",
            f"nothing of number “{_short(number)}” is known within your regions",
        )
    )
    subject = _person(desk, number) if kind in {"person", "official"} else _numbered(desk, kind, number)
    if subject is None or not reader.scope.covers(desk.regions.home(subject.region_code)):
        raise unknown
    recused = reader.person_id is not None and kind in {"person", "official"}
    if recused and int(subject.subject) in desk.circle(reader.person_id or 0):
        raise WrongUsageError(
            Text("涉及本人或近亲属,须回避,请由他人登记", "it is about you or your kin; let somebody else record it")
        )
    return subject


def _short(number: str) -> str:
    """A citizen number is not said again in full."""
    return f"{number[:6]}…" if len(number) > 10 else number  # noqa: PLR2004 - the area code of a citizen number


def _numbered(desk: "Desk", kind: str, number: str) -> Subject | None:
    table, key = _TABLES[kind]
    tables = desk.opened
    rows = tables.engine.collect(tables[table].filter(nw.col(key) == number)).head(1).to_dicts()
    if not rows:
        return None
    region = rows[0].get("region_code")
    if kind != "household" and rows[0].get("household_no"):
        home = _numbered(desk, "household", rows[0]["household_no"])
        region = home.region_code if home is not None and home.region_code else region
    return Subject(number, region)


def _person(desk: "Desk", number: str) -> Subject | None:
    tables = desk.opened
    read = read_id(number, tables.as_of).value
    if read is None:
        return None
    person_id = int(keyed([read.number], desk.workspace.key, "person")[0])
    wanted = tables[PERSON].filter(nw.col("person_id") == person_id).select("region_code")
    rows = tables.engine.collect(wanted).head(1).to_dicts()
    return Subject(str(person_id), rows[0]["region_code"]) if rows else None
