"""How do a few counts or sums stand as bars, the hidden ones by their name only?"""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.parts.charts import BLUE, INK, base

_TALL = 34  # pixels of a bar with its room
_FRAME = 30
_ROOM = 1.5  # of the longest bar: its text stands to the right of it


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is called, how long it is (None: hidden or unknown), and what stands beside it."""

    name: str
    length: float | None
    text: str


def figure(bars: Sequence[Bar], *, colours: Sequence[str] = (BLUE,), room: float = _ROOM) -> go.Figure:
    """The bars from above to below, as given; `room`: how much longer than the longest bar the picture is."""
    drawn = base(height=_FRAME + _TALL * len(bars))
    drawn.add_trace(
        go.Bar(
            x=[bar.length or 0 for bar in bars],
            y=[bar.name for bar in bars],
            orientation="h",
            text=[bar.text for bar in bars],
            textposition="outside",
            textfont={"color": INK, "size": 13},
            cliponaxis=False,
            marker={"color": [colours[place % len(colours)] for place in range(len(bars))]},
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    )
    longest = max([1.0, *(bar.length or 0 for bar in bars)])
    drawn.update_xaxes(range=[0, longest * room], showticklabels=False, showgrid=False)
    drawn.update_yaxes(autorange="reversed", type="category", showgrid=False)
    drawn.update_layout(margin={"l": 10, "r": 10, "t": 10, "b": 10}, bargap=0.35)
    return drawn
