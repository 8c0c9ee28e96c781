"""What did the reader type into the search box: a number, a business number, or words?"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from casework.intake.values.cell import plain
from casework.intake.values.id_no import LENGTH, read_id

Sort = Literal["number", "business number", "name or address"]  # what the journal may know of a term

TAIL: Final = 4  # signs of a number that may stand for the whole
PREFIX: Final = 2  # signs of a name or business number that may stand for the whole
_DIGITS: Final = re.compile(r"[0-9]+X?")
_CODE: Final = re.compile(r"[0-9A-Za-z./_-]+")


@dataclass(frozen=True, slots=True)
class Term:
    """One term; everything in it is literal, never a pattern."""

    text: str  # half-width, without spaces or invisible signs
    words: tuple[str, ...]  # the same, space by space
    sort: Sort
    whole: str | None  # the citizen number in 18 signs that it may be

    @property
    def tail(self) -> str | None:
        """The last signs of a citizen number that it may be."""
        ending = self.sort == "number" and TAIL <= len(self.text) < LENGTH
        return self.text.upper() if ending else None


def read(typed: str, as_of: date) -> Term | None:
    """The term; None where nothing was typed."""
    words = tuple(plain(typed).split())
    text = "".join(words)
    if not text:
        return None
    found = read_id(text, as_of).value
    return Term(text, words, _sort(text), None if found is None else found.number)


def _sort(text: str) -> Sort:
    if _DIGITS.fullmatch(text.upper()):
        return "number"
    return "business number" if _CODE.fullmatch(text) and any(map(str.isdigit, text)) else "name or address"
