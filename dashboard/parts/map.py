"""Where do high and low values lie?

Filled outlines, one trace a class of colour, and over them invisible points that carry names and codes: Plotly's own
maps fetch theirs from the internet. The picture is a sketch 示意图, with or without boundaries.
"""

from collections import Counter
from collections.abc import Mapping
from html import escape
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go
import polars as pl
import streamlit as st

from casework.card import MetricCard
from dashboard.parts import clicked, numbers, twin
from dashboard.parts.charts import INK, base
from dashboard.parts.funnel import said
from dashboard.queries import boundaries, outlines
from dashboard.queries.classes import ValueClass, classes, place
from dashboard.queries.compared import Compared
from dashboard.queries.outlines import Outline, Points
from dashboard.session import Session

_HEIGHT: Final = 400
_SHADES: Final = {  # one hue from light to dark: order is seen without telling colours apart (ColorBrewer Blues)
    1: ("#9ecae1",),
    2: ("#c6dbef", "#4292c6"),
    3: ("#deebf7", "#9ecae1", "#3182bd"),
    4: ("#eff3ff", "#bdd7e7", "#6baed6", "#2171b5"),
    5: ("#eff3ff", "#c6dbef", "#9ecae1", "#4292c6", "#08519c"),
}
_HIDDEN, _UNKNOWN, _HATCH = "#a8aeb2", "#f4f4f2", "#8a8f92"
_NAMES: Final = 40  # areas of which each still has room for its name
_DARK: Final = 0.6  # of the classes lie below: from here on a shade bears a white name


def draw(session: Session, card: MetricCard, found: Compared) -> str | None:
    """The sketch with its table and file; the code of the area clicked, else None."""
    say = session.say
    rows = {row["region_code"]: row for row in found.frame.to_dicts()}
    drawn, real = outlines_of(session, [*rows])
    among = classes([row["value"] for row in rows.values() if numbers.reliable(row)])
    picked = clicked.picker(
        _figure(session, card, rows, drawn, among),
        rows,
        name="map",
        alt=say("areas.map_alt", metric=session.text(card.title), areas=len(rows)),
    )
    _legend(session, card, rows, among)
    st.caption(say("areas.sketch") if real else say("areas.sketch_tiles"))
    if missing := len(rows.keys() - drawn.keys()):
        st.caption(say("areas.not_drawn", areas=missing))
    table = _twin(session, card, rows, among)
    twin.beside(session, table, name=f"map-{card.metric}", data=_data(found, rows, among))
    return picked


def outlines_of(session: Session, codes: list[str]) -> tuple[dict[str, Outline], bool]:
    """The outlines of these areas, and whether they are real ones: tiles where the source has none of them."""
    mine = {code: session.desk.outlines[code] for code in codes if code in session.desk.outlines}
    drawn = outlines.thinned(mine) if mine else {}
    return (drawn, True) if drawn else (boundaries.tiles(codes), False)


def _figure(
    session: Session,
    card: MetricCard,
    rows: Mapping[str, Mapping[str, Any]],
    drawn: Mapping[str, Outline],
    among: list[ValueClass],
) -> go.Figure:
    figure = base(height=_HEIGHT)
    groups: dict[str, list[Outline]] = {}
    for code, outline in drawn.items():
        groups.setdefault(_class(rows[code], among), []).append(outline)
    for name, (label, look) in _looks(session, card, among).items():
        if name in groups:
            figure.add_trace(filled(groups[name], label, look))
    spread = outlines.lattice(drawn)
    if len(spread) <= _NAMES:
        figure.add_trace(_names(session, rows, spread, among))
    figure.add_trace(pointed({code: said(session, card, rows[code]) for code in spread}, spread))
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False, scaleanchor="x")
    figure.update_layout(margin={"l": 4, "r": 4, "t": 8, "b": 8}, hovermode="closest")
    return figure


def _legend(session: Session, card: MetricCard, rows: Mapping[str, Mapping[str, Any]], among: list[ValueClass]) -> None:
    """Each colour in words with how many areas bear it, on as many lines as it takes."""
    unit, title = session.text(card.unit), session.text(card.title)
    times = Counter(_class(row, among) for row in rows.values())
    keys = [
        f'<span><i style="background:{_swatch(look)}"></i>{escape(label)} ({times[name]})</span>'
        for name, (label, look) in _looks(session, card, among).items()
        if times[name]
    ]
    st.html(f'<div class="shades"><b>{escape(f"{title} ({unit})" if unit else title)}</b>{"".join(keys)}</div>')


def _swatch(look: Mapping[str, Any]) -> str:
    fill = look["fillcolor"]
    if "fillpattern" not in look:
        return str(fill)
    return f"repeating-linear-gradient(135deg,{fill} 0 3px,{_HATCH} 3px 4px)"


def _class(row: Mapping[str, Any], among: list[ValueClass]) -> str:
    """The number of its class, or why it has none."""
    if row["suppressed"]:
        return "hidden"
    return "unknown" if row["value"] is None else str(place(row["value"], among))


def _looks(session: Session, card: MetricCard, among: list[ValueClass]) -> dict[str, tuple[str, dict[str, Any]]]:
    """Of each class its words and its fill, from the lowest to what is hidden and unknown."""
    shades = _SHADES.get(len(among), ())
    looks: dict[str, tuple[str, dict[str, Any]]] = {
        str(number): (_range(card, one), {"fillcolor": shade})
        for number, (one, shade) in enumerate(zip(among, shades, strict=True))
    }
    hatched = {"fillcolor": _UNKNOWN, "fillpattern": {"shape": "/", "fgcolor": _HATCH, "bgcolor": _UNKNOWN, "size": 7}}
    hidden = session.say("overview.hidden", minimum=session.desk.counts.minimum)
    return looks | {
        "hidden": (hidden, {"fillcolor": _HIDDEN}),
        "unknown": (session.say("overview.unknown"), hatched),
    }


def _range(card: MetricCard, one: ValueClass) -> str:
    low, high = numbers.value(card, one.low), numbers.value(card, one.high)
    return low if low == high else f"{low} – {high}"


def filled(shapes: list[Outline], label: str, look: dict[str, Any]) -> go.Scatter:
    """All areas of one colour in one trace, their rings apart by a gap."""
    gap = np.full((1, 2), np.nan)
    path = np.concatenate([part for shape in shapes for ring in shape.rings for part in (ring, gap)])[:-1]
    return go.Scatter(
        x=path[:, 0].astype(np.float32),
        y=path[:, 1].astype(np.float32),
        mode="lines",
        fill="toself",
        line={"color": "white", "width": 1.5},
        hoverinfo="skip",
        name=label,
        **look,
    )


def _names(
    session: Session, rows: Mapping[str, Mapping[str, Any]], spread: Mapping[str, Points], among: list[ValueClass]
) -> go.Scatter:
    """The areas' names, white on the dark shades."""
    dark = {str(number) for number in range(len(among)) if number and number >= len(among) * _DARK}
    return go.Scatter(
        x=[float(points[0, 0]) for points in spread.values()],
        y=[float(points[0, 1]) for points in spread.values()],
        text=[escape(session.place(code)) for code in spread],
        mode="text",
        textfont={"size": 12, "color": ["white" if _class(rows[code], among) in dark else INK for code in spread]},
        hoverinfo="skip",
    )


def pointed(told: Mapping[str, str], spread: Mapping[str, Points]) -> go.Scatter:
    """Invisible points all over each area: whichever is nearest to the pointer is one of the area it is on."""
    codes = [code for code, points in spread.items() for _ in points]
    at = np.concatenate([*spread.values()])
    nothing = {"marker": {"opacity": 0}}
    return go.Scatter(
        x=at[:, 0].astype(np.float32),
        y=at[:, 1].astype(np.float32),
        customdata=codes,
        mode="markers",
        marker={"size": 16, "opacity": 0, "color": INK},
        selected=nothing,
        unselected=nothing,
        hovertext=[told[code] for code in codes],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _twin(
    session: Session, card: MetricCard, rows: Mapping[str, Mapping[str, Any]], among: list[ValueClass]
) -> pl.DataFrame:
    say = session.say
    looks = _looks(session, card, among)
    return pl.DataFrame(
        [
            {
                say("areas.area"): session.place(code),
                say("areas.value"): numbers.headline(session, card, row),
                say("areas.colour"): looks[_class(row, among)][0],
            }
            for code, row in rows.items()
        ]
    )


def _data(found: Compared, rows: Mapping[str, Mapping[str, Any]], among: list[ValueClass]) -> pl.DataFrame:
    colour = pl.Series("class", [_class(row, among) for row in rows.values()], dtype=pl.String())
    return found.frame.select("region_code", "value", "suppressed").with_columns(colour)
