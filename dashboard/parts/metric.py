"""Which metric does the reader look at?"""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from casework.card import AREAS, MetricCard
from dashboard import address
from dashboard.session import Session

_AREAS: Final = [*AREAS]


def choose(session: Session, cards: Sequence[MetricCard]) -> MetricCard | None:
    """One list, by area and title; the choice stands in the URL. None where there is nothing to choose."""
    if not cards:
        return None
    ordered = {card.metric: card for card in sorted(cards, key=lambda card: (_AREAS.index(card.area), card.metric))}
    chosen = ordered.get(address.read("metric"), next(iter(ordered.values())))
    key, changed = address.bound("metric", chosen.metric, clears=("page", "rebase"))
    with st.container(width=460):
        st.selectbox(
            session.say("overview.metric"),
            [*ordered],
            format_func=lambda metric: (
                f"{session.text(AREAS[ordered[metric].area])} · {session.text(ordered[metric].title)}"
            ),
            key=key,
            on_change=changed,
        )
    return chosen
