"""Are emergencies answered as fast as their colour asks?"""

from typing import Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from casework.tables import APPLICATION
from dashboard.parts import counted, shown, survival, twin
from dashboard.parts.charts import INK, base
from dashboard.queries import timeliness
from dashboard.queries.timeliness import Answered
from dashboard.queries.times import small
from dashboard.session import Session

_NAMES: Final = {option.code: option.label for option in APPLICATION["urgency"].options}
_COLOURS: Final = {"red": "#c0392b", "yellow": "#E69F00", "blue": "#0072B2", "green": "#009E73", "": "#7b8a92"}
_INKS: Final = {"yellow": INK}  # white on yellow is hard to read
_ROW: Final = 44  # pixels of a bar


def draw(session: Session, cases: pl.DataFrame) -> None:
    """The share answered in time by colour, and a falling line for each."""
    say, least = session.say, counted.least(session)
    st.subheader(say("timeliness.colours"))
    st.caption(say("timeliness.colours_what"))
    rows = timeliness.answered(cases, least)
    if not rows:
        st.caption(say("timeliness.no_emergency"))
        return
    left, right = st.columns([2, 3], gap="large")
    with left:
        _answers(session, rows)
    with right:
        _waiting(session, cases)


def name(session: Session, colour: str) -> str:
    """A colour in words."""
    return session.text(_NAMES[colour]) if colour else session.say("timeliness.no_colour")


def _answers(session: Session, rows: list[Answered]) -> None:
    say = session.say
    table = pl.DataFrame([_told(session, row) for row in rows])
    twin.draw(
        session, _figure(session, rows), table, name="urgency", alt=say("timeliness.answers_alt"), data=_data(rows)
    )


def _figure(session: Session, rows: list[Answered]) -> go.Figure:
    figure = base(height=110 + _ROW * max(len(rows), 2))
    figure.add_trace(
        go.Bar(
            x=[100 * (row.value or 0) for row in rows],
            y=[name(session, row.colour) for row in rows],
            orientation="h",
            marker={"color": [_COLOURS[row.colour] for row in rows]},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [100 * ((row.high or 0) - (row.value or 0)) for row in rows],
                "arrayminus": [100 * ((row.value or 0) - (row.low or 0)) for row in rows],
                "color": INK,
                "thickness": 1.2,
            },
            text=[_value(session, row) for row in rows],
            textposition=["inside" if row.value else "outside" for row in rows],
            insidetextanchor="start",
            textfont={"color": [_INKS.get(row.colour, "white") if row.value else INK for row in rows], "size": 14},
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    )
    figure.update_yaxes(autorange="reversed", showgrid=False, type="category")
    figure.update_xaxes(
        range=[0, 103], ticksuffix="%", title={"text": session.say("timeliness.on_time"), "font": {"size": 13}}
    )
    return figure


def _value(session: Session, row: Answered) -> str:
    """The share, or why there is none."""
    if not row.limits:
        return session.say("timeliness.no_limit")
    return session.say("times.few") if row.hidden else shown.percent(row.value)


def _told(session: Session, row: Answered) -> dict[str, str]:
    say = session.say
    hidden = say("times.few")
    limits = "、".join(say("timeliness.hours", count=limit) for limit in row.limits)
    return {
        say("timeliness.colour"): name(session, row.colour),
        say("timeliness.limit"): limits or say("timeliness.no_limit"),
        say("timeliness.accepted"): hidden if row.cases is None else f"{row.cases:,}",
        say("timeliness.on_time"): _value(session, row),
        say("timeliness.basis"): _basis(row),
    }


def _basis(row: Answered) -> str:
    if row.whole is None:
        return shown.UNKNOWN
    return f"{row.whole:,}" if row.on_time is None else f"{row.on_time:,} / {row.whole:,}"


def _data(rows: list[Answered]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "urgency": row.colour,
                "limit_hours": ";".join(map(str, row.limits)),
                "cases": row.cases,
                "on_time": row.on_time,
                "whole": row.whole,
                "value": row.value,
                "low": row.low,
                "high": row.high,
                "suppressed": row.hidden,
            }
            for row in rows
        ],
        infer_schema_length=None,
    )


def _waiting(session: Session, cases: pl.DataFrame) -> None:
    """A line for each colour that enough cases have."""
    say, least = session.say, counted.least(session)
    timed = timeliness.by_colour(timeliness.timed(cases, "hours"))
    groups = {colour: group for colour, group in timed.items() if group.height and not small(group.height, least)}
    if not groups:
        st.caption(say("timeliness.too_few", minimum=session.desk.counts.minimum))
        return
    lines = [
        survival.Line(colour or "none", name(session, colour), _COLOURS[colour], group)
        for colour, group in groups.items()
    ]
    limits = sorted({limit for group in groups.values() for limit in group["limit"].drop_nulls().unique()})
    survival.draw(session, lines, limits, "hours", name="urgency-waiting", alt=say("timeliness.colours_alt"))
