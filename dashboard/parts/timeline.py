"""How is a course drawn: lanes, limits, days off?"""

from datetime import date, datetime, time, timedelta
from html import escape
from typing import Any, Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from casework.calendar import Calendar
from dashboard.parts import shown, tables
from dashboard.parts.charts import CONFIG, INK, SOFT, base
from dashboard.queries.course import Course, Span, Tone, days_off
from dashboard.session import Session

_COLOURS: Final[dict[Tone, str]] = {
    "plain": "#0072B2",
    "pause": "#56B4E9",
    "limit": "#D55E00",
    "late": "#D55E00",
    "doubt": "#E69F00",
    "still": "#6b7a83",
}
_OFF, _MADE_UP, _UNKNOWN = "#e6ebee", "#009E73", "#f7ead1"
_SHADED: Final = 800  # days: beyond it single days off are finer than a pixel
_LANE: Final = 34


def draw(session: Session, course: Course, calendar: Calendar) -> None:
    """The drawing, its legend in words and its table twin; nothing where there is nothing to draw."""
    if course.bars:
        _months(session, course)
    elif course.spans:
        _lanes(session, course, calendar)


def _lanes(session: Session, course: Course, calendar: Calendar) -> None:
    say = session.say
    names = list(dict.fromkeys(escape(session.text(span.lane)) for span in course.spans))
    figure = base(height=110 + _LANE * len(names))
    margin = max(timedelta(days=1), (course.last - course.first) / 40)
    first, last = course.first - margin, course.last + margin
    seen = _shade(
        figure,
        calendar,
        first,
        last,
        say_words={"off": say("timeline.off"), "made_up": say("timeline.made_up"), "unknown": say("timeline.unknown")},
    )
    for span in course.spans:
        _span(figure, session, span, course)
    for place, line in enumerate(sorted(course.lines, key=lambda line: line.on)):
        _line(figure, session.text(line.label), line.on, line.tone, place)
    figure.update_yaxes(categoryorder="array", categoryarray=names[::-1], showgrid=False, tickfont={"size": 13})
    figure.update_xaxes(range=[first, last], tickformat="%Y-%m-%d", nticks=8)
    st.plotly_chart(
        figure,
        config=CONFIG,
        theme=None,
        alt=say("timeline.alt", lanes=len(names), since=f"{course.first:%Y-%m-%d}", until=f"{course.last:%Y-%m-%d}"),
    )
    if seen:
        st.caption(" · ".join(seen))
    with st.expander(say("timeline.twin")):
        tables.plain(
            pl.DataFrame(
                [
                    {
                        say("timeline.step"): session.text(span.lane),
                        say("timeline.start"): _moment(span.start, dated=span.dated),
                        say("timeline.end"): _moment(span.end, dated=span.dated)
                        if span.end
                        else say("timeline.running"),
                        say("timeline.note"): session.text(span.note),
                    }
                    for span in course.spans
                ]
                + [
                    {
                        say("timeline.step"): session.text(line.label),
                        say("timeline.start"): f"{line.on:%Y-%m-%d}",
                        say("timeline.end"): "",
                        say("timeline.note"): "",
                    }
                    for line in course.lines
                ]
            ),
            alt=say("timeline.twin"),
        )


def _moment(moment: datetime, *, dated: bool) -> str:
    return f"{moment:%Y-%m-%d}" if dated else f"{moment:%Y-%m-%d %H:%M}"


def _span(figure: go.Figure, session: Session, span: Span, course: Course) -> None:
    lane = escape(session.text(span.lane))
    colour = _COLOURS[span.tone]
    end = span.end or course.last
    until = _moment(end, dated=span.dated) if span.end else session.say("timeline.running")
    said = f"{lane}<br>{_moment(span.start, dated=span.dated)} – {until}"
    if note := session.text(span.note):
        said += f"<br>{escape(note)}"
    same_day = span.start.date() == end.date()
    figure.add_trace(
        go.Scatter(
            x=[span.start, end],
            y=[lane, lane],
            mode="markers" if same_day else "lines+markers",
            line={"color": colour, "width": 11},
            marker={"color": colour, "size": 11, "symbol": "circle" if span.end else ["circle", "triangle-right"]},
            hovertemplate=said + "<extra></extra>",
            showlegend=False,
        )
    )


def _line(figure: go.Figure, label: str, on: datetime, tone: Tone, place: int) -> None:
    figure.add_shape(
        type="line", x0=on, x1=on, y0=0, y1=1, yref="paper", line={"color": _COLOURS[tone], "width": 2, "dash": "dash"}
    )
    figure.add_annotation(
        x=on,
        y=1.0,
        yref="paper",
        yanchor="bottom",
        yshift=15 * (place % 2),
        text=escape(f"{label} {on:%Y-%m-%d}"),
        showarrow=False,
        font={"color": _COLOURS[tone], "size": 12},
    )


def _shade(
    figure: go.Figure, calendar: Calendar, first: datetime, last: datetime, *, say_words: dict[str, str]
) -> list[str]:
    """Days off as grey bands, worked weekend days as green ones; what the colours mean, where they occur."""
    if (last - first).days > _SHADED:
        return []
    off = days_off(calendar, first.date(), last.date())
    seen = []
    for start, end in off.off:
        _band(figure, start, end, _OFF)
    for day in off.made_up:
        _band(figure, day, day, _MADE_UP, opacity=0.35)
    if off.off:
        seen.append(say_words["off"])
    if off.made_up:
        seen.append(f"{say_words['made_up']} {', '.join(str(day) for day in off.made_up)}")
    if off.unknown_from is not None:
        _band(figure, off.unknown_from, last.date(), _UNKNOWN)
        seen.append(say_words["unknown"])
    return seen


def _band(figure: go.Figure, start: date, end: date, colour: str, *, opacity: float = 1.0) -> None:
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
        opacity=opacity,
    )


def _months(session: Session, course: Course) -> None:
    say = session.say
    figure = base(height=280)
    months = [bar.month for bar in course.bars]
    doubt = say("timeline.doubt")
    figure.add_trace(
        go.Bar(
            x=months,
            y=[bar.amount_fen / 100 for bar in course.bars],
            marker={"color": [_COLOURS[bar.tone] for bar in course.bars]},
            hovertemplate="%{x|%Y-%m}: %{y:,.2f}<extra></extra>",
            width=20 * 86_400_000,
        )
    )
    for place, line in enumerate(course.lines):
        _line(figure, session.text(line.label), line.on, line.tone, place)
    figure.update_yaxes(title={"text": say("timeline.paid"), "font": {"color": SOFT}}, rangemode="tozero")
    figure.update_xaxes(tickformat="%Y-%m", nticks=12, color=INK)
    st.plotly_chart(
        figure,
        config=CONFIG,
        theme=None,
        alt=say("timeline.alt_months", since=f"{months[0]:%Y-%m}", until=f"{months[-1]:%Y-%m}"),
    )
    if any(bar.tone == "doubt" for bar in course.bars):
        st.caption(doubt)
    with st.expander(say("timeline.twin")):
        rows: list[dict[str, Any]] = [
            {
                say("timeline.month"): f"{bar.month:%Y-%m}",
                say("timeline.paid"): shown.yuan(bar.amount_fen),
                say("timeline.note"): doubt if bar.tone == "doubt" else "",
            }
            for bar in course.bars
        ]
        tables.plain(pl.DataFrame(rows), alt=say("timeline.twin"))
