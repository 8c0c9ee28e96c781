"""How does a world come to lie in a folder, without ever being whole in memory?

Each table is one CSV that grows township by township; workbooks and Parquet are made from the CSVs at the end, a table
at a time. Columns are the contract's, all of them, in its order: the same seed gives the same bytes.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal, Self

import polars as pl
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from casework.errors import WrongUsageError
from casework.intake.readers.parquet import MARK
from casework.tables import TABLES
from casework.text import Text
from synthetic.kit.rows import Rows

Form = Literal["csv", "xlsx", "parquet"]
SHEET: Final = 1_048_575  # data rows of an Excel sheet
PAYMENTS: Final = 2.0  # a person in the two years, rounded up: the longest table
_STAMP: Final = datetime(2026, 1, 1, tzinfo=UTC)


class Files:
    """One open CSV a table."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.counts = dict.fromkeys(TABLES, 0)
        self._stack = ExitStack()
        self._out: dict[str, Any] = {}

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, table in TABLES.items():
            path = self.folder / f"{name}.csv"
            out = csv.writer(
                self._stack.enter_context(path.open("w", encoding="utf-8", newline="")), lineterminator="\n"
            )
            out.writerow([column.name for column in table.columns])
            self._out[name] = out
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def take(self, rows: Rows) -> None:
        """Write what a township has."""
        for name, out in self._out.items():
            out.writerows(rows.cells(name))
            self.counts[name] += len(rows.tables[name])


def refuse_large(persons: int, form: Form) -> None:
    """Say before anything is built that a world will not fit into workbooks.

    Raises:
        WrongUsageError: the payments would be more rows than a sheet holds.
    """
    if form == "xlsx" and persons * PAYMENTS > SHEET:
        raise too_large("payment")


def too_large(name: str) -> WrongUsageError:
    """That table does not fit into a workbook."""
    return WrongUsageError(
        Text(
            f"{name} 超过 {SHEET} 行,工作簿放不下;请用 --format csv 或 parquet",
            f"{name} has more than {SHEET} rows, too many for a workbook; take csv or parquet",
        )
    )


def convert(folder: Path, form: Form, counts: Mapping[str, int]) -> Iterator[str]:
    """Turn the CSVs into that form, one table after the other; says which is done.

    Raises:
        WrongUsageError: a table has more rows than a sheet holds.
    """
    for name in TABLES if form == "xlsx" else ():
        if counts[name] > SHEET:
            raise too_large(name)
    for name in TABLES if form != "csv" else ():
        path = folder / f"{name}.csv"
        if form == "parquet":
            lazy = pl.scan_csv(path, infer_schema=False)
            lazy.sink_parquet(path.with_suffix(".parquet"), metadata={MARK: name}, maintain_order=True)
        else:
            try:
                with path.open(encoding="utf-8", newline="") as file:
                    _workbook(path.with_suffix(".xlsx"), name, csv.reader(file))
            except FileCreateError as error:
                raise OSError(str(error)) from error
        path.unlink()
        yield name


def _workbook(path: Path, name: str, rows: Iterable[list[str]]) -> None:
    """One sheet of text cells; the time of writing is fixed, so that the bytes are."""
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_numbers": False}) as book:
        book.set_properties({"created": _STAMP})
        sheet = book.add_worksheet(name)
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(place, column, cell)
