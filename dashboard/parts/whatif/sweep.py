"""What would the standards cost at any height, and how high could they be within a budget?

The curve is exact (one sort), without the rounding up to whole yuan; the bracket tells how much that can be.
"""

import math
from typing import Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from dashboard import address
from dashboard.parts import twin
from dashboard.parts.charts import BLUE, INK, base
from dashboard.parts.whatif import letters, said
from dashboard.parts.whatif.waiting import awaited
from dashboard.queries.whatif import Swept, WhatIf
from dashboard.session import Session
from metrics.whatif.scenario import Scenario

_WAN_FEN: Final = 1_000_000
_YEAR: Final = 12
_SETTINGS: Final = {"": "whatif.both_settings", "urban": "whatif.urban", "rural": "whatif.rural"}
_AMBER: Final = "#C75000"
_ROWS: Final = 12  # of the table: every so many points


def draw(session: Session, house: WhatIf, scenarios: dict[str, Scenario], region: str, limits: tuple[int, int]) -> None:
    """Setting and budget, both in the link; the curve, the budget's line, the answer in words.

    `limits`: of how many households a curve is told at least, and to what counts are rounded.
    """
    say = session.say
    st.subheader(say("whatif.curve"))
    letter = letters.shown() if letters.shown() in scenarios else ""
    setting, budget = _asked(session)
    st.caption(say("whatif.curve_of", name=letters.called(session, letter or "baseline")))
    chosen = scenarios.get(letter)
    key = f"swept {house.digest} {chosen!r} {region} {setting} {limits}"
    swept = awaited(session, key, lambda _: house.swept(chosen, region, setting or None, limits))
    if swept is None:
        return
    if swept.points.is_empty():
        st.text(say("whatif.no_curve"))
        return
    st.text(_answer(session, swept, budget, setting))
    _picture(session, swept, budget)
    st.caption(say("whatif.curve_what", minimum=limits[0]))


def _asked(session: Session) -> tuple[str, int | None]:
    say = session.say
    left, right = st.columns(2)
    asked = address.read("setting") if address.read("setting") in _SETTINGS else ""
    with left:
        key, kept = address.bound("setting", asked)
        st.selectbox(
            say("whatif.setting"), [*_SETTINGS], format_func=lambda name: say(_SETTINGS[name]), key=key, on_change=kept
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


def _answer(session: Session, swept: Swept, budget: int | None, setting: str) -> str:
    """The largest standards within the budget."""
    say = session.say
    now = float(swept.curve.cost(1.0)) * _YEAR
    lines = [say("whatif.at_present", cost=said.money(session, now))]
    if budget is not None:
        factor = swept.within(budget * _WAN_FEN / _YEAR)
        low = swept.surely_within(budget * _WAN_FEN / _YEAR)
        if math.isnan(factor):
            lines.append(say("whatif.never", budget=f"{budget:,}"))
        elif math.isinf(factor):
            lines.append(say("whatif.always", budget=f"{budget:,}"))
        else:
            lines.append(
                say(
                    "whatif.largest",
                    budget=f"{budget:,}",
                    factor=f"{factor:.4f}",
                    change=f"{(factor - 1) * 100:+.2f}",
                    low=f"{low:.4f}",
                    standards=_standards(session, swept, factor, setting),
                )
            )
            lines.append(
                say(
                    "whatif.there",
                    households=f"{swept.rounded(swept.curve.households(factor)):,}",
                    persons=f"{swept.rounded(swept.curve.persons(factor)):,}",
                )
            )
    return "\n".join(lines)


def _standards(session: Session, swept: Swept, factor: float, setting: str) -> str:
    """The standards as they would be, each once."""
    told = [
        session.say(
            "whatif.standard_of",
            setting=session.say(_SETTINGS[kind]) if kind in _SETTINGS else kind,
            now=f"{now / 100:,.2f}",
            then=f"{now * factor / 100:,.2f}",
        )
        for kind, now in swept.standards
        if not setting or kind == setting
    ]
    return session.say("rules.joint").join(told)


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
