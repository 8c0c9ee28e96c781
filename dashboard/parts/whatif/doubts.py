"""How far could the numbers be off, and because of what? Each doubt alone, with its source, never added up."""

from typing import Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from dashboard import address
from dashboard.parts import shown, tables, twin
from dashboard.parts.charts import BLUE, INK, SOFT, base
from dashboard.parts.whatif import letters, said
from dashboard.parts.whatif.waiting import awaited
from dashboard.queries.whatif import WhatIf
from dashboard.session import Session
from dashboard.whatif import Layer
from metrics.whatif.scenario import Scenario

_TITLES: Final = {
    "cost_fen": "whatif.cost_year",
    "households": "whatif.households_on",
    "persons": "whatif.persons_on",
    "exclusion": "whatif.excluded",
    "inclusion": "whatif.included",
}
_ROW: Final = 44  # pixels a doubt
_WAN_FEN: Final = 1_000_000


def draw(session: Session, house: WhatIf, scenario: Scenario | None, letter: str, layer: Layer) -> None:
    """The cost's bands as a picture, every band of every number as a table; asked for by a click, reckoned beside."""
    say = session.say
    st.subheader(say("whatif.doubts", name=letters.called(session, letter)))
    st.caption(say("whatif.doubts_what"))
    if session.scope.prefix:
        st.text(say("whatif.doubts_scope"))
        return
    if address.read("run") != "doubts":
        st.button(say("whatif.doubts_run"), key="run-doubts", on_click=lambda: address.write(run="doubts"))
        return
    key = f"doubts {house.digest} {scenario!r} {layer}"
    found = awaited(session, key, lambda progress: house.doubts(scenario, layer, progress))
    if found is None:
        return
    name = pl.col(f"source_{session.language}").alias("source")
    cost = found.filter(pl.col("measure") == "cost_fen").select(name, "value", "low", "high")
    rows = [
        {
            say("whatif.doubt"): row["source"],
            say("whatif.measure"): say(_TITLES[row["measure"]]),
            say("whatif.without"): said.rounded(session, row["measure"], row["value"]),
            say("whatif.low_high"): _between(session, row),
        }
        for row in found.select(name, "measure", "value", "low", "high").iter_rows(named=True)
    ]
    twin.draw(
        session, _figure(session, cost), _costs(session, cost), name="whatif-doubts", alt=say("whatif.doubts_chart")
    )
    tables.plain(pl.DataFrame(rows), alt=say("whatif.doubts_chart"))
    st.caption(say("whatif.behaviour"))


def _costs(session: Session, cost: pl.DataFrame) -> pl.DataFrame:
    say = session.say
    return pl.DataFrame(
        [
            {
                say("whatif.doubt"): row["source"],
                say("whatif.low_high"): _between(session, row | {"measure": "cost_fen"}),
            }
            for row in cost.iter_rows(named=True)
        ]
    )


def _between(session: Session, row: dict[str, object]) -> str:
    low, high = (said.rounded(session, str(row["measure"]), row[name]) for name in ("low", "high"))
    if low == high:
        return low if low == shown.UNKNOWN else session.say("whatif.unmoved")
    return f"{low} – {high}"


def _figure(session: Session, cost: pl.DataFrame) -> go.Figure:
    """A line from the lowest to the highest a doubt, a dot where it is without it."""
    figure = base(height=90 + _ROW * cost.height)
    rows = cost.to_dicts()
    names = [row["source"] for row in rows]
    middle = [row["value"] / _WAN_FEN for row in rows]
    figure.add_trace(
        go.Scatter(
            x=middle,
            y=names,
            mode="markers",
            marker={"size": 11, "color": BLUE},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [(row["high"] - row["value"]) / _WAN_FEN for row in rows],
                "arrayminus": [(row["value"] - row["low"]) / _WAN_FEN for row in rows],
                "color": SOFT,
                "thickness": 2,
            },
            hovertext=[f"{row['source']}: {_between(session, row | {'measure': 'cost_fen'})}" for row in rows],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    if middle:
        figure.add_vline(x=middle[0], line={"color": INK, "width": 1, "dash": "dot"})
    figure.update_yaxes(autorange="reversed")
    figure.update_xaxes(title=session.say("whatif.cost_axis"), tickformat=",")
    figure.update_layout(margin={"t": 12})
    return figure
