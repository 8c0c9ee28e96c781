"""How is it drawn that cases wait, and fewer of them every day?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from dashboard.parts import counted, shown, twin
from dashboard.parts.charts import INK, base, upright
from dashboard.queries import timeliness
from dashboard.session import Session
from metrics.efficiency.durations import Unit, told

UNITS: Final[dict[Unit, str]] = {
    "working_days": "timeliness.working_days",
    "days": "timeliness.days",
    "hours": "timeliness.hours",
}
_AXES: Final[dict[Unit, str]] = {
    "working_days": "timeliness.axis_working_days",
    "days": "timeliness.axis_days",
    "hours": "timeliness.axis_hours",
}
_STEPS: Final = 400  # at most in a line: more are no clearer and a page heavier
_BEYOND: Final = 1.06  # of the last line drawn, to where the axis runs


@dataclass(frozen=True, slots=True)
class Line:
    """One group of timed cases, its name in the reader's language, its code for the file and its colour."""

    code: str
    name: str
    colour: str
    cases: pl.DataFrame


def draw(session: Session, lines: Sequence[Line], limits: Sequence[int], unit: Unit, *, name: str, alt: str) -> None:
    """A falling line and its band for each group, an upright line for each limit, the same as a table and as a file.

    A group of which no step may be shown has no line.
    """
    every = {line.code: _steps(session, line) for line in lines}
    steps = {code: frame for code, frame in every.items() if frame.height > 1}  # one row is the start alone
    lines = [line for line in lines if line.code in steps]
    if not lines:
        st.caption(session.say("timeliness.no_line"))
        return
    last = max([1.0, *map(float, limits), *(frame["days"][-1] for frame in steps.values())]) * _BEYOND
    figure = base(height=380)
    for line in lines:
        _line(session, figure, line, steps[line.code])
    marks = [(float(limit), session.say(UNITS[unit], count=limit), INK) for limit in limits]
    figure.update_xaxes(range=[0, last], title={"text": session.say(_AXES[unit]), "font": {"size": 13}})
    figure.update_yaxes(
        range=[0, 101], ticksuffix="%", title={"text": session.say("timeliness.still"), "font": {"size": 13}}
    )
    if marks:
        upright(figure, marks, 0.0, last)
    figure.update_layout(
        showlegend=True, legend={"orientation": "h", "traceorder": "normal", "y": -0.22, "yanchor": "top", "x": 0}
    )
    data = pl.concat([frame.select(pl.lit(code).alias("group"), pl.all()) for code, frame in steps.items()])
    twin.draw(session, figure, _table(session, lines, steps, unit), name=name, alt=alt, data=data)


def about(session: Session, count: int) -> str:
    """A count as the reader may see it: exact, or rounded."""
    return f"{timeliness.rounded(count, counted.least(session)):,}"


def _steps(session: Session, line: Line) -> pl.DataFrame:
    least = counted.least(session)
    found = told(timeliness.curve(line.cases), max(least, line.cases.height // _STEPS))
    watched = [timeliness.rounded(count, least) for count in found["watched"]]
    found = found.with_columns(pl.Series("watched", watched, dtype=pl.Int64))
    return found.with_columns(pl.col("open", "low", "high").round(timeliness.SHARES)) if least > 1 else found


def _line(session: Session, figure: go.Figure, line: Line, steps: pl.DataFrame) -> None:
    bounded = steps.drop_nulls(["low", "high"])
    for bound, fill in (("high", None), ("low", "tonexty")):
        figure.add_trace(
            go.Scatter(
                x=bounded["days"].to_list(),
                y=(bounded[bound] * 100).to_list(),
                mode="lines",
                line={"width": 0, "shape": "hv"},
                fill=fill,
                fillcolor=_faint(line.colour),
                hoverinfo="skip",
                showlegend=False,
            )
        )
    figure.add_trace(
        go.Scatter(
            x=steps["days"].to_list(),
            y=(steps["open"] * 100).to_list(),
            mode="lines",
            line={"width": 2, "shape": "hv", "color": line.colour},
            name=session.say("timeliness.group", group=line.name, cases=about(session, line.cases.height)),
            hovertemplate="%{x:.4~g}: %{y:.1f}%<extra></extra>",
        )
    )


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.14)"


def _table(session: Session, lines: Sequence[Line], steps: dict[str, pl.DataFrame], unit: Unit) -> pl.DataFrame:
    say = session.say
    names = {line.code: line.name for line in lines}
    return pl.DataFrame(
        [
            ({say("timeliness.by"): names[code]} if len(lines) > 1 else {})
            | {
                say(_AXES[unit]): shown.number(round(row["days"], 1)),
                say("timeliness.still"): shown.percent(row["open"]),
                say("overview.trend_low"): shown.percent(row["low"]),
                say("overview.trend_high"): shown.percent(row["high"]),
                say("timeliness.watched"): f"{row['watched']:,}",
            }
            for code, frame in steps.items()
            for row in frame.to_dicts()
        ]
    )
