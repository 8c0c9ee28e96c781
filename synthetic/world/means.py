"""What does a household of the world live on, line by line?"""

from datetime import date, timedelta
from typing import Final

from synthetic.kit import Household, Person, Site, age_on
from synthetic.kit.rows import Row

_CORRECTED: Final = 0.12  # of statements say otherwise than was verified, in one line
_PREMIUM: Final = 380  # yuan a year and head


def state(site: Site, household: Household, day: date, share: float) -> None:
    """A statement with wage, land, transfers and some bills, on that day or the nearest earlier one without any."""
    taken = {as_of for as_of, _ in household.statements}
    while day in taken:
        day -= timedelta(days=1)
    living = len(household.co_living(day))
    aim = share * site.line(household, day) * 12 * living / 100
    home = household.co_living(day)
    items = _bills(site, home)
    if any(age_on(person.born, day) < 60 for person in home):  # noqa: PLR2004 - working age
        items["wage"] = int(aim * 0.4 * site.random.random()) + items.get("medical_expense", 0)
    for item, chance, part in (("support", 0.3, 0.2), ("business", 0.06, 0.15), ("property_income", 0.08, 0.1)):
        if site.chance(chance):
            items[item] = int(aim * part * site.random.random())
    if site.chance(0.4):
        items["deposits"] = site.whole(2, 180) * 100
    before = len(site.rows.tables["means"])
    site.statement(household, day, share=share, **items)
    if site.chance(_CORRECTED):
        _correct(site, site.rows.tables["means"][before:])


def _bills(site: Site, home: list[Person]) -> dict[str, int]:
    """What the household has to pay: illness, premiums, fees, care."""
    bills = {}
    if site.chance(0.5):
        bills["medical_expense"] = site.whole(3, 40) * 100
    if site.chance(0.15):
        bills["insurance_expense"] = _PREMIUM * len(home)
    if any(person.row.get("student_stage") in {"upper_secondary", "undergraduate"} for person in home):
        bills["education_expense"] = site.whole(10, 50) * 100
    if site.chance(0.4) and any(person.row.get("disability_grade") in {1, 2} for person in home):
        bills["disability_expense"] = site.whole(5, 30) * 100
    return bills


def _correct(site: Site, rows: list[Row]) -> None:
    """The family said less, more or nothing of one line; what was verified is what counts."""
    row = rows[site.whole(0, len(rows) - 1)]
    fen = row["verified"]
    if isinstance(fen, int):
        row["declared"] = None if site.chance(0.2) else fen // 100 * site.whole(60, 110) // 100 * 100
