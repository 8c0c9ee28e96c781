"""Which cells stand in the rows that an import has something to say about?

A screen shows a fault in the sheet's own row: under the file's own headers, as they lie in the file. The cells keep
their marks (`Sheet`) and are not masked: whoever shows them masks them by their column's sensitivity.
"""

from collections.abc import Sequence
from typing import Final

import polars as pl

from casework.intake.gather import Bound
from casework.intake.sheet import Sheet

ROWS: Final = pl.Schema(
    {
        "file": pl.String(),
        "sheet": pl.String(),  # "" in a file without sheets
        "row": pl.Int32(),
        "place": pl.Int32(),  # of the column in the file, from 0
        "header": pl.String(),
        "table": pl.String(),
        "column": pl.String(),  # of the contract
        "cell": pl.String(),
    }
)
QUOTED: Final = 10_000  # rows of one sheet; the first, those turned back before those only warned about


def quoted(faults: pl.DataFrame, bound: Sequence[Bound]) -> pl.DataFrame:
    """The cells that the import reads of every row with a fault, one line a cell."""
    return pl.concat([pl.DataFrame(schema=ROWS), *(_cells(one, _rows(faults, one.sheet)) for one in bound)])


def _rows(faults: pl.DataFrame, sheet: Sheet) -> pl.DataFrame:
    here = faults.filter(
        pl.col("row").is_not_null(), pl.col("file") == sheet.file, pl.col("sheet") == (sheet.sheet or "")
    )
    worst = here.sort(pl.col("kind") != "rejected", "row").unique("row", keep="first", maintain_order=True)
    return worst.head(QUOTED).select("row")


def _cells(bound: Bound, rows: pl.DataFrame) -> pl.DataFrame:
    """One line for each column of the contract; a header that feeds two of them stands twice."""
    sheet = bound.sheet
    there = pl.read_parquet(sheet.cells).filter(pl.col("bad").is_null()).join(rows, on="row", how="semi")
    lines = [
        there.select(
            pl.lit(sheet.file).alias("file"),
            pl.lit(sheet.sheet or "").alias("sheet"),
            "row",
            pl.lit(place, pl.Int32).alias("place"),
            pl.lit(sheet.header[place]).alias("header"),
            pl.lit(bound.table.name).alias("table"),
            pl.lit(column).alias("column"),
            pl.col(f"c{place}").alias("cell"),
        )
        for column, place in bound.places.items()
    ]
    return pl.concat([pl.DataFrame(schema=ROWS), *lines])
