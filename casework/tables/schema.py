"""What is a column, what is a table, and how does each lie in memory?

A *contract* column is what files carry; a *stored* column is what the snapshot and the detectors see. One contract
column becomes one or more stored columns (`Column.stored`), so that nothing downstream parses a date or a number again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl

from casework.text import Text

Kind = Literal[
    "id_no",  # citizen number -> keyed 64-bit person_id; the number itself stays in the protected identity table
    "number",  # business number (text)
    "region",  # 12-digit division code
    "enum",  # closed list of codes
    "programme",  # open list, kept in policy
    "date",
    "month",
    "moment",
    "money",  # yuan in files, whole fen in memory
    "quantity",  # a number with at most two decimals whose unit another column tells; stored in hundredths
    "integer",
    "boolean",
    "text",
    "codes",  # several codes separated by ;
]
Sensitivity = Literal["open", "personal", "sensitive"]  # sensitive: masked by default on screens and in exports
Parent = Literal["person", "household", "application", "award"]

_MAIN: Mapping[str, pl.DataType] = {
    "id_no": pl.Int64(),
    "money": pl.Int64(),
    "quantity": pl.Int64(),
    "date": pl.Date(),
    "month": pl.Date(),
    "moment": pl.Datetime("us"),
    "integer": pl.Int32(),
    "boolean": pl.Boolean(),
}
# Of several rows of one key the first (0) is what others refer to; later ones differ in content and are kept (1, 2, …).
REPEAT: tuple[str, pl.DataType] = ("repeat", pl.Int32())
SOURCE_COLUMNS: Mapping[str, pl.DataType] = {"source_file": pl.String(), "source_row": pl.Int32()}


@dataclass(frozen=True, slots=True)
class Option:
    """One code of a closed list with its labels and further spellings found in files."""

    code: str
    label: Text
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the contract: what it is called, holds, and how carefully it is handled."""

    name: str
    kind: Kind
    label: Text
    key: bool = False
    optional: bool = False  # may be null, or the whole column absent
    tolerated: bool = False  # required, but an empty cell is kept as unknown (W_MISSING) instead of rejected
    token: bool = False  # a business number that others refer to: also stored as a 64-bit integer `<stem>_id`
    open_end: bool = False  # 9999-12-31 and 2099-12 mean "no end"
    negative: bool = False  # may be below zero
    multiline: bool = False  # may hold line breaks
    parent: Parent | None = None  # the table this refers to
    sensitivity: Sensitivity = "open"
    unit: str = ""
    options: tuple[Option, ...] = ()
    aliases: tuple[str, ...] = ()  # further Chinese headers
    example: str = ""  # the template's synthetic cell

    @property
    def main(self) -> str:
        """The stored column that carries the value itself."""
        match self.kind:
            case "id_no":
                return self.name.removesuffix("id_no") + "person_id"
            case "money":
                return f"{self.name}_fen"
            case "quantity":
                return f"{self.name}_hundredths"
            case _:
                return self.name

    @property
    def stored(self) -> dict[str, pl.DataType]:
        """The stored columns and their types, the main one first."""
        name = self.name
        main = {self.main: _MAIN.get(self.kind, pl.String())}
        match self.kind:
            case "number" if self.token:
                return main | {name.removesuffix("_no") + "_id": pl.Int64()}
            case "date":
                return main | {f"{name}_day": pl.Int32()}
            case "month":
                return main | {f"{name}_index": pl.Int32()}
            case "moment":
                return main | {f"{name}_dated": pl.Boolean(), f"{name}_epoch": pl.Int64(), f"{name}_day": pl.Int32()}
            case _:
                return main


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the contract."""

    name: str
    label: Text
    question: Text  # what one row says
    columns: tuple[Column, ...]
    sort: tuple[str, ...]  # stored columns that give the snapshot its order
    extra: tuple[tuple[str, pl.DataType], ...] = ()  # stored columns that import adds beside the contract's

    def __getitem__(self, name: str) -> Column:
        """The contract column of that name; KeyError names the table."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name}.{name}")

    @property
    def key(self) -> tuple[Column, ...]:
        """The contract columns that identify a row."""
        return tuple(column for column in self.columns if column.key)

    @property
    def schema(self) -> pl.Schema:
        """Every stored column with its type, in order; the same for every snapshot."""
        stored: dict[str, pl.DataType] = {}
        for column in self.columns:
            stored |= column.stored
        return pl.Schema({**stored, **dict(self.extra), **SOURCE_COLUMNS})
