"""How does it read what a change did here and what happened elsewhere meanwhile, and what may be concluded?"""

from dataclasses import dataclass
from datetime import date, datetime, time
from html import escape
from typing import Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from casework.card import MetricCard
from dashboard.parts import numbers, tables, twin
from dashboard.parts.charts import BLUE, INK, base, by_months, upright
from dashboard.queries import reform as asked
from dashboard.queries.reform import Change, Group, Windows
from dashboard.session import Session
from metrics.honest.reform import LEAST_MONTHS, MINIMUM, Effect, PreTrend, shortened

_ELSEWHERE: Final = "#7b5e2a"
_SHADE: Final = {"before": "rgba(91,107,116,0.07)", "after": "rgba(0,114,178,0.08)"}


@dataclass(frozen=True, slots=True)
class Weighed:
    """One metric around one change, here and in the neighbours; None: there are none to compare with."""

    card: MetricCard
    change: Change
    windows: Windows
    mine: Group
    others: Group | None


def called(session: Session, change: Change) -> str:
    """A day of change with the rules that changed on it."""
    names = [session.text(rule) for rule in change.rules]
    more = session.say("reform.and_more", count=len(names) - 1) if len(names) > 1 else ""
    return f"{change.day:%Y-%m-%d}" + (f" · {names[0]}{more}" if names else "")


def draw(session: Session, seen: Weighed) -> None:
    """Before and after of both, the difference of the differences, what may be said of it, and the months."""
    say, others = session.say, seen.others
    spans = {
        f"{name}_{end}": f"{day:%Y-%m}"
        for name, period in (("before", seen.windows.before), ("after", seen.windows.after))
        for end, day in (("since", period.since), ("until", period.until))
    }
    st.caption(say("reform.windows", **spans))
    found = None if others is None else asked.effect(seen.card, seen.mine, others)
    _table(session, seen)
    with st.container(key="sentence"):
        st.text(_concluded(session, seen, found))
    drift = None if others is None else asked.drift(seen.mine, others, seen.windows.before)
    if drift is not None:
        (st.warning if drift.warns else st.text)(_drifted(session, seen.card, drift))
    if seen.card.kind == "quantile":
        st.text(_shortened(session, seen))
    st.caption(say("reform.not_said"))
    _months(session, seen)


def _table(session: Session, seen: Weighed) -> None:
    say, card = session.say, seen.card
    groups = [(session.place(session.view.region), seen.mine)]
    if seen.others is not None:
        groups.append((say("reform.others", regions=len(seen.others.codes)), seen.others))
    rows = []
    for name, group in groups:
        before, after = group.before.value(card), group.after.value(card)
        rows.append(
            {
                say("reform.group"): name,
                say("reform.before"): numbers.value(card, before),
                say("reform.before_cases"): f"{group.before.whole:,}",
                say("reform.after"): numbers.value(card, after),
                say("reform.after_cases"): f"{group.after.whole:,}",
                say("reform.changed"): _change(
                    session, card, None if before is None or after is None else after - before
                ),
            }
        )
    unit = session.text(card.unit)
    title = session.text(card.title)
    st.subheader(f"{title} ({unit})" if unit else title)
    tables.plain(pl.DataFrame(rows), alt=say("reform.table_alt"))


def _change(session: Session, card: MetricCard, change: float | None) -> str:
    """A change with its sign: percentage points of a share, else in the metric's unit."""
    if change is None:
        return session.say("overview.unknown")
    signed = _signed(card, change)
    return session.say("reform.points", points=signed) if numbers.in_percent(card) else signed


def _signed(card: MetricCard, change: float) -> str:
    """The bare number, of a share in percentage points; no sign before a nought."""
    rounded = round(100 * change if numbers.in_percent(card) else change, 1)
    return f"{rounded:+.1f}" if rounded else "0.0"


def _concluded(session: Session, seen: Weighed, found: Effect | None) -> str:
    """What may be said of the difference of the differences."""
    say, card = session.say, seen.card
    if found is None:
        return say("reform.alone")
    if found.value is None or found.low is None or found.high is None:
        return say("reform.too_few", minimum=MINIMUM)
    title = session.text(card.title)
    facts = {
        "region": session.place(session.view.region),
        "metric": say("reform.in_means", metric=title) if card.kind == "quantile" else title,
        "value": _change(session, card, found.value),
        "low": _signed(card, found.low),
        "high": _signed(card, found.high),
    }
    if found.low <= 0 <= found.high:
        return say("reform.chance", **facts)
    if card.better == "neither":
        return say("reform.differs", **facts)
    return say("reform.better" if (found.value > 0) == (card.better == "higher") else "reform.worse", **facts)


def _drifted(session: Session, card: MetricCard, drift: PreTrend) -> str:
    say = session.say
    if drift.value is None or drift.low is None or drift.high is None:
        return say("reform.drift_unknown", months=LEAST_MONTHS)
    facts = {
        "value": _change(session, card, drift.value),
        "low": _signed(card, drift.low),
        "high": _signed(card, drift.high),
    }
    return say("reform.drift_warns", **facts) if drift.warns else say("reform.drift_none", **facts)


def _shortened(session: Session, seen: Weighed) -> str:
    """As newspapers tell it: from so many days to so many; here and elsewhere."""
    told = []
    for name, group in (
        (session.place(session.view.region), seen.mine),
        (session.say("reform.elsewhere"), seen.others),
    ):
        found = None if group is None else shortened(group.before.days, group.after.days)
        if found is not None and found.value is not None and found.before is not None and found.after is not None:
            facts = {"before": f"{found.before:g}", "after": f"{found.after:g}", "share": f"{abs(found.value):.1%}"}
            key = "reform.shorter" if found.value > 0 else "reform.longer" if found.value < 0 else "reform.same"
            told.append(session.say(key, name=name, **facts))
    return "\n".join(told)


def _months(session: Session, seen: Weighed) -> None:
    say, card = session.say, seen.card
    groups = {"here": (session.place(session.view.region), BLUE, seen.mine.months)}
    if seen.others is not None:
        groups["elsewhere"] = (say("reform.elsewhere"), _ELSEWHERE, seen.others.months)
    figure = base(height=360)
    scale = 100 if numbers.in_percent(card) else 1
    for name, colour, months in groups.values():
        figure.add_trace(
            go.Scatter(
                x=months["month"].to_list(),
                y=(months["value"] * scale).to_list(),
                mode="lines+markers",
                line={"color": colour, "width": 2},
                marker={"size": 5},
                connectgaps=False,
                name=escape(name),  # imported: Plotly reads tags
                text=[numbers.value(card, value) for value in months["value"]],
                hovertemplate="%{x|%Y-%m}: %{text}<extra></extra>",
            )
        )
    for side, period in (("before", seen.windows.before), ("after", seen.windows.after)):
        figure.add_vrect(x0=period.since, x1=_end(period.until), fillcolor=_SHADE[side], line_width=0, layer="below")
    spans = seen.mine.months["month"]
    first, last = _moment(spans[0]), _moment(_end(spans[-1]))
    upright(figure, [(_moment(seen.change.day), called(session, seen.change), INK)], first, last)
    figure.update_xaxes(range=[first, last])
    figure.update_yaxes(ticksuffix="%" if scale > 1 else "", rangemode="normal" if scale > 1 else "tozero")
    figure.update_layout(
        showlegend=True, legend={"orientation": "h", "traceorder": "normal", "y": -0.16, "yanchor": "top", "x": 0}
    )
    by_months(figure, spans[0], spans[-1], most=12)
    long = pl.concat([months.select(pl.lit(code).alias("group"), pl.all()) for code, (_, _, months) in groups.items()])
    table = _twin(session, card, [(name, months) for name, _, months in groups.values()])
    twin.draw(session, figure, table, name=f"reform-{card.metric}", alt=say("reform.chart_alt"), data=long)
    if veiled := long["veiled"].sum():
        st.caption(say("reform.veiled_months", count=veiled))


def _twin(session: Session, card: MetricCard, groups: list[tuple[str, pl.DataFrame]]) -> pl.DataFrame:
    columns = dict(groups)
    (first, *_) = columns.values()
    told = {session.say("overview.trend_month"): [f"{month:%Y-%m}" for month in first["month"]]}
    for name, months in columns.items():
        told[name] = [numbers.value(card, value) for value in months["value"]]
        told[session.say("reform.cases_of", name=name)] = [_count(session, whole) for whole in months["whole"]]
    return pl.DataFrame(told)


def _count(session: Session, count: int | None) -> str:
    return session.say("times.few") if count is None else f"{count:,}"


def _moment(day: date) -> datetime:
    return datetime.combine(day, time.min)


def _end(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
