"""Where can a planted family be tried before any world is built around it?

`trial()` is a small township with its staff and two villages of nobody but their committees; `source(site)` are its
tables as files hold them. Whoever plants on it sees exactly the rows made.
"""

from datetime import date
from functools import cache
from random import Random
from typing import Final

from casework.calendar import Calendar
from synthetic.kit.numbers import Numbers
from synthetic.kit.office import Office
from synthetic.kit.places import County, Standards, Township, Village
from synthetic.kit.rows import table_of
from synthetic.kit.site import Site
from synthetic.kit.staffing import seat_committee, staff_county, staff_township

AS_OF: Final = date(2025, 12, 31)
SINCE: Final = date(2024, 1, 1)
STANDARDS: Final = Standards(
    since=(date(2021, 7, 1), date(2022, 7, 1), date(2023, 7, 1), date(2024, 7, 1), date(2025, 7, 1)),
    rural=(500, 520, 540, 565, 590),
    urban=(680, 705, 730, 760, 790),
)
_calendar = cache(Calendar.load)


def trial(seed: int = 1, *, delegated: bool = True, urban: bool = False) -> Site:
    """A staffed township with nobody on aid."""
    villages = tuple(
        Village(f"99010100100{place}", f"示例{word}村", "urban" if urban else "rural", 0)
        for place, word in ((1, "松"), (2, "柏"))
    )
    township = Township("990101001000", "示例甲镇", 0, villages, delegated)
    county = County("990101000000", "示例县", 0, STANDARDS, (township,))
    random = Random(f"{seed}:trial")  # noqa: S311 - a made-up world, not a secret
    site = Site(
        county,
        township,
        villages[0],
        AS_OF,
        SINCE,
        random,
        Office(_calendar(), random),
        Numbers(township.code, 0, 0),
    )
    staff_county(site)
    staff_township(site)
    for village in villages:
        willing = [site.person(age=site.whole(30, 60), village=village) for _ in range(7)]
        for person in willing:
            site.household([(person, "head")])
        seat_committee(site, village, willing)
    return site


def source(site: Site) -> dict[str, list[dict[str, str]]]:
    """The site's tables as a source holds them, those with rows only, and the regions."""
    place = site.township
    regions = [
        (site.county.code, site.county.name, "", "county", ""),
        (place.code, place.name, site.county.code, "township", ""),
    ]
    towns = [place, *site.founded.townships]
    regions += [(town.code, town.name, site.county.code, "township", "") for town in towns[1:]]
    homes = [(village, town.code) for town in towns for village in town.villages]
    homes += [(village, place.code) for village in site.founded.villages]
    regions += [(one.code, one.name, town, "village", one.settlement) for one, town in homes]
    names = ("region_code", "name", "parent_code", "tier", "urban_rural")
    tables = {name: table_of(site.rows, name) for name, rows in site.rows.tables.items() if rows}
    return {"region": [dict(zip(names, row, strict=True)) for row in regions]} | tables
