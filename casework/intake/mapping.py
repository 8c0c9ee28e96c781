"""Which column of a foreign file becomes which column of the contract?

A mapping is a TOML file (contract §9): `[meta]`, and a `[[table]]` for every table, each from one source file or sheet;
one source may feed several tables. A column is a header, a constant, or a header whose words are replaced.
"""

import difflib
import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import polars as pl

from casework.intake.fault import Fault, shown
from casework.intake.headers import normalise
from casework.intake.sheet import Sheet
from casework.intake.values.cell import seen
from casework.intake.values.money import PLACES
from casework.tables import TABLES, Column, Table

KEYS: Final = frozenset({"column", "constant", "values", "otherwise", "format", "unit"})
META: Final[Mapping[str, type]] = {"name": str, "as_of": date, "synthetic": bool, "totals": dict}


@dataclass(frozen=True, slots=True)
class Pick:
    """Where the cells of one contract column come from."""

    column: Column
    header: str | None = None  # None: a constant
    constant: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)  # normalised word of the source -> word of the contract
    otherwise: str | None = None
    format: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class TableMap:
    """One `[[table]]`."""

    table: Table
    source: str
    picks: tuple[Pick, ...]


@dataclass(frozen=True, slots=True)
class MappingFile:
    """A mapping file, or what is wrong with it."""

    digest: str
    meta: dict[str, Any] = field(default_factory=dict)
    tables: tuple[TableMap, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def sources(self) -> frozenset[str]:
        """The files or sheets it reads."""
        return frozenset(table.source for table in self.tables)


def read_mapping(path: Path) -> MappingFile:
    """The mapping, with every fault of it (E_MAPPING) instead of the first only."""
    try:
        content = path.read_bytes()
        said = tomllib.loads(content.decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, RecursionError, tomllib.TOMLDecodeError) as error:
        return MappingFile("", faults=(_wrong(path.name, "", "", str(error)[:200]),))
    reader = _Reader(path.name)
    meta = reader.meta(said.get("meta", {}))
    tables = tuple(reader.tables(said.get("table", [])))
    for key in said.keys() - {"meta", "table"}:
        reader.wrong(key, key, "只认识 [meta] 与 [[table]] / only [meta] and [[table]] are known")
    return MappingFile(hashlib.sha256(content).hexdigest(), meta, tables, tuple(reader.faults))


def _wrong(file: str, where: str, found: str, hint: str) -> Fault:
    return Fault(file, None, where, "E_MAPPING", "refused", shown(found), hint)


def nearest(word: str, known: Sequence[str]) -> str:
    """A hint that names the likeliest word meant."""
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return (
        f"是否指「{close[0]}」 / did you mean “{close[0]}”" if close else "可用 / there are: " + ", ".join(known[:12])
    )


class _Reader:
    """Turns TOML into picks, collecting what is wrong."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def wrong(self, where: str, found: object, hint: str) -> None:
        self.faults.append(_wrong(self.file, where, str(found), hint))

    def meta(self, said: object) -> dict[str, Any]:
        if not isinstance(said, dict):
            self.wrong("meta", said, "应为 [meta] 表 / should be a table [meta]")
            return {}
        for key, value in said.items():
            if key not in META:
                self.wrong(f"meta.{key}", key, nearest(key, tuple(META)))
            elif not isinstance(value, META[key]) or isinstance(value, datetime):
                self.wrong(f"meta.{key}", value, f"应为 / should be: {META[key].__name__}")
        return said

    def tables(self, said: object) -> list[TableMap]:
        if not isinstance(said, list) or not said or not all(isinstance(one, dict) for one in said):
            self.wrong("table", "", "至少要有一个 [[table]] / at least one [[table]] is needed")
            return []
        made = [self._table(f"table[{place}]", one) for place, one in enumerate(said, 1)]
        return [one for one in made if one is not None]

    def _table(self, where: str, said: dict[str, Any]) -> TableMap | None:
        name, source, columns = said.get("name"), said.get("source"), said.get("columns")
        for key in said.keys() - {"name", "source", "columns"}:
            self.wrong(f"{where}.{key}", key, nearest(key, ("name", "source", "columns")))
        if not isinstance(name, str) or name not in TABLES:
            self.wrong(f"{where}.name", name, nearest(str(name), tuple(TABLES)))
            return None
        if not isinstance(source, str) or not source:
            self.wrong(f"{where}.source", source, "来源文件名或工作表名 / the name of a file or sheet")
            return None
        if not isinstance(columns, dict) or not columns:
            self.wrong(f"{where}.columns", "", "[table.columns] 不能为空 / must not be empty")
            return None
        table = TABLES[name]
        known = tuple(column.name for column in table.columns)
        picks = []
        for column, how in columns.items():
            if column not in known:
                self.wrong(f"{name}.{column}", column, nearest(column, known))
            elif (pick := self._pick(f"{name}.{column}", table[column], how)) is not None:
                picks.append(pick)
        for needed in table.key:
            if needed.name not in columns:
                self.wrong(f"{name}.{needed.name}", "", f"缺少主键列 {needed.label.zh} / the key column is missing")
        return TableMap(table, source, tuple(picks))

    def _pick(self, where: str, column: Column, how: object) -> Pick | None:
        if isinstance(how, str):
            return Pick(column, header=how)
        if not isinstance(how, dict):
            self.wrong(where, how, "应为列名,或 { column = … } / should be a header or { column = … }")
            return None
        for key in how.keys() - KEYS:
            self.wrong(f"{where}.{key}", key, nearest(key, sorted(KEYS)))
        if ("constant" in how) == ("column" in how):
            self.wrong(where, "", "column 与 constant 必居其一 / give either column or constant")
            return None
        if "constant" in how:
            return Pick(column, constant=_word(how["constant"]), unit=str(how.get("unit", "")))
        values, unit, form = how.get("values", {}), str(how.get("unit", "")), str(how.get("format", ""))
        if not isinstance(values, dict):
            self.wrong(f"{where}.values", values, '应为 { "原词" = "代码" } / should be { "word" = "code" }')
            return None
        if unit and (column.kind not in {"money", "quantity"} or unit.partition("/")[0] not in PLACES):
            self.wrong(f"{where}.unit", unit, nearest(unit, tuple(PLACES)))
        if form and column.kind not in {"date", "month", "moment"}:
            self.wrong(f"{where}.format", form, "只用于日期列 / only for dates")
        words = {normalise(str(word)): _word(code) for word, code in values.items()}
        otherwise = _word(how["otherwise"]) if "otherwise" in how else None
        return Pick(column, str(how["column"]), None, words, otherwise, form, unit)


def _word(value: object) -> str:
    """A TOML value as a cell would say it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def picked(
    mapped: TableMap, sheet: Sheet, file: str
) -> tuple[pl.DataFrame, dict[str, str], dict[str, int], list[Fault]]:
    """The cells of one table by contract name, with `row` and `bad`; their units and places; headers not there.

    A table's rows are one per key: where a source repeats what the table wants (an event log its case), the
    repetitions collapse without a word; a row that repeats the whole line stays, to be told as W_DUP_ROW.
    """
    places: dict[str, int] = {}
    for number, header in enumerate(sheet.header):
        places.setdefault(normalise(header), number)
    places |= {header: place for place, header in reversed(list(enumerate(sheet.header)))}
    faults: list[Fault] = []
    made: list[pl.Expr] = []
    units: dict[str, str] = {}
    found: dict[str, int] = {}
    for pick in mapped.picks:
        place = None if pick.header is None else places.get(pick.header, places.get(normalise(pick.header)))
        if pick.header is not None and place is None:
            where = f"{mapped.table.name}.{pick.column.name}"
            hint = f"{sheet.file} 没有这一列 / has no such column; {nearest(pick.header, sheet.header)}"
            faults.append(_wrong(file, where, pick.header, hint))
            continue
        if place is not None:
            found[pick.column.name] = place
        if pick.unit:
            units[pick.column.name] = pick.unit
        source = pl.lit(pick.constant, pl.String) if place is None else pl.col(f"c{place}")
        made.append(source.alias(pick.column.name))
    if faults:
        return pl.DataFrame(), {}, {}, faults
    raw = pl.read_parquet(sheet.cells)
    everything = [name for name in raw.columns if name.startswith("c") and name[1:].isdigit()]
    cells = raw.with_columns(again=~pl.struct(everything).is_first_distinct()).select("row", "bad", "again", *made)
    wanted = [pick.column.name for pick in mapped.picks]
    cells = cells.filter(pl.struct(wanted).is_first_distinct() | pl.col("again") | pl.col("bad").is_not_null())
    replaced = [_replaced(cells[pick.column.name], pick) for pick in mapped.picks if pick.header is not None]
    return cells.with_columns(replaced).drop("again"), units, found, []


def _replaced(cells: pl.Series, pick: Pick) -> pl.Series:
    """The source's own words and date formats turned into the contract's."""
    if not (pick.values or pick.otherwise is not None or pick.format):
        return cells
    distinct = cells.drop_nulls().unique()
    new = [_reworded(cell, pick) for cell in distinct.to_list()]
    return cells.replace_strict(distinct, pl.Series(new, dtype=pl.String), default=None, return_dtype=pl.String)


def _reworded(cell: str, pick: Pick) -> str:
    if pick.values or pick.otherwise is not None:
        word = pick.values.get(normalise(seen(cell)), pick.otherwise)
        return cell if word is None else word
    try:
        at = datetime.strptime(cell.strip(), pick.format)  # noqa: DTZ007 - an offset is kept where the format has one
    except ValueError:
        return cell  # the usual spellings are still read, and nothing else
    timed = any(mark in pick.format for mark in ("%H", "%I", "%T", "%X", "%c"))
    return at.isoformat(" ") if timed else at.date().isoformat()
