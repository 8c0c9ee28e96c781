"""Persons and families who meet an entitlement and have nothing, and those who have it, or do not meet it."""

from datetime import date, timedelta

from synthetic.kit import Household, Person, Plant, Planted, Site, Truth, month_of, same_day, shifted
from synthetic.kit.moves import move, past_award, some_day, still_open, working_days_before
from synthetic.schemes._persons import disabled, parent, with_grandmother

SCHEME = "missed_entitlement"
PROTECTED = 920.0 * 12  # yuan a year of a de facto orphan
ONE = timedelta(days=1)


def _person(person: Person, amount: float | None = None) -> Truth:
    return Truth(SCHEME, "person", person.id_no, amount)


def _home(household: Household) -> Planted:
    return [Truth(SCHEME, "household", household.no)]


def _owed(site: Site, household: Household) -> Planted:
    """A year of the dibao due at as_of: twelve times the gap, each time in whole yuan."""
    income, living = household.governing(site.as_of), len(household.co_living(site.as_of))
    if income is None:
        raise ValueError(f"{household.no} has not stated its means")
    gap = -(-(12 * living * site.line(household, site.as_of) - income) // 1200)
    return [Truth(SCHEME, "household", household.no, 12.0 * gap)]


def _poor(site: Site, *, above: int | None = None) -> tuple[Household, date]:
    """A family with a recent statement at half the line, or so many yuan above it; the day of the statement."""
    family = site.family(("head", 55), ("spouse", 54), ("child", 23))
    day = site.office.open_on(site.as_of - timedelta(days=site.whole(70, 140)))
    if above is None:
        site.statement(family, day, share=0.5)
    else:
        site.statement(family, day, wage=site.line(family, site.as_of) * 12 * len(family.persons) // 100 + above)
    return family, day


def _of_80(site: Site, *, days: int) -> Person:
    """Someone who lives alone and turns eighty so many days after as_of."""
    day = site.as_of + timedelta(days=days)
    elder = site.person(born=day.replace(year=day.year - 80), sex="F")
    site.household([(elder, "head")])
    return elder


def zhang_meng(site: Site) -> Planted:
    """Two children of two severely disabled parents who live with them: 22 080 yuan a year in all."""
    father, mother = (disabled(site, 1, age=41, sex="M", kind="intellectual"), disabled(site, 1, age=39, sex="F"))
    children = [site.person(age=age, surname=father.surname) for age in (13, 8)]
    family = site.household([(father, "head"), (mother, "spouse"), *((child, "child") for child in children)])
    for one in children:
        for other in (father, mother):
            site.kin(one, other, "parent", source="hukou")
    award = site.award(
        family, "disability_care", from_month=shifted(month_of(site.since), -3), members=[father, mother]
    )
    site.pay(award)
    return [_person(child, PROTECTED) for child in children]


def orphan_with_grandmother(site: Site) -> Planted:
    """One parent dead, the other declared missing."""
    _, child = with_grandmother(site)
    parent(site, child, "M", died=date(2020, 5, 6))
    parent(site, child, "F", status="missing")
    return [_person(child)]


def mother_in_prison_for_six_months(site: Site) -> Planted:
    """The father is dead, the mother has been in prison for six months today."""
    _, child = with_grandmother(site)
    parent(site, child, "M", died=date(2021, 10, 11))
    mother = parent(site, child, "F")
    since = same_day(site.as_of, -6)
    site.match(mother, "custody", compared=site.as_of - timedelta(days=9), since=since, detail="prison")
    return [_person(child, PROTECTED)]


def eighty_today(site: Site) -> Planted:
    """Turns eighty on as_of."""
    return [_person(_of_80(site, days=0))]


def living_allowance_forgotten(site: Site) -> Planted:
    """On dibao with a disability of the third grade, without the living allowance."""
    person = disabled(site, 3, age=58, sex="M", kind="hearing")
    family = site.household([(person, "head"), (site.person(age=56, sex="F"), "spouse")])
    site.recipient(family, accepted=some_day(site, latest=site.as_of - timedelta(days=150)))
    return [_person(person)]


def one_yuan_below_the_line(site: Site) -> Planted:
    """A yuan a year below the line."""
    return _owed(site, _poor(site, above=-1)[0])


def refused_half_a_year_ago(site: Site) -> Planted:
    """Rightly refused on the same day six months before, poor since."""
    family = site.family(("head", 52), ("child", 24))
    decided = same_day(site.as_of, -6)
    accepted = site.office.open_on(decided - timedelta(days=18))
    site.statement(family, accepted, share=1.3)
    case = site.case(family, accepted=accepted, decision="refused")
    move(case.step("confirm"), decided)
    case.row["decided_at"] = case.step("confirm")["finished_at"]
    move(case.step("notice"), site.office.after(decided, 1))
    site.statement(family, site.office.open_on(decided + timedelta(days=60)), share=0.5)
    return _owed(site, family)


def orphan_refused_lately(site: Site) -> Planted:
    """Refused five months ago while the mother lived; she has died since: too early to call it missed."""
    family, child = with_grandmother(site)
    parent(site, child, "M", died=date(2022, 3, 4))
    mother = parent(site, child, "F")
    accepted = site.office.open_on(same_day(site.as_of, -5) - timedelta(days=20))
    case = site.case(family, "orphan", accepted=accepted, decision="refused")
    if case.decided_on <= same_day(site.as_of, -6):
        raise ValueError(f"{case.no} was refused too early")
    site.dead(mother, site.as_of - timedelta(days=site.whole(30, 70)))
    return [_person(child)]


def on_the_line(site: Site) -> Planted:
    """Income equal to the line."""
    return _home(_poor(site, above=0)[0])


def owns_a_shop(site: Site) -> Planted:
    """Poor by income, owner of a shop."""
    family, day = _poor(site)
    site.match(family.head, "real_estate", compared=day, since=day - timedelta(days=700), value=45, detail="shop")
    return _home(family)


def eighty_tomorrow(site: Site) -> Planted:
    """Turns eighty the day after."""
    return [_person(_of_80(site, days=1))]


def begins_next_month(site: Site) -> Planted:
    """Approved; the award begins in the month after as_of."""
    family = site.family(("head", 63), ("spouse", 61))
    decided = site.office.open_on(month_of(site.as_of) + timedelta(days=10))
    accepted = working_days_before(site, decided, 19)
    site.statement(family, accepted, share=0.5)
    case = site.case(family, accepted=accepted, days=19)
    site.award(family, case=case)
    return _home(family)


def applied_already(site: Site) -> Planted:
    """An application is open, within its limit."""
    family, _ = _poor(site)
    case = site.case(family, accepted=working_days_before(site, site.as_of, 12), delegated=False)
    still_open(case, "accept", "authorise", "data_check")
    return _home(family)


def mother_in_prison_for_five_months(site: Site) -> Planted:
    """The father is dead, the mother in prison for not quite six months."""
    _, child = with_grandmother(site)
    parent(site, child, "M", died=date(2021, 10, 11))
    mother = parent(site, child, "F")
    since = same_day(site.as_of, -6) + timedelta(days=2)
    site.match(mother, "custody", compared=site.as_of - timedelta(days=9), since=since, detail="prison")
    return [_person(child)]


def eighteen_today(site: Site) -> Planted:
    """Both parents dead; eighteen on as_of."""
    born = site.as_of.replace(year=site.as_of.year - 18)
    _, child = with_grandmother(site, born=born)
    parent(site, child, "M", died=date(2023, 4, 2))
    parent(site, child, "F", died=date(2023, 4, 2))
    return [_person(child)]


def one_parent_unknown(site: Site) -> Planted:
    """The mother is dead; of the father nothing is known: unknown is not lost."""
    _, child = with_grandmother(site)
    parent(site, child, "F", died=date(2020, 12, 1))
    return [_person(child)]


def without_a_statement(site: Site) -> Planted:
    """Nothing is known of the means: neither above nor below."""
    return _home(site.family(("head", 46), ("spouse", 44), ("child", 12)))


def given_up_lately(site: Site) -> Planted:
    """Poor, but the family gave dibao up three months ago."""
    family = site.family(("head", 64), ("spouse", 62))
    last = shifted(month_of(site.as_of), -3)
    past_award(site, family, shifted(last, -12), last, "voluntary")
    return _home(family)


def newborn(site: Site) -> Planted:
    """A couple on dibao had a child last month, who is not on the list yet: the family has its award."""
    family = site.family(("head", 33, "M"), ("spouse", 31))
    accepted = some_day(site, latest=site.as_of - timedelta(days=200))
    found = site.recipient(family, accepted=accepted, pay=False)
    born = month_of(site.as_of) - timedelta(days=site.whole(3, 25))
    site.member(family, site.person(born=born, surname=family.head.surname), "child", joined=born)
    site.pay(found.award)
    return _home(family)


VARIANTS: dict[str, Plant] = {
    "zhang_meng": zhang_meng,
    "orphan_with_grandmother": orphan_with_grandmother,
    "mother_in_prison_for_six_months": mother_in_prison_for_six_months,
    "eighty_today": eighty_today,
    "living_allowance_forgotten": living_allowance_forgotten,
    "one_yuan_below_the_line": one_yuan_below_the_line,
    "refused_half_a_year_ago": refused_half_a_year_ago,
}
TWINS: dict[str, Plant] = {
    "orphan_refused_lately": orphan_refused_lately,
    "on_the_line": on_the_line,
    "owns_a_shop": owns_a_shop,
    "eighty_tomorrow": eighty_tomorrow,
    "begins_next_month": begins_next_month,
    "applied_already": applied_already,
    "mother_in_prison_for_five_months": mother_in_prison_for_five_months,
    "eighteen_today": eighteen_today,
    "one_parent_unknown": one_parent_unknown,
    "without_a_statement": without_a_statement,
    "given_up_lately": given_up_lately,
    "newborn": newborn,
}
