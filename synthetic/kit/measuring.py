"""What does a household live on, and what do other offices' registers say of its members?"""

from datetime import date
from typing import Final

from synthetic.kit.ground import Ground
from synthetic.kit.people import Household, Person
from synthetic.kit.rows import Cell, Row

INCOME: Final = ("wage", "business", "property_income", "transfer", "support", "land")
_ECONOMIC: Final = frozenset(  # kinds of match that contradict "nothing found"
    {"public_payroll", "vehicle", "real_estate", "business", "social_insurance", "housing_fund", "deposit", "custody"}
)
_PREMIUM: Final = 400  # yuan a year of residents' medical insurance
EXPENSE: Final = ("medical_expense", "education_expense", "disability_expense", "insurance_expense")


class Measuring(Ground):
    """Statements of means and matches."""

    def line(self, household: Household, on: date) -> int:
        """The standard of the household's village, fen a person a month."""
        return self.county.standards.fen(household.village.settlement, on)

    def statement(self, household: Household, on: date, *, share: float | None = None, **items: int) -> int:
        """Lines of one statement, declared = verified, yuan a year each; returns Y in fen.

        `share`: the remaining income (transfers; in the country land, too) is such that Y is that share of standard x
        12 x co-living members on that day (never above it): 0.6 is poor, 1.0 exactly on the line, 1.3 above. `items`
        without `share` are all there is.
        """
        lines = dict(items)
        household.lines[on] = dict(items)
        if share is not None:
            aim = self._aim(household, on, share)
            rest = aim - _net(items)
            if rest < 0:
                raise ValueError(f"the lines given exceed {aim} yuan a year by {-rest}")
            land = rest * 3 // 10 if household.village.settlement == "rural" else 0
            lines["transfer"] = lines.get("transfer", 0) + rest - land
            if land or "land" in lines:
                lines["land"] = lines.get("land", 0) + land
        for item, yuan in lines.items():
            self.rows.add(
                "means",
                {
                    "household_no": household.no,
                    "as_of": on,
                    "item": item,
                    "declared": yuan * 100,
                    "verified": yuan * 100,
                },
            )
        income = max(0, _net(lines)) * 100
        household.statements.append((on, income))
        return income

    def restate(self, household: Household, on: date, *, share: float) -> int:
        """A statement of that share that carries the newest one on: wage, support, bills and savings are as they were.

        Only income that would exceed the share (fewer live there now) is cut.
        """
        items = household.told(on)
        over = _net(items) - self._aim(household, on, share)
        for item in INCOME:
            cut = min(items.get(item, 0), max(0, over))
            over -= cut
            if cut:
                items[item] -= cut
        return self.statement(household, on, share=share, **items)

    def _aim(self, household: Household, on: date, share: float) -> int:
        """Yuan a year that are that share of the line of everybody at home, rounded down."""
        living = max(1, len(household.co_living(on)))
        return int(share * self.line(household, on) * 12 * living) // 100

    def match(
        self,
        person: Person,
        kind: str,
        *,
        compared: date,
        source: str = "部门数据核对",
        since: date | None = None,
        until: date | None = None,
        value: float | None = None,
        detail: str | None = None,
    ) -> Row:
        """What another register says of a person (contract §2, match.kind)."""
        row: dict[str, Cell] = {
            "match_no": self.numbers.next("HD"),
            "id_no": person.id_no,
            "kind": kind,
            "source": source,
            "from_on": since,
            "to_on": until,
            "value": value,
            "detail": detail,
            "compared_on": compared,
        }
        if kind in _ECONOMIC:
            person.known.append(row)
            for told in person.clean:
                if _holds(row, _day(told["compared_on"])):
                    told.update(_insured(person, _day(told["compared_on"])))
        return self.rows.add("match", row)

    def clean_match(self, person: Person, on: date) -> Row:
        """Compared, nothing found; of whom something is known already, that they are insured like everybody.

        What is known is not told twice: two rows of one dwelling would be two dwellings.
        """
        row = self.match(person, "none", compared=on, source="家庭经济状况核对")
        if any(_holds(known, on) for known in person.known):
            row |= _insured(person, on)
        else:
            person.clean.append(row)
        return row

    def recompare(self, household: Household, on: date) -> None:
        """Everybody at home compared with the registers anew."""
        for person in household.co_living(on):
            self.clean_match(person, on)


def _holds(row: Row, on: date) -> bool:
    """Was the find known that day and does it hold?"""
    ends = row["to_on"]
    return _day(row["compared_on"]) <= on and (not isinstance(ends, date) or on <= ends)


def _insured(person: Person, on: date) -> dict[str, Cell]:
    """The cells of a residents' insurance of that year."""
    return {
        "kind": "social_insurance",
        "source": "医保参保",
        "from_on": max(person.born, on.replace(month=1, day=1)),
        "to_on": on.replace(month=12, day=31),
        "value": _PREMIUM,
        "detail": "resident",
    }


def _day(cell: Cell) -> date:
    if not isinstance(cell, date):
        raise TypeError(f"not a day: {cell!r}")
    return cell


def _net(lines: dict[str, int]) -> int:
    unknown = set(lines) - {*INCOME, *EXPENSE, "deposits"}
    if unknown:
        raise KeyError(f"means has no item {sorted(unknown)}")
    return sum(yuan if item in INCOME else -yuan if item in EXPENSE else 0 for item, yuan in lines.items())
