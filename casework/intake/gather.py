"""Which cells of which sheet belong to which table, and which headers does nobody know?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import polars as pl

from casework.intake.convert import Manner, convert
from casework.intake.epoch import counts_from_1904
from casework.intake.fault import Fault, shown
from casework.intake.headers import read_header
from casework.intake.mapping import MappingFile, nearest, picked
from casework.intake.names import table_of
from casework.intake.reading import Reading
from casework.intake.sheet import Sheet
from casework.intake.work import PLACE, Work
from casework.tables import TABLES, Table


@dataclass(frozen=True, slots=True)
class Bound:
    """One sheet as one table: its cells by contract name, `row` and `bad`."""

    table: Table
    sheet: Sheet
    cells: pl.DataFrame
    units: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)  # contract column -> place of its header in the sheet


def gather(reading: Reading, mapping: MappingFile, mapping_name: str) -> tuple[list[Bound], list[Fault]]:
    """Every sheet bound to its tables: by the mapping where it names the sheet, else by its own name and headers."""
    bound: list[Bound] = []
    faults: list[Fault] = []
    for mapped in mapping.tables:
        for sheet in reading.sheets:
            if not _named(sheet, mapped.source):
                continue
            cells, units, places, wrong = picked(mapped, sheet, mapping_name)
            faults += wrong
            bound.append(Bound(mapped.table, sheet, cells, units, places))
    for sheet in reading.sheets:
        table = table_of(sheet.name)
        if table is not None and not any(_named(sheet, source) for source in mapping.sources):
            one, wrong = _by_header(TABLES[table], sheet)
            faults += wrong
            bound.append(one)
    return bound, faults


def missing_sources(reading: Reading, mapping: MappingFile, mapping_name: str) -> list[Fault]:
    """E_MAPPING for every table whose source is not there; of a refused file its own fault tells."""
    refused = {fault.file for fault in reading.faults if fault.kind == "refused"}
    books = any(file.lower().endswith(".xlsx") for file in refused)  # its sheets are not known
    there = sorted({sheet.file for sheet in reading.sheets})
    faults = []
    for mapped in mapping.tables:
        unknown = mapped.source in refused or (books and not Path(mapped.source).suffix)
        if not unknown and not any(_named(sheet, mapped.source) for sheet in reading.sheets):
            hint = nearest(mapped.source, there) if there else ""
            found = shown(mapped.source)
            faults.append(Fault(mapping_name, None, mapped.table.name, "E_MAPPING", "refused", found, hint))
    return faults


def _named(sheet: Sheet, source: str) -> bool:
    return source in {sheet.file, Path(sheet.file).name, sheet.sheet, sheet.name}


def _by_header(table: Table, sheet: Sheet) -> tuple[Bound, list[Fault]]:
    """Bind by the header row; a doubled or missing key column refuses the file."""
    header = read_header(table, sheet.header)
    row = sheet.header_row
    here = partial(Fault, sheet.file, row, sheet=sheet.sheet or "")
    faults = [here(shown(name), "W_UNKNOWN_COLUMN", "ignored", shown(name)) for name in header.unknown]
    faults += [here(name, "E_DUP_COLUMN", "refused", table[name].label.zh) for name in header.double]
    faults += [
        here(name, "E_MISSING_COLUMN", "refused", "", f"{table[name].label.zh} / {table[name].label.en}")
        for name in header.missing
    ]
    columns = [pl.col(f"c{place}").alias(name) for name, (place, _) in header.columns.items()]
    cells = pl.read_parquet(sheet.cells).select("row", "bad", *columns)
    units = {name: unit for name, (_, unit) in header.columns.items() if unit}
    places = {name: place for name, (place, _) in header.columns.items()}
    return Bound(table, sheet, cells, units, places), faults


def read_cells(bound: Iterable[Bound], programmes: Mapping[str, str], source: Path) -> dict[str, Work]:
    """Every table's cells as typed columns, in the contract's order; rows the reader could not split are rejected."""
    works: dict[str, Work] = {}
    for one in sorted(bound, key=lambda one: list(TABLES).index(one.table.name)):
        name = one.table.name
        there = works.get(name)
        manner = Manner(programmes, one.units, counts_from_1904(source, one.sheet.file))
        work = _read_one(one, manner, 0 if there is None or there.places is None else there.places.height)
        works[name] = work if there is None else _together(there, work)
    return works


def _read_one(bound: Bound, manner: Manner, offset: int) -> Work:
    cells = bound.cells.rename({"row": "source_row"}).with_columns(source_file=pl.lit(bound.sheet.file))
    cells = cells.with_row_index(PLACE, offset=offset)
    split = cells["bad"].is_null()
    work = convert(bound.table, cells.filter(split).drop("bad"), manner)
    broken = cells.filter(~split)
    if broken.height:
        work.notes.append(broken.select(PLACE, column=pl.lit(""), code="bad", found=pl.lit("")))
    work.places = cells.select(PLACE, "source_file", "source_row", sheet=pl.lit(bound.sheet.sheet, pl.String()))
    work.read = cells.height + bound.sheet.blank + bound.sheet.ignored
    work.blank, work.ignored = bound.sheet.blank, bound.sheet.ignored
    return work


def _together(one: Work, other: Work) -> Work:
    """Two sources of one table, the first one's rows first."""
    places = [work.places for work in (one, other) if work.places is not None]
    carried = tuple(column.name for column in one.table.columns if one.has(column.name) or other.has(column.name))
    return Work(
        one.table,
        pl.concat([one.frame, other.frame], how="diagonal"),
        carried,
        one.read + other.read,
        one.blank + other.blank,
        one.ignored + other.ignored,
        one.notes + other.notes,
        pl.concat(places),
    )
