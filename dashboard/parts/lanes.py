"""How is a course drawn in lanes: what lasted, what waited, what stopped the clock, what was due?"""

from datetime import datetime, timedelta
from html import escape
from typing import Any, Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from casework.calendar import Calendar
from dashboard.parts import days, tables
from dashboard.parts.charts import CONFIG, INK, SOFT, base, by_months, upright
from dashboard.queries.course import Course, Mark, Span, Tone
from dashboard.queries.limits import end_of
from dashboard.session import Session

COLOURS: Final[dict[Tone, str]] = {
    "plain": "#0072B2",
    "stop": "#1c2b33",
    "wait": "#8a979e",
    "limit": "#D55E00",
    "late": "#D55E00",
    "doubt": "#E69F00",
    "still": "#6b7a83",
}
_LEGEND: Final[dict[Tone, str]] = {
    "plain": "timeline.is_plain",
    "late": "timeline.is_late",
    "doubt": "timeline.is_doubt",
    "stop": "timeline.is_stop",
    "wait": "timeline.is_wait",
    "limit": "timeline.is_limit",
}
_WHAT: Final[dict[Tone, str]] = {
    "plain": "timeline.what_taken",
    "late": "timeline.what_taken",
    "doubt": "timeline.what_taken",
    "stop": "timeline.what_stop",
    "wait": "timeline.what_wait",
    "limit": "timeline.what_limit",
    "still": "timeline.what_moment",
}
_BY_MONTH: Final = 150  # days: beyond it the axis tells months, days would run into one another
_LANE: Final = 34
_COLUMN: Final = 860  # pixels of the page at 1280, names and drawing together
_DATE: Final = 90  # pixels of a written day and the gap beside it
_WIDE, _NARROW = 12, 7  # pixels of a Chinese and of another sign
_LATIN: Final = "\u2e80"  # the signs before it are narrow
_BAR: Final = 0.42  # of a lane


def draw(session: Session, course: Course, calendar: Calendar) -> None:
    """The drawing, what its colours mean, and the same as a table."""
    say = session.say
    order = course.lanes or tuple(dict.fromkeys(span.lane for span in course.spans))
    lanes = [escape(session.text(lane)) for lane in order]
    figure = base(height=120 + _LANE * len(lanes))
    margin = max(timedelta(days=1), (course.last - course.first) / 40)
    first, last = course.first - margin, course.last + margin
    legend = _legend(session, course)
    if course.by_working_days:
        legend += days.shade(session, figure, calendar, first.date(), last.date())
    for span in sorted(course.spans, key=lambda span: span.tone == "stop"):  # the hatching lies above
        _span(figure, session, span)
    for mark in course.marks:
        _mark(figure, session, mark)
    _without_rows(figure, session, course, first)
    named = [(line.on, f"{session.text(line.label)} {line.on:%Y-%m-%d}", COLOURS[line.tone]) for line in course.lines]
    upright(figure, named, first, last)
    figure.update_layout(barmode="overlay")
    figure.update_yaxes(type="category", categoryorder="array", categoryarray=lanes[::-1], showgrid=False)
    figure.update_yaxes(range=[-0.6, len(lanes) - 0.15])
    ticks = _ticks(lanes)
    figure.update_xaxes(type="date", range=[first, last], tickformat="%Y-%m-%d", nticks=ticks, tickangle=0)
    if not course.by_days or (last - first).days > _BY_MONTH:
        by_months(figure, first.date(), last.date(), most=ticks)
    alt = say("timeline.alt", lanes=len(lanes), since=f"{course.first:%Y-%m-%d}", until=f"{course.last:%Y-%m-%d}")
    st.plotly_chart(figure, config=CONFIG, theme=None, alt=alt)
    st.caption(" · ".join(legend))
    for note in course.notes:
        st.caption(session.text(note))
    twin(session, _rows(session, course))


def twin(session: Session, rows: list[dict[str, str]]) -> None:
    """The same as a table, folded away."""
    with st.expander(session.say("timeline.twin")):
        tables.plain(pl.DataFrame(rows), alt=session.say("timeline.twin"))


def _legend(session: Session, course: Course) -> list[str]:
    there = {span.tone for span in course.spans} | {mark.tone for mark in course.marks}
    there |= {line.tone for line in course.lines}
    return [session.say(words) for tone, words in _LEGEND.items() if tone in there]


def _ticks(lanes: list[str]) -> int:
    """How many dates fit beside the longest name of a lane on the narrowest screen."""
    longest = max(sum(_WIDE if sign > _LATIN else _NARROW for sign in lane) for lane in lanes)
    return max(2, min(9, (_COLUMN - longest) // _DATE))


def _rows(session: Session, course: Course) -> list[dict[str, str]]:
    say = session.say
    titles = [say("timeline.step"), say("timeline.what"), say("timeline.start"), say("timeline.end")]
    titles.append(say("timeline.note"))
    rows: list[tuple[datetime, tuple[str, ...]]] = []
    for span in course.spans:
        lane, what = session.text(span.lane), say(_WHAT[span.tone])
        at = (_moment(span.start, dated=span.dated), _end(session, span))
        rows.append((span.start, (lane, what, *at, session.text(span.note))))
    for mark in course.marks:
        what, at_ = say(_WHAT[mark.tone]), _moment(mark.on, dated=mark.dated or mark.tone == "limit")
        rows.append((mark.on, (session.text(mark.lane), what, at_, "", session.text(mark.label))))
    days = ((line.on, say(_WHAT[line.tone]), session.text(line.label)) for line in course.lines)
    rows += [(on, ("", what, f"{on:%Y-%m-%d}", "", label)) for on, what, label in days]
    return [dict(zip(titles, row, strict=True)) for _, row in sorted(rows)]


def _moment(moment: datetime, *, dated: bool) -> str:
    return f"{moment:%Y-%m-%d}" if dated else f"{moment:%Y-%m-%d %H:%M}"


def _end(session: Session, span: Span) -> str:
    return session.say("timeline.running") if span.end is None else _moment(span.end, dated=span.dated)


def _span(figure: go.Figure, session: Session, span: Span) -> None:
    """A bar; hatched where the clock stood still, a dotted line where it was waited, a dot where it took no time."""
    lane, end = escape(session.text(span.lane)), span.end or end_of(session.desk.as_of)
    said = [lane, f"{_moment(span.start, dated=span.dated)} – {_end(session, span)}", escape(session.text(span.note))]
    look: dict[str, Any] = {"hovertemplate": "<br>".join(line for line in said if line) + "<extra></extra>"}
    colour = COLOURS[span.tone]
    if span.tone == "wait":
        dots = {"color": colour, "width": 2, "dash": "dot"}
        figure.add_trace(go.Scatter(x=[span.start, end], y=[lane, lane], mode="lines", line=dots, **look))
        return
    if span.start.date() == end.date():
        figure.add_trace(go.Scatter(x=[span.start], y=[lane], mode="markers", marker=_dot(colour, "circle"), **look))
        return
    fill: dict[str, Any] = {"color": colour, "line": {"width": 0}}
    if span.tone == "stop":
        hatch = {"shape": "/", "fgcolor": colour, "bgcolor": "rgba(255,255,255,0.72)", "size": 7, "solidity": 0.28}
        fill = {"pattern": hatch, "line": {"color": colour, "width": 1}}
    length = (end - span.start) / timedelta(milliseconds=1)
    figure.add_trace(go.Bar(x=[length], base=[span.start], y=[lane], orientation="h", width=_BAR, marker=fill, **look))
    if span.end is None:
        figure.add_trace(
            go.Scatter(x=[end], y=[lane], mode="markers", marker=_dot(colour, "triangle-right"), hoverinfo="skip")
        )


def _mark(figure: go.Figure, session: Session, mark: Mark) -> None:
    """A stroke for a limit; a diamond, with its name above, for anything else."""
    lane, label, colour = escape(session.text(mark.lane)), escape(session.text(mark.label)), COLOURS[mark.tone]
    limit = mark.tone == "limit"
    stroke = {"color": colour, "size": 20, "symbol": "line-ns", "line": {"color": colour, "width": 3}}
    figure.add_trace(
        go.Scatter(
            x=[mark.on],
            y=[lane],
            mode="markers" if limit else "markers+text",
            marker=stroke if limit else {**_dot(INK, "diamond"), "line": {"color": "white", "width": 1}},
            text=[label],
            textposition="top center",
            textfont={"size": 11, "color": INK},
            cliponaxis=False,
            hovertemplate=f"{lane}<br>{label} {_moment(mark.on, dated=mark.dated)}<extra></extra>",
        )
    )


def _dot(colour: str, symbol: str) -> dict[str, Any]:
    return {"color": colour, "size": 12, "symbol": symbol}


def _without_rows(figure: go.Figure, session: Session, course: Course, first: datetime) -> None:
    """A lane that should hold something and does not says so."""
    there = {span.lane for span in course.spans} | {mark.lane for mark in course.marks if mark.tone != "limit"}
    for lane in (escape(session.text(one)) for one in course.lanes if one not in there):
        figure.add_trace(
            go.Scatter(x=[first], y=[lane], mode="markers", marker={"opacity": 0}, hoverinfo="skip")  # makes the lane
        )
        figure.add_annotation(
            x=first,
            y=lane,
            text=escape(session.say("timeline.no_row")),
            xanchor="left",
            showarrow=False,
            font={"color": SOFT, "size": 12},
        )
