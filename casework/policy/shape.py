"""What may a field of a rule hold?

Written in the rule's file as `shape.value = "whole"`: whole, number, flag, text or list; `?` after it means optional,
`:a|b` names the only codes allowed (`text:forbid|allow`, `list:spouse|parent`).
"""

import math
from dataclasses import dataclass
from typing import Any

import polars as pl

from casework.text import Text

_WORDS = {
    "whole": Text("不小于 0 的整数", "a whole number, not below 0"),
    "number": Text("不小于 0 的数字", "a number, not below 0"),
    "flag": Text("true 或 false", "true or false"),
    "text": Text("文字", "text"),
    "list": Text("列表", "a list"),
}
_TYPES: dict[str, pl.DataType] = {
    "whole": pl.Int64(),
    "number": pl.Float64(),
    "flag": pl.Boolean(),
    "text": pl.String(),
}


def token(value: object) -> str:
    """How is a scope value written, so that files, frames and calls compare equal?"""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


@dataclass(frozen=True, slots=True)
class Shape:
    """One field's kind, and its codes where the list is closed."""

    kind: str
    optional: bool = False
    codes: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> "Shape":
        """Read the spelling of a rule's file; KeyError for an unknown kind."""
        kind, _, codes = text.partition(":")
        shape = cls(kind.removesuffix("?"), kind.endswith("?"), tuple(codes.split("|")) if codes else ())
        _ = _WORDS[shape.kind]
        return shape

    @property
    def is_number(self) -> bool:
        """Can it be scaled and added to?"""
        return self.kind in {"whole", "number"}

    @property
    def expected(self) -> Text:
        """What should have been written."""
        words = _WORDS[self.kind]
        if not self.codes:
            return words
        codes = ", ".join(self.codes)
        return Text(f"{words.zh}({codes})", f"{words.en} ({codes})")

    def read(self, raw: Any) -> Any:  # noqa: ANN401 - TOML hands over anything
        """The value, lists as tuples; ValueError where it is not what the shape says."""
        if self.kind == "list":
            if not isinstance(raw, list | tuple) or not all(self._plain(item) for item in raw):
                raise ValueError(raw)
            values = tuple(raw)
        else:
            values = (raw,)
        if self.codes and not set(map(str, values)) <= set(self.codes):
            raise ValueError(raw)
        if self.kind != "list" and not self._fits(raw):
            raise ValueError(raw)
        if self.kind == "list":
            return values
        return float(raw) if self.kind == "number" else raw

    def dtype(self) -> pl.DataType | None:
        """The column type of such a field; None for a list."""
        return _TYPES.get(self.kind)

    def _fits(self, raw: object) -> bool:
        match self.kind:
            case "whole":
                return isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw < 2**53
            case "number":
                return isinstance(raw, int | float) and not isinstance(raw, bool) and 0 <= raw < math.inf
            case "flag":
                return isinstance(raw, bool)
            case _:
                return isinstance(raw, str) and raw != ""

    @staticmethod
    def _plain(item: object) -> bool:
        return isinstance(item, str | int | float) and item not in ("", math.inf, -math.inf) and item == item  # noqa: PLR0124 - NaN is the only value unequal to itself
