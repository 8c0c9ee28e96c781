"""Which citizen number does a cell hold, and how sure is it? As GB 11643-1999 says."""

import re
from datetime import date
from typing import Final, Literal, NamedTuple

from casework.intake.values.cell import INVISIBLE, NOTHING, NUMBER, Parsed, UnreadableError, certain, plain

State = Literal["valid", "upgraded15", "bad_check"]

WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS: Final = "10X98765432"
_PROVINCES: Final = ((11, 16), (21, 24), (31, 38), (41, 47), (50, 55), (61, 66), (71, 72), (81, 84))
PROVINCES: Final = frozenset(str(code) for first, past in _PROVINCES for code in range(first, past))
SYNTHETIC: Final = "99"  # a province prefix that does not exist: made-up persons and places
OUTSIDE: Final = frozenset({"81", "82", "83"})  # residence permits of Hong Kong, Macao and Taiwan; foreigners: 9
LENGTH: Final = 18
OLDEST: Final = 120  # years
PLACEHOLDERS: Final = NOTHING | {"", "123456789012345678"}
_SPACES: Final = re.compile(r"[\s'‘’`]+")
_SAME: Final = re.compile(r"(\d)\1*")
_SHAPES: Final = (  # the first that fits says why; None: a number
    (re.compile(r"[0-9]{17}[0-9X]|[0-9]{15}"), None),
    (re.compile(r"\d(?:\.\d+)?E\+?\d+"), "E_ID_SCIENTIFIC"),
    (re.compile(r".*(?:[*●•#]|X{2,}).*"), "E_ID_MASKED"),
    (re.compile(r"\d{14,18}\.0*"), "E_ID_NUMERIC"),
    (re.compile(r"[0-9]+X?"), "E_ID_LENGTH"),
)


class IdNo(NamedTuple):
    """One citizen number in its 18-digit, upper-case form."""

    number: str
    state: State

    @property
    def sex(self) -> str:
        """What the sequence digit says."""
        return "M" if int(self.number[16]) % 2 else "F"


def check_digit(body: str) -> str:
    """The eighteenth character that belongs to seventeen digits."""
    return CHECKS[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def birth_of(number: str) -> date | None:
    """The birth date inside an 18-digit number; None where it does not exist."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


@certain
def read_id(cell: str, as_of: date) -> Parsed[IdNo]:
    """The number a cell holds.

    A wrong check digit and fifteen digits are read and warned; what was masked, rounded or stands for nothing is not.
    """
    if cell.startswith(NUMBER):
        raise UnreadableError("E_ID_SCIENTIFIC" if "e" in cell.lower() else "E_ID_NUMERIC")
    text = _SPACES.sub("", plain(cell)).upper()
    if code := _unfit(text):
        raise UnreadableError(code)
    found, codes = _completed(text)
    born = birth_of(found.number)
    if born is None:
        raise UnreadableError("E_ID_DATE")
    if born > as_of:
        raise UnreadableError("E_ID_FUTURE")
    if as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day)) > OLDEST:
        codes = (*codes, "W_AGE_OVER_120")
    if INVISIBLE.search(cell):
        codes = (*codes, "W_INVISIBLE")
    return Parsed(found, (*codes, *_place(found.number)))


def _completed(text: str) -> tuple[IdNo, tuple[str, ...]]:
    """Eighteen characters, and what had to be said on the way."""
    if len(text) < LENGTH:
        body = f"{text[:6]}19{text[6:]}"
        return IdNo(body + check_digit(body), "upgraded15"), ("W_ID15",)
    if check_digit(text[:17]) != text[17]:
        return IdNo(text, "bad_check"), ("W_ID_CHECKSUM",)
    return IdNo(text, "valid"), ()


def _place(number: str) -> tuple[str, ...]:
    """Is the place of first registration one of the mainland's provinces?"""
    if number[:2] in PROVINCES - OUTSIDE or number[:2] == SYNTHETIC:
        return ()
    return ("W_ID_RESIDENCE_PERMIT",) if number[0] == "9" or number[:2] in OUTSIDE else ("W_ID_AREA",)


def _unfit(text: str) -> str | None:
    """Why a text is no citizen number at all."""
    if text.lower() in PLACEHOLDERS or _SAME.fullmatch(text):
        return "E_ID_PLACEHOLDER"
    return next((code for shape, code in _SHAPES if shape.fullmatch(text)), "E_ID_CHARS")
