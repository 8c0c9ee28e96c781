"""Which text or business number does a cell hold?"""

import re
from typing import Final

from casework.intake.values.cell import INVISIBLE, NUMBER, TRUTH, Parsed, UnreadableError, certain, plain, seen

LONGEST: Final = 2000  # characters a field
EXACT_DIGITS: Final = 15  # a workbook number keeps no more
CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONTROL_BUT_BREAKS: Final = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_PRIVATE: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_SCIENTIFIC: Final = re.compile(r"\d\.\d+[eE]\+\d+")
NOT_SIMPLE: Final = (  # text that deserves a closer look, as one portable pattern
    r"[\x00-\x1f\x7f-\x9f\x{00ad}\x{180e}\x{200b}-\x{200f}\x{2028}-\x{202e}\x{2060}-\x{2064}\x{2066}-\x{2069}\x{feff}"
    r"\x{e000}-\x{f8ff}\x{fffd}\x{f0000}-\x{10fffd}]|^[=@#\s]|\s$"
)


@certain
def read_text(cell: str, *, multiline: bool = False) -> Parsed[str]:
    """The text as it stands, without outer spaces; invisible characters stay and are warned."""
    text = _written(cell).strip(" \t\r\n\u3000")
    if len(text) > LONGEST:
        raise UnreadableError("E_TOO_LONG")
    if (_CONTROL_BUT_BREAKS if multiline else CONTROL).search(text):
        raise UnreadableError("E_CONTROL_CHAR")
    if "\ufffd" in text:
        raise UnreadableError("E_REPLACEMENT_CHAR")
    codes = []
    if INVISIBLE.search(text):
        codes.append("W_INVISIBLE")
    if _PRIVATE.search(text):
        codes.append("W_PUA_CHAR")
    if text.startswith(("=", "@")):
        codes.append("W_FORMULA_TEXT")
    return Parsed(text or None, tuple(codes))


@certain
def read_number(cell: str) -> Parsed[str]:
    """A business number; half-width and without invisible characters, so that both spellings are one key."""
    if cell.startswith(NUMBER) and sum(map(str.isdigit, cell)) > EXACT_DIGITS:
        raise UnreadableError("E_TYPE_MISMATCH")
    value, codes = read_text(cell)
    if value is None:
        return Parsed(None, codes)
    value = plain(value)
    if _SCIENTIFIC.fullmatch(value):
        raise UnreadableError("E_TYPE_MISMATCH")
    return Parsed(value or None, codes)


def _written(cell: str) -> str:
    """A typed cell in words."""
    if cell.startswith(TRUTH):
        return "是" if cell[2:] == "1" else "否"
    if cell.startswith(NUMBER):
        return re.sub(r"\.0+$", "", cell[2:])
    return seen(cell)
