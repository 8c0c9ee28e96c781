"""How tall must the rows of a table be so that no cell is cut?"""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Final

_PADDING, _WIDE, _NARROW = 18, 14.2, 6.7  # pixels: of a cell, of a Chinese and of another sign
_CHINESE: Final = "\u2e80"  # this sign and those after it are wide
_LEAST: Final = 3  # lines; a row of two does not wrap its text


def lines(rows: Sequence[Mapping[str, str]], widths: Mapping[str, int]) -> int:
    """One line where every cell fits the width of its column, else as many as the longest takes, at least three."""
    most = max((_lines(row[name], width) for row in rows for name, width in widths.items()), default=1)
    return 1 if most == 1 else max(_LEAST, most)


def _lines(text: str, width: int) -> int:
    pixels = sum(_WIDE if sign >= _CHINESE else _NARROW for sign in text)
    return max(1, ceil(pixels / (width - _PADDING)))
