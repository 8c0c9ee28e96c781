"""What is one cell before anyone asks what it means?

A CSV cell is plain text. A typed workbook cell carries a prefix: U+0001 and one letter (n number, d date, b boolean,
e error, f formula without a cached value, m merged and not the anchor).
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, Generic, NamedTuple, ParamSpec, TypeVar

from casework.intake.headers import HALF_WIDTH

Value = TypeVar("Value")
Rest = ParamSpec("Rest")

NUMBER: Final = "\x01n"
DAY: Final = "\x01d"
TRUTH: Final = "\x01b"
_UNREADABLE: Final = {"\x01e": "E_CELL_ERROR", "\x01f": "E_NO_CACHED_VALUE", "\x01m": "E_MERGED_CELL"}
_ERRORS: Final = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})
INVISIBLE: Final = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
NOTHING: Final = frozenset(
    {"无", "無", "不详", "不詳", "未知", "暂无", "没有", "空", "待补", "未提供", "/", "-", "--", "—", "——"}
    | {"null", "none", "nan", "n/a", "na", "nil", "\\n"}
)


class Parsed(NamedTuple, Generic[Value]):
    """What a cell says: the value, or None, and every code that applies to it."""

    value: Value | None = None
    codes: tuple[str, ...] = ()


class UnreadableError(Exception):
    """A cell that cannot be read with certainty; `code` says why."""

    def __init__(self, code: str) -> None:
        """Keep the code."""
        super().__init__(code)
        self.code = code


def certain(read: Callable[Concatenate[str, Rest], Parsed[Value]]) -> Callable[Concatenate[str, Rest], Parsed[Value]]:
    """Let a parser say "not with certainty" by raising; cells that hold no value at all never reach it."""

    @wraps(read)
    def reading(cell: str, /, *rest: Rest.args, **named: Rest.kwargs) -> Parsed[Value]:
        if code := _UNREADABLE.get(cell[:2]) or ("E_CELL_ERROR" if cell in _ERRORS else None):
            return Parsed(None, (code,))
        try:
            return read(cell, *rest, **named)
        except UnreadableError as why:
            return Parsed(None, (why.code,))

    return reading


def plain(cell: str) -> str:
    """A cell as matching sees it: half-width, without invisible characters or outer spaces."""
    return INVISIBLE.sub("", cell.translate(HALF_WIDTH)).strip()


def seen(cell: str) -> str:
    """A cell as a person would see it."""
    return cell[2:] if cell.startswith("\x01") else cell
