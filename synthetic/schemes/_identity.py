"""How does one person come to stand in the register twice, and under which numbers and names?"""

from datetime import date
from typing import Final

from synthetic.kit import Household, Person, Site, same_day
from synthetic.kit.names import surname
from synthetic.kit.numbers import checked
from synthetic.kit.rows import Cell

_AREA: Final = 995000  # of second numbers: no county of a made-up world is called so
_YEAR: Final = 12
_NEIGHBOURS: Final = (14, 3, 2, 0)  # places whose neighbours may change places: neither birth nor sex among them
_TYPED: Final = 15  # place of the digit mistyped: the second of the sequence


def citizen(site: Site, signs: str, *, born: date, sex: str = "M", of: str | None = None) -> Person:
    """Somebody called surname, 示 ("an example") and those signs."""
    name = f"{of or site.surname or surname(site.random)}示{signs}"
    return site.person(born=born, sex="M" if sex == "M" else "F", name=name)


def mistyped(number: str) -> str:
    """One digit off: the check digit no longer fits."""
    digit = (int(number[_TYPED]) + 1) % 10
    return f"{number[:_TYPED]}{digit}{number[_TYPED + 1 :]}"


def swapped(number: str) -> str:
    """Two neighbours that differ have changed places: the check digit no longer fits."""
    place = next(one for one in _NEIGHBOURS if number[one] != number[one + 1])
    return f"{number[:place]}{number[place + 1]}{number[place]}{number[place + 2 :]}"


def fifteen(number: str) -> str:
    """The same number as it was written before 1999."""
    return number[:6] + number[8:17]


def elsewhere(site: Site, person: Person, years: int) -> tuple[str, date]:
    """A valid number of another county, born so many years later on the same day; and that birth date."""
    born = same_day(person.born, _YEAR * years)
    body = f"{_AREA + site.county.place}{born:%Y%m%d}{person.id_no[14:17]}"
    return checked(body), born


def again(
    site: Site, person: Person, number: str, *, name: str | None = None, born: date | None = None, **cells: Cell
) -> Person:
    """A second row of the register for the same person, without telephone and account unless `cells` give them."""
    own: dict[str, Cell] = {
        "id_no": number,
        "name": name or person.name,
        "born_on": born or person.born,
        "phone": None,
        "account_no": None,
        "region_code": site.village.code,
    }
    row = site.rows.add("person", person.row | own | cells)
    return Person(number, born or person.born, person.sex, site.village, row)


def alone(site: Site, person: Person, *, like: Household | None = None) -> Household:
    """The household of that person alone, at the address of another one if said."""
    household = site.household([(person, "head")])
    if like is not None:
        household.row |= {"address": like.row["address"], "phone": like.row["phone"]}
    return household
