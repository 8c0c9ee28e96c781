"""How far down its list should a scheme's leads be visited, and what would that find, whom trouble, and cost?

The month's visits stand in the picture as a line: what lies beyond it is not seen that month.
"""

from dataclasses import dataclass
from typing import Any, Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from dashboard.parts import few, planted, shown, states, twin
from dashboard.parts.before_work import ENOUGH
from dashboard.parts.charts import BAND, BLUE, INK, base, upright
from dashboard.parts.counted import least
from dashboard.queries import lab
from dashboard.queries.counts import SEES_ALL
from dashboard.queries.visits import VISIT
from dashboard.session import Session
from metrics.evaluation import threshold

_CUTS: Final = 40  # that a picture needs
_AMBER, _AMBER_BAND = "#C75000", "rgba(199,80,0,0.14)"
_EXPECTED: Final = ("confirmed", "confirmed_low", "confirmed_high", "innocent", "innocent_low", "innocent_high")


@dataclass(frozen=True, slots=True)
class Priced:
    """A curve as the reader may see it, and what it rests on."""

    table: pl.DataFrame
    by_truth: bool
    budget: int
    cost: float


def draw(session: Session, scheme: str) -> None:
    """Picture, sentence for the month's visits, table and file."""
    say, card = session.say, session.desk.cards.get(scheme)
    st.subheader(say("lab.visits"))
    if card is None:
        st.text(say("lab.choose_visits"))
        return
    by_truth = planted.held(session)
    if by_truth is None and lab.closed(card, session.reader):
        st.text(say("lab.closed"))
        return
    priced = _priced(session, scheme)
    if priced.table.is_empty():
        states.nothing(say("lab.no_curve"), say("lab.no_curve_how"), part="visits")
        return
    st.caption(say("lab.by_truth") if priced.by_truth else say("lab.by_judged", enough=_enough(session)))
    st.text(_sentence(session, priced))
    _chart(session, scheme, priced)
    if not priced.by_truth:
        few.rounding(session)


def _priced(session: Session, scheme: str) -> Priced:
    desk, policy = session.desk, session.desk.policy
    cost = float(policy.value("visit_cost", on=desk.as_of))
    budget = int(policy.value("visits_month", on=desk.as_of))
    truth = planted.held(session)
    leads = _explained(session, scheme, truth.leads) if truth is not None else _judged(session, scheme)
    whole = threshold.curve(leads, cost=cost, least=_enough(session))
    visits = int(whole["visits"][-1]) if whole.height else 0
    step = max(1, least(session), visits // _CUTS)
    table = threshold.thinned(whole, step)
    return Priced(table if truth is not None else _seen(session, table), truth is not None, budget, cost)


def _explained(session: Session, scheme: str, leads: pl.DataFrame) -> pl.DataFrame:
    """The leads of the scheme that the truth knows, by visit."""
    known = leads.filter(pl.col("scheme") == scheme).select("lead_id", confirmed="explained")
    placed = session.desk.leads.select("lead_id", "score", VISIT.alias("visit"))
    return known.join(placed, on="lead_id", how="inner").select("visit", "score", "confirmed")


def _judged(session: Session, scheme: str) -> pl.DataFrame:
    leads = lab.raised(session.desk, session.reader, session.region_codes).filter(pl.col("scheme") == scheme)
    return leads.select(VISIT.alias("visit"), "score", lab.judged().alias("confirmed"))


def _enough(session: Session) -> int:
    """Judged visits before anything is expected: more where counts are rounded."""
    return max(ENOUGH, few.enough(session))


def _seen(session: Session, table: pl.DataFrame) -> pl.DataFrame:
    """The cuts with counts rounded for those who open no case."""
    limit = least(session)
    if limit == SEES_ALL or table.is_empty():
        return table
    rounded = [((pl.col(name) / limit).round() * limit).alias(name) for name in ("visits", "judged", *_EXPECTED)]
    whole = [pl.col(name).cast(pl.Int64) for name in ("visits", "judged")]
    each = table.with_columns(rounded).with_columns(whole)
    rate = float(table["cost"][0]) / float(table["visits"][0])
    cost = pl.col("visits") * rate
    return each.with_columns(cost.alias("cost"), (cost / pl.col("confirmed")).alias("cost_each")).with_columns(
        pl.when(pl.col("confirmed") > 0).then(pl.col("cost_each")).alias("cost_each")
    )


def _sentence(session: Session, priced: Priced) -> str:
    """What a month's visits come to."""
    say, row = session.say, threshold.budgeted(priced.table, priced.budget)
    if row is None:
        return say("lab.beyond", budget=priced.budget)
    facts = {"budget": priced.budget, "visits": f"{row['visits']:,}", "cost": f"{row['cost']:,.0f}"}
    if row["confirmed"] is None:
        return say("lab.cost_unknown", **facts)
    return say("lab.cost_said", **facts, confirmed=_between(row, "confirmed"), innocent=_between(row, "innocent"))


def _between(row: dict[str, Any], name: str) -> str:
    """An expected number, with its interval where it is not known outright."""
    value, low, high = row[name], row[f"{name}_low"], row[f"{name}_high"]
    if value is None:
        return shown.UNKNOWN
    return f"{value:,.0f}" if low == high else f"{value:,.0f} ({low:,.0f}–{high:,.0f})"


def _chart(session: Session, scheme: str, priced: Priced) -> None:
    say, table = session.say, priced.table
    known = table.filter(pl.col("confirmed").is_not_null())
    rows = pl.DataFrame([_row(session, row) for row in table.iter_rows(named=True)])
    if known.is_empty():
        st.text(say("lab.curve_unknown"))
        twin.beside(session, rows, name=f"visits-{scheme}", data=table)
        return
    figure = base(height=380)
    for name, label, colour, band in (
        ("confirmed", say("lab.confirmed"), BLUE, BAND),
        ("innocent", say("lab.innocent"), _AMBER, _AMBER_BAND),
    ):
        _line(figure, known, name, label, colour, band)
    last = float(max(int(table["visits"][-1]), priced.budget))
    upright(figure, [(float(priced.budget), say("lab.budget", visits=priced.budget), INK)], 0.0, last * 1.02)
    figure.update_xaxes(title=say("lab.visits_axis"), range=[0, last * 1.02], tickformat=",")
    figure.update_yaxes(rangemode="tozero", tickformat=",", title=say("lab.households_axis"))
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": -0.24, "yanchor": "top", "x": 0})
    twin.draw(session, figure, rows, name=f"visits-{scheme}", alt=say("lab.visits_alt"), data=table)


def _line(figure: go.Figure, known: pl.DataFrame, name: str, label: str, colour: str, band: str) -> None:
    """A line through the cuts, its interval behind it."""
    visits = known["visits"].to_list()
    edge = known[f"{name}_high"].to_list() + known[f"{name}_low"].to_list()[::-1]
    figure.add_trace(
        go.Scatter(
            x=visits + visits[::-1],
            y=edge,
            fill="toself",
            fillcolor=band,
            line={"width": 0},
            hoverinfo="skip",
            showlegend=False,
        )
    )
    figure.add_trace(
        go.Scatter(
            x=visits,
            y=known[name].to_list(),
            mode="lines+markers",
            line={"color": colour, "width": 2},
            marker={"size": 6, "symbol": "circle" if name == "confirmed" else "diamond"},
            name=label,
            hovertemplate="%{x:,}: %{y:,.0f}<extra></extra>",
        )
    )


def _row(session: Session, row: dict[str, Any]) -> dict[str, str]:
    say = session.say
    return {
        say("lab.cut"): f"{row['cut']:.2f}",
        say("lab.visits_axis"): f"{row['visits']:,}",
        say("lab.judged"): f"{row['judged']:,}",
        say("lab.confirmed"): _between(row, "confirmed"),
        say("lab.innocent"): _between(row, "innocent"),
        say("lab.cost"): f"{row['cost']:,.0f}",
        say("lab.cost_each"): shown.UNKNOWN if row["cost_each"] is None else f"{row['cost_each']:,.0f}",
    }
