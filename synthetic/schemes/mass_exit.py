"""Where did a fifth of the awards of a township end within three months, and where for reasons nobody decided?"""

from datetime import date
from typing import Final

from synthetic.kit import Award, Plant, Planted, Site, Township, Truth, month_of, shifted
from synthetic.kit.settling import township_of_its_own
from synthetic.schemes._means import truth as of_award
from synthetic.schemes._village import completed, elder, home, leave, standing

LEAST: Final = 20_000  # persons of a county: several townships to compare with
SETTLERS: Final = 812  # persons in villages of their own, about
SCHEME: Final = "mass_exit"
_SINCE: Final = date(2024, 12, 1)


def _truth(township: Township, *wrongly: Award) -> Planted:
    return [Truth(SCHEME, "region", township.code), *(of_award("wrong_exit", award) for award in wrongly)]


def _stock(site: Site, count: int) -> list[Award]:
    return [standing(site, home(site, place), _SINCE) for place in range(count)]


def _end(site: Site, awards: list[Award], first: date, *, spread: int = 3, reason: str = "income") -> None:
    """They end within so many months from the first on, evenly."""
    for place, award in enumerate(awards):
        leave(site, award, shifted(first, place * spread // len(awards)), reason)


def a_quarter_for_income(site: Site) -> Planted:
    """Ten of forty within one spring, each with a statement above the line."""
    with township_of_its_own(site):
        awards = _stock(site, 40)
        _end(site, awards[:10], date(2025, 3, 1))
        completed(site, awards)
        return _truth(site.township)


def struck_off_though_poor(site: Site) -> Planted:
    """Nine of forty for "other" reasons while nothing has changed: each a wrong exit."""
    with township_of_its_own(site):
        awards = _stock(site, 40)
        for place, award in enumerate(awards[:9]):
            site.end(award, shifted(month_of(site.as_of), place // 3 - 3), "other")
        completed(site, awards)
        return _truth(site.township, *awards[:9])


def just_a_fifth(site: Site) -> Planted:
    """Twelve of sixty are a fifth exactly."""
    with township_of_its_own(site):
        awards = _stock(site, 60)
        _end(site, awards[:12], date(2025, 6, 1), reason="voluntary")
        completed(site, awards)
        return _truth(site.township)


def resettled(site: Site) -> Planted:
    """A hamlet was moved elsewhere, and some old people died: nobody was struck off."""
    with township_of_its_own(site):
        awards = [standing(site, elder(site), _SINCE) for _ in range(4)] + _stock(site, 36)
        _end(site, awards[:4], date(2025, 5, 1), reason="death")
        _end(site, awards[4:14], date(2025, 5, 1), reason="moved")
        completed(site, awards)
        return _truth(site.township)


def nineteen_in_a_hundred(site: Site) -> Planted:
    """Eight of forty-two."""
    with township_of_its_own(site):
        awards = _stock(site, 42)
        _end(site, awards[:8], date(2025, 6, 1))
        completed(site, awards)
        return _truth(site.township)


def over_the_year(site: Site) -> Planted:
    """Eleven of forty, one a month."""
    with township_of_its_own(site):
        awards = _stock(site, 40)
        _end(site, awards[:11], date(2025, 1, 1), spread=11)
        completed(site, awards)
        return _truth(site.township)


VARIANTS: dict[str, Plant] = {
    "a_quarter_for_income": a_quarter_for_income,
    "struck_off_though_poor": struck_off_though_poor,
    "just_a_fifth": just_a_fifth,
}
TWINS: dict[str, Plant] = {
    "resettled": resettled,
    "nineteen_in_a_hundred": nineteen_in_a_hundred,
    "over_the_year": over_the_year,
}
