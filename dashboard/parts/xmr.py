"""How does a control chart look: the months, the mean, the limits, and which points are no chance?"""

from datetime import date, datetime
from typing import Final

import plotly.graph_objects as go
import polars as pl

from casework.card import MetricCard
from dashboard.parts import numbers, variation
from dashboard.parts.charts import INK, SOFT, base, by_months, upright
from dashboard.queries.counts import month
from dashboard.queries.process import Turn
from dashboard.session import Session
from metrics.honest.control import Chart, Point

_COLOURS: Final[dict[Point, str]] = {
    "common_cause": "#5b6b74",
    "special_cause_improvement": "#0072B2",
    "special_cause_concern": "#C75000",
    "special_cause_neither_high": "#7B4B94",
    "special_cause_neither_low": "#7B4B94",
    "unknown": "#9aa7ae",
}
_SHAPES: Final[dict[Point, str]] = {
    "common_cause": "circle",
    "special_cause_improvement": "diamond",
    "special_cause_concern": "square",
    "special_cause_neither_high": "triangle-up",
    "special_cause_neither_low": "triangle-down",
    "unknown": "circle-open",
}


def figure(session: Session, card: MetricCard, chart: Chart, turns: list[Turn], target: float | None) -> go.Figure:
    """Line and points, mean and limits of each phase, policy dates upright, the target across."""
    drawn = base(height=440)
    scale = 100 if numbers.in_percent(card) else 1
    frame = chart.frame.with_columns(on=pl.col("month_index").map_elements(month, return_dtype=pl.Date))
    for phase in frame.partition_by("phase", maintain_order=True):
        for column, dash, width in (("mean", "solid", 1.5), ("low", "dash", 1.2), ("high", "dash", 1.2)):
            drawn.add_trace(
                go.Scatter(
                    x=phase["on"].to_list(),
                    y=_scaled(phase[column], scale),
                    mode="lines",
                    line={"color": SOFT, "dash": dash, "width": width},
                    hoverinfo="skip",
                )
            )
    drawn.add_trace(
        go.Scatter(
            x=frame["on"].to_list(),
            y=_scaled(frame["value"], scale),
            mode="lines+markers",
            connectgaps=False,
            line={"color": "#9aa7ae", "width": 1.5},
            marker={
                "size": 10,
                "color": [_COLOURS[point] for point in frame["point"]],
                "symbol": [_SHAPES[point] for point in frame["point"]],
            },
            text=[
                f"{row['on']:%Y-%m}: {numbers.value(card, row['value'])}<br>"
                f"{session.say(variation.POINTS[row['point']])}"
                for row in frame.iter_rows(named=True)
            ],
            hovertemplate="%{text}<extra></extra>",
        )
    )
    if target is not None:
        drawn.add_hline(
            y=target * scale,
            line={"color": INK, "width": 1, "dash": "dot"},
            annotation={"text": session.say("trends.target"), "font": {"color": INK, "size": 12}},
            annotation_position="bottom right",
        )
    first, last = frame["on"][0], frame["on"][-1]
    upright(
        drawn,
        [(_moment(turn.month), session.text(session.desk.policy.rule(turn.rule).label), SOFT) for turn in turns],
        _moment(first),
        _moment(last),
    )
    drawn.update_yaxes(ticksuffix="%" if numbers.in_percent(card) else "", rangemode="normal")
    by_months(drawn, first, last)
    return drawn


def _scaled(values: pl.Series, scale: int) -> list[float | None]:
    return (values * scale).to_list()


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a place on the axis, no moment in time
