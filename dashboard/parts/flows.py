"""How are entries and exits by month drawn, with the reasons of the exits?"""

from typing import Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from casework.tables import AWARD
from dashboard.parts import counted, few, states, tables, twin
from dashboard.parts.charts import BLUE, base, by_months
from dashboard.queries.counts import month
from dashboard.queries.flows import NO_REASON
from dashboard.session import Session
from metrics.honest.veil import Sum

_OUT: Final = "#D55E00"
_REASONS: Final = {option.code: option.label for option in AWARD["end_reason"].options}
_TOTAL: Final = ("total", "")


def draw(session: Session) -> None:
    """Bars up and down by month, and why awards ended."""
    say, flows, view = session.say, session.desk.reach.flows, session.view
    st.subheader(say("coverage.flows"))
    st.caption(say("coverage.flows_what"))
    months = flows.monthly(session.region_codes, view.programme, view.period)
    if not months["entries"].sum() and not months["exits"].sum():
        states.nothing(say("coverage.flows_none"), say("coverage.flows_none_how"))
        return
    reasons = flows.reasons(session.region_codes, view.programme, view.period)
    entries = _veiled(session, months["month_index"].to_list(), months["entries"].to_list(), {})
    exits = _veiled(session, months["month_index"].to_list(), months["exits"].to_list(), reasons)
    rows = [(number, entries["month", str(number)], exits["month", str(number)]) for number in months["month_index"]]
    twin.draw(
        session,
        _figure(session, rows),
        _table(session, rows, (entries[_TOTAL], exits[_TOTAL])),
        name="flows",
        alt=say("coverage.flows_alt"),
        data=pl.DataFrame(
            [{"month": f"{month(number):%Y-%m}", "entries": begun, "exits": ended} for number, begun, ended in rows],
            schema={"month": pl.String(), "entries": pl.Int64(), "exits": pl.Int64()},
        ),
    )
    _why(session, {reason: exits["reason", reason] for reason in reasons}, exits[_TOTAL])


def _veiled(
    session: Session, months: list[int], counts: list[int], reasons: dict[str, int]
) -> dict[tuple[str, str], int | None]:
    """The months and the reasons, both of which add up to one total."""
    cells = {("month", str(number)): count for number, count in zip(months, counts, strict=True)}
    because = {("reason", reason): count for reason, count in reasons.items()}
    sums: list[Sum[tuple[str, str]]] = [(_TOTAL, [*cells])]
    if because:
        sums.append((_TOTAL, [*because]))
    return few.seen(session, {**cells, **because, _TOTAL: sum(counts)}, sums=sums)


def _figure(session: Session, rows: list[tuple[int, int | None, int | None]]) -> go.Figure:
    figure = base(height=340)
    days = [month(number) for number, _, _ in rows]
    for place, sign, colour, title in (
        (1, 1, BLUE, session.say("coverage.entries")),
        (2, -1, _OUT, session.say("coverage.exits")),
    ):
        counts: list[int | None] = [row[place] for row in rows]
        figure.add_trace(
            go.Bar(
                x=days,
                y=[sign * (count or 0) for count in counts],
                name=title,
                marker={"color": colour},
                text=[few.told(session, count) for count in counts],
                textposition="none",
                hovertemplate="%{x|%Y-%m} " + title + ": %{text}<extra></extra>",
            )
        )
    figure.update_layout(barmode="relative", showlegend=True, legend={"orientation": "h", "y": 1.14, "x": 0})
    most = max([1, *(count or 0 for _, *counts in rows for count in counts)])
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10**9) if most / step <= 4)  # noqa: PLR2004 - lines above zero
    ticks = [step * place for place in range(-4, 5)]
    figure.update_yaxes(tickvals=ticks, ticktext=[f"{abs(tick):,}" for tick in ticks])
    by_months(figure, days[0], days[-1])
    return figure


def _table(
    session: Session, rows: list[tuple[int, int | None, int | None]], totals: tuple[int | None, int | None]
) -> pl.DataFrame:
    say = session.say
    told: list[tuple[str, int | None, int | None]] = [
        *((f"{month(number):%Y-%m}", begun, ended) for number, begun, ended in rows),
        (say("coverage.together"), *totals),
    ]
    return pl.DataFrame(
        [
            {
                say("coverage.month"): name,
                say("coverage.entries"): few.told(session, begun),
                say("coverage.exits"): few.told(session, ended),
            }
            for name, begun, ended in told
        ]
    )


def _why(session: Session, reasons: dict[str, int | None], total: int | None) -> None:
    """The reasons of the period's exits; those that nobody wrote down are a group of their own."""
    say = session.say
    if not reasons:
        return
    st.text(say("coverage.reasons"))
    rows = [
        {
            say("coverage.reason"): session.text(_REASONS[reason])
            if reason != NO_REASON
            else say("coverage.no_reason"),
            say("coverage.exits"): few.told(session, count),
            say("coverage.share"): few.share(session, count, total),
        }
        for reason, count in sorted(reasons.items(), key=lambda one: one[0] if counted.least(session) else "")
    ]
    tables.plain(pl.DataFrame(rows), alt=say("coverage.reasons"))
