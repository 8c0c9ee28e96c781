"""How do checked rows lie in the snapshot, so that nothing downstream parses or searches again?

Whole stored schema, integers beside dates and numbers, one total order that does not depend on the order of the file.
"""

from typing import Final

import polars as pl

from casework.intake.persons import tokens
from casework.tables import Column, Table
from casework.tables.schema import SOURCE_COLUMNS

ZONE_SECONDS: Final = 8 * 3600  # Shanghai, as in values/dates.py
TOKEN_KINDS: Final = ("household", "application", "award", "account")


def add_tokens(table: Table, frame: pl.DataFrame, key: bytes) -> pl.DataFrame:
    """The 64-bit token beside every business number that others refer to."""
    made = []
    for column in table.columns:
        if column.token and column.name in frame.columns:
            kind = next(kind for kind in TOKEN_KINDS if kind in column.name)
            made.append(tokens(frame[column.name], key, kind).alias(column.name.removesuffix("_no") + "_id"))
    return frame.with_columns(made)


def lay_out(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """The table as stored: derived columns, absent ones null, in total order."""
    derived = [made for column in table.columns if column.main in frame.columns for made in _derived(column)]
    frame = frame.with_columns(derived)
    schema = table.schema
    absent = [pl.lit(None, dtype).alias(name) for name, dtype in schema.items() if name not in frame.columns]
    return ordered(table, frame.with_columns(absent).select(pl.col(name).cast(dtype) for name, dtype in schema.items()))


def ordered(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """Sorted by the table's own order; where that leaves ties, by everything else, the place in the file last."""
    first = list(table.sort)
    if frame.select(first).is_unique().all():
        return frame.sort(first, nulls_last=True)
    rest = [name for name in (*dict(table.extra), *frame.columns) if name not in {*first, *SOURCE_COLUMNS}]
    return frame.sort([*first, *dict.fromkeys(rest), *SOURCE_COLUMNS], nulls_last=True)


def _derived(column: Column) -> list[pl.Expr]:
    value = pl.col(column.main)
    day = value.dt.epoch("d").cast(pl.Int32)
    match column.kind:
        case "date":
            return [day.alias(f"{column.name}_day")]
        case "month":
            return [(value.dt.year() * 12 + value.dt.month().cast(pl.Int32) - 1).alias(f"{column.name}_index")]
        case "moment":
            epoch = value.dt.epoch("us").floordiv(1_000_000) - ZONE_SECONDS
            return [epoch.alias(f"{column.name}_epoch"), day.alias(f"{column.name}_day")]
        case _:
            return []
