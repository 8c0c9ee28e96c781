"""What was wrong with a file, a row or a cell?"""

from dataclasses import dataclass
from typing import Literal

FaultKind = Literal["refused", "rejected", "warned", "ignored"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding of an import: where it stands, which code, and what follows from it.

    `row` is the line of the file where the record begins (the sheet's row in a workbook); None speaks of the whole
    file. `found` is what stood there, short, with ids masked; `hint` adds words to the code's own message.
    """

    file: str
    row: int | None
    column: str
    code: str
    kind: FaultKind
    found: str = ""
    hint: str = ""
