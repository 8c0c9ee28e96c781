"""What did the check of this upload find, and in which rows of which sheets?"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from casework.intake.fault import hidden, shown
from casework.intake.values.cell import seen
from casework.tables import TABLES, Column
from casework.tables.schema import Sensitivity
from casework.text import Language
from dashboard.exports.rows import masked
from dashboard.masking import HIDDEN
from dashboard.queries.people import mask_name

SIZE: Final = 50  # faults on one page
FACETS: Final = ("kind", "code", "place")
KINDS: Final = ("refused", "rejected", "warned", "ignored")  # the worst first
PLACE: Final = pl.when(pl.col("sheet") == "").then("file").otherwise(pl.format("{} [{}]", "file", "sheet"))


@dataclass(frozen=True, slots=True)
class Line:
    """One fault of one row: the message as kept, the row's own cells by place, and the places that are meant."""

    row: int
    kind: str
    code: str
    message: str
    cells: Mapping[int, str]
    meant: frozenset[int]


@dataclass(frozen=True, slots=True)
class Part:
    """Some faults of one sheet, with the headers of the columns that the import reads."""

    file: str
    sheet: str
    headers: Mapping[int, str]
    lines: tuple[Line, ...]


def told(report: Path) -> pl.DataFrame:
    """Every fault with the place it is counted under, the worst first, then in the order of the files."""
    rank = pl.col("kind").replace_strict({kind: place for place, kind in enumerate(KINDS)}, return_dtype=pl.Int8)
    return (
        pl.read_parquet(report / "faults.parquet")
        .with_columns(PLACE.alias("place"))
        .sort(rank, "file", "sheet", "row", "column", "code", nulls_last=False)
    )


def narrowed(faults: pl.DataFrame, asked: Mapping[str, str]) -> pl.DataFrame:
    """Those of a kind, a code, a place."""
    for name, value in asked.items():
        if value:
            faults = faults.filter(pl.col(name) == value)
    return faults


def choices(faults: pl.DataFrame, asked: Mapping[str, str], facet: str) -> dict[str, int]:
    """How many each value of a facet would leave, the other facets staying."""
    rest = narrowed(faults, {name: value for name, value in asked.items() if name != facet})
    counted = rest.group_by(facet, maintain_order=True).len()
    return dict(counted.iter_rows())


def parts(report: Path, faults: pl.DataFrame, language: Language) -> list[Part]:
    """These faults in their rows, sheet by sheet; cells masked as their columns ask."""
    rows = pl.scan_parquet(report / "cells.parquet")
    found = []
    for (file, sheet), group in faults.group_by(["file", "sheet"], maintain_order=True):
        wanted = group["row"].drop_nulls().unique().implode()
        here = rows.filter(pl.col("file") == file, pl.col("sheet") == sheet, pl.col("row").is_in(wanted))
        found.append(_part(str(file), str(sheet), group, here.sort("place").collect(), language))
    return found


def _part(file: str, sheet: str, group: pl.DataFrame, cells: pl.DataFrame, language: Language) -> Part:
    headers = dict(cells.select("place", "header").iter_rows())
    columns = cells.select("place", "table", "column").unique(maintain_order=True).rows()
    strict: dict[int, Column] = {}  # of several columns that one header feeds, the one that hides most
    for place, table, name in columns:
        column = TABLES[table][name]
        if place not in strict or _CARE[column.sensitivity] > _CARE[strict[place].sensitivity]:
            strict[place] = column
    by_row: dict[int, dict[int, str]] = {}
    for row, place, cell in cells.select("row", "place", "cell").iter_rows():
        by_row.setdefault(row, {})[place] = _cell(strict[place], seen(cell or ""), language)
    lines = tuple(
        Line(
            said["row"],
            said["kind"],
            said["code"],
            said["message"],
            by_row.get(said["row"], {}),
            frozenset(place for place, _, name in columns if name in said["column"].split(", ")),
        )
        for said in group.iter_rows(named=True)
    )
    return Part(file, sheet, headers, lines)


_CARE: Final[Mapping[Sensitivity, int]] = {"open": 0, "personal": 1, "sensitive": 2}


def _cell(column: Column, text: str, language: Language) -> str:
    """A cell as a steward may see it: what names or describes a person is masked, as on every screen."""
    if not text or column.sensitivity == "open":
        return shown(text) if column.kind == "text" else hidden(text)
    if column.kind == "id_no":
        return masked(text)
    return mask_name(text) if column.name == "name" else HIDDEN.say(language)
