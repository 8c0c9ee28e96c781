"""Temporary aid twice a year for one cause, and aid that is no repetition."""

from datetime import date, datetime, time

from synthetic.kit import Household, Plant, Planted, Site, Truth
from synthetic.kit.rows import Cell

SCHEME = "repeat_temporary"
NOON = time(12)
URGENT, PLANNED = 1000, 2600  # yuan


def _family(site: Site) -> Household:
    return site.family(("head", 47), ("spouse", 45), ("child", 15))


def _truth(family: Household, beyond: float | None = None) -> Planted:
    """`beyond`: yuan of the second and every later time."""
    return [Truth(SCHEME, "household", family.no, beyond)]


def _emergency(site: Site, family: Household, day: date, *, decision: str = "approved", **cells: Cell) -> None:
    """Helped within hours on that day."""
    case = site.case(
        family,
        "temporary_emergency",
        accepted=datetime.combine(site.office.open_on(day), NOON),
        hours=4,
        decision=decision,
        **cells,  # type: ignore[arg-type]  # columns of application
    )
    if decision == "approved":
        site.pay_once(case, URGENT)


def _expenditure(site: Site, family: Household, day: date, cause: str) -> None:
    case = site.case(family, "temporary_expenditure", accepted=day, cause=cause, applicant=family.persons[1])
    site.pay_once(case, PLANNED)


def twice_in_spring(site: Site) -> Planted:
    """Two emergencies of one cause within weeks."""
    family, year = _family(site), site.as_of.year
    for day in (date(year, 3, 4), date(year, 4, 22)):
        _emergency(site, family, day, cause="serious_illness")
    return _truth(family, URGENT)


def january_and_november(site: Site) -> Planted:
    """The same cause at both ends of one year, asked for by husband and wife on two programmes."""
    family, year = _family(site), site.since.year
    _emergency(site, family, date(year, 1, 9), cause="accident")
    _expenditure(site, family, date(year, 11, 4), "accident")
    return _truth(family, PLANNED)


def three_times(site: Site) -> Planted:
    """Three times in one year."""
    family, year = _family(site), site.as_of.year
    for day in (date(year, 2, 11), date(year, 6, 3), date(year, 9, 16)):
        _emergency(site, family, day, cause="unemployment")
    return _truth(family, 2 * URGENT)


def december_and_january(site: Site) -> Planted:
    """Within weeks, but in two years."""
    family, year = _family(site), site.as_of.year
    _emergency(site, family, date(year - 1, 12, 17), cause="serious_illness")
    _emergency(site, family, date(year, 1, 14), cause="serious_illness")
    return _truth(family)


def two_causes(site: Site) -> Planted:
    """An accident in spring, a flood in summer."""
    family, year = _family(site), site.as_of.year
    _emergency(site, family, date(year, 4, 8), cause="accident")
    _emergency(site, family, date(year, 7, 15), cause="disaster")
    return _truth(family)


def refused_the_second_time(site: Site) -> Planted:
    """Asked twice, helped once."""
    family, year = _family(site), site.as_of.year
    _emergency(site, family, date(year, 5, 13), cause="unemployment")
    _emergency(site, family, date(year, 8, 12), cause="unemployment", decision="refused")
    return _truth(family)


def causes_unknown(site: Site) -> Planted:
    """Helped twice, and no cause was written down: unknown never matches."""
    family, year = _family(site), site.as_of.year
    for day in (date(year, 3, 18), date(year, 9, 9)):
        _emergency(site, family, day)
    return _truth(family)


VARIANTS: dict[str, Plant] = {
    "twice_in_spring": twice_in_spring,
    "january_and_november": january_and_november,
    "three_times": three_times,
}
TWINS: dict[str, Plant] = {
    "december_and_january": december_and_january,
    "two_causes": two_causes,
    "refused_the_second_time": refused_the_second_time,
    "causes_unknown": causes_unknown,
}
