"""Which division, programme and months does the reader look at?"""

from typing import Final

import streamlit as st

from dashboard import address
from dashboard.queries import places
from dashboard.rights import Act
from dashboard.session import Session

_ABOVE, _BELOW = "↑ ", "\u3000↳ "  # the tree in one list, imported names as plain text


_NARROWED: Final[dict[Act, str]] = {
    "queue": "rp",
    "times": "rp",
    "overview": "rpm",
    "areas": "rpm",
    "trends": "rpm",
    "timeliness": "rpm",
    "coverage": "rpm",
    "complaints": "rpm",
    "integrity": "rpm",
    "reform": "rp",
    "programmes": "r",
    "report": "r",
    "rows": "rpm",
    "rules": "r",
    "lab": "r",
    "whatif": "r",
}  # region, programme, months


def bar(session: Session, here: Act) -> None:
    """The pickers that mean something on this page; each writes to the URL."""
    for sign in _NARROWED.get(here, ""):
        {"r": _region, "p": _programme, "m": _period}[sign](session)


def _region(session: Session) -> None:
    """One list: the way down to the chosen region as far as it is the reader's, its children, or its neighbours."""
    regions, here = session.desk.regions, session.view.region
    path = [region for region in regions.path(here) if session.scope.covers(region.code)] or [regions[here]]
    below = [region for region in places.below(regions, here) if session.scope.covers(region.code)]
    if not below and len(path) > 1:
        neighbours = list(regions.children(path[-2].code))
        if path[-1].code in {region.code for region in neighbours}:
            path, below = path[:-1], neighbours
    depth = {region.code: place for place, region in enumerate(path)} | {region.code: len(path) for region in below}
    key, changed = address.bound("region", here, clears=("page",))
    st.selectbox(
        session.say("narrow.region"),
        [*depth],
        format_func=lambda code: _sign(depth.get(code, 0), depth.get(here, 0)) + session.place(code),
        key=key,
        on_change=changed,
    )


def _sign(depth: int, here: int) -> str:
    if depth == here:
        return ""
    return _ABOVE if depth < here else _BELOW


def _programme(session: Session) -> None:
    names = session.desk.programmes
    key, changed = address.bound("programme", session.view.programme, clears=("page",))
    st.selectbox(
        session.say("narrow.programme"),
        ["", *names],
        format_func=lambda code: session.text(names[code]) if code else session.say("narrow.every_programme"),
        key=key,
        on_change=changed,
    )


def _period(session: Session) -> None:
    period, months = session.view.period, session.desk.counts.months
    if not months:
        return
    since, until = st.columns(2)
    texts = [f"{month:%Y-%m}" for month in months]
    for column, name, chosen, options in (
        (since, "since", period.since, [text for text in texts if text <= f"{period.until:%Y-%m}"]),
        (until, "until", period.until, [text for text in texts if text >= f"{period.since:%Y-%m}"]),
    ):
        key, changed = address.bound(name, f"{chosen:%Y-%m}", clears=("page",))
        labels = {"since": session.say("narrow.since"), "until": session.say("narrow.until")}
        with column:
            st.selectbox(labels[name], options[::-1], key=key, on_change=changed)
