"""What does a source hold, whatever its files, sheets and headers are called?

The look that comes before a mapping: every sheet with its headers, and of each column what its cells are like. Cells
are read by the same limited child as an import's; none of them leaves this file but the few words of a short list,
which a mapping has to name, and one date or number as an example.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import polars as pl

from casework.intake.fault import Fault
from casework.intake.names import table_of
from casework.intake.reading import read
from casework.intake.sheet import EVERY, Sheet
from casework.intake.values.cell import DAY, NUMBER, TRUTH, seen

Content = Literal["empty", "id_no", "region", "date", "month", "number", "boolean", "words", "text"]
FEW: Final = 40  # different words that make a list
_SHORT: Final = 20  # signs of such a word
_LOOKED: Final = 500  # different cells of a column looked at
_MOST: Final = 0.9  # of these that must look alike
_SHAPES: Final[dict[Content, re.Pattern[str]]] = {
    "boolean": re.compile(r"是|否|有|无|[YNyn]|true|false", re.IGNORECASE),
    "id_no": re.compile(r"\d{15}|\d{17}[\dXx]"),
    "region": re.compile(r"[1-9]\d{5}(?:\d{3}){0,2}"),
    "month": re.compile(r"(?:19|20)\d\d[-/.年]\s?(?:0?[1-9]|1[0-2])月?"),
    "date": re.compile(r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|(?:19|20)\d{6}).*"),
    "number": re.compile(r"[-+]?[\d,]{1,10}(?:\.\d+)?"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """One column of a foreign sheet."""

    header: str
    content: Content
    words: tuple[str, ...] = ()  # every different word, where they are few and short
    example: str = ""  # a cell as it lies, of a date or number only


@dataclass(frozen=True, slots=True)
class Found:
    """One sheet, and what a mapping calls it."""

    file: str
    sheet: str
    source: str
    table: str | None  # the table that its name means
    header_row: int
    rows: int
    columns: tuple[Seen, ...]


def look(source: Path, scratch: Path) -> tuple[tuple[Found, ...], tuple[Fault, ...]]:
    """Every sheet of a file or folder, and what could not be read; `scratch` is a folder of the caller's."""
    reading = read(source, scratch, sources=EVERY)
    return tuple(map(_found, reading.sheets)), reading.faults


def _found(sheet: Sheet) -> Found:
    name = sheet.sheet or sheet.file
    columns = tuple(_column(header, sheet.cells, place) for place, header in enumerate(sheet.header))
    rows = sheet.read - sheet.blank - sheet.ignored
    return Found(sheet.file, sheet.sheet or "", name, table_of(sheet.name), sheet.header_row, rows, columns)


def _column(header: str, cells: Path, place: int) -> Seen:
    values = pl.scan_parquet(cells).select(pl.col(f"c{place}").alias("cell")).drop_nulls().unique(maintain_order=True)
    some = values.head(_LOOKED).collect()["cell"].to_list()
    content = content_of(some)
    plain = [seen(cell).strip() for cell in some]
    short = len(plain) <= FEW and all(len(word) <= _SHORT for word in plain)
    if short and content in {"words", "boolean", "number"}:
        return Seen(header, content, tuple(sorted(set(plain))), plain[0] if content == "number" else "")
    return Seen(header, content, (), plain[0] if content in {"date", "month", "number"} else "")


def content_of(cells: Sequence[str]) -> Content:
    """What most of these different cells are like."""
    filled = [cell for cell in cells if seen(cell).strip()]
    if not filled:
        return "empty"
    if _share(cell.startswith(DAY) for cell in filled):
        return "date"
    if _share(cell.startswith(TRUTH) for cell in filled):
        return "boolean"
    words = [seen(cell).strip() for cell in filled]
    for content, shape in _SHAPES.items():
        if _share(shape.fullmatch(word) is not None for word in words):
            return content
    if _share(cell.startswith(NUMBER) for cell in filled):
        return "number"
    return "words" if len(words) <= FEW and all(len(word) <= _SHORT for word in words) else "text"


def _share(answers: object) -> bool:
    said = list(answers)  # type: ignore[call-overload]
    return bool(said) and sum(said) >= _MOST * len(said)
