"""What happened when, behind one lead?

One shape for every subject: lanes with spans, points in time, upright lines (limits, deaths, the data's own day), and
for awards the amounts of the months. The drawing (`parts.timeline`) knows nothing of schemes.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from casework.calendar import Calendar
from casework.text import Text

Tone = Literal["plain", "pause", "limit", "late", "doubt", "still"]


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasted, in its lane; without an end it is still running."""

    lane: Text
    start: datetime
    end: datetime | None
    note: Text = field(default=Text("", ""))
    tone: Tone = "plain"
    dated: bool = True  # known by the day only


@dataclass(frozen=True, slots=True)
class Line:
    """A day that matters to all lanes."""

    on: datetime
    label: Text
    tone: Tone = "still"


@dataclass(frozen=True, slots=True)
class Bar:
    """The amount of one month, in fen."""

    month: date
    amount_fen: int
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Course:
    """All of it; empty where the subject has no dates to draw."""

    spans: tuple[Span, ...] = ()
    lines: tuple[Line, ...] = ()
    bars: tuple[Bar, ...] = ()
    by_working_days: bool = False  # are days off worth seeing?
    by_days: bool = True  # else only the months are known

    @property
    def first(self) -> datetime:
        """The earliest moment drawn."""
        return min([span.start for span in self.spans] + [line.on for line in self.lines])

    @property
    def last(self) -> datetime:
        """The latest moment drawn."""
        ends = [span.end or span.start for span in self.spans] + [line.on for line in self.lines]
        return max(ends)


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Which days of a stretch were no working days, and which weekend days were."""

    off: tuple[tuple[date, date], ...]  # first and last day, both included
    made_up: tuple[date, ...]  # 调休: Saturdays and Sundays worked
    unknown_from: date | None  # beyond the published calendar nothing is known


_SATURDAY = 5


def days_off(calendar: Calendar, first: date, last: date) -> DaysOff:
    """Merge the non-working days between two days into stretches."""
    off: list[tuple[date, date]] = []
    made_up: list[date] = []
    unknown: date | None = None
    for place in range((last - first).days + 1):
        day = first + timedelta(days=place)
        working = calendar.is_workday(day)
        if working is None:
            if day > calendar.through:
                unknown = unknown or day
        elif working and day.weekday() >= _SATURDAY:
            made_up.append(day)
        elif not working:
            if off and off[-1][1] == day - timedelta(days=1):
                off[-1] = (off[-1][0], day)
            else:
                off.append((day, day))
    return DaysOff(tuple(off), tuple(made_up), unknown)
