"""How are the days of a drawing shaded: weekends, public holidays, worked weekend days (调休), unpublished years?"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final

import plotly.graph_objects as go

from casework.calendar import Calendar
from dashboard.queries.course import days_off
from dashboard.session import Session

_WEEKEND, _HOLIDAY, _MADE_UP, _UNKNOWN = "#eceff1", "#f3d9df", "#9bd8c4", "#f7ead1"
_MOST: Final = 800  # days: beyond it single days off are finer than a pixel
_NAMED: Final = 6  # worked weekend days that are named one by one


def shade(session: Session, figure: go.Figure, calendar: Calendar, first: date, last: date) -> list[str]:
    """Draw the bands; what of them occurs, in words. What nobody published is unknown, never shaded as off."""
    say = session.say
    if (last - first).days > _MOST:
        return [say("timeline.too_long")]
    days, legend = days_off(calendar, first, last), []
    made_up = [(day, day) for day in days.made_up]
    for stretches, colour, words in (
        (days.weekends, _WEEKEND, say("timeline.weekend")),
        (days.holidays, _HOLIDAY, say("timeline.holiday")),
        (made_up, _MADE_UP, say("timeline.made_up", days=_named(days.made_up))),
        (days.unknown, _UNKNOWN, say("timeline.unknown")),
    ):
        for since, until in stretches:
            _band(figure, since, until, colour)
        if stretches:
            legend.append(words)
    return legend


def _named(days: Iterable[date]) -> str:
    said = [str(day) for day in days]
    return ", ".join(said[:_NAMED]) + (" …" if len(said) > _NAMED else "")


def _band(figure: go.Figure, since: date, until: date, colour: str) -> None:
    figure.add_shape(
        type="rect",
        x0=datetime.combine(since, time.min),
        x1=datetime.combine(until + timedelta(days=1), time.min),
        y0=0,
        y1=1,
        yref="paper",
        layer="below",
        line={"width": 0},
        fillcolor=colour,
    )
