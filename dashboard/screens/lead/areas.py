"""How do the regions below mine compare, which ask for a look, and which rows are behind each number?"""

from collections.abc import Mapping
from typing import Any, Final, get_args

import streamlit as st

from casework.card import AREAS, MetricCard, MetricKind
from casework.regions import UNASSIGNED
from dashboard import address
from dashboard.parts import boxes, counted, funnel, judged, labels, numbers, path, side_by_side, states
from dashboard.parts import map as sketch
from dashboard.queries import places
from dashboard.queries.compared import WITHOUT, Compared, compared
from dashboard.rights import may
from dashboard.session import Session

_AREAS: Final = [*AREAS]
_FIRST: Final = "on_time_share"  # the question that most leaders come with
_KINDS: Final = [*get_args(MetricKind)]  # shares first: they have a funnel


def show(session: Session) -> None:
    """The way up, one metric of every region below as funnel, sketch and table; a click leads one tier down."""
    session.demand("areas")
    say, desk = session.say, session.desk
    st.title(say("areas.title"))
    if desk.tables is None:
        states.no_data(say, desk)
        return
    path.draw(session)
    card = _chosen(session)
    if card is None:
        return
    if lacking := desk.counts.lacking.get(card.metric):
        needs = labels.named(lacking, session.language)
        states.nothing(say("areas.lacking"), say("areas.lacking_how", needs=needs))
        return
    _total(session, card)
    below = [region.code for region in places.below(desk.regions, session.view.region)]
    mine = [code for code in below if session.scope.covers(code)]
    if not mine:
        states.nothing(say("areas.no_children"), say("areas.no_children_how"))
        return
    repeats = desk.counts.repeats(card.metric, session.view.programme, session.view.period)
    whole = counted.total(session, card)
    found = compared(
        card,
        mine,
        counted.each(session, card, mine),
        repeats,
        counted.strata(session, card, mine),
        together=None if whole is None else whole["value"],
    )
    _side_by_side(session, card, found, _apart(session, card, repeats))


def _chosen(session: Session) -> MetricCard | None:
    """The metric of the URL, chosen among those by which areas may be compared at all."""
    say, cards = session.say, session.desk.metric_cards
    ranked = sorted(
        (card for card in cards.values() if card.ranked),
        key=lambda card: (_AREAS.index(card.area), _KINDS.index(card.kind), card.metric),
    )
    asked = address.read("metric")
    if not ranked:
        states.nothing(say("areas.no_metric"), say("areas.no_metric_how"))
        return None
    titles = {card.metric: f"{session.text(AREAS[card.area])} · {session.text(card.title)}" for card in ranked}
    first = _FIRST if _FIRST in titles else ranked[0].metric
    chosen = asked if asked in titles else first
    key, changed = address.bound("metric", chosen)
    left, right = st.columns(2, gap="large")
    with left:
        st.selectbox(say("areas.metric"), [*titles], format_func=titles.__getitem__, key=key, on_change=changed)
    card = cards[chosen]
    with right:
        st.caption(f"{session.text(card.question)}  \n{session.text(card.formula)}")
    if asked and asked != chosen:
        st.warning(say("areas.not_ranked") if asked in cards else say("areas.unknown_metric"))
    return card


def _total(session: Session, card: MetricCard) -> None:
    """The region's own number, and the rows behind it."""
    say, view = session.say, session.view
    row = counted.total(session, card)
    with st.container(border=True, key="areas-total", horizontal=True, vertical_alignment="center", gap="medium"):
        st.metric(say("areas.total"), numbers.headline(session, card, row), width="content")
        lines = [say("areas.months", since=f"{view.period.since:%Y-%m}", until=f"{view.period.until:%Y-%m}")]
        if row is not None and numbers.reliable(row):
            told = (session.text(card.unit), numbers.interval(session, card, row), numbers.basis(session, card, row))
            lines.append(" · ".join(filter(None, told)))
        else:
            lines.append(numbers.why_unknown(session, card, row))
        st.text("\n".join(filter(None, lines)))
        boxes.link(session, card, row)


def _side_by_side(session: Session, card: MetricCard, found: Compared, apart: list[dict[str, Any]]) -> None:
    say = session.say
    if not found.frame["value"].count():
        hidden = found.frame["suppressed"].any()
        told = (
            say("areas.all_hidden", minimum=session.desk.counts.minimum) if hidden else say("areas.all_unknown"),
            say("areas.all_hidden_how") if hidden else say("areas.all_unknown_how"),
        )
        states.nothing(*told)
    picked = _charts(session, card, found) if found.frame["value"].count() else None
    st.subheader(say("areas.table"))
    judged.order(session, found)
    deeper = bool(session.desk.regions.children(found.frame["region_code"][0]))
    rows_too = may(session.role, "rows")
    opens = [say("areas.opens_area")] if deeper else [say("areas.opens_rows")] if rows_too else []
    opens += [say("areas.opens_apart")] if apart and rows_too else []
    row = side_by_side.draw(session, card, found, apart, opens=" ".join(opens))
    side_by_side.reading(session, card, found)
    rows = {one["region_code"]: one for one in [*found.frame.to_dicts(), *apart]}
    if code := picked or row:
        _open(session, card, rows[code])


def _charts(session: Session, card: MetricCard, found: Compared) -> str | None:
    """Funnel and sketch beside each other; the code of the area clicked in either."""
    say = session.say
    left, right = st.columns(2, gap="large")
    with left, st.container(key="areas-funnel"):
        st.subheader(say("areas.funnel"))
        if found.funnel is None:
            judged.why_no_funnel(session, card)
            first = None
        else:
            first = funnel.draw(session, card, found)
    with right, st.container(key="areas-map"):
        st.subheader(say("areas.map"))
        second = sketch.draw(session, card, found)
    return first or second


def _apart(session: Session, card: MetricCard, repeats: Mapping[str, int]) -> list[dict[str, Any]]:
    """What no region below knows, so that the rows add up to the total; compared with nothing."""
    code = session.view.region + UNASSIGNED
    nothing = dict.fromkeys((*WITHOUT, "reason", "best_rank", "worst_rank"))
    return [
        {**nothing, **row, "n": row["whole"] and row["whole"] / repeats.get(code, 1)}
        for row in counted.each(session, card, [code]).to_dicts()
        if row["suppressed"] or row["part"] or row["whole"]
    ]


def _open(session: Session, card: MetricCard, row: Mapping[str, Any]) -> None:
    """One tier down; from the lowest to the rows, unless the number is hidden or they are not the reader's."""
    code = row["region_code"]
    if places.below(session.desk.regions, code):
        session.go("areas", region=code, metric=card.metric)
    elif row["suppressed"]:
        st.toast(session.say("areas.not_opened", minimum=session.desk.counts.minimum))
    elif boxes.opens(session, card, row):
        session.go("rows", region=code, metric=card.metric)
