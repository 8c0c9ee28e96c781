"""What does a list of leads look like as CSV that no spreadsheet can be made to run?

A cell that a spreadsheet would take for a formula is prefixed with an apostrophe; numbers stay numbers.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl

from dashboard.exports.rows import COLUMNS

FORMULA_STARTS: Final = tuple("=+-@\t\r\n\0＝＋－＠")
_SPACES: Final = " \u3000\u00a0"
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
    return str(value) if name in _NUMERIC else harmless(str(value))


def table_text(table: pl.DataFrame) -> str:
    """A whole table of ours, its words made harmless."""
    words = [name for name, kind in table.schema.items() if kind == pl.String]
    return table.with_columns(pl.col(name).map_elements(harmless, return_dtype=pl.String) for name in words).write_csv()


def harmless(text: str) -> str:
    """The text, neutralised where its first character after spaces would start a formula."""
    return f"'{text}" if text.lstrip(_SPACES).startswith(FORMULA_STARTS) else text
