"""What did a region publish for a year, or who above it did?

The figure of the nearest region that has it, from a village up: the village's own, its township's, its county's. Of
the year asked, never of another: a figure that is not there is unknown. Of two rows of one key the first counts.
"""

from collections.abc import Iterable

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.regions import Regions
from casework.tables import APPLICATION, HOUSEHOLD, REFERENCE

Figures = dict[tuple[str, int, str], int]  # (region, year, item) -> hundredths


def nearest(data: Tables, items: tuple[str, ...]) -> pl.DataFrame:
    """`region_code`, `year` (Int32) and one Int64 column an item, in hundredths of its unit (money: fen).

    One row for every region that a household or an application may stand in and every year in which any item is known
    for it; null where the item is not.
    """
    regions = Regions.of(data)
    published = _published(data, items)
    years = sorted({year for _, year, _ in published})
    rows = []
    for code in sorted({*regions.codes, *_named(data)}):
        above = [region.code for region in reversed(regions.path(regions.home(code)))]
        for year in years:
            found = [_first(published.get((one, year, item)) for one in above) for item in items]
            if any(value is not None for value in found):
                rows.append((code, year, *found))
    schema = {"region_code": pl.String(), "year": pl.Int32(), **dict.fromkeys(items, pl.Int64())}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _first(values: Iterable[int | None]) -> int | None:
    return next((value for value in values if value is not None), None)


def _published(data: Tables, items: tuple[str, ...]) -> Figures:
    table = data.engine.collect(data[REFERENCE].select("region_code", "year", "item", "value_hundredths"))
    known = table.filter(pl.col("item").is_in(items), pl.col("value_hundredths").is_not_null())
    once = known.unique(["region_code", "year", "item"], keep="first", maintain_order=True)
    return {(code, year, item): value for code, year, item, value in once.iter_rows()}


def _named(data: Tables) -> set[str]:
    """The codes in the cases, some of which the region table may lack."""
    codes = nw.concat([data[table].select("region_code") for table in (HOUSEHOLD, APPLICATION)]).unique()
    return set(data.engine.collect(codes)["region_code"].drop_nulls())
