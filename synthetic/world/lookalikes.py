"""What do registers and forms lawfully hold that looks like what the questions ask about?

Without it "nothing raised in the clean world" would say nothing of payrolls, businesses, insurance and tags. All of it
is innocent by the contract: ended before the aid, below its limit, exempt, stated, or of those who never asked.
"""

from datetime import date, timedelta
from typing import Final

from synthetic.kit import Award, Case, Household, Person, Site, age_on, month_of, shifted

_KNOWN: Final = 0.3  # of households on dibao a register knows something more
_EMPLOYED: Final = 0.2  # of those who always stated a wage are insured as employees
_LONG_AGO: Final = date(2021, 12, 31)  # more than a year before the oldest statement
_OVER: Final = (  # kind, detail, least and greatest value
    ("public_payroll", "post", 1500, 3000),
    ("business", "active", 10_000, 90_000),
    ("business", "dormant", 10_000, 50_000),
    ("vehicle", "car", 20_000, 90_000),
    ("real_estate", "shop", 15, 60),
    ("deposit", None, 31_000, 90_000),
    ("custody", "detention", 0, 0),
)
_ONCE: Final = (("social_insurance", "employee", 2500, 4500), ("housing_fund", None, 200, 600))
_TAGS: Final = ("petition", "land_acquisition", "veteran_member", "posthumous_honour")
_TAGGED: Final = 0.03  # of applications
_ADULT, _WORKING, _RETIRED = 18, 60, 60


def known(site: Site, household: Household, award: Award) -> None:
    """Some register tells of one of those covered what was over before the aid, is exempt, or below its limit."""
    grown = [one for one in _covered(household, award) if age_on(one.born, award.first) >= _ADULT and one.died is None]
    if not grown:
        return
    person = grown[site.whole(0, len(grown) - 1)]
    if site.chance(_KNOWN):
        _find(site, person, award)
    wages = [lines.get("wage", 0) for lines in household.lines.values()]
    if wages and min(wages) > 0 and age_on(person.born, site.as_of) < _WORKING and site.chance(_EMPLOYED):
        since = site.since - timedelta(days=site.whole(100, 900))
        _tell(site, person, "social_insurance", since, detail="employee", value=site.whole(25, 45) * 100)


def _find(site: Site, person: Person, award: Award) -> None:
    """One find; what excludes or is to be verified ended half a year before the award, or earlier."""
    over = shifted(award.first, -6) - timedelta(days=site.whole(20, 900))
    length = timedelta(days=site.whole(400, 2500))
    what = site.whole(0, 3)
    until = over if what > 1 else min(over, _LONG_AGO)
    begun = until - length
    if what == 0:
        _still(site, person, award)
    elif age_on(person.born, begun) >= _ADULT:
        kind, detail, low, high = _OVER[site.whole(0, len(_OVER) - 1)] if what > 1 else _ONCE[site.chance(0.3)]
        value = site.whole(low, high)
        _tell(site, person, kind, begun, until, detail=detail, value=value or None)


def _still(site: Site, person: Person, award: Award) -> None:
    """What goes on while aid is paid: a pension, insurance paid by oneself, a vehicle for the disabled, a short job."""
    age, since = age_on(person.born, site.as_of), site.since - timedelta(days=site.whole(0, 900))
    if age > _RETIRED + 2:
        day = person.born.replace(year=person.born.year + _RETIRED, day=1)
        _tell(site, person, "public_payroll", day, detail="retired", value=site.whole(2, 6) * 100)
    elif age < _WORKING and site.chance(0.5):
        _tell(site, person, "social_insurance", since, detail="flexible", value=site.whole(20, 40) * 100)
    elif person.row.get("disability_kind") == "physical":
        _tell(site, person, "vehicle", since, detail="disability", value=site.whole(5, 20) * 1000)
    else:
        _short_of_three_months(site, person, award)


def _short_of_three_months(site: Site, person: Person, award: Award) -> None:
    """A job tried for two whole months and some days."""
    month = max(award.first, shifted(month_of(site.since), site.whole(0, 12)))
    if month < shifted(month_of(site.as_of), -4):
        since, until = month.replace(day=5), shifted(month, 3) - timedelta(days=1)
        _tell(site, person, "social_insurance", since, until, detail="employee", value=3200)


def well_off(site: Site, household: Household) -> None:
    """A household that never asked for anything: a business, a car, a job, a post, as registers tell."""
    head, since = household.head, site.since - timedelta(days=site.whole(200, 3000))
    if age_on(head.born, since) < _ADULT:
        return
    match site.whole(0, 4):
        case 0:
            _tell(site, head, "business", since, detail="active", value=site.whole(2, 40) * 10_000)
        case 1:
            _tell(site, head, "vehicle", since, detail="car", value=site.whole(3, 20) * 10_000)
        case 2:
            _tell(site, head, "social_insurance", since, detail="employee", value=site.whole(35, 90) * 100)
            _tell(site, head, "housing_fund", since, value=site.whole(3, 15) * 100)
        case 3:
            _tell(site, head, "public_payroll", since, detail="post", value=site.whole(35, 80) * 100)
        case _:
            for _ in range(2):
                _tell(site, head, "real_estate", since, detail="dwelling", value=site.whole(60, 130))


def tag(site: Site, case: Case) -> None:
    """A petition, land taken, service, honour: written beside an application that is handled as any other."""
    if site.chance(_TAGGED):
        case.row["special_tag"] = _TAGS[site.whole(0, len(_TAGS) - 1)]
        if site.chance(0.7):
            case.row["special_tagged_on"] = case.accepted.date() - timedelta(days=site.whole(3, 80))


def _covered(household: Household, award: Award) -> list[Person]:
    numbers = {row["id_no"] for row in award.beneficiaries}
    return [person for person in household.persons if person.id_no in numbers]


def _tell(
    site: Site,
    person: Person,
    kind: str,
    since: date,
    until: date | None = None,
    *,
    detail: str | None = None,
    value: int | None = None,
) -> None:
    """Compared some time later, the end too, by as_of at the latest."""
    known = (until or since) + timedelta(days=site.whole(10, 120))
    compared = min(site.as_of, max(known, site.since - timedelta(days=200)))
    site.match(person, kind, compared=compared, since=since, until=until, value=value, detail=detail)
