"""Which households fill a village of a plant's own: on aid, passed over though as poor, come and gone?

About 1.7 persons a household, as in the villages of the world, so that such a village differs in what was planted only.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from synthetic.kit import Award, Household, Person, Recipient, Site, Village, age_on, month_of, shifted
from synthetic.kit.people import Relation
from synthetic.schemes._means import ended_for_income, granted

BANDS: Final = (0.25, 0.45, 0.65)  # of the line, each in one band of need from one standard to the next
ABOVE: Final = (0.95, 1.05, 1.15, 1.35)
RISEN: Final = 1.4  # of the line, by the statement that came last
_HOMES: Final[tuple[tuple[tuple[Relation, int], ...], ...]] = (
    (("head", 64),),
    (("head", 58), ("spouse", 57)),
    (("head", 51),),
    (("head", 41), ("spouse", 40), ("child", 12)),
    (("head", 67), ("spouse", 65)),
    (("head", 70),),
    (("head", 44), ("child", 14)),
)
_SPREAD: Final = 2  # years
_OPENED: Final = (date(2024, 1, 8), date(2024, 3, 8))  # acceptance of those aided: on aid from spring 2024 on
_TOLD: Final = (date(2023, 11, 15), date(2024, 11, 14))  # statements of those passed over, one for each year
_LAST_TOLD: Final = date(2025, 11, 12)
_OLD: Final = 60
_LONG_SINCE: Final = date(2023, 9, 1)
_ENDS: Final = 3


def home(site: Site, place: int) -> Household:
    """A household of the site's village, one kind after the other."""
    ages = _HOMES[place % len(_HOMES)]
    years = site.whole(-_SPREAD, _SPREAD)
    return site.family(*((relation, age + years) for relation, age in ages))


def couple(site: Site) -> Household:
    """Husband and wife."""
    years = site.whole(-_SPREAD, _SPREAD)
    return site.family(("head", 57 + years), ("spouse", 56 + years))


def elder(site: Site) -> Household:
    """Somebody old who lives alone."""
    return site.family(("head", site.whole(_OLD + 4, _OLD + 17)))


def home_of(site: Site, person: Person, *, married: bool) -> Household:
    """The household of somebody who is there already, alone or with husband or wife."""
    members: list[tuple[Person, Relation]] = [(person, "head")]
    if married:
        age = age_on(person.born, site.as_of) - 1
        members.append((site.person(age=age, sex="F" if person.sex == "M" else "M"), "spouse"))
    return site.household(members)


def aided(site: Site, household: Household, share: float) -> Recipient:
    """On dibao upon an application of early 2024, lawfully, by a statement of that share of the line.

    As poor the autumn before, when the village was asked, as those passed over.
    """
    site.statement(household, _TOLD[0], share=share)
    first, last = _OPENED
    day = first + timedelta(days=site.whole(0, (last - first).days))
    recipient = granted(site, household, accepted=day, share=share)
    site.pay(recipient.award)
    return recipient


def passed_over(site: Site, household: Household, share: float, *, risen: date = _LAST_TOLD) -> None:
    """As poor for two years and never on aid; risen above the line since, so that nothing is missed at as_of."""
    for day in _TOLD:
        if day < risen:
            site.statement(household, day, share=share)
    site.statement(household, risen, share=max(share, RISEN))


def standing(site: Site, household: Household, since: date, *, covered: Sequence[Person] | None = None) -> Award:
    """On dibao since that month, older than the applications; reviewed under no category, not yet paid."""
    site.statement(household, since - timedelta(days=20), share=BANDS[site.whole(0, 2)])
    award = site.award(household, from_month=since, members=covered)
    award.row["category"] = None
    return award


def leave(site: Site, award: Award, month: date, reason: str = "income") -> None:
    """The award ends with that month, for what the rows show: more income, death of one alone, or moving away."""
    if reason == "death":
        site.dead(award.household.head, month.replace(day=site.whole(4, 20)))
        site.end(award, month, reason)
    elif reason == "moved":
        for member in award.household.members:
            member.row["left_on"] = shifted(month, 1)
        site.end(award, month, reason)
    else:
        ended_for_income(site, award, month)
        award.row["end_reason"] = reason


def some_leave(site: Site, awards: Sequence[Award], *, back: int = 11) -> None:
    """As elsewhere: those awards end one after the other, evenly over the year until last month."""
    for place, award in enumerate(awards):
        leave(site, award, shifted(month_of(site.as_of), place * (back - 1) // max(1, len(awards)) - back))


def usual_ends(site: Site, *villages: Village) -> None:
    """As elsewhere: in each village a few others were on dibao before, and left within the year."""
    before = site.village
    for village in villages or (before,):
        site.village = village
        awards = [standing(site, home(site, place), _LONG_SINCE) for place in range(_ENDS)]
        some_leave(site, awards)
        for award in awards:
            site.pay(award)
    site.village = before


def completed(site: Site, awards: Sequence[Award]) -> None:
    """Everybody is paid what is due, once it is settled who leaves; half as many families live there without aid."""
    for award in awards:
        site.pay(award)
    for _ in awards[::2]:
        age = site.whole(30, 44)
        site.family(("head", age), ("spouse", age - 1), ("child", age - 26))
