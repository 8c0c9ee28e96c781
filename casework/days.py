"""What kind of day is it: workday, weekend, holiday, make-up workday, or one the county itself changed?

The calendar alone counts; this says why a day counts, for a person who checks a count by hand.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

import chinese_calendar

from casework.calendar import Calendar, Override, published
from casework.text import Text

Kind = Literal["workday", "weekend", "holiday", "make_up", "local_off", "local_work", "unknown"]
_SATURDAY: Final = 5
_FESTIVALS: Final = {one.value: Text(one.chinese, one.value) for one in chinese_calendar.Holiday}


@dataclass(frozen=True, slots=True)
class Day:
    """One day, whether it counts, and why; `name` is the festival that a day off or its make-up day belongs to."""

    on: date
    kind: Kind
    works: bool | None  # None: not known
    name: Text | None = None
    note: str = ""  # the county's own words


def days(calendar: Calendar, local: Mapping[date, Override], first: date, last: date) -> Iterator[Day]:
    """Every day from `first` to `last`, both included."""
    for number in range((last - first).days + 1):
        yield day(calendar, local, first + timedelta(days=number))


def day(calendar: Calendar, local: Mapping[date, Override], on: date) -> Day:
    """One day: the county's own word before the published one."""
    works, said = calendar.is_workday(on), published().get(on)
    if works is None:
        return Day(on, "unknown", None)
    if on in local and local[on].works != said:
        return Day(on, "local_work" if works else "local_off", works, note=local[on].note)
    note = local[on].note if on in local else ""
    weekend = on.weekday() >= _SATURDAY
    if works:
        return Day(on, "make_up" if weekend else "workday", works, _festival(on) if weekend else None, note)
    festival = _festival(on)
    return Day(on, "weekend" if festival is None else "holiday", works, festival, note)


def _festival(on: date) -> Text | None:
    name = chinese_calendar.get_holiday_detail(on)[1]
    return None if name is None else _FESTIVALS[name]
