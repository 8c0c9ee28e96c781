"""Who has more, who less, and of whom is it unknown, from the poorest tenth of persons to the richest?"""

from typing import Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from dashboard.parts import states, twin
from dashboard.parts.charts import base
from dashboard.parts.whatif import letters
from dashboard.session import Session
from metrics.whatif.changed import KINDS

_CLASSES: Final = {
    "gain_more": ("whatif.gain_more", "#0072B2", ""),
    "gain_less": ("whatif.gain_less", "#8cc2e0", "/"),
    "same": ("whatif.same", "#d9dee1", ""),
    "lose_less": ("whatif.lose_less", "#f0b27a", "\\"),
    "lose_more": ("whatif.lose_more", "#C75000", "x"),
    "unknown": ("whatif.unknown", "#b9c0c4", "."),
}


_OF: Final = "decile:"


def draw(session: Session, moved: pl.DataFrame, letter: str) -> None:
    """Stacked bars of persons by tenth, with their table. `moved`: of one region and scenario (`compared.MOVES`)."""
    say = session.say
    st.subheader(say("whatif.gainers", name=letters.called(session, letter)))
    tens = moved.filter(pl.col("group").str.starts_with(_OF), pl.col("class").is_in(KINDS)).with_columns(
        pl.col("group").str.strip_prefix(_OF)
    )
    tens = tens.filter(pl.col("group") != "")
    if tens.is_empty():
        states.nothing(say("whatif.no_moves"), say("whatif.no_moves_how"), part="gainers")
        return
    figure = _figure(session, tens)
    twin.draw(
        session,
        figure,
        _table(session, tens),
        name=f"whatif-gainers-{letter}",
        alt=say("whatif.gainers_alt"),
        data=tens,
    )
    st.caption(say("whatif.gainers_what"))


def _figure(session: Session, tens: pl.DataFrame) -> go.Figure:
    say = session.say
    figure = base(height=400)
    whole = dict(tens.group_by("group").agg(pl.col("persons").sum()).iter_rows())
    names = sorted(whole, key=int)
    for name in KINDS:
        words, colour, pattern = _CLASSES[name]
        counts = {row["group"]: row["persons"] for row in tens.filter(pl.col("class") == name).iter_rows(named=True)}
        shares = [100 * (counts.get(one) or 0) / whole[one] if whole[one] else None for one in names]
        figure.add_trace(
            go.Bar(
                x=[say("whatif.tenth", number=one) for one in names],
                y=shares,
                name=say(words),
                marker={
                    "color": colour,
                    "pattern": {"shape": pattern, "fillmode": "overlay", "fgcolor": "white", "size": 6},
                },
                hovertemplate=f"%{{x}}: %{{y:.1f}}%<extra>{say(words)}</extra>",
            )
        )
    figure.update_layout(
        barmode="stack",
        bargap=0.25,
        showlegend=True,
        legend={"orientation": "h", "y": -0.14, "yanchor": "top", "x": 0, "traceorder": "normal"},
        margin={"t": 14},
    )
    figure.update_yaxes(ticksuffix="%", range=[0, 100])
    return figure


def _table(session: Session, tens: pl.DataFrame) -> pl.DataFrame:
    say = session.say
    rows = []
    for group in sorted(set(tens["group"]), key=int):
        mine = {row["class"]: row["persons"] for row in tens.filter(pl.col("group") == group).iter_rows(named=True)}
        cells = {say("whatif.tenth_axis"): say("whatif.tenth", number=group)}
        for name in KINDS:
            count = mine.get(name, 0)
            cells[say(_CLASSES[name][0])] = say("overview.hidden") if count is None else f"{count:,.0f}"
        rows.append(cells)
    return pl.DataFrame(rows)
