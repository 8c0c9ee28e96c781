"""Which day, month or moment does a cell name?

Read: year-month-day in any separator, 20230103, Chinese, Minguo, real workbook dates and their unformatted serials.
Not read, because it would be a guess: lunar dates, two-digit years, day-month order, serials outside a workbook.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from typing import Final, NamedTuple

from casework.intake.values.cell import DAY, NOTHING, NUMBER, TRUTH, Parsed, UnreadableError, certain, plain, seen

SHANGHAI: Final = timezone(timedelta(hours=8))  # the daylight saving of 1986-1991 is left out: files do not state it
FIRST, LAST = date(1850, 1, 1), date(2100, 12, 31)  # outside lies a typing mistake
PLACEHOLDERS: Final = frozenset({date(1900, 1, 1), date(1899, 12, 30), date(1899, 12, 31)})
OPEN_ENDS: Final = frozenset({(9999, 12), (2099, 12)})
MINGUO: Final = 1911  # year 1 of the Republic is 1912
SERIAL_END: Final = 73415  # 2100-12-31 counted from 1899-12-30
LEAP_BUG: Final = 60  # the 1900-02-29 that Excel believes in
FURTHEST: Final = timedelta(hours=14)  # no place's clock is further from Greenwich's
LAST_MINUTE: Final = 59
_NUMERIC: Final = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_CHINESE: Final = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]?")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MINGUO: Final = re.compile(r"(?:中华)?民[国國](\d{1,3}|元)年(\d{1,2})月(?:(\d{1,2})日?)?")
_TENTH: Final = re.compile(rf"{NUMBER}\d{{4}}\.\d")  # a workbook makes 2024.1 of 2024.10
_MONTH: Final = re.compile(r"(\d{4})(?:[-/.](\d{1,2})|年(\d{1,2})月份?|(\d{2}))")
_LUNAR: Final = re.compile(r"[农農阴陰旧舊][历曆]|正月|腊月|臘月|冬月|[闰閏]|初[一二三四五六七八九十]|廿")
_AMBIGUOUS: Final = re.compile(r"\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{1,4})?|\d{2}年.*|\d{1,2}[-/.]\d{4}|\d{6}")
_COARSE: Final = re.compile(r"(?:18|19|20)\d{2}(?:年|(?:[-/.年](?:0?[1-9]|1[0-2])月?)|(?:0[1-9]|1[0-2]))?")
_EMPTY_DAYS: Final = re.compile(r"0000([-/.]?)00\1(?:00)?|1900[-/.]0?1[-/.]0{1,2}|0001([-/.]?)01\2(?:01)?")
_CLOCK: Final = re.compile(
    r"(?P<day>.+?)(?:[T\s]\s*|(?<=[日号]))(?P<hour>\d{1,2})(?::|[时点])(?P<minute>\d{1,2})"
    r"(?::(?P<second>\d{1,2})(?:[.,](?P<part>\d{1,9}))?|分(?:(?P<miao>\d{1,2})秒)?)?"
    r"\s*(?P<zone>Z|[+-]\d{2}(?::?\d{2})?)?"
)
_STAMP: Final = re.compile(r"(\d{8})(\d{2})(\d{2})(\d{2})")


class Moment(NamedTuple):
    """A moment in Shanghai; `dated` where only the day is known."""

    at: datetime
    dated: bool


class _Day(NamedTuple):
    """A day as written, before anyone asks whether it can be."""

    year: int
    month: int
    day: int
    codes: tuple[str, ...] = ()


@certain
def read_date(cell: str, *, open_end: bool = False, from_1904: bool = False) -> Parsed[date]:
    """The day a cell names; a moment is its day in Shanghai (W_PRECISION)."""
    value, codes = read_moment(cell, open_end=open_end, from_1904=from_1904)
    if value is None:
        return Parsed(None, codes)
    midnight = value.at.time() == datetime.min.time()
    return Parsed(value.at.date(), codes if value.dated or midnight else (*codes, "W_PRECISION"))


@certain
def read_month(cell: str, *, open_end: bool = False, from_1904: bool = False) -> Parsed[date]:
    """The first day of the month a cell names; a full date is its month (W_PRECISION)."""
    if _TENTH.fullmatch(cell):
        raise UnreadableError("E_DATE_AMBIGUOUS")
    text = re.sub(r"\s+", "", plain(cell[2:] if cell.startswith(NUMBER) else cell))
    _western_digits(text)
    codes: tuple[str, ...] = ()
    if found := _MONTH.fullmatch(text):
        year, month = int(found[1]), int(found[2] or found[3] or found[4])
    elif (found := _MINGUO.fullmatch(text)) and not found[3]:
        year, month, codes = _western(found[1]), int(found[2]), ("W_ROC",)
    else:
        value, codes = read_date(cell, open_end=open_end, from_1904=from_1904)
        if value is None:
            return Parsed(None, codes)
        return Parsed(value.replace(day=1), tuple(dict.fromkeys((*codes, "W_PRECISION"))))
    if open_end and (year, month) in OPEN_ENDS:
        return Parsed(None, ("W_OPEN_END",))
    day = _checked(_Day(year, month, 1))
    return Parsed(day, codes)


@certain
def read_moment(cell: str, *, open_end: bool = False, from_1904: bool = False) -> Parsed[Moment]:
    """The moment a cell names, in Shanghai; an offset is converted, a bare day stays a day."""
    if cell.startswith(TRUTH):
        raise UnreadableError("E_DATE_FORMAT")
    if open_end and _never(plain(seen(cell))):
        return Parsed(None, ("W_OPEN_END",))
    if cell.startswith(NUMBER):
        return _from_number(cell[2:], from_1904=from_1904)
    typed = cell.startswith(DAY)
    text = plain(cell[2:] if typed else cell)
    _western_digits(text)
    if found := _STAMP.fullmatch(text):
        text = f"{found[1]} {found[2]}:{found[3]}:{found[4]}"
    clock = _CLOCK.fullmatch(text)
    day = _day(clock["day"].strip() if clock else text)
    if open_end and (day.year, day.month, day.day) in {(*end, 31) for end in OPEN_ENDS}:
        return Parsed(None, ("W_OPEN_END",))
    midnight = _midnight(_checked(day))
    if clock is None:
        return Parsed(Moment(midnight, dated=True), day.codes)
    at = _at(midnight, clock)
    return Parsed(Moment(at, dated=typed and at == midnight), day.codes)  # a workbook's midnight is a bare day


def _never(text: str) -> bool:
    """Is this the month, or the whole number, by which a source says that nothing ends?"""
    text = re.sub(r"\s+", "", text)
    if found := _MONTH.fullmatch(text):
        return (int(found[1]), int(found[2] or found[3] or found[4])) in OPEN_ENDS
    return text in {f"{year}{month}31" for year, month in OPEN_ENDS}


def _western_digits(text: str) -> None:
    """Digits of another script are not guessed at."""
    if any(sign.isdecimal() and not sign.isascii() for sign in text):
        raise UnreadableError("E_DATE_FORMAT")


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - moments are stored naive, in Shanghai


def _at(midnight: datetime, clock: re.Match[str]) -> datetime:
    """A day with its clock time, its offset turned into Shanghai's."""
    second = int(clock["second"] or clock["miao"] or 0)
    micro = int((clock["part"] or "0")[:6].ljust(6, "0"))
    try:
        at = midnight.replace(hour=int(clock["hour"]), minute=int(clock["minute"]), second=second, microsecond=micro)
        if zone := clock["zone"]:
            digits = "0000" if zone == "Z" else zone[1:].replace(":", "").ljust(4, "0")
            offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
            if int(digits[2:]) > LAST_MINUTE or offset > FURTHEST:
                raise UnreadableError("E_DATE_INVALID")
            at = at.replace(tzinfo=timezone(-offset if zone[0] == "-" else offset))
            at = at.astimezone(SHANGHAI).replace(tzinfo=None)
    except (ValueError, OverflowError) as error:
        raise UnreadableError("E_DATE_INVALID") from error
    return at


def _day(text: str) -> _Day:
    """The day as written."""
    text = re.sub(r"\s*([年月日号])\s*", r"\1", text)
    if _EMPTY_DAYS.fullmatch(text):
        raise UnreadableError("E_DATE_PLACEHOLDER")
    if found := _NUMERIC.fullmatch(text):
        return _Day(int(found[1]), int(found[3]), int(found[4]))
    if found := _CHINESE.fullmatch(text) or _COMPACT.fullmatch(text):
        return _Day(int(found[1]), int(found[2]), int(found[3]))
    if (found := _MINGUO.fullmatch(text)) and found[3]:
        return _Day(_western(found[1]), int(found[2]), int(found[3]), ("W_ROC",))
    raise UnreadableError(_why_not(text))


def _why_not(text: str) -> str:
    """Why a text names no day."""
    if text.lower() in NOTHING or set(text) <= set("0-/."):
        return "E_DATE_PLACEHOLDER"
    if _LUNAR.search(text):
        return "E_DATE_LUNAR"
    if _COARSE.fullmatch(text):
        return "E_DATE_PRECISION"
    return "E_DATE_AMBIGUOUS" if _AMBIGUOUS.fullmatch(text) else "E_DATE_FORMAT"


def _western(year: str) -> int:
    return MINGUO + (1 if year == "元" else int(year))


def _checked(day: _Day) -> date:
    """The day, if the calendar has it and a person may have lived it."""
    try:
        value = date(day.year, day.month, day.day)
    except ValueError as error:
        raise UnreadableError("E_DATE_INVALID") from error
    if value in PLACEHOLDERS:
        raise UnreadableError("E_DATE_PLACEHOLDER")
    if not FIRST <= value <= LAST:
        raise UnreadableError("E_DATE_RANGE")
    return value


def _from_number(text: str, *, from_1904: bool) -> Parsed[Moment]:
    """A workbook's number in a date column: 20230103 as written, else a serial day (W_SERIAL)."""
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise UnreadableError("E_DATE_FORMAT") from error
    if not number.is_finite() or number < 0:
        raise UnreadableError("E_DATE_FORMAT")
    whole = int(number)
    if number != whole or whole <= SERIAL_END:
        return _from_serial(whole, number, from_1904=from_1904)
    if len(str(whole)) in {6, 8}:
        return Parsed(Moment(_midnight(_checked(_day(str(whole)))), dated=True))
    raise UnreadableError("E_DATE_RANGE")


def _from_serial(whole: int, number: Decimal, *, from_1904: bool) -> Parsed[Moment]:
    """Days since the workbook's zero; the 29th of February 1900 that Excel believes in is no day."""
    if FIRST.year <= whole <= LAST.year:
        raise UnreadableError("E_DATE_PRECISION")  # a year, not a day of 1905
    if whole == 0:
        raise UnreadableError("E_DATE_PLACEHOLDER")
    if whole == LEAP_BUG and not from_1904:
        raise UnreadableError("E_DATE_INVALID")
    zero = datetime(1904, 1, 1, tzinfo=UTC) if from_1904 else datetime(1899, 12, 30, tzinfo=UTC)
    late = whole < LEAP_BUG and not from_1904
    seconds = round((number - whole) * 86400)
    at = (zero + timedelta(days=whole + late, seconds=seconds)).replace(tzinfo=None)
    _checked(_Day(at.year, at.month, at.day))
    return Parsed(Moment(at, dated=seconds == 0), ("W_SERIAL",))
