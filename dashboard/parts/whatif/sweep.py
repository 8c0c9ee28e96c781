"""How high could the standards be within a budget, and what would they cost at any height?

The answer is reckoned as the numbers above the page are. The curve is exact (one sort), without the rounding up to
whole yuan and what only months can tell: said beside it, with how much that comes to.
"""

import math
from dataclasses import replace
from typing import Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from dashboard import address
from dashboard.parts import twin
from dashboard.parts.charts import BLUE, INK, base
from dashboard.parts.whatif import afford, letters, said
from dashboard.parts.whatif.afford import SETTINGS
from dashboard.parts.whatif.waiting import awaited
from dashboard.queries.affordable import Asked, affordable
from dashboard.queries.whatif import Swept, WhatIf
from dashboard.session import Session
from metrics.whatif.swept import COARSE

_WAN_FEN: Final = 1_000_000
_YEAR: Final = 12
_AMBER: Final = "#C75000"
_ROWS: Final = 12  # of the table: every so many points


def draw(session: Session, asked: Asked, house: WhatIf, letter: str, limits: tuple[int, int]) -> None:
    """Setting and budget, both in the link; the answer; the curve with the budget's line.

    `limits`: of how many households a curve is told at least, and to what counts are rounded.
    """
    say = session.say
    st.subheader(say("whatif.curve"))
    setting, budget = _asked(session)
    asked = replace(asked, setting=setting or None)
    st.caption(say("whatif.curve_of", name=letters.called(session, letter)))
    key = f"{house.digest} {asked!r} {limits}"
    swept = awaited(session, f"swept {key}", lambda _: house.swept(asked.scenario, asked.region, asked.setting, limits))
    if swept is None:
        return
    if swept.points.is_empty():
        st.text(say("whatif.no_curve"))
        return
    if budget is not None:
        money = budget * _WAN_FEN
        factor = swept.within(money / _YEAR)
        found = awaited(
            session, f"affordable {key} {budget}", lambda progress: affordable(house, asked, money, factor, progress)
        )
        if found is not None:
            afford.draw(session, found, budget)
    _picture(session, swept, budget)
    st.caption(_beside(session, swept, budget, limits[0]))


def _asked(session: Session) -> tuple[str, int | None]:
    say = session.say
    left, right = st.columns(2)
    asked = address.read("setting") if address.read("setting") in SETTINGS else ""
    with left:
        key, kept = address.bound("setting", asked)
        st.selectbox(
            say("whatif.setting"), [*SETTINGS], format_func=lambda name: say(SETTINGS[name]), key=key, on_change=kept
        )
    with right:
        return asked, budget_asked(session)


def budget_asked(session: Session) -> int | None:
    """A year's budget in 万元, in the link; None where none is given."""
    budget = address.number("budget", 0) or None
    st.session_state["url-budget"] = budget
    st.number_input(
        session.say("whatif.budget"),
        min_value=1,
        step=10,
        key="url-budget",
        on_change=_budget,
        placeholder=session.say("whatif.budget_hint"),
    )
    return budget


def _budget() -> None:
    said = st.session_state["url-budget"]
    address.write(budget=str(int(said)) if said else "")


def _beside(session: Session, swept: Swept, budget: int | None, minimum: int) -> str:
    """What the curve leaves out, how much that is now, and what it says of the budget."""
    say = session.say
    lines = [
        say(
            "whatif.curve_what",
            curve=_coarse(session, float(swept.curve.cost(1.0))),
            most=_coarse(session, float(swept.curve.rounded_at_most(1.0))),
            minimum=minimum,
        )
    ]
    factor = math.nan if budget is None else swept.within(budget * _WAN_FEN / _YEAR)
    if budget is not None and math.isfinite(factor):
        lines.append(
            say(
                "whatif.largest",
                budget=f"{budget:,}",
                factor=f"{factor:.3f}",
                change=f"{(factor - 1) * 100:+.1f}",
                low=f"{swept.surely_within(budget * _WAN_FEN / _YEAR):.3f}",
                households=f"{swept.rounded(swept.curve.households(factor)):,}",
                persons=f"{swept.rounded(swept.curve.persons(factor)):,}",
            )
        )
    return "\n\n".join(lines)


def _coarse(session: Session, month_fen: float) -> str:
    """A year of it, to 100 yuan as every cost of the curve."""
    return said.money(session, round(month_fen * _YEAR / COARSE) * COARSE)


def _drawn(points: pl.DataFrame, factor: float) -> bool:
    """Does a multiple lie within the picture?"""
    return bool(points["factor"][0] <= factor <= points["factor"][-1])


def _picture(session: Session, swept: Swept, budget: int | None) -> None:
    say = session.say
    points = swept.points
    percent = [(factor - 1) * 100 for factor in points["factor"]]
    cost = (points["cost_fen"] * _YEAR / _WAN_FEN).to_list()
    figure = base(height=400)
    figure.add_trace(
        go.Scatter(
            x=percent,
            y=cost,
            mode="lines",
            line={"color": BLUE, "width": 2.5},
            name=say("whatif.cost_line"),
            hovertemplate="%{x:+.1f}%: %{y:,.2f}<extra></extra>",
        )
    )
    figure.add_trace(
        go.Scatter(
            x=percent,
            y=points["households"].to_list(),
            mode="lines",
            yaxis="y2",
            line={"color": _AMBER, "width": 2, "dash": "dash"},
            name=say("whatif.roll_line"),
            hovertemplate="%{x:+.1f}%: %{y:,.0f}<extra></extra>",
        )
    )
    if budget is not None and _drawn(points, factor := swept.within(budget * _WAN_FEN / _YEAR)):
        figure.add_trace(
            go.Scatter(
                x=[(factor - 1) * 100],
                y=[budget],
                mode="markers",
                marker={"size": 12, "color": INK, "symbol": "diamond"},
                showlegend=False,
                hovertemplate="%{x:+.2f}%<extra></extra>",
            )
        )
    figure.add_vline(x=0, line={"color": INK, "width": 1, "dash": "dot"})
    if budget is not None:
        figure.add_hline(y=budget, line={"color": INK, "width": 1.6, "dash": "longdash"})
        figure.add_annotation(
            x=0.01,
            xref="paper",
            y=budget,
            yanchor="bottom",
            xanchor="left",
            text=say("whatif.budget_line", budget=f"{budget:,}"),
            showarrow=False,
        )
    figure.update_xaxes(title=say("whatif.standard_axis"), ticksuffix="%")
    figure.update_yaxes(title={"text": say("whatif.cost_axis"), "standoff": 12}, rangemode="tozero", tickformat=",")
    figure.update_layout(
        yaxis2={
            "overlaying": "y",
            "side": "right",
            "rangemode": "tozero",
            "title": say("whatif.roll_axis"),
            "showgrid": False,
            "tickformat": ",",
            "tickmode": "auto",
            "automargin": True,
        },
        showlegend=True,
        legend={"orientation": "h", "y": -0.22, "yanchor": "top", "x": 0},
        margin={"t": 16, "r": 70},
    )
    rows = pl.DataFrame(
        {
            say("whatif.standard_axis"): [f"{one:+.1f}%" for one in percent][::_ROWS],
            say("whatif.cost_axis"): [f"{one:,.2f}" for one in cost][::_ROWS],
            say("whatif.roll_axis"): [f"{one:,.0f}" for one in points["households"]][::_ROWS],
        }
    )
    twin.draw(session, figure, rows, name="whatif-curve", alt=say("whatif.curve_alt"), data=points)
