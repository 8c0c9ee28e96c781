"""In which village did no award end in a year, and where are there too few to wonder, or just one end?"""

from datetime import date
from typing import Final

from synthetic.kit import Award, Plant, Planted, Site, Truth, Village, month_of, shifted
from synthetic.kit.settling import villages_of_its_own
from synthetic.schemes._village import completed, elder, home, leave, some_leave, standing

LEAST: Final = 20_000  # persons of a county: a dozen villages to compare with
SETTLERS: Final = 1000  # persons in villages of their own, about
SCHEME: Final = "never_exit"
_SINCE: Final = date(2024, 12, 1)


def _truth(village: Village) -> Planted:
    return [Truth(SCHEME, "region", village.code)]


def _stock(site: Site, count: int, since: date = _SINCE) -> list[Award]:
    """So many awards in force since that month."""
    return [standing(site, home(site, place), since) for place in range(count)]


def nobody_left(site: Site) -> Planted:
    """Sixty awards of thirteen months, and not one end."""
    with villages_of_its_own(site) as (village,):
        completed(site, _stock(site, 60))
        return _truth(village)


def ends_of_the_year_before(site: Site) -> Planted:
    """Some ended in autumn 2024, none in the twelve months since."""
    with villages_of_its_own(site) as (village,):
        awards = _stock(site, 62, date(2024, 9, 1))
        for place, award in enumerate(awards[:5]):
            leave(site, award, date(2024, 11, 1) if place % 2 else date(2024, 12, 1))
        completed(site, awards)
        return _truth(village)


def only_entries(site: Site) -> Planted:
    """Forty-eight awards, sixteen more within the year; nobody leaves."""
    with villages_of_its_own(site) as (village,):
        awards = _stock(site, 48)
        for month in range(16):
            awards += _stock(site, 1, shifted(month_of(site.as_of), -11 + month * 10 // 16))
        completed(site, awards)
        return _truth(village)


def twenty_nine(site: Site) -> Planted:
    """No end either, but twenty-nine awards only."""
    with villages_of_its_own(site) as (village,):
        completed(site, _stock(site, 29))
        return _truth(village)


def one_death(site: Site) -> Planted:
    """One of sixty died, and the award ended with the month."""
    with villages_of_its_own(site) as (village,):
        awards = [standing(site, elder(site), _SINCE), *_stock(site, 59)]
        leave(site, awards[0], shifted(month_of(site.as_of), -5), "death")
        completed(site, awards)
        return _truth(village)


def as_elsewhere(site: Site) -> Planted:
    """As many awards, of which as many ended as elsewhere."""
    with villages_of_its_own(site) as (village,):
        awards = _stock(site, 40)
        some_leave(site, awards[:6])
        completed(site, awards)
        return _truth(village)


VARIANTS: dict[str, Plant] = {
    "nobody_left": nobody_left,
    "ends_of_the_year_before": ends_of_the_year_before,
    "only_entries": only_entries,
}
TWINS: dict[str, Plant] = {
    "twenty_nine": twenty_nine,
    "one_death": one_death,
    "as_elsewhere": as_elsewhere,
}
