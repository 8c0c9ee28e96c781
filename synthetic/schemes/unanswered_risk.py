"""Families struck by illness or death whom nobody visited in time, and those who were visited or not struck."""

from datetime import date, datetime, time, timedelta

from synthetic.kit import Household, Plant, Planted, Site, Truth, same_day
from synthetic.kit.moves import some_day, working_days_before

SCHEME = "unanswered_risk"
DAYS = 10  # working days within which somebody must come
BILL = 30_000
SIXTY = 60 * 12  # months


def _family(site: Site) -> Household:
    """A family nobody knows anything of: no statement, no aid."""
    return site.family(("head", 54), ("spouse", 52), ("child", 17))


def _bill(site: Site, household: Household, day: date, yuan: float = BILL) -> None:
    """Self-paid medical cost of the head, told by the health insurance some weeks later."""
    compared = min(site.as_of, day + timedelta(days=20))
    site.match(household.head, "medical_bill", compared=compared, source="医保结算", since=day, value=yuan)


def _visit(site: Site, household: Household, day: date, *, cause: str = "serious_illness") -> None:
    """Found and visited on one day."""
    found = datetime.combine(day, time(9, 10))
    site.outreach(
        household,
        found,
        cause=cause,
        visited_at=found + timedelta(hours=5),
        registered_at=found + timedelta(hours=6),
        result="no_need",
    )


def _truth(household: Household) -> Planted:
    return [Truth(SCHEME, "household", household.no)]


def bill_of_thirty_thousand(site: Site) -> Planted:
    """A bill of exactly the amount that calls for a visit, and none came."""
    family = _family(site)
    _bill(site, family, some_day(site))
    return _truth(family)


def earner_of_59_died(site: Site) -> Planted:
    """The head died days before turning sixty."""
    day = some_day(site)
    head = site.person(born=same_day(day, -SIXTY) + timedelta(days=5), sex="M")
    family = site.household([(head, "head"), (site.person(age=57, sex="F"), "spouse")])
    site.dead(head, day)
    return _truth(family)


def visited_on_the_eleventh_day(site: Site) -> Planted:
    """Somebody came, a working day too late."""
    family, day = _family(site), some_day(site)
    _bill(site, family, day, 48_000)
    _visit(site, family, site.office.after(day, DAYS + 1))
    return _truth(family)


def visited_only_before(site: Site) -> Planted:
    """The last visit was the day before the bill."""
    family, day = _family(site), some_day(site)
    _visit(site, family, working_days_before(site, day, 1))
    _bill(site, family, day, 36_500)
    return _truth(family)


def found_and_never_visited(site: Site) -> Planted:
    """The grid worker told of an unemployed man; nobody went."""
    family = _family(site)
    site.outreach(
        family,
        site.office.moment(some_day(site)),
        cause="unemployment",
        visited_at=None,
        registered_at=None,
        result=None,
    )
    return _truth(family)


def on_aid_and_alone(site: Site) -> Planted:
    """On dibao already; a bill all the same, and no visit."""
    family = site.family(("head", 61), ("spouse", 60))
    site.recipient(family, accepted=some_day(site, latest=site.as_of - timedelta(days=200)))
    _bill(site, family, site.office.open_on(site.as_of - timedelta(days=60)), 52_000)
    return _truth(family)


def visited_on_the_tenth_day(site: Site) -> Planted:
    """On the last working day."""
    family, day = _family(site), some_day(site)
    _bill(site, family, day, 64_000)
    _visit(site, family, site.office.after(day, DAYS))
    return _truth(family)


def visited_for_another_cause(site: Site) -> Planted:
    """Visited in time, for a storm: a visit is a visit."""
    family, day = _family(site), some_day(site)
    _bill(site, family, day, 41_000)
    _visit(site, family, site.office.after(day, 3), cause="disaster")
    return _truth(family)


def bill_a_fen_below(site: Site) -> Planted:
    """A fen below the amount."""
    family = _family(site)
    _bill(site, family, some_day(site), BILL - 0.01)
    return _truth(family)


def died_at_sixty(site: Site) -> Planted:
    """Sixty on the day of death: no longer of working age."""
    head = site.person(born=same_day(some_day(site), -SIXTY), sex="F")
    family = site.household([(head, "head"), (site.person(age=63, sex="M"), "spouse")])
    site.dead(head, same_day(head.born, SIXTY))
    return _truth(family)


def not_yet_due(site: Site) -> Planted:
    """A bill of last week; the ten working days are not over."""
    family = _family(site)
    _bill(site, family, working_days_before(site, site.as_of, 5), 90_000)
    return _truth(family)


VARIANTS: dict[str, Plant] = {
    "bill_of_thirty_thousand": bill_of_thirty_thousand,
    "earner_of_59_died": earner_of_59_died,
    "visited_on_the_eleventh_day": visited_on_the_eleventh_day,
    "visited_only_before": visited_only_before,
    "found_and_never_visited": found_and_never_visited,
    "on_aid_and_alone": on_aid_and_alone,
}
TWINS: dict[str, Plant] = {
    "visited_on_the_tenth_day": visited_on_the_tenth_day,
    "visited_for_another_cause": visited_for_another_cause,
    "bill_a_fen_below": bill_a_fen_below,
    "died_at_sixty": died_at_sixty,
    "not_yet_due": not_yet_due,
}
