"""Which number does a cell hold?"""

import re
from typing import Final

from casework.intake.values.cell import DAY, NUMBER, TRUTH, Parsed, UnreadableError, certain, plain, seen
from casework.intake.values.money import read_money

_WHOLE: Final = re.compile(r"(-?[0-9]+|-?[0-9]{1,3}(?:,[0-9]{3})+)(?:\.0+)?(?:人|年|级|岁)?")
_GRADES: Final = {"一级": 1, "二级": 2, "三级": 3, "四级": 4}
_AS_NUMBER: Final = {"E_AMOUNT_FORMAT": "E_NUMBER", "E_AMOUNT_NEGATIVE": "E_RANGE", "E_AMOUNT_RANGE": "E_RANGE"}


@certain
def read_integer(cell: str, *, low: int, high: int) -> Parsed[int]:
    """A whole number between two bounds, both allowed."""
    if cell.startswith((DAY, TRUTH)):
        raise UnreadableError("E_NUMBER")
    text = plain(seen(cell))
    if text in _GRADES:
        value = _GRADES[text]
    else:
        found = _WHOLE.fullmatch(text)
        if found is None or len(text) > len(str(high)) + 12:
            raise UnreadableError("E_NUMBER")
        value = int(found[1].replace(",", ""))
    if not low <= value <= high:
        raise UnreadableError("E_RANGE")
    return Parsed(value)


@certain
def read_quantity(cell: str, *, unit: str = "") -> Parsed[int]:
    """A number of at most two decimals, in hundredths; its unit is told by another column."""
    text = cell if cell.startswith(NUMBER) else re.sub(r"(?:平方米|㎡|m²|m2)$", "", plain(cell), flags=re.IGNORECASE)
    value, codes = read_money(text, unit="" if unit in {"平方米", "人", "岁"} else unit, period="年")
    return Parsed(value, tuple(_AS_NUMBER.get(code, code) for code in codes))
