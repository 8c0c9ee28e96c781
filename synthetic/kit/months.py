"""Which month is that, and which is so many months away? A month is the date of its first day."""

from collections.abc import Iterator
from datetime import date


def month_of(day: date) -> date:
    """The month a day lies in."""
    return date(day.year, day.month, 1)


def shifted(month: date, by: int) -> date:
    """The month so many months later (earlier where negative)."""
    index = month.year * 12 + month.month - 1 + by
    return date(index // 12, index % 12 + 1, 1)


def months(first: date, last: date) -> Iterator[date]:
    """Every month from the first to the last, both included."""
    while first <= last:
        yield first
        first = shifted(first, 1)


def same_day(day: date, by: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    month = shifted(month_of(day), by)
    end = (shifted(month, 1) - month).days
    return month.replace(day=min(day.day, end))


def age_on(born: date, day: date) -> int:
    """Whole years of age on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
