"""What does a list of leads look like as CSV that no spreadsheet can be made to run?

Words are made harmless (`plain`); numbers stay numbers.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl

from dashboard.exports.plain import cell
from dashboard.exports.rows import COLUMNS

_NUMERIC: Final = frozenset({"confidence", "score", "amount"})  # written by us, never by a file


def text_of(rows: Sequence[Mapping[str, Any]]) -> str:
    """The whole file, header first; score with six decimals."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(COLUMNS)
    for row in rows:
        lines.writerow(_cell(name, row[name]) for name in COLUMNS)
    return out.getvalue()


def _cell(name: str, value: object) -> str:
    if isinstance(value, float):
        return f"{value:.6f}" if name == "score" else f"{value:g}"
    return str(value) if name in _NUMERIC else cell(str(value))


def table_text(table: pl.DataFrame) -> str:
    """A whole table of ours, its words made harmless."""
    words = [name for name, kind in table.schema.items() if kind == pl.String]
    return table.with_columns(_harmless(table[name]) for name in words).write_csv()


def _harmless(words: pl.Series) -> pl.Series:
    """Each distinct word looked at once: a table of all months has millions of cells."""
    each = words.drop_nulls().unique()
    return words.replace(each, each.map_elements(cell, return_dtype=pl.String))
