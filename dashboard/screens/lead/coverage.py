"""Whom does aid reach, is it enough, and who is left out?"""

from collections.abc import Callable
from typing import Final

import streamlit as st

from dashboard import address
from dashboard.parts import (
    adequacy,
    boxes,
    circles,
    discovery,
    few,
    flows,
    gaps,
    hardest,
    overlap,
    place,
    states,
    watched,
)
from dashboard.session import Session

_METRICS: Final = (
    "coverage_per_1000",
    "take_up",
    "undercoverage",
    "leakage",
    "circle_coverage",
    "duplicate_share",
    "standard_adequacy",
    "payment_ratio",
    "urban_rural_ratio",
    "entry_share",
    "exit_share",
    "net_flow",
    "discovery_share",
    "discovery_conversion",
)
_PARTS: Final[dict[str, tuple[str, tuple[Callable[[Session], None], ...]]]] = {
    "circles": ("coverage.part_circles", (circles.draw,)),
    "adequacy": ("coverage.part_adequacy", (adequacy.draw,)),
    "flows": ("coverage.part_flows", (flows.draw,)),
    "funnel": ("coverage.part_funnel", (discovery.draw,)),
    "watched": ("coverage.part_watched", (watched.draw,)),
    "hardest": ("coverage.part_hardest", (hardest.draw,)),
    "overlap": ("coverage.part_overlap", (overlap.draw, gaps.draw)),
}


def show(session: Session) -> None:
    """Cards of the metrics, then one part of the picture at a time."""
    session.demand("coverage")
    say, desk = session.say, session.desk
    st.title(say("coverage.title"))
    if desk.tables is None:
        states.no_data(say, desk)
        return
    place.draw(session)
    boxes.draw(session, _METRICS)
    st.space("small")
    part = address.read("part") if address.read("part") in _PARTS else "circles"
    key, changed = address.bound("part", part, clears=("page", "list"))
    st.segmented_control(
        say("coverage.part"),
        [*_PARTS],
        format_func=lambda name: say(_PARTS[name][0]),
        required=True,
        key=key,
        on_change=changed,
    )
    for draw in _PARTS[part][1]:
        draw(session)
    few.explain(session)
