"""How does a chart look here?"""

from collections.abc import Sequence
from datetime import date, datetime
from html import escape
from typing import Any, Final, TypeVar

import plotly.graph_objects as go

INK, SOFT, LINE = "#1c2b33", "#5b6b74", "#d5dde1"
BLUE, BAND = "#0072B2", "rgba(0,114,178,0.14)"
FONT: Final = "'Segoe UI', 'Helvetica Neue', Arial, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
_EDGE: Final = 0.15  # of the width: a label nearer to the edge is written inwards
_APART: Final = 0.24  # of the width that a label of an upright line takes, at 1280 pixels
_LEVELS: Final = 4
_LEVEL: Final = 16  # pixels from one row of labels to the next
CONFIG: Final[dict[str, Any]] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}
On = TypeVar("On", datetime, float)  # where on the axis


def base(*, height: int) -> go.Figure:
    """An empty figure of the house."""
    figure = go.Figure()
    figure.update_layout(
        height=height,
        margin={"l": 10, "r": 20, "t": 44, "b": 10},
        font={"family": FONT, "size": 13, "color": INK},
        plot_bgcolor="white",
        paper_bgcolor="white",
        hoverlabel={"font": {"family": FONT}},
        dragmode=False,
        showlegend=False,
        xaxis={"gridcolor": LINE, "linecolor": LINE, "automargin": True},
        yaxis={"gridcolor": LINE, "linecolor": LINE, "automargin": True, "zerolinecolor": LINE},
    )
    return figure


def by_months(figure: go.Figure, first: date, last: date, *, most: int = 12) -> None:
    """Whole months on the axis, each named once, every second or third where there are many."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    tick0 = f"{first:%Y-%m}-01"
    figure.update_xaxes(tickformat="%Y-%m", tick0=tick0, dtick=f"M{-(-months // most)}", tickmode="linear")


def upright(figure: go.Figure, lines: Sequence[tuple[On, str, str]], first: On, last: On) -> None:
    """Upright lines (day or number, name, colour), their names above, kept apart, none cut off at the edge."""
    reach = [-1.0] * _LEVELS  # how far to the right each row of labels is taken
    for on, name, colour in sorted(lines):
        at = (on - first) / (last - first)
        anchor, begin = ("right", at - _APART) if at > 1 - _EDGE else ("left", at) if at < _EDGE else ("center", 0.0)
        begin = at - _APART / 2 if anchor == "center" else begin
        level = next((row for row in range(_LEVELS) if reach[row] <= begin), _LEVELS - 1)
        reach[level] = begin + _APART
        figure.add_shape(
            type="line", x0=on, x1=on, y0=0, y1=1, yref="paper", line={"color": colour, "width": 2, "dash": "dash"}
        )
        figure.add_annotation(
            x=on,
            y=1.0,
            yref="paper",
            yanchor="bottom",
            xanchor=anchor,
            yshift=_LEVEL * level,
            text=escape(name),
            showarrow=False,
            font={"color": colour, "size": 12},
        )
    figure.update_layout(margin_t=28 + _LEVEL * max(1, sum(taken >= 0 for taken in reach)))
