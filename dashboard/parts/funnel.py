"""Which areas differ from the rest by more than chance and the usual spread, as a picture?"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go
import polars as pl

from casework.card import MetricCard
from dashboard.parts import clicked, judged, numbers, twin
from dashboard.parts.charts import INK, SOFT, base
from dashboard.queries.compared import Compared
from dashboard.session import Session
from metrics.honest.funnel import BOUNDS, Funnel, curve

_HEIGHT: Final = 430
_POINTS: Final = 80  # that a limit is drawn through
_WIDE: Final = 30  # times the smallest area: from here on sizes are shown by their logarithm
_INSIDE: Final = "#7a8a93"
_MARKS: Final = {  # colour and shape: neither alone tells them apart
    "inside": (_INSIDE, "circle"),
    "above95": ("#E69F00", "triangle-up"),
    "below95": ("#56B4E9", "triangle-down"),
    "above998": ("#D55E00", "triangle-up"),
    "below998": ("#0072B2", "triangle-down"),
}
_NEAR, _FAR = {"color": SOFT, "width": 1.2, "dash": "dot"}, {"color": SOFT, "width": 1.4}
_LINES: Final = {"low998": _FAR, "high998": _FAR, "low95": _NEAR, "high95": _NEAR}
_NAMED: Final = {"high95": "95%", "high998": "99.8%", "low95": "95%", "low998": "99.8%", "centre": ""}
_APART: Final = 0.05  # of the height that a name of a line takes


def draw(session: Session, card: MetricCard, found: Compared) -> str | None:
    """The funnel with its table and file; the code of the area clicked, else None."""
    say = session.say
    known = found.frame.filter(pl.col("value").is_not_null(), pl.col("n") > 0)
    title = session.text(card.title)
    picked = clicked.picker(
        _figure(session, card, found, known),
        known["region_code"],
        name="funnel",
        alt=say("areas.funnel_alt", metric=title, areas=known.height),
    )
    judged.spread(session, found)
    twin.beside(session, _twin(session, card, known), name=f"funnel-{card.metric}", data=_data(known))
    return picked


def _figure(session: Session, card: MetricCard, found: Compared, known: pl.DataFrame) -> go.Figure:
    figure = base(height=_HEIGHT)
    scale = 100 if numbers.in_percent(card) else 1
    sizes = known["n"].to_list()
    least, most = min(sizes), max(sizes)
    if found.funnel is not None:
        _limits(session, figure, found.funnel, least, most, scale)
    rows = known.to_dicts()
    figure.add_trace(
        go.Scatter(
            x=sizes,
            y=[row["value"] * scale for row in rows],
            customdata=known["region_code"].to_list(),
            mode="markers+text",
            text=[escape(session.place(row["region_code"])) if _outside(row) else "" for row in rows],
            textposition=_sides(sizes, least, most),
            textfont={"size": 12, "color": INK},
            cliponaxis=False,
            marker={
                "size": [12 if _outside(row) else 10 for row in rows],
                "color": [_MARKS[row["verdict"]][0] for row in rows],
                "symbol": [_MARKS[row["verdict"]][1] for row in rows],
                "line": {"width": 1, "color": "white"},
            },
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}, "textfont": {"color": INK}},
            hovertext=[said(session, card, row) for row in rows],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    figure.update_yaxes(ticksuffix="%" if numbers.in_percent(card) else "", title=session.text(card.unit) or None)
    size = session.say("areas.size") if known["repeats"].max() != 1 else session.say("areas.n")
    figure.update_xaxes(title=size, tickformat=",", type="log" if most > _WIDE * least else "linear")
    figure.update_layout(margin={"t": 16, "r": 112})
    return figure


def _limits(session: Session, figure: go.Figure, found: Funnel, least: float, most: float, scale: int) -> None:
    """Limits and centre, named at their right end."""
    first = max(least * 0.8, least - (most - least) * 0.05)
    wholes = np.geomspace(first, most * 1.05 if most > first else first * 1.5, _POINTS)
    lines = curve(found, wholes.tolist())
    if lines.is_empty():
        return
    for name, line in _LINES.items():
        figure.add_trace(_line(lines, name, scale, line))
    figure.add_trace(_line(lines, "centre", scale, {"color": INK, "width": 1.2, "dash": "longdash"}))
    for at, label in _ends(lines, session.say("areas.together")):
        figure.add_annotation(
            x=1,
            xref="paper",
            xanchor="left",
            y=at * scale,
            text=label,
            showarrow=False,
            xshift=2,
            font={"size": 11, "color": SOFT},
        )


def _ends(lines: pl.DataFrame, together: str) -> list[tuple[float, str]]:
    """Where each line ends on the right and what it is; lines that end too close to each other share one name."""
    end = lines.row(-1, named=True)
    reach = lines.select(pl.max_horizontal(BOUNDS).max() - pl.min_horizontal(BOUNDS).min()).item()
    told: list[tuple[float, str]] = []
    for name in sorted(_NAMED, key=lambda name: float(end[name])):
        label = _NAMED[name] or together
        if told and end[name] - told[-1][0] < _APART * reach:
            told[-1] = (told[-1][0], " / ".join(dict.fromkeys([*told[-1][1].split(" / "), label])))
        else:
            told.append((end[name], label))
    return told


def _line(lines: pl.DataFrame, name: str, scale: int, line: Mapping[str, Any]) -> go.Scatter:
    return go.Scatter(
        x=lines["whole"].to_list(), y=(lines[name] * scale).to_list(), mode="lines", line=line, hoverinfo="skip"
    )


def _outside(row: Mapping[str, Any]) -> bool:
    return row["verdict"] not in ("inside", "unknown")


def _sides(sizes: Sequence[float], least: float, most: float) -> list[str]:
    """A name is written towards the middle of the picture."""
    return ["middle left" if size > (least + most) / 2 else "middle right" for size in sizes]


def said(session: Session, card: MetricCard, row: Mapping[str, Any]) -> str:
    """Name, value, interval, n and verdict, for whoever points at an area."""
    lines = [session.place(row["region_code"]), numbers.headline(session, card, row)]
    if numbers.reliable(row):
        unit = session.text(card.unit)
        lines[-1] += f" {unit}" if unit else ""
        lines += [numbers.interval(session, card, row), numbers.basis(session, card, row)]
        lines.append(judged.verdict(session, row))
    return "<br>".join(escape(line) for line in lines if line)


def _twin(session: Session, card: MetricCard, known: pl.DataFrame) -> pl.DataFrame:
    say = session.say
    return pl.DataFrame(
        [
            {
                say("areas.area"): session.place(row["region_code"]),
                say("areas.n"): f"{row['n']:,.0f}",
                say("areas.value"): numbers.value(card, row["value"]),
                say("areas.limits_near"): _between(card, row, "low95", "high95"),
                say("areas.limits_far"): _between(card, row, "low998", "high998"),
                say("areas.verdict"): judged.verdict(session, row),
            }
            for row in known.to_dicts()
        ]
    )


def _between(card: MetricCard, row: Mapping[str, Any], low: str, high: str) -> str:
    return f"{numbers.value(card, row[low])} – {numbers.value(card, row[high])}"


def _data(known: pl.DataFrame) -> pl.DataFrame:
    names = ("region_code", "part", "whole", "repeats", "value", "low95", "high95", "low998", "high998")
    return known.select(*names, "adjusted_z", "p", "q", "verdict")
