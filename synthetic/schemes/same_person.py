"""Which two identities are one person, and which two persons only look like one?

The first identity is on dibao since 2023. Where the second is, too, it came later: it is the subject. Where only one
was ever covered, that one is; and no money is in doubt before somebody has looked.
"""

from datetime import date
from typing import Final

from synthetic.kit import Award, Household, Person, Plant, Planted, Site, Truth
from synthetic.kit.moves import some_day
from synthetic.schemes._doubt import smaller
from synthetic.schemes._identity import again, alone, citizen, elsewhere, fifteen, mistyped, swapped

SCHEME: Final = "same_person"
_SINCE: Final = date(2023, 8, 1)
_LATER: Final = date(2024, 9, 1)
_BORN: Final = date(1968, 5, 17)


def _truth(*persons: Person) -> Planted:
    return [Truth(SCHEME, "person", one.id_no) for one in persons]


def _first(site: Site, signs: str, *, of: str | None = None) -> tuple[Person, Award]:
    """The first identity, in a household of its own, on dibao."""
    person = citizen(site, signs, born=_BORN, of=of)
    return person, site.settled(alone(site, person), since=_SINCE)


def _later(site: Site, household: Household) -> Award:
    """On dibao some time after the first."""
    return site.recipient(household, accepted=some_day(site, earliest=_LATER)).award


def typo(site: Site) -> Planted:
    """A mistyped number, the same name, birth, telephone and address: covered twice."""
    person, first = _first(site, "松")
    second = again(site, person, mistyped(person.id_no), phone=person.row["phone"])
    _later(site, alone(site, second, like=first.household))
    return _truth(second)


def neighbours_swapped(site: Site) -> Planted:
    """Two digits changed places; the money goes to the same account."""
    person, _ = _first(site, "桐")
    second = again(site, person, swapped(person.id_no), account_no=person.row["account_no"])
    _later(site, alone(site, second))
    return _truth(second)


def fifteen_digits(site: Site) -> Planted:
    """The old number of fifteen digits, under the other writing of the surname; only the first is covered."""
    person, first = _first(site, "槐", of="阎")
    second = again(site, person, fifteen(person.id_no), name=f"闫{person.name[1:]}", phone=person.row["phone"])
    alone(site, second, like=first.household)
    return _truth(person)


def one_number_two_names(site: Site) -> Planted:
    """One number under two names, on dibao under both: in two places as well."""
    person, first = _first(site, "榆")
    second = again(site, person, person.id_no, name=f"{person.surname}例柳", phone=person.row["phone"])
    later = _later(site, alone(site, second, like=first.household))
    return [*_truth(person), Truth("two_places", "person", person.id_no, smaller(first, later, person.id_no))]


def second_number(site: Site) -> Planted:
    """A second register elsewhere made the person two years younger: both numbers valid, covered under both."""
    person, first = _first(site, "柳")
    number, born = elsewhere(site, person, 2)
    second = again(site, person, number, born=born, phone=person.row["phone"])
    _later(site, alone(site, second, like=first.household))
    return _truth(second)


def homophone_and_typo(site: Site) -> Planted:
    """A name that sounds the same and a mistyped number; the second is in the register only."""
    person, first = _first(site, "冬")
    second = again(site, person, mistyped(person.id_no), name=f"{person.surname}示东", phone=person.row["phone"])
    alone(site, second, like=first.household)
    return _truth(person)


def second_number_and_homophone(site: Site) -> Planted:
    """Another number, a year older, a name that sounds the same; telephone and account are shared."""
    person, _ = _first(site, "蓝")
    number, born = elsewhere(site, person, -1)
    shared = {"phone": person.row["phone"], "account_no": person.row["account_no"]}
    second = again(site, person, number, name=f"{person.surname}示兰", born=born, **shared)
    _later(site, alone(site, second))
    return _truth(second)


def other_writing_applies(site: Site) -> Planted:
    """The surname in its other writing under a second number, born the same day; that one has just applied."""
    person, first = _first(site, "桑", of="萧")
    number, _ = elsewhere(site, person, 0)
    second = again(site, person, number, name=f"肖{person.name[1:]}", phone=person.row["phone"])
    household = alone(site, second, like=first.household)
    day = site.office.open_on(site.as_of.replace(day=15))
    site.statement(household, day, share=0.5)
    site.case(household, accepted=day, delegated=False, slack=9)
    return _truth(person)


def _both(site: Site, one: Person, other: Person, *, shared: bool) -> Planted:
    """Two persons on dibao in households of their own, the second at the first's address and telephone if so."""
    home = alone(site, one)
    site.settled(home, since=_SINCE)
    if shared:
        other.row["phone"] = one.row["phone"]
    _later(site, alone(site, other, like=home if shared else None))
    return _truth(one, other)


def real_twins(site: Site) -> Planted:
    """Twin brothers with names that sound alike, one house, one telephone: both numbers are valid."""
    one = citizen(site, "河", born=_BORN)
    other = citizen(site, "荷", born=one.born, of=one.surname)
    site.kin(one, other, "sibling", source="hukou")
    return _both(site, one, other, shared=True)


def namesakes(site: Site) -> Planted:
    """Same name, same birth date, two valid numbers, and nothing in common."""
    one = citizen(site, "江", born=_BORN)
    return _both(site, one, citizen(site, "江", born=one.born, of=one.surname), shared=False)


def listed_together(site: Site) -> Planted:
    """Brothers two years apart to the day, with names that sound alike, members of one household."""
    one = citizen(site, "石", born=_BORN)
    other = citizen(site, "实", born=_BORN.replace(year=_BORN.year + 2), of=one.surname)
    other.row["phone"] = one.row["phone"]
    household = site.household([(one, "head"), (other, "sibling")])
    site.recipient(household, accepted=some_day(site))
    return _truth(one, other)


def brothers(site: Site) -> Planted:
    """Names that differ in one sign, births two years apart, the same address and telephone."""
    one = citizen(site, "山", born=_BORN)
    other = citizen(site, "川", born=date(_BORN.year + 2, 11, 3), of=one.surname)
    site.kin(one, other, "sibling", source="hukou")
    return _both(site, one, other, shared=True)


def name_and_telephone(site: Site) -> Planted:
    """Same name and telephone, but twenty years apart."""
    one = citizen(site, "月", born=_BORN)
    return _both(site, one, citizen(site, "月", born=date(1947, 9, 8), of=one.surname), shared=True)


VARIANTS: dict[str, Plant] = {
    "typo": typo,
    "neighbours_swapped": neighbours_swapped,
    "fifteen_digits": fifteen_digits,
    "one_number_two_names": one_number_two_names,
    "second_number": second_number,
    "homophone_and_typo": homophone_and_typo,
    "second_number_and_homophone": second_number_and_homophone,
    "other_writing_applies": other_writing_applies,
}
TWINS: dict[str, Plant] = {
    "real_twins": real_twins,
    "namesakes": namesakes,
    "listed_together": listed_together,
    "brothers": brothers,
    "name_and_telephone": name_and_telephone,
}
