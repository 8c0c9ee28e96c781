"""What changed since last month, in three plain sentences?

The months compared are the last two whole ones of the view. First what the control chart calls a special cause, then
what moved most against its own uncertainty; a move inside the usual variation is told as such.
"""

from collections.abc import Iterable
from typing import Final

import streamlit as st

from casework.card import MetricCard
from dashboard.parts import counted, numbers, variation
from dashboard.queries.changes import Change, changes, whole_month
from dashboard.session import Session, Viewing
from metrics.honest.control import Variation

MOST: Final = 3
_STANDS: Final[dict[Variation, str]] = {  # where the month lies, which a step back towards the usual does not change
    "improvement_high": "changes.better_high",
    "improvement_low": "changes.better_low",
    "concern_high": "changes.concern_high",
    "concern_low": "changes.concern_low",
    "neither_high": "changes.high",
    "neither_low": "changes.low",
}


def draw(session: Session, cards: list[MetricCard]) -> None:
    """The sentences, each with a way to the metric's course."""
    say = session.say
    st.subheader(say("changes.title"))
    found = told(session, cards)
    if not found:
        st.text(say("changes.none"))
        return
    with st.container(key="changes", gap="small"):
        for change in found:
            said, way = st.columns([7, 1], vertical_alignment="center")
            said.text(sentence(session, change))
            with way:
                session.link("trends", say("changes.course"), metric=change.card.metric)


def told(viewing: Viewing, cards: Iterable[MetricCard]) -> list[Change]:
    """The changes worth a sentence; none where there are no two whole months."""
    last = whole_month(viewing.view.period, viewing.desk.as_of)
    if last is None:
        return []
    courses = ((card, counted.monthly(viewing, card)) for card in cards)
    return changes(courses, last, lambda card, months: variation.chart_of(viewing, card, months=months))[:MOST]


def sentence(viewing: Viewing, change: Change) -> str:
    """One plain sentence: from what to what, and whether it is more than usual."""
    say, card = viewing.say, change.card
    now, before = change.now["value"], change.before["value"]
    way = "changes.same" if now == before else "changes.rose" if now > before else "changes.fell"
    said = say(
        way,
        metric=viewing.text(card.title),
        month=f"{change.now['month']:%Y-%m}",
        before=numbers.with_unit(viewing, card, before),
        now=numbers.with_unit(viewing, card, now),
    )
    if change.chart.variation == "unknown":
        return said + say("changes.too_short")
    if not change.special:
        return said + say("changes.usual")
    return said + say(_STANDS[change.chart.variation])
