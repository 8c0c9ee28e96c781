"""Which rows has a world so far, and how does a file write their cells?

A row is a dict of contract columns holding Python values: date, datetime, bool, int; money is whole fen under the
contract's name (`amount`), a month the date of its first day. They become text once, at the end.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Final

from casework.tables import TABLES

Cell = str | int | float | bool | date | datetime | None
Row = dict[str, Cell]


class Rows:
    """The rows of each table, in the order in which they came about."""

    def __init__(self) -> None:
        self.tables: dict[str, list[Row]] = {name: [] for name in TABLES}

    def add(self, table: str, row: Row) -> Row:
        """Keep a row; it may still be changed afterwards."""
        self.tables[table].append(row)
        return row

    def drop(self, table: str, row: Row) -> None:
        """Take back a row (found from the end: what is taken back came late)."""
        rows = self.tables[table]
        for place in range(len(rows) - 1, -1, -1):
            if rows[place] is row:
                del rows[place]
                return
        raise ValueError(f"no such row in {table}")

    def cells(self, table: str) -> Iterator[list[Cell]]:
        """Each row in the contract's order of columns, ready to be written: `str` of a cell is what a file holds."""
        names = NAMES[table]
        special = WAYS[table]
        for row in self.tables[table]:
            cells = [row.get(name) for name in names]
            for place, way in special:
                if cells[place] is not None:
                    cells[place] = way(cells[place])
            yield cells

    def written(self, table: str) -> Iterator[list[str]]:
        """The same as text, an unknown cell as none."""
        for cells in self.cells(table):
            yield ["" if cell is None else str(cell) for cell in cells]


def table_of(rows: Rows, table: str) -> list[dict[str, str]]:
    """One table as a source holds it: contract columns that some row fills, empty cells as empty text."""
    names = [column.name for column in TABLES[table].columns]
    written = list(rows.written(table))
    filled = [place for place in range(len(names)) if any(row[place] for row in written)]
    return [{names[place]: row[place] for place in filled} for row in written]


def _money(cell: Cell) -> str:
    fen = int(cell)  # type: ignore[arg-type]  # money cells are whole fen
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // 100}.{fen % 100:02d}"


def _month(cell: Cell) -> str:
    return str(cell)[:7]


def _truth(cell: Cell) -> str:
    return "true" if cell else "false"


_WAYS: Final[dict[str, Callable[[Cell], str]]] = {"money": _money, "month": _month, "boolean": _truth}
NAMES: Final = {name: tuple(column.name for column in table.columns) for name, table in TABLES.items()}
WAYS: Final = {  # the columns whose cells are not written as `str` says, by place
    name: tuple((place, _WAYS[column.kind]) for place, column in enumerate(table.columns) if column.kind in _WAYS)
    for name, table in TABLES.items()
}
