"""How is a typed cell of a workbook written down as text without losing its type?"""

import datetime as dt
import math
from decimal import Decimal
from typing import Final

_EXACT: Final = 1e15  # from here on a workbook's number has lost digits
_DAY: Final = dt.timedelta(days=1)
_HALF_SECOND: Final = dt.timedelta(microseconds=500_000)


class Mark(str):
    """A cell the parser passes over: an error, a formula without a value, a place covered by a merged cell."""

    __slots__ = ()


def encoded(value: object) -> str:
    """Text as it is, every other type behind its mark (`Sheet` lists them)."""
    match value:
        case Mark():
            text = str(value)
        case str():
            # a text cannot pass for a typed cell; the checks refuse either control character
            text = "\x02" + value[1:] if value.startswith("\x01") else value
        case bool():
            text = f"\x01b{int(value)}"
        case int() | float():
            text = f"\x01n{number(value)}" if math.isfinite(value) else "\x01e#NUM!"
        case dt.datetime():
            text = "\x01d" + (value + _HALF_SECOND).replace(microsecond=0).isoformat()
        case dt.date() | dt.time():
            text = "\x01d" + value.isoformat()
        case dt.timedelta():
            text = f"\x01n{number(value / _DAY)}"
        case None:
            text = ""
        case _:
            raise TypeError(type(value).__name__)
    return text


def number(value: float) -> str:
    """The shortest decimal text of a number, never in powers of ten.

    A workbook keeps and shows fifteen digits; what lies beyond is the machine's (1680.3000000000002 is 1680.3). Larger
    numbers are written out as they were stored, so that an id typed as a number can be told.
    """
    text = repr(value) if abs(value) >= _EXACT else format(value, ".15g")
    return format(Decimal(text), "f") if "e" in text else text.removesuffix(".0")


def plain(value: object) -> str:
    """A cell of a header or a title as words."""
    text = encoded(value)
    if not text.startswith("\x01"):
        return text
    return text[2:] if text[1] in "nd" else ""
