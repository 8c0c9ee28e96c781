"""How do several metrics stand side by side as cards?"""

from typing import Any, Final

import streamlit as st

from casework.card import MetricCard
from dashboard.parts import counted, numbers
from dashboard.rights import may
from dashboard.session import Session

_IN_A_ROW: Final = 4


def draw(session: Session, cards: list[MetricCard]) -> None:
    """A card a metric: value, interval, what it rests on, and the way to its rows; or why it is missing."""
    for start in range(0, len(cards), _IN_A_ROW):
        for box, card in zip(st.columns(_IN_A_ROW), cards[start : start + _IN_A_ROW], strict=False):
            with box:
                _card(session, card, counted.total(session, card))


def _card(session: Session, card: MetricCard, row: dict[str, Any] | None) -> None:
    say, sound = session.say, numbers.reliable(row)
    with st.container(border=True, key=f"card-{'known' if sound else 'unknown'}-{card.metric}", height="stretch"):
        st.metric(
            session.text(card.title),
            numbers.headline(session, card, row),
            help=f"{session.text(card.question)}\n\n{session.text(card.formula)}\n\n{session.text(card.reading)}",
        )
        if sound and row is not None:
            lines = [session.text(card.unit), numbers.interval(session, card, row), numbers.basis(session, card, row)]
            st.caption("  \n".join(line for line in lines if line))
        elif row is None or not row["suppressed"]:
            st.caption(numbers.why_unknown(session, card, row))
        if row is not None and (row["whole"] or row["part"]) and may(session.role, "rows"):
            session.link("rows", say("overview.rows"), metric=card.metric)
