"""Awards in force whose review is overdue, and those whose review is not yet due."""

from datetime import date, timedelta

from synthetic.kit import Award, Plant, Planted, Site, Truth, month_of, same_day, shifted

SCHEME = "late_review"
ONE = timedelta(days=1)


def _latest(site: Site, cycle: int) -> date:
    """The earliest day of a last review that is still good on as_of."""
    day = site.as_of
    while same_day(day - ONE, cycle) >= site.as_of:
        day -= ONE
    return day


def _award(site: Site, category: str, first: date, *reviewed: date, last: date | None = None) -> Award:
    """An award from a month on, reviewed on those days only, paid as is due."""
    family = site.family(("head", 67), ("spouse", 66))
    site.statement(family, first - timedelta(days=20), share=0.5)
    award = site.award(family, from_month=first, category=category)
    for day in reviewed:
        site.review(award, day)
    if last is not None:
        site.end(award, last, "voluntary")
    site.pay(award)
    return award


def _truth(award: Award) -> Planted:
    return [Truth(SCHEME, "award", award.no)]


def _old(site: Site) -> date:
    return shifted(month_of(site.as_of), -30)


def yearly_by_a_day(site: Site) -> Planted:
    """Category A, reviewed a year and a day too long ago."""
    return _truth(_award(site, "A", _old(site), _latest(site, 12) - ONE))


def half_yearly_by_a_day(site: Site) -> Planted:
    """Category B, half a year."""
    return _truth(_award(site, "B", _old(site), _latest(site, 6) - ONE))


def never_reviewed(site: Site) -> Planted:
    """Category C, eight months old, never reviewed."""
    return _truth(_award(site, "C", shifted(month_of(site.as_of), -8)))


def lapsed_after_years(site: Site) -> Planted:
    """Reviewed in time again and again, then no more."""
    days = [same_day(site.as_of, -months) for months in (27, 22, 17, 12)]
    return _truth(_award(site, "B", _old(site), *days))


def yearly_on_the_last_day(site: Site) -> Planted:
    """Category A, good until as_of itself."""
    return _truth(_award(site, "A", _old(site), _latest(site, 12)))


def half_yearly_in_time(site: Site) -> Planted:
    """Category B, good until as_of."""
    return _truth(_award(site, "B", _old(site), _latest(site, 6)))


def too_new_to_review(site: Site) -> Planted:
    """Category B, four months old."""
    return _truth(_award(site, "B", shifted(month_of(site.as_of), -4)))


def ended_before(site: Site) -> Planted:
    """Never reviewed in two years, but given up three months ago."""
    return _truth(_award(site, "B", _old(site), last=shifted(month_of(site.as_of), -3)))


def without_category(site: Site) -> Planted:
    """A programme that knows no category."""
    family = site.family(("head", 84, "M"))
    award = site.award(family, "old_age", from_month=_old(site))
    site.pay(award)
    return _truth(award)


VARIANTS: dict[str, Plant] = {
    "yearly_by_a_day": yearly_by_a_day,
    "half_yearly_by_a_day": half_yearly_by_a_day,
    "never_reviewed": never_reviewed,
    "lapsed_after_years": lapsed_after_years,
}
TWINS: dict[str, Plant] = {
    "yearly_on_the_last_day": yearly_on_the_last_day,
    "half_yearly_in_time": half_yearly_in_time,
    "too_new_to_review": too_new_to_review,
    "ended_before": ended_before,
    "without_category": without_category,
}
