"""How much money, in whole fen, does a cell state?"""

import re
from decimal import Decimal, InvalidOperation
from typing import Final

from casework.intake.values.cell import DAY, NUMBER, TRUTH, Parsed, UnreadableError, certain, plain

PLACES: Final = {"元": 2, "角": 1, "分": 0, "百元": 4, "千元": 5, "万元": 6, "亿元": 10}  # decimals down to one fen
_SHORT: Final = {"圆": "元", "圓": "元", "万": "万元", "萬": "万元", "萬元": "万元", "亿": "亿元", "億元": "亿元"}
GREATEST: Final = 10**12  # fen; ten billion yuan is no household's
NOISE: Final = Decimal("0.000001")  # what binary fractions leave behind in a workbook
_SHAPE: Final = re.compile(
    r"(?P<before>每?年|全年|每?月|每人每月)?(?P<sign>[-−])?\s*(?:[¥￥]|RMB|CNY|人民币)?\s*(?P<minus>[-−])?"
    r"(?P<number>[0-9,.]+)\s*(?P<unit>[百千万萬亿億]?[元圆圓]|[万萬亿]|角|分)?[整正]?"
    r"(?P<after>[/每](?:人[·.]?)?(?:每)?[年月])?"
)
_PLAIN: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_CAPITALS: Final = re.compile(r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿貳參陸萬億元圆圓角分整正]+")
_DIGITS: Final = {**dict(zip("零壹贰叁肆伍陆柒捌玖", range(10), strict=True)), "貳": 2, "參": 3, "陸": 6}
_TENS: Final = {"拾": 10, "佰": 100, "仟": 1000}
_MYRIADS: Final = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}


@certain
def read_money(cell: str, *, unit: str = "", period: str = "", negative: bool = False) -> Parsed[int]:
    """Whole fen.

    `unit` is what the header states ("" = yuan), `period` what the column means ("年", "月", or "" for one payment,
    which may say "/月"); a cell's own unit wins over the header's (W_UNIT where the two differ).
    """
    if cell.startswith((DAY, TRUTH)):
        raise UnreadableError("E_AMOUNT_FORMAT")
    stated, _, per = unit.partition("/")
    if cell.startswith(NUMBER):
        found, number, own = None, _unwound(cell[2:]), ""
        below = number.startswith("-")
        number = number.lstrip("-")
    else:
        text = plain(cell)
        if _CAPITALS.fullmatch(text):
            return _capitals(text)
        found = _SHAPE.fullmatch(text)
        if found is None or (found["sign"] and found["minus"]):
            raise UnreadableError("E_AMOUNT_FORMAT")
        number, own = found["number"], _SHORT.get(found["unit"] or "", found["unit"] or "")
        below = bool(found["sign"] or found["minus"])
    if code := _misgrouped(number):
        raise UnreadableError(code)
    said = "".join((found["before"] or "") + (found["after"] or "")) if found else ""
    if code := _other_period(said + per, period):
        raise UnreadableError(code)
    codes = ("W_UNIT",) if own and stated and own != stated else ()
    return _fen(number.replace(",", ""), own or stated or "元", codes, below=below, negative=negative)


def _fen(number: str, unit: str, codes: tuple[str, ...], *, below: bool, negative: bool) -> Parsed[int]:
    decimals = len(number.partition(".")[2])
    if unit not in PLACES:
        raise UnreadableError("E_AMOUNT_FORMAT")
    if decimals > PLACES[unit]:
        raise UnreadableError("E_AMOUNT_PRECISION")
    fen = int(Decimal(number).scaleb(PLACES[unit]))
    if fen > GREATEST:
        raise UnreadableError("E_AMOUNT_RANGE")
    if below and fen and not negative:
        raise UnreadableError("E_AMOUNT_NEGATIVE")
    return Parsed(-fen if below else fen, codes)


def _unwound(text: str) -> str:
    """A workbook's number as it was typed: 560.1, not 560.10000000000002."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite():
        return text
    near = round(number, 2)
    number = near if abs(number - near) < NOISE else number
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"


def _misgrouped(number: str) -> str | None:
    """Why digits, commas and points are no number."""
    if _PLAIN.fullmatch(number) or _GROUPED.fullmatch(number):
        return None
    return "E_AMOUNT_GROUPING" if "," in number else "E_AMOUNT_FORMAT"


def _other_period(said: str, period: str) -> str | None:
    """A yearly amount in a monthly column, or the other way round, is not converted by guess."""
    yearly, monthly = "年" in said, "月" in said
    if (yearly and period != "年") or (monthly and period not in {"月", ""}):
        return "E_AMOUNT_PERIOD"
    return None


def _capitals(text: str) -> Parsed[int]:
    """Chinese numerals in capitals: 壹仟贰佰元整, 叁角伍分."""
    body = re.sub(r"[整正]$", "", text)
    found = re.fullmatch(r"(?:(?P<yuan>[^元圆圓角分]+)[元圆圓])?零?(?:(?P<jiao>.)角)?零?(?:(?P<fen>.)分)?", body)
    if found is None or not any(found.groups()):
        raise UnreadableError("E_AMOUNT_FORMAT")
    whole = _integer(found["yuan"]) if found["yuan"] else 0
    jiao, fen = _DIGITS.get(found["jiao"] or "零"), _DIGITS.get(found["fen"] or "零")
    if whole is None or jiao is None or fen is None:
        raise UnreadableError("E_AMOUNT_FORMAT")
    total = whole * 100 + jiao * 10 + fen
    if total > GREATEST:
        raise UnreadableError("E_AMOUNT_RANGE")
    return Parsed(total)


def _integer(text: str) -> int | None:
    """贰万伍仟零陆拾 -> 25060; None where the order is broken."""
    total = section = digit = 0
    for sign in text:
        if sign in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[sign]
        elif sign in _TENS:
            if not digit and not (sign == "拾" and not section and not total):
                return None
            section, digit = section + (digit or 1) * _TENS[sign], 0
        elif sign in _MYRIADS:
            total, section, digit = (total + section + digit) * _MYRIADS[sign], 0, 0
        else:
            return None
    return total + section + digit
