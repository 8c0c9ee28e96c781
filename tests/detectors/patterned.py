"""A made-up county large enough for patterns over many cases, and one beside it, as tables on an engine.

Beside the county stand three small ones said by hand, in each of which one area is not like its peers: the made-up
county is too small for its own odd villages to stand out from one another.
"""

from dataclasses import replace
from functools import cache

import detectors
from casework.dataset import Tables
from casework.policy import Policy
from casework.run import Run, run
from synthetic.kit.rows import Rows, table_of
from synthetic.world import World
from synthetic.world.build import _planned, _sites
from synthetic.world.planting import catalogue
from tests.detectors.counties import with_mass_exit, with_quiet_village, with_split_village
from tests.detectors.made import AS_OF, SEED
from tests.worlds import KEY, Row, world

PERSONS = 26_000  # of two counties: each is to have the ten thousand from which kin are planted
BY_HAND = {"990191": with_split_village, "990192": with_quiet_village, "990193": with_mass_exit}
SCHEMES = {one.scheme for one in catalogue() if one.least}
Changed = dict[str, list[Row]]


@cache
def made(place: int = 0) -> tuple[Changed, World]:
    """The rows of every table of the county at that place of a made-up city, as files hold them, and its truth."""
    city = _city().plan
    county = World(replace(city, counties=city.counties[place : place + 1]))
    whole = Rows()
    for site in _sites(county, SEED, "capture", lambda _stage: None):
        for name, rows in (site if isinstance(site, Rows) else site.rows).tables.items():
            whole.tables[name] += rows
    tables = {name: table_of(whole, name) for name, rows in whole.tables.items() if rows}
    return {
        name: [{column: cell or None for column, cell in row.items()} for row in of] for name, of in tables.items()
    }, county


@cache
def rows() -> Changed:
    """The county and those said by hand."""
    return joined(made()[0], *(_a_year_later(make(code=code).rows) for code, make in BY_HAND.items()))


def patterned(*, key: bytes = KEY, **changed: list[Row]) -> Tables:
    """The county; `changed` puts other rows in a table's place, `key` gives everybody another person_id."""
    return world(AS_OF, on="polars", key=key, **{**rows(), **changed})


@cache
def policy() -> Policy:
    """The shipped rules, and the standards of both made-up counties."""
    return Policy.of(
        dibao_standard=[
            {"from": since, "region": county.code[:6], "urban_rural": settlement, "value": float(yuan[place])}
            for county in _city().plan.counties
            for place, since in enumerate(county.standards.since)
            for settlement, yuan in (("rural", county.standards.rural), ("urban", county.standards.urban))
        ]
    )


def _city() -> World:
    """Both counties, before anybody lives there."""
    return World(_planned("city", PERSONS, SEED, "capture"))


@cache
def leads_of_all() -> Run:
    """What all questions find in the county."""
    return run(detectors, patterned(), policy())


def joined(*sources: Changed) -> Changed:
    """All rows of all sources, a place that several name once."""
    names = dict.fromkeys(name for source in sources for name in source)
    whole = {name: [row for source in sources for row in source.get(name, [])] for name in names}
    places = {str(row["region_code"]): row for row in reversed(whole["region"])}
    return {**whole, "region": list(places.values())}


def _a_year_later(tables: Changed) -> Changed:
    """Counties said by hand end with 2024, the made-up one with 2025."""
    return {**tables, "award": [{**row, "to_month": _later(row["to_month"])} for row in tables["award"]]}


def _later(month: str | None) -> str | None:
    return month and f"{int(month[:4]) + 1}{month[4:]}"
