"""What does a household of the world live on, line by line?"""

from datetime import date, timedelta

from synthetic.kit import Household, Site, age_on


def state(site: Site, household: Household, day: date, share: float) -> None:
    """A statement with wage, land, transfers and some bills, on that day or the nearest earlier one without any."""
    taken = {as_of for as_of, _ in household.statements}
    while day in taken:
        day -= timedelta(days=1)
    living = len(household.co_living(day))
    aim = share * site.line(household, day) * 12 * living / 100
    items = {}
    if site.chance(0.5):
        items["medical_expense"] = site.whole(3, 40) * 100
    if any(age_on(person.born, day) < 60 for person in household.co_living(day)):  # noqa: PLR2004 - working age
        items["wage"] = int(aim * 0.4 * site.random.random()) + items.get("medical_expense", 0)
    if site.chance(0.3):
        items["support"] = int(aim * 0.2 * site.random.random())
    if site.chance(0.4):
        items["deposits"] = site.whole(2, 180) * 100
    site.statement(household, day, share=share, **items)
