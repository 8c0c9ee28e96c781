"""Who lives in a world: persons, households, officials?

What is here mirrors rows already written: change the row for a file that says something else, change neither for truth.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal, cast

from synthetic.kit.places import Village
from synthetic.kit.rows import Row

Sex = Literal["M", "F"]
Relation = Literal[
    "head",
    "spouse",
    "child",
    "child_in_law",
    "parent",
    "parent_in_law",
    "grandchild",
    "grandparent",
    "sibling",
    "other",
]
Duty = Literal["handler", "approver", "village_committee", "public_payroll"]


@dataclass(slots=True, eq=False)
class Person:
    """One person and their row in `person`."""

    id_no: str
    born: date
    sex: Sex
    village: Village
    row: Row = field(repr=False)
    known: list[Row] = field(default_factory=list, repr=False)  # matches of what other registers know
    clean: list[Row] = field(default_factory=list, repr=False)  # matches that say that nothing was found

    @property
    def name(self) -> str:
        """As the row says."""
        return str(self.row["name"])

    @property
    def surname(self) -> str:
        """The first sign of the name."""
        return self.name[0]

    @property
    def died(self) -> date | None:
        """The day of death the row tells."""
        return cast("date | None", self.row.get("died_on"))

    def alive(self, on: date) -> bool:
        """Not dead before that day."""
        return self.died is None or self.died >= on


@dataclass(slots=True, eq=False)
class Member:
    """One member of a household and the row in `member`."""

    person: Person
    relation: Relation
    row: Row = field(repr=False)

    def there(self, on: date) -> bool:
        """A member in force on that day (contract §4), living together or not."""
        left = cast("date | None", self.row.get("left_on"))
        joined = cast("date", self.row["joined_on"])
        return joined <= on and (left is None or on < left) and self.person.alive(on)


@dataclass(eq=False)
class Household:
    """One household, its members and its statements of means."""

    no: str
    village: Village
    row: Row = field(repr=False)
    members: list[Member] = field(default_factory=list)
    statements: list[tuple[date, int]] = field(default_factory=list)  # (as of, Y in fen a year), in any order
    reviewed: list[date] = field(default_factory=list)
    lines: dict[date, dict[str, int]] = field(default_factory=dict)  # as of -> the lines given there, yuan a year

    @cached_property
    def head(self) -> Person:
        """The head, else the first member."""
        return next((member.person for member in self.members if member.relation == "head"), self.members[0].person)

    @property
    def persons(self) -> list[Person]:
        """Everybody who ever was a member."""
        return [member.person for member in self.members]

    @property
    def at_home(self) -> list[Person]:
        """Everybody who ever lived there, not those only listed."""
        return [member.person for member in self.members if member.row["co_living"]]

    def co_living(self, on: date) -> list[Person]:
        """The members in force on that day who live together."""
        return [member.person for member in self.members if member.there(on) and member.row["co_living"]]

    @property
    def moved_away(self) -> bool:
        """Has everybody left, by as_of?"""
        return all(member.row.get("left_on") is not None for member in self.members)

    def told(self, day: date) -> dict[str, int]:
        """The lines of the newest statement on or before that day that somebody gave, what filled it up left out."""
        known = [as_of for as_of in self.lines if as_of <= day]
        return dict(self.lines[max(known)]) if known else {}

    def governing(self, day: date) -> int | None:
        """Y in fen of the newest statement on or before that day; None without one."""
        known = [(as_of, y) for as_of, y in self.statements if as_of <= day]
        return max(known)[1] if known else None


@dataclass(frozen=True, slots=True, eq=False)
class Official:
    """One term of office."""

    person: Person
    duty: Duty
    region: str
    row: Row = field(repr=False)

    def in_post(self, on: date) -> bool:
        """Does the term cover that day?"""
        to_on = cast("date | None", self.row.get("to_on"))
        return cast("date", self.row["from_on"]) <= on and (to_on is None or on <= to_on)

    def answers_for(self, village: str) -> bool:
        """Is that village in the jurisdiction: the region itself and everything below it?"""
        digits = next((digits for digits in (2, 4, 6, 9) if not int(self.region[digits:])), 12)
        return village.startswith(self.region[:digits])
