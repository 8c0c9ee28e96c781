"""Where does a number rise, and where does it fall: a sketch of the regions below?

Filled outlines as `dashboard.parts.map` draws them, with colours that run two ways from no change.
"""

from collections.abc import Mapping
from html import escape
from typing import Final

import plotly.graph_objects as go
import streamlit as st

from dashboard.parts import clicked
from dashboard.parts.charts import INK, base
from dashboard.parts.map import filled, outlines_of, pointed
from dashboard.parts.whatif import said
from dashboard.queries import outlines
from dashboard.queries.outlines import Outline
from dashboard.session import Session
from metrics.whatif.measure import BY_ID

_HEIGHT: Final = 600
_WIDTH: Final = 860  # pixels that a narrow screen leaves
_LETTER: Final = 12  # pixels of a Chinese character; a Latin one has half
_LINE: Final = 16
_LATIN: Final = 0x2E7F  # the last sign before Chinese ones
_CLASSES: Final = {  # by share of the largest change, from most fewer to most more
    "much_less": "#C75000",
    "less": "#f0b27a",
    "none": "#eef1f2",
    "more": "#9ecae1",
    "much_more": "#2171b5",
    "hidden": "#a8aeb2",
}
_HALF: Final = 0.5
_WORDS: Final = {
    "much_less": "whatif.much_less",
    "less": "whatif.less",
    "none": "whatif.none",
    "more": "whatif.more",
    "much_more": "whatif.much_more",
    "hidden": "overview.hidden",
}


def draw(session: Session, rows: Mapping[str, said.Row | None], letter: str, measure: str) -> str | None:
    """The sketch; the code of the region clicked, else None."""
    drawn, real = outlines_of(session, [*rows])
    most = max((abs(row["value"]) for row in rows.values() if row and row["value"] is not None), default=0.0)
    kinds = {code: _kind(row, most) for code, row in rows.items()}
    figure = base(height=_HEIGHT)
    groups: dict[str, list[Outline]] = {}
    for code, outline in drawn.items():
        groups.setdefault(kinds[code], []).append(outline)
    for name, colour in _CLASSES.items():
        if name in groups:
            figure.add_trace(filled(groups[name], session.say(_WORDS[name]), {"fillcolor": colour}))
    spread = outlines.lattice(drawn)
    names = {code: session.place(code) for code in spread}
    fit = apart({code: points[0] for code, points in spread.items()}, names, _scale(drawn))
    figure.add_trace(_names(names, {code: spread[code] for code in fit}, kinds))
    told = {
        code: f"{escape(name)}<br>{escape(said.number(session, rows[code], signed=True))}"
        for code, name in names.items()
    }
    figure.add_trace(pointed(told, spread))
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False, scaleanchor="x")
    figure.update_layout(margin={"l": 4, "r": 4, "t": 8, "b": 8}, hovermode="closest")
    alt = session.say("whatif.map_alt", regions=len(rows), measure=session.text(BY_ID[measure].title))
    picked = clicked.picker(figure, rows, name=f"whatif-map-{letter}", alt=alt)
    _legend(session, kinds, measure)
    st.caption(session.say("areas.sketch") if real else session.say("areas.sketch_tiles"))
    if len(fit) < len(names):
        st.caption(session.say("whatif.names_left_out", count=len(names) - len(fit)))
    return picked


def _kind(row: said.Row | None, most: float) -> str:
    if row is None or row["hidden"] or row["value"] is None:
        return "hidden"
    if not row["value"]:
        return "none"
    much = abs(row["value"]) > most * _HALF
    return ("much_" if much else "") + ("more" if row["value"] > 0 else "less")


def _legend(session: Session, kinds: Mapping[str, str], measure: str) -> None:
    there = [name for name in _CLASSES if name in kinds.values()]
    keys = [
        f'<span><i style="background:{_CLASSES[name]}"></i>{escape(session.say(_WORDS[name]))}</span>' for name in there
    ]
    title = escape(session.say("whatif.change_of", name=session.text(BY_ID[measure].title)))
    st.html(f'<div class="shades"><b>{title}</b>{"".join(keys)}</div>')


def _scale(drawn: Mapping[str, Outline]) -> float:
    """Pixels for each unit of the outlines."""
    low, high = outlines.bounds(drawn.values())
    wide, tall = (float(side) or 1.0 for side in high - low)
    return min(_WIDTH / wide, _HEIGHT / tall)


def apart(at: Mapping[str, outlines.Points], names: Mapping[str, str], scale: float) -> list[str]:
    """The regions whose names stand clear of one another, in order; a name that would lie over another is left out."""
    kept: list[tuple[str, float, float, float]] = []
    for code, point in at.items():
        x, y = (float(side) * scale for side in point)
        half = sum(_LETTER if ord(sign) > _LATIN else _LETTER / 2 for sign in names[code]) / 2
        if all(abs(x - left) >= half + other or abs(y - top) >= _LINE for _, left, top, other in kept):
            kept.append((code, x, y, half))
    return [code for code, *_ in kept]


def _names(names: Mapping[str, str], spread: Mapping[str, outlines.Points], kinds: Mapping[str, str]) -> go.Scatter:
    dark = {"much_less", "much_more"}
    return go.Scatter(
        x=[float(points[0, 0]) for points in spread.values()],
        y=[float(points[0, 1]) for points in spread.values()],
        text=[escape(names[code]) for code in spread],
        mode="text",
        textfont={"size": 12, "color": ["white" if kinds[code] in dark else INK for code in spread]},
        hoverinfo="skip",
    )
