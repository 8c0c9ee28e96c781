"""Which region and reference rows say where a world takes place?"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from synthetic.kit import County, Site, Township
from synthetic.kit.rows import Cell, Row
from synthetic.world.plan import AS_OF, Plan

_SINCE: Final = date(2000, 1, 1)
_STAFF_COUNTY, _STAFF_TOWNSHIP = 7, 6
_YEARS: Final = (AS_OF.year - 1, AS_OF.year)
# Of the year of as_of; the year before a little less. Yuan a head and year; demo values near the national ones.
_FIGURES: Final = (
    ("consumption_urban", 34500),
    ("consumption_rural", 19300),
    ("income_rural", 24450),
    ("min_wage", 1820),
)
_GROWTH: Final = 0.955


def living(site: Site) -> Counter[str]:
    """How many live in each village at as_of: members of its households, the dead and who left not counted.

    Who is a member of two households lives in the first.
    """
    where = {row["household_no"]: str(row["region_code"]) for row in site.rows.tables["household"]}
    dead = {row["id_no"] for row in site.rows.tables["person"] if row["died_on"] is not None}
    homes: dict[Cell, str] = {}
    for row in site.rows.tables["member"]:
        left = row["left_on"]
        if row["id_no"] not in dead and (left is None or str(left) > str(site.as_of)):
            homes.setdefault(row["id_no"], where[row["household_no"]])
    return Counter(homes.values())


def regions(plan: Plan, residents: Mapping[str, int]) -> Iterable[Row]:
    """Every region, a parent before its children; residents by village."""
    yield _region(*plan.province, None, "province")
    for code, name in plan.cities:
        yield _region(code, name, plan.province[0], "city")
    for county in plan.counties:
        here = sum(_residents(town, residents) for town in county.townships)
        yield _region(county.code, county.name, f"{county.code[:4]}00000000", "county", here, _STAFF_COUNTY)
        for town in county.townships:
            here = _residents(town, residents)
            yield _region(town.code, town.name, county.code, "township", here, _STAFF_TOWNSHIP)
            for village in town.villages:
                row = _region(village.code, village.name, town.code, "village", residents.get(village.code, 0))
                yield row | {"urban_rural": village.settlement}


def references(plan: Plan, residents: Mapping[str, int]) -> Iterable[Row]:
    """Residents, staff and figures of each county for two years."""
    for county in plan.counties:
        villages = [village for town in county.townships for village in town.villages]
        for year in _YEARS:
            part = 1.0 if year == AS_OF.year else _GROWTH
            for settlement in ("urban", "rural"):
                here = sum(residents.get(village.code, 0) for village in villages if village.settlement == settlement)
                yield _reference(county, year, f"residents_{settlement}", here)
            yield _reference(county, year, "staff", _STAFF_COUNTY + _STAFF_TOWNSHIP * len(county.townships))
            for item, value in _FIGURES:
                yield _reference(county, year, item, round(value * part))


def _residents(town: Township, residents: Mapping[str, int]) -> int:
    return sum(residents.get(village.code, 0) for village in town.villages)


def _region(
    code: str, name: str, parent: str | None, tier: str, residents: int | None = None, staff: int | None = None
) -> Row:
    return {
        "region_code": code,
        "name": name,
        "parent_code": parent,
        "tier": tier,
        "residents": residents,
        "staff": staff,
        "valid_from": _SINCE,
    }


def _reference(county: County, year: int, item: str, value: int) -> Row:
    return {"region_code": county.code, "year": year, "item": item, "value": value}
