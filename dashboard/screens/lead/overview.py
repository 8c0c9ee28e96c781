"""How is my area doing: fast enough, reaching enough, heard enough?"""

from typing import Final

import polars as pl
import streamlit as st

from casework.card import MetricCard
from dashboard import address
from dashboard.parts import boxes, changes, counted, numbers, states, tables, trend
from dashboard.queries import masked, places
from dashboard.session import Session

_MOST: Final = 8


def show(session: Session) -> None:
    """Cards of all metrics, the trend of one, the regions below; a click on a region leads one tier down."""
    session.demand("overview")
    say, desk = session.say, session.desk
    st.title(say("overview.title"))
    if desk.tables is None:
        states.no_data(say, desk)
        return
    _place(session)
    cards = shown_cards(session)
    everything = [card for card in desk.metric_cards.values() if card.ranked]
    changes.draw(session, everything)
    boxes.draw(session, [card.metric for card in cards], course=True)
    if not cards:
        return
    asked = address.read("metric")
    chosen = next((card for card in cards if card.metric == asked), cards[0])
    st.space("small")
    _choice(session, cards, chosen)
    left, right = st.columns([3, 2], gap="large")
    with left:
        trend.draw(session, chosen, counted.monthly(session, chosen))
    with right:
        _below(session, chosen)


def shown_cards(session: Session) -> list[MetricCard]:
    """The metrics that the rules put on the overview, eight at most; one that nobody has is left out."""
    named = session.desk.policy.tuning("overview_metrics")
    known = session.desk.metric_cards
    return [known[name] for name in named if name in known and name not in masked.FLAGS][:_MOST]


def _place(session: Session) -> None:
    """The path down to here, each step a way back up."""
    say, view = session.say, session.view
    path = session.desk.regions.path(view.region)
    with st.container(key="place"):
        names = " › ".join(session.place(region.code) for region in path)
        st.text(
            say("overview.what", region=names, since=f"{view.period.since:%Y-%m}", until=f"{view.period.until:%Y-%m}")
        )
    if len(path) > 1 and session.scope.covers(path[-2].code):
        st.button(say("overview.up"), on_click=address.write, kwargs={"region": path[-2].code})


def _choice(session: Session, cards: list[MetricCard], chosen: MetricCard) -> None:
    titles = {card.metric: session.text(card.title) for card in cards}
    key, changed = address.bound("metric", chosen.metric)
    st.segmented_control(
        session.say("overview.metric"),
        [*titles],
        format_func=titles.__getitem__,
        required=True,
        key=key,
        on_change=changed,
    )


def _below(session: Session, card: MetricCard) -> None:
    say, view, regions = session.say, session.view, session.desk.regions
    title = session.text(card.title)
    st.subheader(say("overview.below", metric=title))
    below = [region.code for region in places.below(regions, view.region)]
    if not below:
        st.caption(say("overview.below_none"))
        return
    st.caption(say("overview.below_what"))
    found = counted.each(session, card, below)
    known = {row["region_code"]: row for row in found.to_dicts()}
    frame = pl.DataFrame(
        [
            {
                say("overview.region"): session.place(code),
                say("overview.value"): numbers.headline(session, card, row),
                say("overview.range"): numbers.span(card, row),
                say("overview.trend_whole"): f"{row['whole']:,}" if row and row["whole"] is not None else "",
            }
            for code in below
            for row in [known.get(code)]
        ]
    )
    picked = tables.picker(frame, below, name="below", alt=say("overview.below_alt", metric=title))
    if picked:
        session.go("overview", region=picked, metric=address.read("metric"))
