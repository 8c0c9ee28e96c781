"""What happened when, behind one lead?

One shape for every subject: lanes with spans and marks, upright lines (limits, deaths, the data's own day), and for
awards the amounts of the months. The drawing (`parts.timeline`) knows nothing of schemes.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from casework.calendar import Calendar
from casework.text import Text

Tone = Literal["plain", "stop", "wait", "limit", "late", "doubt", "still"]


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
class Mark:
    """A moment that matters to one lane."""

    lane: Text
    on: datetime
    label: Text
    tone: Tone = "still"
    dated: bool = True


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
    marks: tuple[Mark, ...] = ()
    lanes: tuple[Text, ...] = ()  # from top to bottom, empty ones too; without any, as the spans come
    notes: tuple[Text, ...] = ()  # what could not be drawn, and why
    by_working_days: bool = False  # are days off worth seeing?
    by_days: bool = True  # else only the months are known

    @property
    def first(self) -> datetime:
        """The earliest moment drawn."""
        return min([span.start for span in self.spans] + self._moments)

    @property
    def last(self) -> datetime:
        """The latest moment drawn."""
        return max([span.end or span.start for span in self.spans] + self._moments)

    @property
    def _moments(self) -> list[datetime]:
        return [line.on for line in self.lines] + [mark.on for mark in self.marks]


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Which days of a stretch were no working days, and which weekend days were."""

    weekends: tuple[tuple[date, date], ...]  # first and last day, both included
    holidays: tuple[tuple[date, date], ...]  # Mondays to Fridays off
    made_up: tuple[date, ...]  # 调休: Saturdays and Sundays worked
    unknown: tuple[tuple[date, date], ...]  # outside the published calendar nothing is known


_SATURDAY = 5


def days_off(calendar: Calendar, first: date, last: date) -> DaysOff:
    """Merge the non-working days between two days into stretches."""
    weekends: list[date] = []
    holidays: list[date] = []
    made_up: list[date] = []
    unknown: list[date] = []
    for place in range((last - first).days + 1):
        day = first + timedelta(days=place)
        weekend = day.weekday() >= _SATURDAY
        match calendar.is_workday(day):
            case None:
                unknown.append(day)
            case True if weekend:
                made_up.append(day)
            case False:
                (weekends if weekend else holidays).append(day)
    return DaysOff(_stretches(weekends), _stretches(holidays), tuple(made_up), _stretches(unknown))


def _stretches(days: list[date]) -> tuple[tuple[date, date], ...]:
    found: list[tuple[date, date]] = []
    for day in days:
        if found and found[-1][1] == day - timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return tuple(found)
