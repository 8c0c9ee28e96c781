"""How do the metrics of one page stand in boxes, each with what belongs beside it?"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st

from casework.card import MetricCard
from dashboard.parts import counted, numbers
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
    in_a_row: int,
    programme: str | None = None,
    beside: Mapping[str, Sequence[str]] = _NOTHING,
) -> None:
    """A box a metric: value, interval, what it rests on, and the way to its rows; or why it is missing.

    `programme`: other than the view's ("" = all); `beside`: further lines by metric.
    """
    cards = named(session, metrics)
    for start in range(0, len(cards), in_a_row):
        for column, card in zip(st.columns(in_a_row), cards[start : start + in_a_row], strict=False):
            with column:
                row = counted.total(session, card, programme=programme)
                _box(session, card, row, programme, beside.get(card.metric, ()))


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
    session: Session, card: MetricCard, row: dict[str, Any] | None, programme: str | None, beside: Sequence[str]
) -> None:
    say, sound = session.say, numbers.reliable(row)
    with st.container(border=True, key=f"card-{'known' if sound else 'unknown'}-{card.metric}", height="stretch"):
        st.metric(
            session.text(card.title),
            numbers.headline(session, card, row),
            help=f"{session.text(card.question)}\n\n{session.text(card.formula)}\n\n{session.text(card.reading)}",
        )
        lines: list[str] = []
        if sound and row is not None:
            lines = [session.text(card.unit), numbers.interval(session, card, row), numbers.basis(session, card, row)]
            if row["whole"] is not None and row["whole"] < card.minimum:
                lines.append(say("overview.few", minimum=card.minimum))
        elif row is None or not row["suppressed"]:
            lines = [numbers.why_unknown(session, card, row)]
        st.caption("  \n".join(line for line in [*lines, *beside] if line))
        link(session, card, row, programme=programme)
