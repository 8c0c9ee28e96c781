"""Has a metric changed, or does it only vary as it always did?"""

from datetime import date
from typing import Final

import polars as pl
import streamlit as st

from casework.card import AREAS, MetricCard
from dashboard import address
from dashboard.parts import boxes, counted, numbers, place, states, tables, twin, variation, xmr
from dashboard.parts.metric import choose
from dashboard.queries import masked, process
from dashboard.queries.counts import month as month_of
from dashboard.queries.process import Turn
from dashboard.session import Session
from metrics.honest.control import LEAST_POINTS, Chart

_NONE: Final = "none"  # of the months at which limits begin anew


def show(session: Session) -> None:
    """The control chart of one metric, what it says, and where every other metric stands."""
    session.demand("trends")
    say, desk = session.say, session.desk
    st.title(say("trends.title"))
    if desk.tables is None:
        states.no_data(say, desk)
        return
    place.draw(session)
    card = choose(session, _known(session))
    if card is None:
        states.nothing(say("trends.nothing"), say("trends.nothing_how"))
        return
    _chart(session, card)
    _every(session)


def _known(session: Session) -> list[MetricCard]:
    """The metrics that the data can tell, and that are for the reader."""
    desk = session.desk
    return [
        card
        for card in desk.metric_cards.values()
        if card.metric not in desk.counts.lacking and masked.seen(session.role, card)
    ]


def _chart(session: Session, card: MetricCard) -> None:
    say, months = session.say, counted.monthly(session, card)
    turns = process.turns(
        session.desk.policy, card, session.view.region, session.view.period.since, session.view.period.until
    )
    rebased = _rebased(session, turns)
    chart = variation.chart_of(session, card, rebased, months)
    unit = session.text(card.unit)
    st.subheader(f"{session.text(card.title)} ({unit})" if unit else session.text(card.title))
    st.caption(session.text(card.question))
    if chart.last_month is None:
        states.nothing(say("trends.no_months"), numbers.why_unknown(session, card, counted.total(session, card)))
        return
    variation.badge(session, chart)
    for line in _read(session, card, chart):
        st.text(line)
    twin.draw(
        session,
        xmr.figure(
            session, card, chart, [turn for turn in turns if turn.month in rebased], variation.bound(session, card)
        ),
        _table(session, card, chart, months),
        name=f"trend-{card.metric}",
        alt=say("trends.alt", metric=session.text(card.title), variation=variation.told(session, chart)),
        data=_data(session, card, chart),
    )
    st.caption(say("trends.method"))
    boxes.link(session, card, counted.total(session, card))


def _rebased(session: Session, turns: list[Turn]) -> list[date]:
    """At which changes of the rules the limits begin anew; the URL keeps those the reader took out."""
    if not turns:
        return []
    texts = {f"{turn.month:%Y-%m}": turn for turn in turns}
    asked = address.read("rebase")
    chosen = [text for text in texts if asked != _NONE and (not asked or text in asked.split(","))]
    st.session_state["rebase"] = chosen

    def changed() -> None:
        kept = st.session_state["rebase"]
        address.write(rebase="" if len(kept) == len(texts) else ",".join(sorted(kept)) or _NONE)

    policy = session.desk.policy
    st.multiselect(
        session.say("trends.rebase"),
        [*texts],
        format_func=lambda text: f"{text} {session.text(policy.rule(texts[text].rule).label)}",
        key="rebase",
        on_change=changed,
        help=session.say("trends.rebase_help"),
        placeholder=session.say("trends.rebase_none"),
    )
    return [texts[text].month for text in chosen]


def _read(session: Session, card: MetricCard, chart: Chart) -> list[str]:
    """What the chart says, in sentences."""
    say, phase = session.say, chart.phases[-1]
    lines = [say("trends.says", variation=say(variation.SIGNS[chart.variation][2]))]
    if phase.mean is not None and phase.low is not None and phase.high is not None:
        lines.append(
            say(
                "trends.limits",
                mean=numbers.value(card, phase.mean),
                low=numbers.value(card, numbers.within(card, phase.low)),
                high=numbers.value(card, numbers.within(card, phase.high)),
            )
        )
    if phase.provisional:
        lines.append(say("trends.provisional", points=phase.points, least=LEAST_POINTS))
    found = process.target(session.desk.policy, card, session.view.region, session.desk.as_of)
    if found is not None and found.high is None and found.low is not None:
        lines.append(
            say(
                "trends.assured",
                target=numbers.value(card, found.low),
                assurance=say(variation.ASSURED[chart.assurance][2]),
                source=found.source,
            )
        )
    return lines


def _table(session: Session, card: MetricCard, chart: Chart, months: pl.DataFrame) -> pl.DataFrame:
    say = session.say
    known = {row["month"]: row for row in months.to_dicts()}
    return pl.DataFrame(
        [
            {
                say("overview.trend_month"): f"{day:%Y-%m}",
                say("overview.trend_value"): numbers.headline(session, card, known.get(day)),
                say("trends.mean"): numbers.value(card, row["mean"]),
                say("trends.low"): numbers.value(card, row["low"]),
                say("trends.high"): numbers.value(card, row["high"]),
                say("trends.point"): say(variation.POINTS[row["point"]]),
            }
            for row in chart.frame.iter_rows(named=True)
            for day in [month_of(row["month_index"])]
        ]
    )


def _data(session: Session, card: MetricCard, chart: Chart) -> pl.DataFrame:
    view = session.view
    return chart.frame.select(
        pl.lit(card.metric).alias("metric"),
        pl.lit(view.programme).alias("programme"),
        pl.lit(view.region).alias("region_code"),
        pl.col("month_index").map_elements(month_of, return_dtype=pl.Date).dt.strftime("%Y-%m").alias("month"),
        *("value", "mean", "low", "high", "phase", "point"),
    )


def _every(session: Session) -> None:
    """Every metric's last value and what its own chart says; a click shows its course."""
    say = session.say
    cards = [card for area in AREAS for card in _known(session) if card.area == area]
    st.subheader(say("trends.every"))
    st.caption(say("trends.every_what"))
    rows, ids = [], []
    for card in cards:
        months = counted.monthly(session, card)
        chart = variation.chart_of(session, card, months=months)
        if chart.last_month is None:
            continue
        last = months.filter(pl.col("value").is_not_null()).sort("month").row(-1, named=True)
        ids.append(card.metric)
        rows.append(
            {
                say("trends.area"): session.text(AREAS[card.area]),
                say("overview.metric"): session.text(card.title),
                say("trends.month"): f"{last['month']:%Y-%m}",
                say("overview.value"): numbers.with_unit(session, card, last["value"]),
                say("trends.variation"): variation.told(session, chart),
                say("trends.assurance"): variation.assured(session, chart),
            }
        )
    if not rows:
        return
    picked = tables.picker(pl.DataFrame(rows), ids, name="every-metric", alt=say("trends.every"))
    if picked:
        session.go("trends", metric=picked)
