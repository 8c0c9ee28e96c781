"""How many residents does each region have in a month?

The region table's figure, else the reference table's urban and rural residents together (`metrics.published`).
"""

from typing import Final

import polars as pl

from casework.dataset import Tables
from metrics.published import figures

ITEMS: Final = ("residents_urban", "residents_rural")


def residents(data: Tables, months: pl.DataFrame) -> pl.DataFrame:
    """`unit`, `month_index`, `whole` (null: unknown) for every region and unassigned part."""
    return figures(data, months, *ITEMS, stated=lambda region: region.residents)
