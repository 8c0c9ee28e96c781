"""What did reading one table's file or sheet give?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

EVERY: Final = frozenset({"*"})  # sources of a look through everything, whatever it is called


@dataclass(frozen=True, slots=True)
class Sheet:
    r"""One table as it lay in the source: its header and where its cells wait.

    `cells` is a Parquet file: `row` Int32 (1-based line where the record begins, or the sheet's row), `c0`, `c1`, …
    String (null = an empty cell), `bad` String (a code where the reader itself rejects the row, else null) and `raw`
    String (that row's text, at most 2,000 characters). A workbook's typed cells carry a mark before their text:
    `\x01n` number, `\x01d` date or time, `\x01b` boolean, `\x01e` error, `\x01f` formula without a value,
    `\x01m` covered by a merged cell. read = rows in `cells` + blank + ignored.
    """

    file: str  # relative to the source, as shown
    sheet: str | None
    name: str  # what it claims to be: the file's stem or the sheet's name
    header: tuple[str, ...]  # as written, in order
    header_row: int
    cells: Path
    read: int  # rows below the header
    blank: int
    ignored: int  # total and signature rows, each listed as a fault


@dataclass(frozen=True, slots=True)
class Job:
    """One file for a child to read."""

    path: Path
    file: str  # as shown
    kind: str  # text, workbook, parquet
    name: str  # its stem
    table: str | None  # the table its name means
    sources: frozenset[str] | None  # the names a mapping refers to, or EVERY; None: names are tables
    stage: Path  # a folder of its own to write to
    single: bool = False  # the source is this one file, so that a workbook may hold a sheet per table
