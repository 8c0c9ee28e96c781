"""What do published figures say of every region, and where does nobody know?

Figures that add up (residents, staff): a region's is that of its children where all of them are known, each the region
table's own, else the reference table's of the newest year on or before. Otherwise it is its own figure, of which what
the children do not account for is in its unassigned part. Unknown is never 0.
"""

from collections.abc import Callable

import polars as pl

from casework.dataset import Tables
from casework.regions import Region, Regions
from casework.tables import REFERENCE

Published = dict[str, dict[int, int]]  # region -> year -> hundredths of the figure (of yuan: fen)


def figures(
    data: Tables,
    months: pl.DataFrame,
    *items: str,
    stated: Callable[[Region], int | None],
    offices: bool = False,
) -> pl.DataFrame:
    """`unit`, `month_index`, `whole` (null: unknown) for every region and unassigned part.

    `months` has `month_index`; `items` of the reference table are added up; `stated`: the region table's own figure;
    `offices` as in `totals`.
    """
    regions = Regions.of(data)
    known = published(data, *items)
    calendar = months.with_columns(year=pl.col("month_index") // 12)
    rows = [
        (year, unit, count)
        for year in calendar["year"].unique(maintain_order=True)
        for unit, count in totals(regions, _own(regions, stated, known, year), offices=offices).items()
    ]
    counted = pl.DataFrame(rows, schema={"year": pl.Int32(), "unit": pl.String(), "whole": pl.Int64()}, orient="row")
    return calendar.join(counted, on="year").select("unit", "month_index", "whole")


def totals(regions: Regions, own: dict[str, int], *, offices: bool = False) -> dict[str, int | None]:
    """The figure of every region and of its unassigned part, from the regions' own; None: unknown.

    `offices`: a region's own figure may hold more than all its children do (its own office's staff); else, where all
    children are known, they stand.
    """
    found: dict[str, int | None] = {}
    for code in reversed(regions.codes):
        below = [found[child.code] for child in regions.children(code)]
        known = [count for count in below if count is not None]
        rest: int | None
        if below and len(known) == len(below) and not (offices and code in own):
            found[code], rest = sum(known), 0
        elif code in own:
            # A figure smaller than its known parts is older than they are: the parts stand.
            found[code] = max(own[code], sum(known))
            rest = max(own[code], sum(known)) - sum(known)
        else:
            found[code], rest = None, None
        found |= dict.fromkeys(regions.unassigned(code), rest)
    return found


def published(data: Tables, *items: str) -> Published:
    """The items' sum in hundredths, for the years in which all of them are published; of one key the first row."""
    table = data.engine.collect(
        data[REFERENCE].select("region_code", "year", "item", "value_hundredths", "source_file", "source_row")
    )
    together = (
        table.filter(pl.col("item").is_in(items), pl.col("value_hundredths").is_not_null())
        .sort("source_file", "source_row")
        .unique(["region_code", "year", "item"], keep="first", maintain_order=True)
        .group_by("region_code", "year")
        .agg(pl.col("value_hundredths").sum(), pl.len())
        .filter(pl.col("len") == len(items))
    )
    found: Published = {}
    for code, year, hundredths in together.select("region_code", "year", "value_hundredths").iter_rows():
        found.setdefault(code, {})[year] = hundredths
    return found


def newest(known: Published, code: str, year: int) -> int | None:
    """A region's own figure of the newest year on or before, in hundredths; None: unknown."""
    past = [when for when in known.get(code, {}) if when <= year]
    return known[code][max(past)] if past else None


def _own(regions: Regions, stated: Callable[[Region], int | None], known: Published, year: int) -> dict[str, int]:
    """Each region's own figure in a year: the region table's, else the newest published on or before."""
    own: dict[str, int] = {}
    for code in regions.codes:
        said, hundredths = stated(regions[code]), newest(known, code, year)
        if said is not None:
            own[code] = said
        elif hundredths is not None:
            own[code] = hundredths // 100
    return own
