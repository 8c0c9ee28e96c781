"""What do the sheets of a workbook hold, cell by cell, with the type each cell really has?"""

import html
import posixpath
import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Final

import polars as pl
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from casework.intake import preflight
from casework.intake.fault import Fault, RefusalError, shown
from casework.intake.limits import Limits
from casework.intake.names import table_of
from casework.intake.readers import header
from casework.intake.readers.cells import Mark, encoded, plain
from casework.intake.readers.grid import Grid, scan
from casework.intake.readers.rows import MERGED
from casework.intake.readers.stage import Stage
from casework.intake.sheet import EVERY, Job, Sheet

_BLOCK: Final = 20_000  # rows
_MERGED_CELLS: Final = 1_000_000
_SHEET: Final = re.compile(r"<(?:[A-Za-z]\w*:)?sheet\s([^>]*)>")
_RELATION: Final = re.compile(r"<(?:[A-Za-z]\w*:)?Relationship\s([^>]*)>")
_ATTRIBUTE: Final = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_RELATION_ID: Final = re.compile(r"(?:[A-Za-z]\w*:)?id")


def read(job: Job, limits: Limits) -> tuple[list[Sheet], list[Fault]]:
    """The tables of a workbook and their faults; a refused sheet does not hide the faults of the next."""
    names = preflight.workbook(job.path, limits)
    faults = []
    if any(name.startswith("xl/externalLinks/") for name in names):
        faults.append(Fault(job.file, None, "", "W_EXTERNAL_LINK", "warned"))
    try:
        with CalamineWorkbook.from_path(job.path) as book:
            chosen = _Chosen(job, book, limits)
            faults += chosen.faults
            sheets = []
            for name in chosen.names:
                try:
                    sheet, found = _sheet(job, book, name, chosen.grid(name), limits)
                except RefusalError as refusal:
                    refusal.sheet = name
                    faults.append(refusal.fault(job.file))
                    continue
                faults += found
                sheets.append(sheet)
    except CalamineError as error:
        raise RefusalError("E_CORRUPT_ZIP", found=type(error).__name__) from error
    return sheets, faults


class _Chosen:
    """Which sheets are read, by their names or because there is only one."""

    def __init__(self, job: Job, book: CalamineWorkbook, limits: Limits) -> None:
        self.faults: list[Fault] = []
        self._job, self._book, self._limits = job, book, limits
        self._parts = _parts(job)
        self._grids: dict[str, Grid] = {}
        self.names = self._choose()

    def grid(self, name: str) -> Grid:
        """The look through a sheet's XML that comes before its values are read."""
        if name not in self._grids:
            place = self._book.sheet_names.index(name)
            if len(self._parts) != len(self._book.sheet_names):
                raise RefusalError("E_CORRUPT_ZIP", found="xl/workbook.xml")
            self._grids[name] = scan(self._job.path, self._parts[place], self._limits)
        return self._grids[name]

    def _choose(self) -> list[str]:
        visible = []
        for sheet in self._book.sheets_metadata:
            if sheet.visible != SheetVisibleEnum.Visible:
                self._skip(sheet.name, "W_HIDDEN_SHEET")
            elif sheet.typ == SheetTypeEnum.WorkSheet:
                visible.append(sheet.name)
            else:
                self._skip(sheet.name, "W_UNKNOWN_FILE")
        sources, job = self._job.sources, self._job
        if sources is None:
            named = [name for name in visible if table_of(name)]
            own = job.single or job.table in {table_of(name) for name in named}
        else:
            named, own = [name for name in visible if sources == EVERY or name in sources], True
        if named and not own:
            raise RefusalError("E_SHEET_AMBIGUOUS", found=shown(", ".join(named)))
        if not named and (job.table is not None if sources is None else job.file in sources):
            named = self._only(visible)
        for name in visible:
            if name not in named:
                self._skip(name, "W_UNKNOWN_FILE")
        return named

    def _only(self, visible: list[str]) -> list[str]:
        """The one sheet with cells that stands for the whole file."""
        filled = []
        for name in visible:
            self.grid(name)
            if self._book.get_sheet_by_name(name).height:
                filled.append(name)
        if len(filled) > 1:
            raise RefusalError("E_SHEET_AMBIGUOUS", found=shown(", ".join(filled)))
        if not filled:
            raise RefusalError("E_EMPTY")
        return filled

    def _skip(self, name: str, code: str) -> None:
        self.faults.append(Fault(self._job.file, None, "", code, "ignored", shown(name)))


def _parts(job: Job) -> list[zipfile.ZipInfo]:
    """The part of each sheet, in the workbook's order."""
    with zipfile.ZipFile(job.path) as archive:
        book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
        try:
            relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
        except KeyError:
            raise RefusalError("E_CORRUPT_ZIP", found="xl/_rels/workbook.xml.rels") from None
        targets: dict[str, str] = {}
        for found in _RELATION.finditer(relations):
            said = _attributes(found.group(1))
            targets[said.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", said.get("Target", ""))).lstrip("/")
        parts = []
        for found in _SHEET.finditer(book):
            said = _attributes(found.group(1))
            relation = next((value for name, value in said.items() if _RELATION_ID.fullmatch(name)), "")
            try:
                parts.append(archive.getinfo(targets.get(relation, "")))
            except KeyError:
                raise RefusalError("E_CORRUPT_ZIP", found=f"xl/workbook.xml: {relation[:20]}") from None
    return parts


def _attributes(text: str) -> dict[str, str]:
    return {name: html.unescape(double or single) for name, double, single in _ATTRIBUTE.findall(text)}


def _sheet(job: Job, book: CalamineWorkbook, name: str, grid: Grid, limits: Limits) -> tuple[Sheet, list[Fault]]:
    """One sheet, staged."""
    sheet = book.get_sheet_by_name(name)
    table = table_of(name) if job.sources is None and table_of(name) else job.table
    rows = _rows(sheet, grid)
    kept = list(islice(rows, header.SEARCHED))
    first = [(row, [plain(cell) for cell in cells]) for row, cells in kept]
    place = header.find(first, table, mapped=job.sources is not None)
    if place is None:
        raise RefusalError("E_EMPTY")
    faults = header.checked(job, table, first, place, name)
    row, cells = first[place]
    stage = Stage(job, limits, cells, row, name)
    block = kept[place + 1 :]
    while block:
        stage.add(_frame(stage, block))
        block = list(islice(rows, _BLOCK))
    named = table_of(name) if job.sources is None else job.sources == EVERY or name in job.sources
    claimed = name if named else job.name
    done = stage.finish(claimed)
    if grid.formulas:
        faults.append(Fault(job.file, grid.first_formula, "", "W_FORMULA", "warned", str(grid.formulas), sheet=name))
    if grid.hidden_rows:
        faults.append(
            Fault(job.file, grid.first_hidden, "", "W_HIDDEN_ROWS", "warned", str(grid.hidden_rows), sheet=name)
        )
    return done, faults + stage.faults


def _rows(sheet: CalamineSheet, grid: Grid) -> Iterator[tuple[int, list[object]]]:
    """The sheet's rows from the first, numbered from 1; strange and covered cells say what they are."""
    if sheet.start is None or sheet.end is None:
        return
    marks: dict[int, dict[int, Mark]] = {
        row: {place: Mark(cell) for place, cell in cells.items()} for row, cells in grid.strange.items()
    }
    places = [place for cells in marks.values() for place in cells]
    left = min([sheet.start[1], *places])
    before = sheet.start[1] - left
    after = max([sheet.end[1], *places]) - sheet.end[1]
    _cover(sheet, marks)
    for number, cells in enumerate(sheet.iter_rows()):
        row: list[object] = [*[""] * before, *cells, *[""] * after] if before or after else list(cells)
        for place, mark in marks.pop(number, {}).items() if marks else ():
            row[place - left] = mark
        yield number + 1, row
    for number in range(sheet.end[0] + 1, max(marks, default=0) + 1):
        row = [""] * (before + sheet.width + after)
        for place, mark in marks.get(number, {}).items():
            row[place - left] = mark
        yield number + 1, row


def _cover(sheet: CalamineSheet, marks: dict[int, dict[int, Mark]]) -> None:
    """Mark what merged cells cover, within the rectangle that holds values."""
    if sheet.start is None or sheet.end is None:
        return
    covered = 0
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        rows = range(max(top, sheet.start[0]), min(bottom, sheet.end[0]) + 1)
        places = range(max(left, sheet.start[1]), min(right, sheet.end[1]) + 1)
        covered += len(rows) * len(places)
        if covered > _MERGED_CELLS:
            raise RefusalError("E_MERGED_CELL", found=f"> {_MERGED_CELLS}")
        for row in rows:
            for place in places:
                if (row, place) != (top, left):
                    marks.setdefault(row, {})[place] = Mark(MERGED)


def _frame(stage: Stage, block: list[tuple[int, list[object]]]) -> pl.DataFrame:
    columns = zip(*(cells for _, cells in block), strict=True)
    return pl.DataFrame(
        [
            pl.Series("row", [row for row, _ in block], dtype=pl.Int32),
            *(
                pl.Series(name, [encoded(cell) for cell in column], dtype=pl.String)
                for name, column in zip(stage.names, columns, strict=True)
            ),
        ]
    )
