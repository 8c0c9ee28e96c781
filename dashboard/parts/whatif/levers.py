"""Which lever moves most: pairs of standards, their front, rules one by one, a budget, behaviour?"""

from collections.abc import Callable
from typing import Final

import numpy as np
import plotly.graph_objects as go
import polars as pl
import streamlit as st

from dashboard import address
from dashboard.parts import shown, states, twin
from dashboard.parts.charts import INK, base
from dashboard.parts.counted import least
from dashboard.parts.whatif import front, letters, pushed, said, sweep
from dashboard.parts.whatif.waiting import awaited
from dashboard.queries import levers, told
from dashboard.queries.levers import Asked
from dashboard.session import Session
from metrics.whatif.swept import FACTORS

_WAN_FEN: Final = 1_000_000
_YEAR: Final = 12
_DRAWN: Final = {
    "cost_fen": "whatif.cost_axis",
    "households": "whatif.roll_axis",
    "fgt1": "whatif.gap_index",
    "fgt2": "whatif.severity_index",
}
_MULTIPLES: Final = {"urban": "whatif.urban", "rural": "whatif.rural", "topups": "whatif.topups"}
_LEVERS: Final = {
    "now": "whatif.lever_now",
    "urban": "whatif.lever_urban",
    "rural": "whatif.lever_rural",
    "both": "whatif.lever_both",
    "topups": "whatif.lever_topups",
    "mix_fgt1": "whatif.lever_mix_gap",
    "mix_fgt2": "whatif.lever_mix_severity",
    "levelled": "whatif.lever_levelled",
}
_EVERY: Final = 4  # of the grid's rows in the table
_BLUES: Final = [[0, "#f3f8fc"], [0.5, "#8cc2e0"], [1, "#0b4f7a"]]
_ROW: Final = 40


def draw(session: Session, asked: Asked, *, few: bool) -> None:
    """The choice of a lever, and that lever. `few`: too few are on the roll there for anything to be told."""
    say = session.say
    st.subheader(say("whatif.levers", name=letters.called(session, asked.letter)))
    if few:
        states.nothing(say("whatif.levers_few"), say("whatif.no_cases_how"), part="levers")
        return
    chosen = address.read("lever") if address.read("lever") in _KINDS else next(iter(_KINDS))
    key, kept = address.bound("lever", chosen, clears=("run",))
    st.selectbox(say("whatif.lever"), [*_KINDS], format_func=lambda name: say(_KINDS[name][0]), key=key, on_change=kept)
    _KINDS[chosen][1](session, asked)


def _pairs(session: Session, asked: Asked) -> None:
    """The map of every pair of standards, the budget as a line on it."""
    say = session.say
    left, right = st.columns(2)
    with left:
        name = address.read("drawn") if address.read("drawn") in _DRAWN else "cost_fen"
        key, kept = address.bound("drawn", name)
        st.selectbox(
            say("whatif.measure"), [*_DRAWN], format_func=lambda one: say(_DRAWN[one]), key=key, on_change=kept
        )
    with right:
        budget = sweep.budget_asked(session)
    table = _every_pair(session, asked)
    if table is None:
        return
    alt = say("whatif.pairs_alt", measure=say(_DRAWN[name]))
    twin.draw(
        session,
        _heat(session, table, name, budget),
        _matrix(session, table, name),
        name="whatif-pairs",
        alt=alt,
        data=table,
    )
    st.caption(say("whatif.pairs_what"))


def _every_pair(session: Session, asked: Asked) -> pl.DataFrame | None:
    """The grid once it is there; None where it is not yet, or there are too few households for one."""
    step = least(session)
    limit = max(told.FEW, step)
    table = awaited(session, f"pairs {asked.key} {limit} {step}", lambda _: levers.pairs(asked, limit, step))
    if table is not None and table.is_empty():
        st.text(session.say("whatif.one_setting"))
        return None
    return table


def _front(session: Session, asked: Asked) -> None:
    """Those pairs that no other beats."""
    table = _every_pair(session, asked)
    if table is not None:
        front.draw(session, table)


def _scaled(table: pl.DataFrame, name: str) -> list[list[float | None]]:
    """Urban multiples across, rural ones upwards."""
    factor = _YEAR / _WAN_FEN if name == "cost_fen" else 100 if name.startswith("fgt") else 1
    flat = [None if value is None or np.isnan(value) else value * factor for value in table[name].to_list()]
    size = len(FACTORS)
    return [[flat[urban * size + rural] for urban in range(size)] for rural in range(size)]


def _heat(session: Session, table: pl.DataFrame, name: str, budget: int | None) -> go.Figure:
    say = session.say
    percent = [round((float(factor) - 1) * 100, 1) for factor in FACTORS]
    figure = base(height=500)
    unit = "%" if name.startswith("fgt") else ""
    figure.add_trace(
        go.Heatmap(
            x=percent,
            y=percent,
            z=_scaled(table, name),
            colorscale=_BLUES,
            colorbar={"title": {"text": say(_DRAWN[name]), "side": "right"}, "tickformat": ",", "ticksuffix": unit},
            hovertemplate=say("whatif.pairs_hover") + f"%{{z:,.2f}}{unit}<extra></extra>",
        )
    )
    cost = _scaled(table, "cost_fen")
    known = [each for row in cost for each in row if each is not None]
    if budget is not None and known:
        if min(known) <= budget <= max(known):
            figure.add_trace(
                go.Contour(
                    x=percent,
                    y=percent,
                    z=cost,
                    contours={"type": "constraint", "operation": "=", "value": budget},
                    line={"color": "#C75000", "width": 3},
                    name=say("whatif.budget_line", budget=f"{budget:,}"),
                    showlegend=True,
                    hoverinfo="skip",
                )
            )
        else:
            st.text(say("whatif.budget_outside", budget=f"{budget:,}"))
    figure.add_vline(x=0, line={"color": INK, "width": 1, "dash": "dot"})
    figure.add_hline(y=0, line={"color": INK, "width": 1, "dash": "dot"})
    figure.update_xaxes(title=say("whatif.urban_axis"), ticksuffix="%", showgrid=False)
    figure.update_yaxes(title=say("whatif.rural_axis"), ticksuffix="%", showgrid=False)
    figure.update_layout(legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0})
    return figure


def _matrix(session: Session, table: pl.DataFrame, name: str) -> pl.DataFrame:
    """The same as a table: rural down, urban across, every few steps."""
    say = session.say
    digits = 0 if name == "households" else 2
    rows = _scaled(table, name)
    places = range(0, len(FACTORS), _EVERY)

    def number(value: float | None) -> str:
        return say("overview.hidden") if value is None else f"{value:,.{digits}f}"

    return pl.DataFrame(
        [
            {say("whatif.rural_urban"): f"{(FACTORS[rural] - 1) * 100:+.0f}%"}
            | {f"{(FACTORS[urban] - 1) * 100:+.0f}%": number(rows[rural][urban]) for urban in places}
            for rural in places
        ]
    )


def _best(session: Session, asked: Asked) -> None:
    """What each lever buys for the budget, and how much poverty it leaves."""
    say = session.say
    budget = sweep.budget_asked(session)
    if budget is None:
        st.text(say("whatif.budget_first"))
        return
    money = budget * _WAN_FEN
    limit = max(told.FEW, least(session))
    key = f"best {asked.key} {money} {limit}"
    found = awaited(session, key, lambda _: levers.best(asked, money, limit))
    if found is None:
        return
    if found.is_empty():
        st.text(say("whatif.one_setting"))
        return
    rows = found.filter(pl.col("fgt1").is_not_nan() & pl.col("fgt1").is_not_null()).to_dicts()
    figure = base(height=110 + _ROW * max(len(rows), 1))
    for name, colour in (("fgt1", "#8cc2e0"), ("fgt2", "#0072B2")):
        figure.add_trace(
            go.Bar(
                y=[say(_LEVERS[row["lever"]]) for row in rows],
                x=[100 * row[name] for row in rows],
                orientation="h",
                name=say(_DRAWN[name]),
                marker={"color": colour},
                text=[f"{100 * row[name]:.2f}%" for row in rows],
                textposition="outside",
                cliponaxis=False,
                hovertemplate="%{y}: %{text}<extra></extra>",
            )
        )
    figure.update_xaxes(ticksuffix="%", rangemode="tozero")
    figure.update_yaxes(autorange="reversed", type="category")
    figure.update_layout(
        barmode="group",
        showlegend=True,
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
        margin={"r": 60},
    )
    alt = say("whatif.best_alt")
    twin.draw(session, figure, _bought(session, found), name="whatif-best", alt=alt, data=found)
    st.caption(say("whatif.best_what"))


def _bought(session: Session, found: pl.DataFrame) -> pl.DataFrame:
    say = session.say

    def times(value: float) -> str:
        return say("whatif.cannot") if not np.isfinite(value) else f"×{value:.4f}"

    def share(value: float) -> str:
        return shown.UNKNOWN if not np.isfinite(value) else f"{100 * value:.3f}%"

    return pl.DataFrame(
        [
            {
                say("whatif.lever"): say(_LEVERS[row["lever"]]),
                **{
                    say(key): shown.UNKNOWN if row["lever"] == "levelled" else times(row[name])
                    for name, key in _MULTIPLES.items()
                },
                say("whatif.cost_year"): said.money(session, row["cost_fen"] * _YEAR)
                if np.isfinite(row["cost_fen"])
                else shown.UNKNOWN,
                say("whatif.gap_index"): share(row["fgt1"]),
                say("whatif.severity_index"): share(row["fgt2"]),
            }
            for row in found.iter_rows(named=True)
        ]
    )


_KINDS: Final[dict[str, tuple[str, Callable[[Session, Asked], None]]]] = {
    "pairs": ("whatif.lever_pairs", _pairs),
    "front": ("whatif.lever_front", _front),
    "best": ("whatif.lever_best", _best),
    "swings": ("whatif.lever_swings", pushed.swings),
    "responses": ("whatif.lever_responses", pushed.responses),
}
