"""What speaks for two identities being one person, what against it, and how much?

The start is how unlikely any two of the county are one; each field that agrees lifts it, each that differs lowers it.
The dashed line is as high as the rules ask: the start and the least evidence.
"""

from collections.abc import Mapping
from html import escape
from itertools import accumulate
from typing import Any, Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from casework.card import Card
from dashboard.parts import twin
from dashboard.parts.charts import BLUE, INK, SOFT, base, upright
from dashboard.session import Session

_AGAINST: Final = "#b3541e"
_ROW: Final = 34  # pixels of one field
PRIOR: Final = "prior"


def draw(session: Session, card: Card, facts: Mapping[str, Any]) -> None:
    """A bar a field and the sum, the same as a table; nothing for a lead without evidence in bits."""
    fields, said = facts.get("fields"), facts.get("field_bits")
    if not fields or not said or PRIOR not in fields:
        return
    say = session.say
    names = [session.text(card.facts["fields"].words[field]) for field in fields]
    bits = [float(one) for one in said]
    reached = [round(one, 2) for one in accumulate(bits)]
    st.subheader(say("waterfall.title"))
    st.caption(say("waterfall.what", limit=f"{facts['limit']:g}"))
    twin.draw(
        session,
        _figure(session, names, bits, line=bits[0] + facts["limit"]),
        pl.DataFrame(
            {
                say("waterfall.field"): [*names, say("waterfall.sum")],
                say("waterfall.bits"): [*(f"{one:+.2f}" for one in bits), f"{reached[-1]:+.2f}"],
                say("waterfall.reached"): [f"{one:+.2f}" for one in [*reached, reached[-1]]],
            }
        ),
        name="waterfall",
        alt=say("waterfall.alt", fields=len(bits) - 1, bits=f"{facts['bits']:g}", limit=f"{facts['limit']:g}"),
        data=pl.DataFrame({"field": fields, "bits": bits, "reached": reached}),
    )


def _figure(session: Session, names: list[str], bits: list[float], *, line: float) -> go.Figure:
    say = session.say
    rows = [escape(name) for name in [*names, say("waterfall.sum")]]  # Plotly reads tags
    figure = base(height=90 + _ROW * len(rows))
    figure.add_trace(
        go.Waterfall(
            orientation="h",
            y=rows,
            x=[*bits, 0],
            measure=[*("relative" for _ in bits), "total"],
            text=[*(f"{one:+.1f}" for one in bits), f"{sum(bits):+.1f}"],
            textposition="outside",
            cliponaxis=False,
            increasing={"marker": {"color": BLUE}},
            decreasing={"marker": {"color": _AGAINST}},
            totals={"marker": {"color": SOFT}},
            connector={"line": {"color": SOFT, "width": 1}},
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    )
    ends = [0.0, *accumulate(bits), line]
    low, high = min(ends) - 4, max(ends) + 4  # room for the numbers beside the bars
    upright(figure, [(line, say("waterfall.line"), INK)], low, high)
    figure.update_xaxes(range=[low, high], title={"text": say("waterfall.axis")}, zeroline=True)
    figure.update_yaxes(autorange="reversed", type="category", showgrid=False)
    return figure
