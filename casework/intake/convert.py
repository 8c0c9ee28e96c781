"""What do the cells of one table say, as typed columns?

Every distinct cell of a column is read once: the usual spellings by one vectorised expression, the rest by the scalar
parser of its kind. No type is ever inferred.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Final

import polars as pl

from casework.intake import quick
from casework.intake.values.booleans import read_boolean
from casework.intake.values.cell import INVISIBLE, Parsed
from casework.intake.values.codes import read_codes, read_enum, read_programme, read_region, spellings
from casework.intake.values.dates import read_date, read_moment, read_month
from casework.intake.values.money import read_money
from casework.intake.values.numbers import read_integer, read_quantity
from casework.intake.values.text import read_number, read_text
from casework.intake.work import PLACE, Work, printable
from casework.tables import Column, Table

Reader = Callable[[str], Parsed[Any]]
BOUNDS: Final[Mapping[str, tuple[int, int]]] = {"year": (1900, 2100), "disability_grade": (1, 4)}
COUNTS: Final = (0, 2_000_000_000)  # any other whole number: people


@dataclass(frozen=True)
class Manner:
    """How the cells of one source are to be read, beside the contract."""

    programmes: Mapping[str, str] = field(default_factory=dict)  # normalised word -> code
    units: Mapping[str, str] = field(default_factory=dict)  # contract column -> unit in the header or mapping
    from_1904: bool = False


def convert(table: Table, cells: pl.DataFrame, manner: Manner) -> Work:
    """Typed columns and notes from the cells of one table.

    `cells`: String columns named as the contract names them, PLACE, `source_file`, `source_row`. Rows with a rejecting
    note are left out of the work's frame. Citizen numbers stay cells until `identify`.
    """
    carried = tuple(column.name for column in table.columns if column.name in cells.columns)
    work = Work(table, cells.select(PLACE, "source_file", "source_row"), carried, read=cells.height)
    work.places = work.frame
    made: list[pl.Series] = []
    for column in table.columns:
        if column.name in carried:
            series = cells[column.name]
            made += _column(work, column, series, manner)
    work.frame = work.frame.with_columns(made)
    work.drop_rejected()
    return work


def _column(work: Work, column: Column, cells: pl.Series, manner: Manner) -> list[pl.Series]:
    """The typed columns of one contract column, its notes left with the work."""
    if column.kind == "id_no":
        values = [quick.without_blanks(cells)]
    else:
        values, codes = _read(column, cells, manner)
        if codes is not None:
            _note_codes(work, column, cells, codes)
    if not column.optional:
        empty = values[0].is_null() if column.kind == "id_no" else quick.without_blanks(cells).is_null()
        if empty.any():
            code = "W_MISSING" if column.tolerated else "E_REQUIRED"
            work.note(work.frame.filter(empty), code, column.name)
    return values


def _note_codes(work: Work, column: Column, cells: pl.Series, codes: pl.Series) -> None:
    """One note for every code of every cell that has any."""
    hit = codes.is_not_null()
    if not hit.any():
        return
    said = pl.DataFrame(
        [work.frame[PLACE].filter(hit), codes.filter(hit).alias("code"), cells.filter(hit).alias("found")]
    )
    distinct = said["found"].unique()
    shown = [printable(cell) for cell in distinct.to_list()] if column.sensitivity == "open" else [""] * len(distinct)
    work.notes.append(
        said.with_columns(
            pl.col("code").str.split(";"),
            pl.col("found").replace_strict(distinct, shown, return_dtype=pl.String),
            pl.lit(column.name).alias("column"),
        )
        .explode("code")
        .select(PLACE, "column", "code", "found")
    )


def _read(column: Column, cells: pl.Series, manner: Manner) -> tuple[list[pl.Series], pl.Series | None]:
    """The main typed columns, and the codes of each cell (joined by ;), None where no cell has any."""
    if column.kind in {"text", "number"}:
        fast = quick.simple(cells, number=column.kind == "number")
    else:
        fast = quick.distinct(cells)
    types = list(column.stored.items())[: 2 if column.kind == "moment" else 1]
    known, rest = quick.known(column, fast, manner.units.get(column.name, ""))
    if not rest.len() and known is None:
        return [cells.rename(column.name)], None
    reader = READERS[column.kind](column, manner)
    parsed = [_bare(reader, cell) for cell in rest.to_list()]
    values = _spread(column, [said.value for said in parsed])
    codes = pl.Series([";".join(said.codes) or None for said in parsed], dtype=pl.String)
    made = []
    for place, (name, dtype) in enumerate(types):
        there = pl.Series(values[place], dtype=dtype, strict=True)
        if column.kind in {"text", "number"}:
            made.append(cells.replace(rest, there).alias(name))
            continue
        old, new = rest, there
        if known is not None:
            old, new = pl.concat([known[0], rest]), pl.concat([known[1 + place], there])
        made.append(cells.replace_strict(old, new, default=None, return_dtype=dtype).alias(name))
    if codes.null_count() == len(codes):
        return made, None
    return made, cells.replace_strict(rest, codes, default=None, return_dtype=pl.String)


def _bare(read: Reader, cell: str) -> Parsed[Any]:
    """What a cell says, and that it says it with invisible characters."""
    value, codes = read(cell)
    accepted = not any(code.startswith("E_") for code in codes)
    if accepted and INVISIBLE.search(cell) and "W_INVISIBLE" not in codes:
        codes = (*codes, "W_INVISIBLE")
    return Parsed(value, codes)


def _spread(column: Column, values: list[Any]) -> list[list[Any]]:
    """A moment is two columns, all else is one."""
    if column.kind != "moment":
        return [values]
    at: list[datetime | None] = [None if value is None else value.at for value in values]
    return [at, [None if value is None else value.dated for value in values]]


def _money(column: Column, manner: Manner) -> Reader:
    """What a column means by an amount: its own period, one payment, or one sum for all time."""
    period = column.unit.partition("/")[2] or ("" if column.name == "amount" else "once")
    return partial(read_money, unit=manner.units.get(column.name, ""), period=period, negative=column.negative)


def _times(read: Callable[..., Parsed[Any]]) -> Callable[[Column, Manner], Reader]:
    return lambda column, manner: partial(read, open_end=column.open_end, from_1904=manner.from_1904)


def _integer(column: Column, _: Manner) -> Reader:
    low, high = BOUNDS.get(column.name, COUNTS)
    return partial(read_integer, low=low, high=high)


READERS: Final[Mapping[str, Callable[[Column, Manner], Reader]]] = {
    "date": _times(read_date),
    "month": _times(read_month),
    "moment": _times(read_moment),
    "money": _money,
    "quantity": lambda column, manner: partial(read_quantity, unit=manner.units.get(column.name, "")),
    "integer": _integer,
    "boolean": lambda _, __: read_boolean,
    "enum": lambda column, _: partial(read_enum, names=spellings(column.options)),
    "programme": lambda _, manner: partial(read_programme, names=manner.programmes),
    "region": lambda _, __: read_region,
    "codes": lambda _, __: read_codes,
    "number": lambda _, __: read_number,
    "text": lambda column, _: partial(read_text, multiline=column.multiline),
}
