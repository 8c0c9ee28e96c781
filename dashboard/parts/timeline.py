"""How is a course drawn: lanes, limits, days off?"""

from datetime import date, datetime, time, timedelta
from html import escape
from typing import Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from casework.calendar import Calendar
from dashboard.parts import shown, tables
from dashboard.parts.charts import CONFIG, base, by_months
from dashboard.queries.course import Course, Line, Span, Tone, days_off
from dashboard.session import Session

_COLOURS: Final[dict[Tone, str]] = {
    "plain": "#0072B2",
    "pause": "#56B4E9",
    "limit": "#D55E00",
    "late": "#D55E00",
    "doubt": "#E69F00",
    "still": "#6b7a83",
}
_OFF, _MADE_UP, _UNKNOWN = "#e6ebee", "#9bd8c4", "#f7ead1"
_BY_MONTH: Final = 150  # days: beyond it the axis tells months, days would run into one another
_SHADED: Final = 800  # days: beyond it single days off are finer than a pixel
_LANE: Final = 34
_COLUMN: Final = 560  # pixels of the narrowest column, names and drawing together
_DATE: Final = 80  # pixels of a written day and the gap beside it
_WIDE, _NARROW = 12, 7  # pixels of a Chinese and of another sign
_LATIN: Final = "\u2e80"  # the signs before it are narrow
_EDGE: Final = 0.15  # of the width: a label nearer to the edge is written inwards


def draw(session: Session, course: Course, calendar: Calendar) -> None:
    """The drawing, what its colours mean, and its table twin; nothing where there is nothing to draw."""
    if course.bars:
        _months(session, course)
    elif course.spans:
        _lanes(session, course, calendar)


def _lanes(session: Session, course: Course, calendar: Calendar) -> None:
    say = session.say
    lanes = list(dict.fromkeys(escape(session.text(span.lane)) for span in course.spans))
    figure = base(height=110 + _LANE * len(lanes))
    margin = max(timedelta(days=1), (course.last - course.first) / 40)
    first, last = course.first - margin, course.last + margin
    legend = _shade(session, figure, calendar, first, last) if course.by_working_days else []
    for span in course.spans:
        _span(figure, session, span, course)
    _lines(figure, session, course.lines, first, last)
    figure.update_yaxes(categoryorder="array", categoryarray=lanes[::-1], showgrid=False)
    by_days = course.by_days and (last - first).days <= _BY_MONTH
    ticks = _ticks(lanes)
    figure.update_xaxes(range=[first, last], tickformat="%Y-%m-%d", nticks=ticks, tickangle=0)
    if not by_days:
        by_months(figure, first.date(), last.date(), most=ticks)
    alt = say("timeline.alt", lanes=len(lanes), since=f"{course.first:%Y-%m-%d}", until=f"{course.last:%Y-%m-%d}")
    st.plotly_chart(figure, config=CONFIG, theme=None, alt=alt)
    if legend:
        st.caption(" · ".join(legend))
    _twin(session, _lane_rows(session, course))


def _ticks(lanes: list[str]) -> int:
    """How many dates fit beside the longest name of a lane, in the narrowest column the drawing may stand in."""
    longest = max(sum(_WIDE if sign > _LATIN else _NARROW for sign in lane) for lane in lanes)
    return max(2, min(6, (_COLUMN - longest) // _DATE))


def _lane_rows(session: Session, course: Course) -> list[dict[str, str]]:
    say = session.say
    titles = [say("timeline.step"), say("timeline.start"), say("timeline.end"), say("timeline.note")]
    rows = [
        (session.text(span.lane), _moment(span.start, dated=span.dated), _end(session, span), session.text(span.note))
        for span in course.spans
    ] + [(session.text(line.label), f"{line.on:%Y-%m-%d}", "", "") for line in course.lines]
    return [dict(zip(titles, row, strict=True)) for row in rows]


def _twin(session: Session, rows: list[dict[str, str]]) -> None:
    with st.expander(session.say("timeline.twin")):
        tables.plain(pl.DataFrame(rows), alt=session.say("timeline.twin"))


def _moment(moment: datetime, *, dated: bool) -> str:
    return f"{moment:%Y-%m-%d}" if dated else f"{moment:%Y-%m-%d %H:%M}"


def _end(session: Session, span: Span) -> str:
    return session.say("timeline.running") if span.end is None else _moment(span.end, dated=span.dated)


def _span(figure: go.Figure, session: Session, span: Span, course: Course) -> None:
    lane = escape(session.text(span.lane))
    end = span.end or course.last
    said = [lane, f"{_moment(span.start, dated=span.dated)} – {_end(session, span)}", escape(session.text(span.note))]
    figure.add_trace(
        go.Scatter(
            x=[span.start, end],
            y=[lane, lane],
            mode="markers" if span.start.date() == end.date() else "lines+markers",
            line={"color": _COLOURS[span.tone], "width": 11},
            marker={
                "color": _COLOURS[span.tone],
                "size": 11,
                "symbol": "circle" if span.end else ["circle", "triangle-right"],
            },
            hovertemplate="<br>".join(line for line in said if line) + "<extra></extra>",
        )
    )


def _lines(figure: go.Figure, session: Session, lines: tuple[Line, ...], first: datetime, last: datetime) -> None:
    """Upright lines with their names above, every other one higher, none cut off at the edge."""
    for place, line in enumerate(sorted(lines, key=lambda line: line.on)):
        colour, at = _COLOURS[line.tone], (line.on - first) / (last - first)
        figure.add_shape(
            type="line",
            x0=line.on,
            x1=line.on,
            y0=0,
            y1=1,
            yref="paper",
            line={"color": colour, "width": 2, "dash": "dash"},
        )
        figure.add_annotation(
            x=line.on,
            y=1.0,
            yref="paper",
            yanchor="bottom",
            xanchor="right" if at > 1 - _EDGE else "left" if at < _EDGE else "center",
            yshift=16 * (place % 2),
            text=escape(f"{session.text(line.label)} {line.on:%Y-%m-%d}"),
            showarrow=False,
            font={"color": colour, "size": 12},
        )


def _shade(session: Session, figure: go.Figure, calendar: Calendar, first: datetime, last: datetime) -> list[str]:
    """Days off grey, worked weekend days green, unpublished years yellow; what of it occurs, in words."""
    if (last - first).days > _SHADED:
        return []
    say, days = session.say, days_off(calendar, first.date(), last.date())
    legend = []
    for start, end in days.off:
        _band(figure, start, end, _OFF)
    for day in days.made_up:
        _band(figure, day, day, _MADE_UP)
    if days.off:
        legend.append(say("timeline.off"))
    if days.made_up:
        legend.append(f"{say('timeline.made_up')} {', '.join(str(day) for day in days.made_up)}")
    if days.unknown_from is not None:
        _band(figure, days.unknown_from, last.date(), _UNKNOWN)
        legend.append(say("timeline.unknown"))
    return legend


def _band(figure: go.Figure, start: date, end: date, colour: str) -> None:
    figure.add_shape(
        type="rect",
        x0=datetime.combine(start, time.min),
        x1=datetime.combine(end + timedelta(days=1), time.min),
        y0=0,
        y1=1,
        yref="paper",
        layer="below",
        line={"width": 0},
        fillcolor=colour,
    )


def _months(session: Session, course: Course) -> None:
    say = session.say
    months = [bar.month for bar in course.bars]
    half = timedelta(days=20)
    first, last = (datetime.combine(day, time.min) for day in (months[0] - half, months[-1] + half))
    if course.lines:
        first = min(first, *(line.on - half for line in course.lines))
        last = max(last, *(line.on + half for line in course.lines))
    figure = base(height=280)
    figure.add_trace(
        go.Bar(
            x=months,
            y=[bar.amount_fen / 100 for bar in course.bars],
            marker={"color": [_COLOURS[bar.tone] for bar in course.bars]},
            hovertemplate="%{x|%Y-%m}: %{y:,.2f}<extra></extra>",
            width=20 * 86_400_000,  # plotly counts dates in milliseconds
        )
    )
    _lines(figure, session, course.lines, first, last)
    figure.update_yaxes(rangemode="tozero")
    figure.update_xaxes(range=[first, last])
    by_months(figure, months[0], last.date(), most=8)
    st.caption(say("timeline.paid"))
    alt = say("timeline.alt_months", since=f"{months[0]:%Y-%m}", until=f"{months[-1]:%Y-%m}")
    st.plotly_chart(figure, config=CONFIG, theme=None, alt=alt)
    doubt = say("timeline.doubt")
    if any(bar.tone == "doubt" for bar in course.bars):
        st.caption(doubt)
    titles = [say("timeline.month"), say("timeline.paid"), say("timeline.note")]
    rows = [
        (f"{bar.month:%Y-%m}", shown.yuan(bar.amount_fen), doubt if bar.tone == "doubt" else "") for bar in course.bars
    ]
    _twin(session, [dict(zip(titles, row, strict=True)) for row in rows])
