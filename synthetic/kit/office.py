"""When is the office open: the day so many working days on, and a moment of that day?"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from casework.calendar import Calendar

_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Office:
    """The working calendar, and clocks within the day drawn from a generator."""

    calendar: Calendar
    random: Random

    def open_on(self, day: date) -> date:
        """That day if it is a working day, else the next one."""
        while self.calendar.is_workday(day) is False:
            day += _ONE
        return day

    def after(self, day: date, working_days: int) -> date:
        """The working day so many working days after; 0: the day itself or the next open one.

        Raises:
            ValueError: beyond the published calendar.
        """
        if working_days <= 0:
            return self.open_on(day)
        due = self.calendar.due(day, working_days)
        if due is None:
            raise ValueError(f"{working_days} working days after {day} lie beyond the published calendar")
        return due

    def between(self, start: date, end: date) -> int:
        """WD(start, end) of contract §4."""
        days = self.calendar.between(start, end)
        if days is None:
            raise ValueError(f"{start} to {end} lies beyond the published calendar")
        return days

    def moment(self, day: date, first: int = 9, last: int = 16) -> datetime:
        """Some second of that day, from `first` o'clock until just before the hour after `last`."""
        seconds = first * 3600 + int(self.random.random() * (last + 1 - first) * 3600)
        return datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)  # noqa: DTZ001 - files hold local time
