"""Did a change do anything here, or did everybody change?"""

from typing import Final

import streamlit as st

from casework.card import MetricCard
from dashboard import address
from dashboard.parts import counted, reform, states
from dashboard.queries import reform as asked
from dashboard.queries.reform import Change, Group
from dashboard.session import Session

_SIZES: Final = ("3", "6", "12")  # months on either side
_USUAL: Final = "6"
_METRIC: Final = "on_time_share"
_NOBODY: Final = "none"  # in the address: no comparison group at all


def show(session: Session) -> None:
    """The choice of metric, day and neighbours; before and after of both; what may be concluded."""
    session.demand("reform")
    say, desk = session.say, session.desk
    st.title(say("reform.title"))
    if desk.tables is None:
        states.no_data(say, desk)
        return
    with st.container(key="place"):
        st.text(say("reform.what", region=session.place(session.view.region)))
    cards = asked.cards(desk.counts)
    card = _chosen(cards)
    months = [] if card is None else asked.span(desk.counts, card)
    changes = asked.changes(desk.policy, session.view.region, months)
    if card is None or not changes:
        states.nothing(say("reform.nothing"), say("reform.nothing_how"))
        return
    change, size, codes = _choices(session, cards, card, changes)
    windows = asked.windows(months, change.day, size)
    if windows is None:
        states.nothing(say("reform.no_months"), say("reform.no_months_how"))
        return
    mine, others = (_group(session, card, group, windows) for group in ([session.view.region], codes))
    if mine.veiled:
        states.nothing(say("reform.hidden"), say("reform.hidden_how", minimum=desk.counts.minimum))
    elif not mine.before.whole and not mine.after.whole:
        states.nothing(say("reform.nothing"), say("reform.nothing_how"))
    else:
        reform.draw(session, reform.Weighed(card, change, windows, mine, others if others.codes else None))
    if others.veiled:
        st.caption(say("reform.veiled", names=_names(session, others.veiled)))


def _group(session: Session, card: MetricCard, codes: list[str], windows: asked.Windows) -> Group:
    limit = counted.limit(session)
    return asked.group(session.desk.counts, card, codes, session.view.programme, windows, limit)


def _names(session: Session, codes: tuple[str, ...]) -> str:
    return ("、" if session.language == "zh" else ", ").join(map(session.place, codes))


def _chosen(cards: list[MetricCard]) -> MetricCard | None:
    """The metric of the address, else the usual one, else any."""
    known = {card.metric: card for card in cards}
    return known.get(address.read("metric")) or known.get(_METRIC) or next(iter(cards), None)


def _choices(
    session: Session, cards: list[MetricCard], card: MetricCard, changes: list[Change]
) -> tuple[Change, int, list[str]]:
    first, second, third = st.columns([3, 4, 2])
    with first:
        titles = {one.metric: session.text(one.title) for one in cards}
        key, changed = address.bound("metric", card.metric)
        label = session.say("overview.metric")
        st.selectbox(label, [*titles], format_func=titles.__getitem__, key=key, on_change=changed)
    with second:
        change = _change(session, changes)
    with third:
        size = _size(session)
    return change, size, _neighbours(session)


def _change(session: Session, changes: list[Change]) -> Change:
    days = {change.day.isoformat(): change for change in changes}
    chosen = days.get(address.read("change")) or asked.usual(changes)
    key, changed = address.bound("change", chosen.day.isoformat())
    st.selectbox(
        session.say("reform.change"),
        [*reversed(days)],
        format_func=lambda day: reform.called(session, days[day]),
        key=key,
        on_change=changed,
    )
    return chosen


def _size(session: Session) -> int:
    chosen = address.read("window") if address.read("window") in _SIZES else _USUAL
    key, changed = address.bound("window", chosen)
    st.segmented_control(session.say("reform.window"), [*_SIZES], required=True, key=key, on_change=changed)
    return int(chosen)


def _neighbours(session: Session) -> list[str]:
    """The comparison group: all neighbours unless the address names some, or none."""
    view, desk = session.view, session.desk
    every = [region.code for region in asked.neighbours(desk.regions, view.region, session.scope)]
    if not every:
        return []
    named = address.read("with")
    chosen = [code for code in named.split(",") if code in every] if named else every
    key = "url-with"
    st.session_state[key] = chosen

    def changed() -> None:
        picked = st.session_state[key]
        address.write(**{"with": "" if set(picked) == set(every) else ",".join(picked) or _NOBODY})

    st.multiselect(session.say("reform.neighbours"), every, format_func=session.place, key=key, on_change=changed)
    return chosen
