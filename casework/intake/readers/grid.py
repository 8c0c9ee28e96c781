"""Which cells of a sheet does the workbook parser pass over in silence?

Error cells and formulas that were never calculated read as blank, and the parser allocates the whole rectangle that the
outermost cells span; so the sheet's own XML is looked through first.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from casework.intake.fault import RefusalError
from casework.intake.limits import MIB, Limits
from casework.intake.preflight import inflate

_P: Final = rb"(?:[A-Za-z]\w*:)?"  # any namespace prefix
_USUAL: Final = re.compile(rb'<c r="([A-Z]+)(\d+)"')  # as nearly every program writes it, seven times as fast
_REF: Final = re.compile(rb"<" + _P + rb"c\s(?:[^>]*?\s)?r=[\"']([A-Z]+)(\d+)")
_CELL: Final = re.compile(rb"<" + _P + rb"c(\s[^>]*?)?(?:/>|>(.*?)</" + _P + rb"c>)", re.DOTALL)
_ROW_OR_CELL: Final = re.compile(rb"<" + _P + rb"row(\s[^>]*|(?=[/>]))/?>|" + _CELL.pattern, re.DOTALL)
_STRANGE: Final = re.compile(rb"\st=[\"']e[\"']|<" + _P + rb"f[\s/>]")
_SIGNS: Final = (b't="e"', b"t='e'", b"<f", b":f")  # a chunk without any of them has nothing strange
_HIDDEN: Final = re.compile(rb"<" + _P + rb"row\s(?=[^>]*\bhidden=[\"'](?:1|true)[\"'])[^>]*>")
_ROW_NUMBER: Final = re.compile(rb"\sr=[\"'](\d+)[\"']")
_PLACE: Final = re.compile(rb"\sr=[\"']([A-Z]+)(\d+)[\"']")
_TYPE: Final = re.compile(rb"\st=[\"'](\w+)[\"']")
_FORMULA: Final = re.compile(rb"<" + _P + rb"f[\s/>]")
_VALUE: Final = re.compile(rb"<" + _P + rb"v(?:\s[^>]*)?>(.*?)</" + _P + rb"v>", re.DOTALL)
_ROW_BYTES: Final = 32 * MIB  # longer than a thousand of Excel's longest texts


@dataclass(slots=True)
class Grid:
    """What the XML tells beyond the values; rows and columns from 0, except the counts' first rows (1-based)."""

    strange: dict[int, dict[int, str]] = field(default_factory=dict)  # row -> column -> marked cell
    formulas: int = 0  # with a value
    first_formula: int | None = None
    hidden_rows: int = 0
    first_hidden: int | None = None
    height: int = 0
    width: int = 0


def column(letters: bytes) -> int:
    """A column's letters as a number from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def scan(path: Path, part: zipfile.ZipInfo, limits: Limits) -> Grid:
    """Look through one sheet; refused with E_DIMENSIONS where it spans more than the parser may allocate."""
    grid = Grid()
    placed = True  # does every cell that matters say where it stands?
    for chunk in _chunks(path, part):
        _measure(chunk, grid, limits)
        if any(sign in chunk for sign in _SIGNS):
            placed = placed and all(
                cell is None or _note(grid, *cell) for cell in (_placed(found) for found in _CELL.finditer(chunk))
            )
    if not placed:
        grid.strange.clear()
        grid.formulas, grid.first_formula = 0, None
        _walk(path, part, grid)
    return grid


def _chunks(path: Path, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The XML in pieces that end where a row ends."""
    with path.open("rb") as file:
        tail = b""
        for step in inflate(file, part):
            seen = tail + step
            cut = seen.rfind(b"row>") + 4
            if cut > 3:  # noqa: PLR2004 - a row ends in this step
                yield seen[:cut]
                tail = seen[cut:]
            elif len(seen) > _ROW_BYTES:
                raise RefusalError("E_LINE_TOO_LONG", found=f"> {_ROW_BYTES} bytes in one row")
            else:
                tail = seen
        yield tail


def _measure(chunk: bytes, grid: Grid, limits: Limits) -> None:
    """The rectangle so far, and hidden rows."""
    places = _USUAL.findall(chunk)
    if len(places) != chunk.count(b"<c ") or b":c" in chunk:
        places = _REF.findall(chunk)
    if places:
        grid.width = max(grid.width, *(column(letters) + 1 for letters in {letters for letters, _ in places}))
        grid.height = max(grid.height, *(int(row) for row in {row for _, row in places}))
    if grid.width > limits.columns or grid.height * grid.width > limits.grid_cells:
        raise RefusalError("E_DIMENSIONS", found=f"{grid.height} x {grid.width}")
    if b"hidden=" in chunk:
        for row in _HIDDEN.finditer(chunk):
            grid.hidden_rows += 1
            number = _ROW_NUMBER.search(row.group())
            if grid.first_hidden is None and number:
                grid.first_hidden = int(number.group(1))


def _placed(found: re.Match[bytes]) -> tuple[int | None, int, bytes, bytes] | None:
    """Row, column, attributes and body of a cell that may be strange; the row is None where it does not say."""
    attributes, body = found.group(1) or b"", found.group(2) or b""
    if not _STRANGE.search(attributes) and b"f" not in body:
        return None
    place = _PLACE.search(attributes)
    return (int(place.group(2)) - 1, column(place.group(1)), attributes, body) if place else (None, 0, attributes, body)


def _note(grid: Grid, row: int | None, place: int, attributes: bytes, body: bytes) -> bool:
    """Remember an error cell or a formula; False where the cell does not say where it stands."""
    kind = _TYPE.search(attributes)
    value = _VALUE.search(body)
    is_formula = _FORMULA.search(body) is not None
    is_error = kind is not None and kind.group(1) == b"e"
    if not is_error and not is_formula:
        return True
    if row is None:
        return False
    if is_error:
        text = value.group(1).decode("utf-8", "replace") if value else ""
        grid.strange.setdefault(row, {})[place] = f"\x01e{text}"
    elif (value and value.group(1)) or (kind is not None and kind.group(1) == b"str" and value):
        grid.formulas += 1
        grid.first_formula = row + 1 if grid.first_formula is None else grid.first_formula
    else:
        grid.strange.setdefault(row, {})[place] = "\x01f"
    return True


def _walk(path: Path, part: zipfile.ZipInfo, grid: Grid) -> None:
    """The slow way, for sheets whose cells do not say where they stand: count rows and columns."""
    row, place = -1, -1
    for chunk in _chunks(path, part):
        for found in _ROW_OR_CELL.finditer(chunk):
            opening = found.group(1)
            if opening is not None:
                number = _ROW_NUMBER.search(opening)
                row, place = (int(number.group(1)) - 1 if number else row + 1), -1
                continue
            attributes, body = found.group(2) or b"", found.group(3) or b""
            said = _PLACE.search(attributes)
            place = column(said.group(1)) if said else place + 1
            _note(grid, row, place, attributes, body)
