"""In which village is hardly ever more than one of a household covered, and where do people really live alone?

Of each household in question one is covered and the rest are not, so that partial_household speaks of each as well. As
elsewhere about a seventh of the awards end within the year, of those covered whole.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from synthetic.kit import Award, Household, Plant, Planted, Site, Truth, Village, month_of, shifted
from synthetic.kit.settling import villages_of_its_own
from synthetic.schemes._means import truth as of_award
from synthetic.schemes._village import completed, couple, elder, home, leave, some_leave, standing

LEAST: Final = 20_000  # persons of a county: a dozen villages to compare with
SETTLERS: Final = 745  # persons in villages of their own, about
SCHEME: Final = "split_village"
_SINCE: Final = date(2024, 12, 1)
_ENTRY: Final = 1.2  # of the line: single-person entry is for households above it


def _truth(village: Village, *partly: Award) -> Planted:
    return [Truth(SCHEME, "region", village.code), *(of_award("partial_household", award) for award in partly)]


def _covered(site: Site, households: Iterable[Household], *, heads: bool = False) -> list[Award]:
    """On aid, all of them or the head alone."""
    return [standing(site, household, _SINCE, covered=[household.head] if heads else None) for household in households]


def _split(site: Site, partly: list[Household], whole: list[Household], leaving: int = 5) -> Planted:
    """The heads alone of some, the others whole; some of these leave."""
    heads, others = _covered(site, partly, heads=True), _covered(site, whole)
    some_leave(site, others[:leaving])
    completed(site, [*heads, *others])
    return _truth(site.village, *heads)


def one_of_each_couple(site: Site) -> Planted:
    """Thirty couples, of each one is covered; two more are covered both: 1.05 persons an award."""
    with villages_of_its_own(site):
        return _split(site, [couple(site) for _ in range(30)], [*(elder(site) for _ in range(6)), couple(site)])


def one_of_three(site: Site) -> Planted:
    """Parents and child, the father alone on the list."""
    with villages_of_its_own(site):
        families = [site.family(("head", 48), ("spouse", 47), ("child", 21)) for _ in range(36)]
        return _split(site, families, [elder(site) for _ in range(6)])


def beside_those_alone(site: Site) -> Planted:
    """Not all of them: a third really lives alone."""
    with villages_of_its_own(site):
        return _split(site, [couple(site) for _ in range(26)], [elder(site) for _ in range(14)])


def old_people_alone(site: Site) -> Planted:
    """A village the young have left: as few persons an award, and nobody else in the house."""
    with villages_of_its_own(site) as (village,):
        awards = _covered(site, [elder(site) for _ in range(36)])
        for place, reason in enumerate(("death", "moved", "death", "death", "moved")):
            leave(site, awards[place], shifted(month_of(site.as_of), -11 + 2 * place), reason)
        completed(site, awards)
        return _truth(village)


def single_person_entries(site: Site) -> Planted:
    """Gravely ill persons of households above the standard, entered alone as the rule allows."""
    with villages_of_its_own(site) as (village,):
        entered = [_entry(site) for _ in range(28)]
        others = _covered(site, [elder(site) for _ in range(8)])
        some_leave(site, others[:5])
        completed(site, [*entered, *others])
        return _truth(village)


def _entry(site: Site) -> Award:
    """One of a couple, for a serious illness."""
    household = couple(site)
    household.head.row["health"] = "serious_illness"
    site.statement(household, date(2024, 11, 11), share=_ENTRY)
    award = site.award(household, from_month=_SINCE, members=[household.head], single_person_basis="serious_illness")
    award.row["category"] = None
    return award


def whole_families(site: Site) -> Planted:
    """The same village with everybody covered."""
    with villages_of_its_own(site) as (village,):
        awards = _covered(site, [home(site, place) for place in range(34)])
        some_leave(site, awards[:5])
        completed(site, awards)
        return _truth(village)


VARIANTS: dict[str, Plant] = {
    "one_of_each_couple": one_of_each_couple,
    "one_of_three": one_of_three,
    "beside_those_alone": beside_those_alone,
}
TWINS: dict[str, Plant] = {
    "old_people_alone": old_people_alone,
    "single_person_entries": single_person_entries,
    "whole_families": whole_families,
}
