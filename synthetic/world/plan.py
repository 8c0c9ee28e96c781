"""Which provinces, cities, counties, townships and villages does a world have, and how many live in each?

Every code begins with 99, a province that does not exist. What a place is depends on the seed, the scale and the number
of persons alone, so that a township can be built without its neighbours.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from random import Random
from typing import Final, Literal

from casework.errors import WrongUsageError
from casework.text import Text
from synthetic.kit.numbers import PLACES
from synthetic.kit.places import SIGNS, WOODS, County, Founded, Settlement, Standards, Township, Village, numbered

Scale = Literal["village", "township", "county", "city", "province"]
PERSONS: Final[dict[str, int]] = {
    "village": 1_200,
    "township": 5_000,
    "county": 60_000,
    "city": 480_000,
    "province": 10_000_000,
}
LEAST: Final = 1_000  # persons a county: as many again are planted in each, and there should be others
AS_OF: Final = date(2025, 12, 31)
SINCE: Final = date(2024, 1, 1)
_A_COUNTY, _A_CITY = 60_000, 600_000  # persons, about
_A_TOWNSHIP, _A_VILLAGE = 4_600, 1_200
_MOST: Final = 20  # cities of the province, counties of a city
_VILLAGES: Final = 40  # of a township
_URBAN_TOWNSHIPS: Final = 0.25  # share of townships that are urban
_DELEGATED: Final = 0.7  # share of townships that confirm dibao themselves
_SINCE: Final = tuple(date(year, 7, 1) for year in range(2021, 2026))
_RURAL: Final = (500, 520, 540, 565, 590)  # yuan a person a month
_URBAN: Final = (680, 705, 730, 760, 790)


@dataclass(frozen=True, slots=True)
class Plan:
    """Every place of a world; `cities` are (code, name) pairs, of the province if the scale reaches so far."""

    scale: Scale
    seed: int
    province: tuple[str, str]
    cities: tuple[tuple[str, str], ...]
    counties: tuple[County, ...]


def plan(scale: Scale, persons: int, seed: int) -> Plan:
    """Divide the persons over the places of that scale.

    Raises:
        WrongUsageError: fewer than a thousand persons a county.
    """
    cities, each = _units(scale, persons)
    least = LEAST * cities * each
    if persons < least:
        raise WrongUsageError(
            Text(f"{scale} 至少 {least} 人,得到 {persons}", f"at least {least} persons for {scale}, not {persons}")
        )
    random = Random(f"{seed}:plan")  # noqa: S311 - a made-up world, not a secret
    shares = _shares(random, persons, cities * each, 0.15)
    counties = []
    for place, count in enumerate(shares):
        city, county = divmod(place, each)
        code = f"99{city + 1:02d}{county + 1:02d}000000"
        counties.append(_county(random, code, f"示例{numbered(place, SIGNS)}县", place, scale, count))
    named = tuple((f"99{city + 1:02d}00000000", f"示例{numbered(city, SIGNS)}市") for city in range(cities))
    return Plan(scale, seed, ("990000000000", "示例省"), named, tuple(counties))


def with_founded(before: Plan, founded: Sequence[Founded]) -> Plan:
    """The plan with the villages and townships that plants founded, each behind those of its township, its county."""
    villages: dict[str, tuple[Village, ...]] = {}
    townships: dict[str, tuple[Township, ...]] = {}
    for one in founded:
        villages[one.township] = (*villages.get(one.township, ()), *one.villages)
        townships[one.county] = (*townships.get(one.county, ()), *one.townships)
    counties = []
    for county in before.counties:
        towns = [replace(town, villages=town.villages + villages.get(town.code, ())) for town in county.townships]
        counties.append(replace(county, townships=(*towns, *townships.get(county.code, ()))))
    return replace(before, counties=tuple(counties))


def _units(scale: Scale, persons: int) -> tuple[int, int]:
    """Cities, and counties of each."""
    match scale:
        case "province":
            cities = min(_MOST, max(2, round(persons / _A_CITY)))
            return cities, min(_MOST, max(2, round(persons / _A_COUNTY / cities)))
        case "city":
            return 1, min(_MOST, max(2, round(persons / _A_COUNTY)))
        case _:
            return 1, 1


def _county(random: Random, code: str, name: str, place: int, scale: Scale, persons: int) -> County:
    """A county whose townships differ in size, whose first ones are urban, with its own standard."""
    count = min(PLACES - 1, max(1, round(persons / _A_TOWNSHIP))) if scale not in {"village", "township"} else 1
    urban = round(_URBAN_TOWNSHIPS * count)
    better = random.choice((0, 0, 10, 20, 30))
    standards = Standards(_SINCE, tuple(yuan + better for yuan in _RURAL), tuple(yuan + 2 * better for yuan in _URBAN))
    townships = []
    for number, share in enumerate(_shares(random, persons, count, 0.25)):
        kind = "街道" if number < urban else "镇"
        here = f"{code[:6]}{number + 1:03d}000"
        villages = _villages(random, here, share, urban=number < urban, alone=scale == "village")
        delegated = random.random() < _DELEGATED
        townships.append(Township(here, f"示例{numbered(number, SIGNS)}{kind}", number, villages, delegated))
    return County(code, name, place, standards, tuple(townships))


def _villages(random: Random, code: str, persons: int, *, urban: bool, alone: bool) -> tuple[Village, ...]:
    """Villages; the seat of a rural township of three or more is urban."""
    count = 1 if alone else min(_VILLAGES, max(1, round(persons / _A_VILLAGE)))
    villages = []
    for number, share in enumerate(_shares(random, persons, count, 0.3)):
        seat = number == 0 and count > 2  # noqa: PLR2004 - of three villages one is the seat
        settlement: Settlement = "urban" if urban or seat else "rural"
        name = f"示例{numbered(number, WOODS)}{'社区' if settlement == 'urban' else '村'}"
        villages.append(Village(f"{code[:9]}{number + 1:03d}", name, settlement, share))
    return tuple(villages)


def _shares(random: Random, whole: int, parts: int, spread: float) -> list[int]:
    """A whole in so many parts that differ by about that much."""
    weights = [1 + spread * (2 * random.random() - 1) for _ in range(parts)]
    cut, bounds = 0.0, [0]
    for weight in weights:
        cut += weight
        bounds.append(round(whole * cut / sum(weights)))
    return [after - before for before, after in pairwise(bounds)]
