"""Which code of a list does a cell name?"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from casework.intake.headers import normalise
from casework.intake.values.cell import DAY, TRUTH, Parsed, UnreadableError, certain, plain, seen
from casework.intake.values.text import read_number, read_text
from casework.tables import Option

REGION_DIGITS: Final = 12
SHORT_REGIONS: Final = frozenset({2, 4, 6, 9, REGION_DIGITS})  # province, city, county, township, village
_SEPARATORS: Final = re.compile(r"[;；、]")


def spellings(options: Sequence[Option]) -> dict[str, str]:
    """Normalised code, label or alias -> code; a code or label of one option wins over another's alias."""
    names: dict[str, str] = {}
    for option in options:
        for alias in option.aliases:
            names.setdefault(normalise(alias), option.code)
    for option in reversed(options):
        for name in (option.label.en, option.label.zh, option.code):
            names[normalise(name)] = option.code
    return names


@certain
def read_enum(cell: str, names: Mapping[str, str]) -> Parsed[str]:
    """The code of a closed list; an unknown word is rejected."""
    value = names.get(normalise(seen(cell)))
    if value is None:
        raise UnreadableError("E_ENUM")
    return Parsed(value)


@certain
def read_programme(cell: str, names: Mapping[str, str]) -> Parsed[str]:
    """The code of a programme; the list is open, so an unknown word is kept and warned."""
    value = names.get(normalise(seen(cell)))
    if value is not None:
        return Parsed(value)
    kept, codes = read_number(cell)
    return Parsed(kept, (*codes, "W_PROGRAMME")) if kept else Parsed(None, codes)


@certain
def read_region(cell: str) -> Parsed[str]:
    """A division code of twelve digits; 2, 4, 6 or 9 digits are padded with zeros."""
    if cell.startswith((DAY, TRUTH)):
        raise UnreadableError("E_AREA_LENGTH")
    kept, codes = read_text(cell)
    digits = plain(kept or "").replace(" ", "").removesuffix(".0")
    if not (digits.isascii() and digits.isdigit() and len(digits) in SHORT_REGIONS):
        raise UnreadableError("E_AREA_LENGTH")
    return Parsed(digits.ljust(REGION_DIGITS, "0"), codes)


@certain
def read_codes(cell: str) -> Parsed[str]:
    """Several codes, joined by ; whatever separated them."""
    kept, codes = read_text(cell)
    if kept is None:
        return Parsed(None, codes)
    parts = [part.strip() for part in _SEPARATORS.split(kept)]
    return Parsed(";".join(part for part in parts if part) or None, codes)
