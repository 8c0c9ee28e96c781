"""Which published figures hold for every village, and which is that of last year?

A figure is of the year asked or unknown: never another year's. Of the nearest region that published it, from the
village up (`metrics.reference_figures`).
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
import polars as pl

from casework.dataset import Tables
from casework.policy.loader import region_prefix
from casework.regions import ROOT, Regions
from metrics.reference_figures import nearest
from metrics.whatif.population import Population, Whole

MIN_WAGE, INCOME_RURAL = "min_wage", "income_rural"  # yuan a month; yuan a head a year
FIGURES: Final = (MIN_WAGE, INCOME_RURAL, "consumption_urban", "consumption_rural")
UNKNOWN: Final = -1


def figures(data: Tables, codes: tuple[str, ...]) -> dict[str, dict[int, Whole]]:
    """Item -> year -> its figure in fen for each of the villages, UNKNOWN where nobody published it.

    A year is there where anyone published the item for it. A village that lies in no region of the snapshot has none.
    """
    regions = Regions.of(data)
    inside = [code for code in codes if _lies(regions, code)]
    published = nearest(data, FIGURES).with_columns(pl.col(FIGURES).fill_null(UNKNOWN))
    published = published.filter(pl.col("region_code").is_in(inside))
    villages = pl.DataFrame({"region_code": codes}, schema={"region_code": pl.String()})
    found: dict[str, dict[int, Whole]] = {item: {} for item in FIGURES}
    for year in sorted(set(published["year"])):
        here = villages.join(
            published.filter(pl.col("year") == year), on="region_code", how="left", maintain_order="left"
        ).with_columns(pl.col(FIGURES).fill_null(UNKNOWN))
        for item in FIGURES:
            if (here[item] != UNKNOWN).any():
                found[item][year] = here[item].to_numpy().astype(np.int64)
    return found


def _lies(regions: Regions, code: str) -> bool:
    """Is the village within the tree? One that is not has the root for its home, whatever the root is."""
    strange = regions.home(code) == regions.root and regions.root != ROOT
    return not strange or code.startswith(region_prefix(regions.root))


def of_year(population: Population, item: str, year: int) -> Whole:
    """The item's figure of that year in fen, a village each; UNKNOWN where there is none."""
    years: Mapping[int, Whole] = population.figures.get(item, {})
    return years[year] if year in years else np.full(len(population.village_code), UNKNOWN, np.int64)
