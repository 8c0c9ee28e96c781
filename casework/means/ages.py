"""How many whole years, or whole months, lie between two dates?

By birthdays: a year is over on the same day of the next; on the last day of a shorter month for a day that month lacks.
"""

from typing import Final

import narwhals as nw

_LONG, _SHORT = 31, 30
_SHORT_MONTHS: Final = (4, 6, 9, 11)
_FEBRUARY: Final = 2


def years(since: str, on: str) -> nw.Expr:
    """Whole years between two Date columns; a child of 29 February has its birthday on 1 March in other years."""
    return (_number(on) - _number(since)) // 10_000


def months(since: str, on: str) -> nw.Expr:
    """Whole months between two Date columns; from 31 August six months are over on the last day of February."""
    a, b = nw.col(since).dt, nw.col(on).dt
    whole = (
        (b.year().cast(nw.Int64) - a.year().cast(nw.Int64)) * 12 + b.month().cast(nw.Int64) - a.month().cast(nw.Int64)
    )
    reached = (b.day() >= a.day()) | (b.day() == _length(on))
    return whole - nw.when(reached).then(nw.lit(0)).otherwise(nw.lit(1))


def _number(column: str) -> nw.Expr:
    """A date as a number in the order of the calendar: a difference of 10 000 is a birthday."""
    day = nw.col(column).dt
    return day.year().cast(nw.Int64) * 10_000 + day.month().cast(nw.Int64) * 100 + day.day().cast(nw.Int64)


def _length(column: str) -> nw.Expr:
    """How many days the month of a Date column has."""
    year, month = nw.col(column).dt.year(), nw.col(column).dt.month()
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    february = nw.when(leap).then(nw.lit(29)).otherwise(nw.lit(28))
    return (
        nw.when(month.is_in(_SHORT_MONTHS))
        .then(nw.lit(_SHORT))
        .when(month == _FEBRUARY)
        .then(february)
        .otherwise(nw.lit(_LONG))
    )
