"""How does a chart look here?"""

from datetime import date
from typing import Any, Final

import plotly.graph_objects as go

INK, SOFT, LINE = "#1c2b33", "#5b6b74", "#d5dde1"
BLUE, BAND = "#0072B2", "rgba(0,114,178,0.14)"
FONT: Final = "'Segoe UI', 'Helvetica Neue', Arial, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
CONFIG: Final[dict[str, Any]] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}


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
