"""What was wrong with a file, a row or a cell?"""

import re
from dataclasses import dataclass
from typing import Final, Literal

FaultKind = Literal["refused", "rejected", "warned", "ignored"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding of an import: where it stands, which code, and what follows from it.

    `row` is the line of the file where the record begins (the sheet's row in a workbook); None speaks of the whole
    file. `found` is what stood there, short, with ids masked; `hint` adds words to the code's own message; `sheet` is
    the sheet of a workbook.
    """

    file: str
    row: int | None
    column: str
    code: str
    kind: FaultKind
    found: str = ""
    hint: str = ""
    sheet: str = ""


class RefusalError(Exception):
    """One file cannot be read with certainty, and so none of the import is stored."""

    def __init__(self, code: str, *, row: int | None = None, column: str = "", found: str = "", hint: str = "") -> None:
        """Keep what `fault` needs; the file's name is known only where the file was opened."""
        super().__init__(code)
        self.code, self.row, self.column, self.found, self.hint = code, row, column, found, hint
        self.sheet = ""

    def fault(self, file: str) -> Fault:
        """The refusal as a fault of that file."""
        return Fault(file, self.row, self.column, self.code, "refused", self.found, self.hint, self.sheet)


_LONG_NUMBER: Final = re.compile(r"\d{11,}[\dXx]?")
_GAP: Final = r"[\s·._/\u00ad\u180e\u200b-\u2015\u202a-\u202e\u2060-\u2069\u2212\ufeff\uff0d-]{0,3}"
_GROUPED: Final = re.compile(rf"\d(?:{_GAP}\d){{13,}}{_GAP}[\dXx\uff38\uff58]")  # fifteen signs or more
_SHOWN: Final = 40


def shown(text: str) -> str:
    """What stood there, short, on one line, with the middle of every long number masked."""
    flat = _LONG_NUMBER.sub(lambda number: _masked(number.group()), hidden(" ".join(text.split())))
    return flat if len(flat) <= _SHOWN else flat[:_SHOWN] + "…"


def hidden(text: str) -> str:
    """The text with the middle of every citizen number masked, also where it is written in groups."""
    return _GROUPED.sub(lambda number: _masked("".join(filter(str.isalnum, number.group()))), text)


def _masked(number: str) -> str:
    head = 6 if len(number) >= 15 else 3  # noqa: PLR2004 - a citizen number shows its area, a telephone its operator
    return number[:head] + "*" * (len(number) - head - 4) + number[-4:]
