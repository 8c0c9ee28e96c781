"""How old are the undecided cases, drawn?"""

from typing import Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from dashboard.parts import tables
from dashboard.parts.charts import CONFIG, INK, base
from dashboard.queries.times import BANDS, FAR, HALF, Band
from dashboard.session import Session

_COLOURS: Final[dict[Band, str]] = {
    "early": "#56B4E9",
    "middle": "#0072B2",
    "near": "#E69F00",
    "over": "#D55E00",
    "far": "#8c2d04",
    "unknown": "#9aa7ae",
    "unlimited": "#d5dde1",
}
_WORDS: Final[dict[Band, str]] = {"unknown": "times.unknown", "unlimited": "times.unlimited"}


def draw(session: Session, counts: dict[Band, int | None], amber: float) -> None:
    """A bar a band, its number above it; a hidden one says so. The same as a table."""
    say = session.say
    names = [name_of(session, band, amber) for band in BANDS]
    few = say("times.few")
    told = [few if count is None else f"{count:,}" for count in counts.values()]
    figure = base(height=300)
    figure.add_trace(
        go.Bar(
            x=names,
            y=[count or 0 for count in counts.values()],
            marker={"color": [_COLOURS[band] for band in BANDS]},
            text=told,
            textposition="outside",
            textfont={"color": INK, "size": 14},
            cliponaxis=False,
            hovertemplate="%{x}: %{text}<extra></extra>",
        )
    )
    figure.update_yaxes(rangemode="tozero", showticklabels=False, showgrid=False)
    figure.update_xaxes(tickangle=0, type="category", showgrid=False)
    st.plotly_chart(figure, config=CONFIG, theme=None, alt=say("times.bands_alt", bands=len(BANDS)))
    with st.expander(say("times.twin")):
        tables.plain(
            pl.DataFrame({say("times.band"): names, say("times.cases"): told}),
            alt=say("times.twin"),
        )


def name_of(session: Session, band: Band, amber: float) -> str:
    """A band by the shares of the limit between which it lies."""
    if band in _WORDS:
        return session.say(_WORDS[band])
    bounds: dict[Band, tuple[float, float]] = {
        "early": (0, HALF),
        "middle": (HALF, amber),
        "near": (amber, 1),
        "over": (1, FAR),
    }
    if band == "far":
        return f"> {FAR:.0%}"
    low, high = bounds[band]
    return f"{low:.0%} – {high:.0%}"
