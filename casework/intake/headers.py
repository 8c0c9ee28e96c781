"""Which column of the contract does a header of a file mean?

Code names, Chinese labels (simplified or traditional), English labels and aliases are recognised; spaces, line breaks,
`*` and `(必填)` are ignored; a unit in brackets is split off and honoured.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from casework.intake.script import simplified
from casework.tables import TABLES, Column, Table

HALF_WIDTH: Final[dict[int, int]] = {0x3000: ord(" "), **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}}
_NOISE: Final = re.compile(r"[\s*\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
_MARK: Final = re.compile(r"[(\[【](?:必填|必填项|必填項|选填|可空)[)\]】]")
_UNIT: Final = re.compile(r"[(\[【,:_/](?:单位:?)?((?:[百千万亿]?元|角|分)(?:/[年月人]+)?|人|岁|平方米)[)\]】]?$")


def normalise(cell: str) -> str:
    """One spelling of a header: no spaces, marks or invisible characters, half-width, lower case, simplified."""
    bare = _NOISE.sub("", cell.translate(HALF_WIDTH))
    return simplified(_MARK.sub("", bare)).lower()


def unit_of(header: str) -> tuple[str, str]:
    """A normalised header without its unit, and the unit ("" where it states none)."""
    found = _UNIT.search(header)
    return (header[: found.start()], found.group(1)) if found and found.start() else (header, "")


def _spellings(column: Column) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names that are this column's own, and those it may share with another."""
    own = {column.name, column.name.removesuffix("_fen"), column.label.zh, column.label.en}
    return tuple(normalise(name) for name in own), tuple(normalise(name) for name in column.aliases)


@cache
def _columns(table: str) -> dict[str, str]:
    """Normalised header -> contract column; a column's own name wins over another's alias."""
    names: dict[str, str] = {}
    for column in TABLES[table].columns:
        for name in _spellings(column)[1]:
            names.setdefault(name, column.name)
    for column in reversed(TABLES[table].columns):
        for name in _spellings(column)[0]:
            names[name] = column.name
    return names


@cache
def known_headers(table: str | None) -> frozenset[str]:
    """Every normalised header that means a column of this table; of any table for None."""
    if table is not None:
        return frozenset(_columns(table)) if table in TABLES else frozenset()
    return frozenset().union(*(_columns(name) for name in TABLES))


def column_of(table: str, header: str) -> tuple[str | None, str]:
    """The contract column a header means, and its unit; None for an unknown header."""
    names = _columns(table)
    bare = normalise(header)
    if bare in names:
        return names[bare], ""
    bare, unit = unit_of(bare)
    return names.get(bare), unit


@dataclass(frozen=True, slots=True)
class Header:
    """What the header row of one table says."""

    columns: dict[str, tuple[int, str]] = field(default_factory=dict)  # contract column -> place, unit
    unknown: tuple[str, ...] = ()  # headers nobody knows
    double: tuple[str, ...] = ()  # contract columns that two headers mean
    missing: tuple[str, ...] = ()  # key columns that no header means


def read_header(table: Table, header: Sequence[str]) -> Header:
    """Match a whole header row with the columns of a table."""
    columns: dict[str, tuple[int, str]] = {}
    unknown: list[str] = []
    double: list[str] = []
    for place, cell in enumerate(header):
        name, unit = column_of(table.name, cell)
        if name is None:
            if normalise(cell):
                unknown.append(cell)
        elif name in columns:
            double.append(name)
        else:
            columns[name] = (place, unit)
    missing = tuple(column.name for column in table.key if column.name not in columns)
    return Header(columns, tuple(unknown), tuple(double), missing)
