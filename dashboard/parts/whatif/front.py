"""Which pairs of an urban and a rural standard does no other pair beat in cost, poverty gap and who is missed?"""

from typing import Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from dashboard.parts import shown, twin
from dashboard.parts.charts import BLUE, INK, SOFT, base
from dashboard.parts.whatif import said
from dashboard.session import Session

_WAN_FEN: Final = 1_000_000
_YEAR: Final = 12
_ROWS: Final = 40  # of the table, at most about: the file has every pair


def draw(session: Session, pairs: pl.DataFrame) -> None:
    """Cost across, gap upwards: every pair a dot, those of the front dark, today's standards a diamond."""
    say = session.say
    told = pairs.drop_nulls(["cost_fen", "fgt1", "missed"]).sort("cost_fen")
    figure = base(height=460)
    kinds = (
        (told.filter(~pl.col("best")), "whatif.beaten", {"size": 5, "color": SOFT}),
        (told.filter("best"), "whatif.unbeaten", {"size": 8, "color": BLUE}),
        (told.filter(urban=1.0, rural=1.0), "whatif.base", {"size": 14, "color": INK, "symbol": "diamond"}),
    )
    for rows, words, marker in kinds:
        figure.add_trace(
            go.Scatter(
                x=(rows["cost_fen"] * _YEAR / _WAN_FEN).to_list(),
                y=(rows["fgt1"] * 100).to_list(),
                mode="markers",
                marker=marker,
                name=say(words),
                hovertext=[_called(session, row) for row in rows.iter_rows(named=True)],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        )
    figure.update_xaxes(title=say("whatif.cost_axis"), tickformat=",")
    figure.update_yaxes(title=say("whatif.gap_index"), ticksuffix="%", rangemode="tozero")
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0})
    best = told.filter("best")
    st.text(say("whatif.front_found", best=f"{best.height:,}", pairs=f"{told.height:,}"))
    table = _table(session, best.gather_every(max(1, best.height // _ROWS)))
    twin.draw(session, figure, table, name="whatif-front", alt=say("whatif.front_alt"), data=pairs)
    st.caption(say("whatif.front_what"))


def _called(session: Session, row: dict[str, float]) -> str:
    say = session.say
    return (
        f"{say('whatif.urban')} {row['urban'] - 1:+.1%} · {say('whatif.rural')} {row['rural'] - 1:+.1%}"
        f"<br>{said.money(session, row['cost_fen'] * _YEAR)} · {100 * row['fgt1']:.2f}%"
        f"<br>{say('whatif.missed')} {shown.percent(row['missed'])}"
    )


def _table(session: Session, rows: pl.DataFrame) -> pl.DataFrame:
    say = session.say
    return pl.DataFrame(
        [
            {
                say("whatif.urban_axis"): f"{row['urban'] - 1:+.1%}",
                say("whatif.rural_axis"): f"{row['rural'] - 1:+.1%}",
                say("whatif.cost_year"): said.money(session, row["cost_fen"] * _YEAR),
                say("whatif.gap_index"): f"{100 * row['fgt1']:.2f}%",
                say("whatif.missed"): shown.percent(row["missed"]),
            }
            for row in rows.iter_rows(named=True)
        ]
    )
