"""Whose near kin are on dibao far more often than others as poor in their village, and whose only seem to be?

A village of forty and more households with statements in every band. In the variants nearly all kin are on aid while of
the others in the same bands few ever applied. Everything is filed, visited and due: what is odd is the number alone.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from synthetic.kit import Household, Person, Plant, Planted, Site, Truth, Village
from synthetic.kit.names import surname
from synthetic.kit.settling import township_of_its_own, villages_of_its_own
from synthetic.schemes._clan import clan
from synthetic.schemes._kin import serving
from synthetic.schemes._village import ABOVE, BANDS, aided, home, home_of, passed_over, usual_ends

LEAST: Final = 10_000  # persons of a county: two townships at least
SETTLERS: Final = 660  # persons in villages of their own, about
SCHEME: Final = "kin_excess"
_KIN: Final = 10  # households
_OTHERS: Final = 24  # as poor, passed over
_NEEDIEST: Final = 0.15


def _truth(official: Person) -> Planted:
    return [Truth(SCHEME, "official", official.id_no)]


def _homes(site: Site, families: Iterable[Sequence[Person]]) -> list[Household]:
    """The kin's households: couples as they are, the others alone or with a spouse in turn."""
    found = []
    for place, persons in enumerate(families):
        site.village = persons[0].village
        if len(persons) > 1:
            found.append(site.household([(persons[0], "head"), (persons[1], "spouse")]))
        else:
            found.append(home_of(site, persons[0], married=place % 3 == 1))
    return found


def _aid(site: Site, households: Iterable[Household], bands: Sequence[float] = BANDS) -> None:
    for place, household in enumerate(households):
        aided(site, household, bands[place % len(bands)])


def _neighbours(
    site: Site, *villages: Village, on_aid: int = 3, passed: int = _OTHERS, risen: date | None = None
) -> None:
    """Others of the same bands, few of them on aid, and some who need nothing; spread over the villages."""
    places = villages or (site.village,)
    usual_ends(site, *places)
    for place in range(on_aid + passed + len(ABOVE)):
        site.village = places[place // len(BANDS) % len(places)]
        household, share = home(site, place), BANDS[place % len(BANDS)]
        if place < on_aid:
            aided(site, household, share)
            continue
        share = share if place < on_aid + passed else ABOVE[place - on_aid - passed]
        if risen is None:
            passed_over(site, household, share)
        else:
            passed_over(site, household, share, risen=risen)


def village_committee(site: Site) -> Planted:
    """A member of the village committee, with ten near-kin households, all on aid."""
    with villages_of_its_own(site):
        official, families = clan(site, _KIN)
        serving(site, official, "village_committee")
        _aid(site, _homes(site, families))
        _neighbours(site)
    return _truth(official)


def township_handler(site: Site) -> Planted:
    """A handler of the township, the kin in two of its villages."""
    with township_of_its_own(site, 2) as villages:
        official, families = clan(site, _KIN, *villages)
        serving(site, official)
        _aid(site, _homes(site, families))
        _neighbours(site, *villages, on_aid=6, passed=_OTHERS + 6)
    return _truth(official)


def approver(site: Site) -> Planted:
    """Who confirms in the township; the kin's own cases were confirmed by others."""
    with township_of_its_own(site):
        official, families = clan(site, _KIN)
        serving(site, official, "approver")
        _aid(site, _homes(site, families))
        _neighbours(site)
    return _truth(official)


def in_office_for_a_year(site: Site) -> Planted:
    """All of them came on aid within the one term, which is over."""
    with villages_of_its_own(site):
        official, families = clan(site, _KIN)
        serving(site, official, "village_committee", since=date(2023, 11, 20), until=date(2025, 2, 28))
        _aid(site, _homes(site, families))
        _neighbours(site)
    return _truth(official)


def needier_kin(site: Site) -> Planted:
    """All kin are in the neediest band, where everybody is on aid, kin or not."""
    with villages_of_its_own(site):
        official, families = clan(site, 8)
        serving(site, official, "village_committee")
        _aid(site, _homes(site, families), (_NEEDIEST,))
        _aid(site, [home(site, place) for place in range(10)], (_NEEDIEST,))
        _neighbours(site, on_aid=6, passed=18)
    return _truth(official)


def mobilised_clan(site: Site) -> Planted:
    """The whole clan, which is most of the village, applied and is on aid, near kin of the official or not."""
    with villages_of_its_own(site):
        official, families = clan(site, 5)
        serving(site, official, "village_committee")
        _aid(site, _homes(site, families))
        before, site.surname = site.surname, official.surname
        _aid(site, [home(site, place) for place in range(21)])
        site.surname = before
        _neighbours(site, on_aid=0, passed=6)
    return _truth(official)


def one_surname_village(site: Site) -> Planted:
    """Everybody bears one name; half of each band are on aid, of the official's kin as of the others."""
    before = site.surname
    with villages_of_its_own(site):
        site.surname = surname(site.random)
        official, families = clan(site, 8)
        serving(site, official, "village_committee")
        households = [*_homes(site, families), *(home(site, place) for place in range(24))]
        usual_ends(site)
        for place, household in enumerate(households):
            share = BANDS[place // 2 % len(BANDS)]
            if place % 2:
                aided(site, household, share)
            else:
                passed_over(site, household, share)
        site.surname = before
    return _truth(official)


def two_households(site: Site) -> Planted:
    """Two near-kin households on aid where hardly anybody else is: two are no pattern."""
    with villages_of_its_own(site):
        official, families = clan(site, 2)
        serving(site, official, "village_committee")
        _aid(site, _homes(site, families))
        _neighbours(site)
    return _truth(official)


def before_taking_office(site: Site) -> Planted:
    """As many kin on aid as in the variants, all granted some weeks before the official was elected.

    In the middle of that very year the official is in office, and none of the others has come on aid.
    """
    with villages_of_its_own(site):
        official, families = clan(site, _KIN)
        serving(site, official, "village_committee", since=date(2024, 6, 20))
        _aid(site, _homes(site, families))
        _neighbours(site, risen=date(2025, 1, 15))
    return _truth(official)


VARIANTS: dict[str, Plant] = {
    "village_committee": village_committee,
    "township_handler": township_handler,
    "approver": approver,
    "in_office_for_a_year": in_office_for_a_year,
}
TWINS: dict[str, Plant] = {
    "needier_kin": needier_kin,
    "mobilised_clan": mobilised_clan,
    "one_surname_village": one_surname_village,
    "two_households": two_households,
    "before_taking_office": before_taking_office,
}
