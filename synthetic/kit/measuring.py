"""What does a household live on, and what do other offices' registers say of its members?"""

from datetime import date
from typing import Final

from synthetic.kit.ground import Ground
from synthetic.kit.people import Household, Person
from synthetic.kit.rows import Cell, Row

INCOME: Final = ("wage", "business", "property_income", "transfer", "support", "land")
EXPENSE: Final = ("medical_expense", "education_expense", "disability_expense", "insurance_expense")


class Measuring(Ground):
    """Statements of means and matches."""

    def line(self, household: Household, on: date) -> int:
        """The standard of the household's village, fen a person a month."""
        return self.county.standards.fen(household.village.settlement, on)

    def statement(self, household: Household, on: date, *, share: float | None = None, **items: int) -> int:
        """Lines of one statement, declared = verified, yuan a year each; returns Y in fen.

        `share`: the remaining income is such that Y is that share of standard x 12 x co-living members on that day
        (never above it): 0.6 is poor, 1.0 exactly on the line, 1.3 above. `items` without `share` are all there is.
        """
        lines = dict(items)
        if share is not None:
            living = max(1, len(household.co_living(on)))
            aim = int(share * self.line(household, on) * 12 * living) // 100
            rest = aim - _net(items)
            if rest < 0:
                raise ValueError(f"the lines given exceed {aim} yuan a year by {-rest}")
            land = rest * 3 // 10
            lines["transfer"] = lines.get("transfer", 0) + rest - land
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
        return self.rows.add("match", row)

    def clean_match(self, person: Person, on: date) -> Row:
        """Compared, nothing found."""
        return self.match(person, "none", compared=on, source="家庭经济状况核对")


def _net(lines: dict[str, int]) -> int:
    unknown = set(lines) - {*INCOME, *EXPENSE, "deposits"}
    if unknown:
        raise KeyError(f"means has no item {sorted(unknown)}")
    return sum(yuan if item in INCOME else -yuan if item in EXPENSE else 0 for item, yuan in lines.items())
