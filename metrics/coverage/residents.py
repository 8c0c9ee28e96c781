"""How many residents does each region have, and where does nobody know?

A region's residents are those of its children where all of them are known: the region table's figure of the lowest
tier that has it, else the reference table's urban and rural residents of the newest year on or before. Otherwise they
are its own figure, of which what the children do not account for is in its unassigned part. Unknown is never 0.
"""

from typing import Final

import polars as pl

from casework.dataset import Tables
from casework.regions import Regions
from casework.tables import REFERENCE

ITEMS: Final = ("residents_urban", "residents_rural")
Published = dict[str, dict[int, int]]  # region -> year -> residents


def residents(data: Tables, months: pl.DataFrame) -> pl.DataFrame:
    """`unit`, `month_index`, `whole` (null: unknown) for every region and unassigned part."""
    regions = Regions.of(data)
    published = _published(data)
    calendar = months.with_columns(year=pl.col("month_index") // 12)
    rows = [
        (year, unit, count)
        for year in calendar["year"].unique(maintain_order=True)
        for unit, count in totals(regions, _own(regions, published, year)).items()
    ]
    figures = pl.DataFrame(rows, schema={"year": pl.Int32(), "unit": pl.String(), "whole": pl.Int64()}, orient="row")
    return calendar.join(figures, on="year").select("unit", "month_index", "whole")


def totals(regions: Regions, own: dict[str, int]) -> dict[str, int | None]:
    """Residents of every region and of its unassigned part, from the regions' own figures; None: unknown."""
    found: dict[str, int | None] = {}
    for code in reversed(regions.codes):
        below = [found[child.code] for child in regions.children(code)]
        known = [count for count in below if count is not None]
        rest: int | None
        if below and len(known) == len(below):
            found[code], rest = sum(known), 0
        elif code in own:
            # A figure smaller than its known parts is older than they are: the parts stand.
            found[code] = max(own[code], sum(known))
            rest = max(own[code], sum(known)) - sum(known)
        else:
            found[code], rest = None, None
        found |= dict.fromkeys(regions.unassigned(code), rest)
    return found


def _own(regions: Regions, published: Published, year: int) -> dict[str, int]:
    """Each region's own figure in a year: the region table's, else the newest published on or before."""
    own: dict[str, int] = {}
    for code in regions.codes:
        stated = regions[code].residents
        past = [when for when in published.get(code, {}) if when <= year]
        if stated is not None:
            own[code] = stated
        elif past:
            own[code] = published[code][max(past)]
    return own


def _published(data: Tables) -> Published:
    """Residents for the years in which both urban and rural are published."""
    table = data.engine.collect(data[REFERENCE].select("region_code", "year", "item", "value_hundredths"))
    both = (
        table.filter(pl.col("item").is_in(ITEMS), pl.col("value_hundredths").is_not_null())
        .unique(["region_code", "year", "item"], keep="first", maintain_order=True)
        .group_by("region_code", "year")
        .agg(pl.col("value_hundredths").sum(), pl.len())
        .filter(pl.col("len") == len(ITEMS))
    )
    found: Published = {}
    for code, year, hundredths in both.select("region_code", "year", "value_hundredths").iter_rows():
        found.setdefault(code, {})[year] = hundredths // 100
    return found
