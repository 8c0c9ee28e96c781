"""Which area did the reader click in a chart?"""

import hashlib
from collections.abc import Iterable

import plotly.graph_objects as go
import streamlit as st

from dashboard.parts.charts import CONFIG


def picker(figure: go.Figure, codes: Iterable[str], *, name: str, alt: str) -> str | None:
    """A chart whose points open something; the code of the one clicked in this very run, else None.

    A point carries its code as `customdata`, never its place; a code that is not among `codes` was not drawn here. As
    with a table's rows the key holds what is shown, and after a click the same chart is another one: a click is heard
    once, or the way back would lead forward again.
    """
    known = sorted(codes)
    shown = hashlib.blake2b("\n".join(known).encode(), digest_size=8).hexdigest()
    turn = st.session_state.setdefault(f"turn-{name}", 0)
    state = st.plotly_chart(
        figure,
        config=CONFIG,
        theme=None,
        key=f"{name}-{shown}-{turn}",
        alt=alt,
        on_select="rerun",
        selection_mode="points",
    )
    points = state["selection"]["points"]
    chosen = [code for code in map(_code, points) if code in known]
    if not chosen:
        return None
    st.session_state[f"turn-{name}"] = turn + 1
    return chosen[0]


def _code(point: dict[str, object]) -> str:
    said = point.get("customdata")
    return str(said[0] if isinstance(said, list) and said else said)
