"""What are the rows of one township, or of a county's own office? The same for the same seed, whoever else is built."""

from functools import cache
from random import Random

from casework.calendar import Calendar
from synthetic.kit import County, Official, Site, Township
from synthetic.kit.numbers import PLACES, Numbers
from synthetic.kit.office import Office
from synthetic.kit.staffing import staff_county, staff_township
from synthetic.world import lineage
from synthetic.world.plan import AS_OF, SINCE
from synthetic.world.planting import BREACH, Planting, plant
from synthetic.world.village import Census, Regime, people

_calendar = cache(Calendar.load)


def office(county: County, seed: int) -> Site:
    """The county's own staff, persons of their own."""
    seat = county.townships[0]
    place = Township(county.code, county.name, PLACES - 1, seat.villages, delegated=False)
    site = _site(county, place, f"{seed}:{county.code}")
    staff_county(site)
    return site


def township(
    county: County, town: Township, seed: int, regime: Regime, above: list[Official], sown: dict[str, list[Planting]]
) -> Site:
    """Everybody and everything of a township; `above`: the county's staff, whose own rows lie elsewhere."""
    site = _site(county, town, f"{seed}:{town.code}")
    site.officials += above
    site.breach = BREACH if regime == "capture" else 0.0
    staff_township(site)
    census: list[Census] = []
    for village in town.villages:
        site.random.seed(f"{seed}:{village.code}:people")
        census.append(people(site, village, regime))
    lineage.name(site)
    site.before = {name: len(rows) for name, rows in site.rows.tables.items()}
    for village, known in zip(town.villages, census, strict=True):
        site.village = village
        site.surname = known.households[0].head.surname if regime == "one_surname" and known.households else None
        site.random.seed(f"{seed}:{village.code}:plants")
        plant(site, sown.get(village.code, []))
    return site


def _site(county: County, town: Township, seed: str) -> Site:
    random = Random(seed)  # noqa: S311 - a made-up world, not a secret
    return Site(
        county,
        town,
        town.villages[0],
        AS_OF,
        SINCE,
        random,
        Office(_calendar(), random),
        Numbers(town.code, county.place, town.place),
    )
