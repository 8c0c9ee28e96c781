"""Refusals of applicants who met the entitlement that day, and refusals that were right."""

from datetime import date, timedelta

from synthetic.kit import Case, Household, Plant, Planted, Site, Truth, same_day
from synthetic.kit.moves import some_day
from synthetic.schemes._persons import disabled, parent, with_grandmother

SCHEME = "wrong_refusal"


def _day(site: Site) -> date:
    """Recently enough that nobody need have asked again since."""
    return some_day(site, earliest=same_day(site.as_of, -5), latest=same_day(site.as_of, -2))


def _family(site: Site) -> Household:
    return site.family(("head", 57), ("spouse", 55), ("child", 28))


def _refused(site: Site, household: Household, programme: str = "dibao", *, day: date | None = None) -> Case:
    """Compared clean, refused."""
    accepted = day or _day(site)
    for person in household.co_living(accepted):
        site.clean_match(person, site.office.after(accepted, 1))
    return site.case(household, programme, accepted=accepted, decision="refused")


def _truth(case: Case) -> Planted:
    return [Truth(SCHEME, "application", case.no)]


def _income(site: Site, household: Household, day: date, *, above: int) -> None:
    """Wages of exactly the line of a year, and so many yuan more."""
    living = len(household.co_living(day))
    site.statement(household, day, wage=site.line(household, day) * 12 * living // 100 + above)


def poor_and_refused(site: Site) -> Planted:
    """At half the line, refused."""
    family, day = _family(site), _day(site)
    site.statement(family, day, share=0.5)
    return _truth(_refused(site, family, day=day))


def one_yuan_below(site: Site) -> Planted:
    """A yuan a year below the line."""
    family, day = _family(site), _day(site)
    _income(site, family, day, above=-1)
    return _truth(_refused(site, family, day=day))


def orphan_refused(site: Site) -> Planted:
    """Both parents dead for years."""
    family, child = with_grandmother(site)
    parent(site, child, "M", died=date(2019, 8, 3))
    parent(site, child, "F", died=date(2021, 2, 17))
    return _truth(_refused(site, family, "orphan"))


def care_allowance_refused(site: Site) -> Planted:
    """Disability of the second grade."""
    person = disabled(site, 2, age=50, sex="M")
    family = site.household([(person, "head"), (site.person(age=49, sex="F"), "spouse")])
    return _truth(_refused(site, family, "disability_care"))


def refused_long_ago(site: Site) -> Planted:
    """Refused nine months ago, and still without anything today: missed as well."""
    family, day = _family(site), site.office.open_on(same_day(site.as_of, -9))
    site.statement(family, day, share=0.4)
    case = _refused(site, family, day=day)
    return [*_truth(case), Truth("missed_entitlement", "household", family.no)]


def exactly_on_the_line(site: Site) -> Planted:
    """Income equal to the line is not below it."""
    family, day = _family(site), _day(site)
    _income(site, family, day, above=0)
    return _truth(_refused(site, family, day=day))


def owns_a_lorry(site: Site) -> Planted:
    """Poor by income, but the son owns a lorry."""
    family, day = _family(site), _day(site)
    site.statement(family, day, share=0.5)
    since = day - timedelta(days=400)
    site.match(
        family.persons[2], "vehicle", compared=site.office.after(day, 2), since=since, value=62_000, detail="truck"
    )
    return _truth(site.case(family, accepted=day, decision="refused"))


def already_supported(site: Site) -> Planted:
    """Supported as destitute already."""
    family, day = site.family(("head", 68)), _day(site)
    site.settled(family, "destitute", since=site.since)
    return _truth(_refused(site, family, day=day))


def no_statement_that_day(site: Site) -> Planted:
    """Nothing was known of the means that day; the statement came later."""
    family, day = _family(site), _day(site)
    case = _refused(site, family, day=day)
    site.statement(family, site.office.after(case.decided_on, 8), share=0.5)
    return _truth(case)


def third_grade(site: Site) -> Planted:
    """Disability of the third grade does not entitle to the care allowance."""
    person = disabled(site, 3, age=53, sex="M", kind="hearing")
    family = site.household([(person, "head"), (site.person(age=51, sex="F"), "spouse")])
    return _truth(_refused(site, family, "disability_care"))


VARIANTS: dict[str, Plant] = {
    "poor_and_refused": poor_and_refused,
    "one_yuan_below": one_yuan_below,
    "orphan_refused": orphan_refused,
    "care_allowance_refused": care_allowance_refused,
    "refused_long_ago": refused_long_ago,
}
TWINS: dict[str, Plant] = {
    "exactly_on_the_line": exactly_on_the_line,
    "owns_a_lorry": owns_a_lorry,
    "already_supported": already_supported,
    "no_statement_that_day": no_statement_that_day,
    "third_grade": third_grade,
}
