"""Awards ended although everything that entitled still held, and awards that ended rightly."""

from datetime import date, timedelta

from synthetic.kit import Award, Household, Plant, Planted, Site, Truth, month_of, shifted
from synthetic.kit.moves import past_award
from synthetic.schemes._persons import parent, with_grandmother

SCHEME = "wrong_exit"
RECENT = -3  # months: an exit after which nobody need have asked again yet


def _family(site: Site) -> Household:
    return site.family(("head", 60), ("spouse", 59))


def _ended(site: Site, household: Household, reason: str, *, months: int = RECENT) -> Award:
    """Lawfully on dibao for a year, then ended for that reason with that month."""
    last = shifted(month_of(site.as_of), months)
    return past_award(site, household, shifted(last, -11), last, reason)


def _truth(award: Award) -> Planted:
    return [Truth(SCHEME, "award", award.no)]


def _child(site: Site, born: date | None = None) -> Award:
    """A child whose father is dead and whose mother is in prison, on its own programme until lately."""
    family, child = with_grandmother(site, born=born)
    parent(site, child, "M", died=date(2022, 6, 9))
    mother = parent(site, child, "F")
    site.match(mother, "custody", compared=site.since, since=date(2023, 1, 16), detail="prison")
    last = shifted(month_of(site.as_of), RECENT)
    award = site.award(family, "de_facto_orphan", from_month=shifted(last, -14), members=[child])
    site.end(award, last, "other")
    site.pay(award)
    return award


def income_that_never_rose(site: Site) -> Planted:
    """Ended for income; the only statement is as low as ever."""
    return _truth(_ended(site, _family(site), "income"))


def assets_nobody_found(site: Site) -> Planted:
    """Ended for assets; no register knows of any."""
    return _truth(_ended(site, _family(site), "assets"))


def cleared_as_near_kin(site: Site) -> Planted:
    """A nephew's campaign: ended because a relative works at the office."""
    return _truth(_ended(site, _family(site), "near_kin_clearance"))


def child_ended(site: Site) -> Planted:
    """A de facto orphan's award ended for another reason; nothing has changed."""
    return _truth(_child(site))


def ended_long_ago(site: Site) -> Planted:
    """Ended ten months ago and nothing since: missed as well."""
    family = _family(site)
    award = _ended(site, family, "other", months=-10)
    return [*_truth(award), Truth("missed_entitlement", "household", family.no)]


def income_rose(site: Site) -> Planted:
    """A new statement of the last month lies above the line."""
    family = _family(site)
    award = _ended(site, family, "income")
    site.statement(family, shifted(month_of(site.as_of), RECENT) + timedelta(days=18), share=1.2)
    return _truth(award)


def income_on_the_line(site: Site) -> Planted:
    """A new statement exactly on the line."""
    family = _family(site)
    award = _ended(site, family, "income")
    day = shifted(month_of(site.as_of), RECENT) + timedelta(days=18)
    site.statement(family, day, wage=site.line(family, day) * 12 * len(family.co_living(day)) // 100)
    return _truth(award)


def bought_a_car(site: Site) -> Planted:
    """A car in the last month: from the next on it excludes."""
    family = _family(site)
    award = _ended(site, family, "assets")
    bought = shifted(month_of(site.as_of), RECENT) + timedelta(days=22)
    site.match(family.head, "vehicle", compared=bought + timedelta(days=20), since=bought, value=88_000, detail="car")
    return _truth(award)


def given_up(site: Site) -> Planted:
    """The family gave it up, poor as it is."""
    return _truth(_ended(site, _family(site), "voluntary"))


def moved_over_to_the_destitute(site: Site) -> Planted:
    """Merged into support for the destitute."""
    family = site.family(("head", 70))
    award = _ended(site, family, "merged")
    site.pay(site.award(family, "destitute", from_month=shifted(month_of(site.as_of), RECENT + 1)))
    return _truth(award)


def turned_eighteen(site: Site) -> Planted:
    """A de facto orphan's award ended for another reason in the month of the eighteenth birthday."""
    last = shifted(month_of(site.as_of), RECENT)
    return _truth(_child(site, born=last.replace(year=last.year - 18) + timedelta(days=9)))


VARIANTS: dict[str, Plant] = {
    "income_that_never_rose": income_that_never_rose,
    "assets_nobody_found": assets_nobody_found,
    "cleared_as_near_kin": cleared_as_near_kin,
    "child_ended": child_ended,
    "ended_long_ago": ended_long_ago,
}
TWINS: dict[str, Plant] = {
    "income_rose": income_rose,
    "income_on_the_line": income_on_the_line,
    "bought_a_car": bought_a_car,
    "given_up": given_up,
    "moved_over_to_the_destitute": moved_over_to_the_destitute,
    "turned_eighteen": turned_eighteen,
}
