"""When are two addresses one house, two phones one phone, two accounts one account?

Distinct texts are normalised once: width, spaces and marks, 三组 = 3组, 村民小组 = 组, and where the village is known
the names of the divisions above it. An address must name a house (5号, 2栋301室, 3组5): one that ends with the village,
a group or a lane is where many live, and is left out.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

import polars as pl

_DIGITS: Final = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS: Final = {"十": 10, "百": 100}
_SIGNS: Final = "".join([*_DIGITS, *_TENS])
_COUNTED: Final = "组|社|队|号|栋|幢|座|楼|单元|室|层|巷|弄|排|户"
_NUMERAL: Final = re.compile(rf"第?([{_SIGNS}]+)(?={_COUNTED})")
_ORDINAL: Final = re.compile(r"第(?=\d)")
_IDLE: Final = re.compile(r"[^\w-]|_")
_PLATE: Final = re.compile(r"门牌(?:号码?)?(\d+)(?!\d|号)")
# A number that counts houses or rooms (not one that names a road, a village, a group); or, after a group, a lane or a
# building, a bare number.
_HOUSED: Final = re.compile(
    r"\d[A-Z]?(?:号(?![路街道桥线村组社队区])|室|户|栋|座|单元)|(?:[组社队路街巷弄排栋座]|单元|\d-)-?\d+[A-Z]?$"
)
_ABOVE: Final = re.compile(r"^.{1,}?(?:省|自治区|自治州|地区|(?<!城)市|县|旗|(?<![小社园地])区|镇|乡|街道)(?=.{2,})")
_SAME: Final = (("村民小组", "组"), ("小组", "组"), ("幢", "栋"), ("号楼", "栋"), ("门牌号", ""), ("门牌", ""))
_PHONE: Final = 5  # fewer digits are a mark that there is none: the shortest numbers in use (95588) have five


def houses(frame: pl.DataFrame) -> pl.DataFrame:
    """Add `value` to `address` and `place`: the village's code and the house within it; null where no house is named.

    Without a `place` the whole text stands for itself.
    """
    known = _each(frame.filter(pl.col("place").is_not_null())["address"], lambda text: house(text, whole=False))
    alone = _each(frame.filter(pl.col("place").is_null())["address"], lambda text: house(text, whole=True))
    placed = pl.col("address").replace_strict(known[0], known[1], default=None, return_dtype=pl.String())
    whole = pl.col("address").replace_strict(alone[0], alone[1], default=None, return_dtype=pl.String())
    value = pl.when(pl.col("place").is_null()).then(whole).otherwise(pl.concat_str("place", placed, separator="|"))
    return frame.with_columns(value.alias("value"))


def house(address: str, *, whole: bool) -> str | None:
    """The house of one address, with (`whole`) or without the divisions above the village."""
    text = unicodedata.normalize("NFKC", address).upper()
    text = _IDLE.sub("", text)
    text = _PLATE.sub(r"\1号", text)
    for written, said in _SAME:
        text = text.replace(written, said)
    text = _ORDINAL.sub("", _NUMERAL.sub(lambda found: str(number(found[1])), text))
    while not whole and (shorter := _ABOVE.sub("", text)) != text and _HOUSED.search(shorter):
        text = shorter
    return text.removesuffix("号").removesuffix("室") if _HOUSED.search(text) else None


def number(numeral: str) -> int:
    """A Chinese numeral below a thousand: 十二 is 12, 一百零五 is 105, 二〇三 is 203."""
    if not set(numeral) & set(_TENS):
        return int("".join(str(_DIGITS[sign]) for sign in numeral))
    total, last = 0, 0
    for sign in numeral:
        if sign in _TENS:
            total, last = total + max(last, 1) * _TENS[sign], 0
        else:
            last = _DIGITS[sign]
    return total + last


def phones(texts: pl.Expr) -> pl.Expr:
    """The digits of a phone without the country's; null where they are a mark for none (0, 1111111)."""
    digits = texts.str.replace_all(r"\D", "").str.replace(r"^(?:0086|86)(1\d{10})$", "${1}")
    return pl.when((digits.str.len_chars() >= _PHONE) & _various(digits)).then(digits)


def accounts(texts: pl.Expr) -> pl.Expr:
    """The digits and letters of an account; null where they are a mark for none."""
    signs = texts.str.replace_all(r"[^0-9A-Za-z]", "").str.to_uppercase()
    return pl.when((signs.str.len_chars() > 0) & ~signs.str.contains("^0*$")).then(signs)


def _various(digits: pl.Expr) -> pl.Expr:
    """Are there at least two different digits?"""
    first = digits.str.slice(0, 1)
    return digits.str.strip_chars(first).str.len_chars() > 0


def _each(texts: pl.Series, said: Callable[[str], str | None]) -> tuple[pl.Series, pl.Series]:
    distinct = texts.drop_nulls().unique()
    return distinct, pl.Series([said(text) for text in distinct], dtype=pl.String())
