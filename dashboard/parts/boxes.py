"""How do the metrics of one page stand in boxes, each with what belongs beside it?"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl
import streamlit as st

from casework.card import MetricCard
from dashboard.parts import counted, numbers, variation
from dashboard.queries import masked
from dashboard.queries.counts import Period
from dashboard.rights import may
from dashboard.session import Session

_NOTHING: Final[Mapping[str, Sequence[str]]] = {}


def named(session: Session, metrics: Sequence[str]) -> list[MetricCard]:
    """The cards of these metrics, as far as there are such metrics."""
    known = session.desk.metric_cards
    return [known[metric] for metric in metrics if metric in known]


def draw(
    session: Session,
    metrics: Sequence[str],
    *,
    in_a_row: int = 4,
    programme: str | None = None,
    beside: Mapping[str, Sequence[str]] = _NOTHING,
    course: bool = False,
) -> None:
    """A box a metric: value, interval, what it rests on, and the way to its rows; or why it is missing.

    `programme`: other than the view's ("" = all); `beside`: further lines by metric; `course`: its months, and whether
    they vary as always.
    """
    cards = named(session, metrics)
    for start in range(0, len(cards), in_a_row):
        for column, card in zip(st.columns(in_a_row), cards[start : start + in_a_row], strict=False):
            row = counted.total(session, card, programme=programme)
            known = "known" if numbers.reliable(row) else "unknown"
            with column, st.container(border=True, key=f"card-{known}-{card.metric}", height="stretch"):
                months = counted.monthly(session, card, programme=programme) if course else None
                _box(session, card, row, months, beside.get(card.metric, ()))
                link(session, card, row, programme=programme)


def opens(session: Session, card: MetricCard, row: Mapping[str, Any] | None) -> bool:
    """Is there a row to open behind this number, and may the reader read it?"""
    if row is None or row["suppressed"] or not (row["part"] or row["whole"]):
        return False
    return may(session.role, "rows") and not masked.closed(session.role, card)


def link(
    session: Session,
    card: MetricCard,
    row: Mapping[str, Any] | None,
    *,
    programme: str | None = None,
    period: Period | None = None,
) -> None:
    """The way to the rows of the very number that stands here; none where there is nothing to open."""
    if not opens(session, card, row):
        return
    view = session.view
    shown = period or view.period
    session.link(
        "rows",
        session.say("overview.rows"),
        metric=card.metric,
        programme=view.programme if programme is None else programme,
        since=f"{shown.since:%Y-%m}",
        until=f"{shown.until:%Y-%m}",
    )


def _box(
    session: Session,
    card: MetricCard,
    row: dict[str, Any] | None,
    months: pl.DataFrame | None,
    beside: Sequence[str],
) -> None:
    sound = numbers.reliable(row)
    values = months["value"].drop_nulls().to_list() if sound and months is not None else []
    seen = len(values) > 1
    st.metric(
        session.text(card.title),
        numbers.headline(session, card, row),
        help=f"{session.text(card.question)}\n\n{session.text(card.formula)}\n\n{session.text(card.reading)}",
        chart_data=values if seen else None,
        chart_type="line",
    )
    st.caption("  \n".join(line for line in [*_lines(session, card, row), *beside] if line))
    if seen:
        variation.badge(session, variation.chart_of(session, card, months=months))


def _lines(session: Session, card: MetricCard, row: dict[str, Any] | None) -> list[str]:
    """What stands below the value: unit, interval, basis, whether too few to compare; or why it is missing."""
    if row is None or not numbers.reliable(row):
        return [numbers.why_unknown(session, card, row)]
    few = row["whole"] is not None and row["whole"] < card.minimum and card.kind in ("share", "rate", "quantile")
    return [
        session.text(card.unit),
        numbers.interval(session, card, row),
        numbers.basis(session, card, row),
        session.say("overview.few", minimum=card.minimum) if few else "",
    ]
