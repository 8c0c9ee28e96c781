"""How good is a question, on whom does it fall, and what would following it cost? Counts only: no person, no row."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from dashboard import address
from dashboard.parts import afford, control, fair, labels, planted, posted, proven, states
from dashboard.session import Session

_PARTS: Final[dict[str, tuple[str, Callable[[Session, str], None]]]] = {
    "card": ("lab.part_card", posted.draw),
    "measured": ("lab.part_measured", proven.draw),
    "visits": ("lab.part_visits", afford.draw),
    "fairness": ("lab.part_fairness", fair.draw),
    "sample": ("lab.part_sample", control.draw),
    "truth": ("lab.part_truth", planted.draw),
}


def show(session: Session) -> None:
    """Scheme and part, both in the URL; then that part."""
    session.demand("lab")
    say, desk = session.say, session.desk
    st.title(say("lab.title"))
    if desk.tables is None:
        states.no_data(say, desk)
        return
    with st.container(key="place"):
        st.text(say("lab.what", region=session.place(session.view.region)))
    scheme, part = _scheme(session), _part(session)
    if part not in ("measured", "truth") and not desk.detected:
        states.no_run(say, desk)
        return
    _PARTS[part][1](session, scheme)


def _scheme(session: Session) -> str:
    """Which scheme; "" is all of them."""
    say, cards = session.say, session.desk.cards
    asked = address.read("scheme")
    if asked and asked not in cards:
        st.warning(say("lab.strange", value=asked))
        asked = ""
    key, changed = address.bound("scheme", asked)
    st.selectbox(
        say("lab.scheme"),
        ["", *sorted(cards, key=lambda name: (cards[name].family, name))],
        format_func=lambda name: labels.scheme(name, session.language, session.desk) if name else say("lab.every"),
        key=key,
        on_change=changed,
    )
    return asked


def _part(session: Session) -> str:
    """Which part; those that the reader cannot use are not offered."""
    say = session.say
    offered = [name for name in _PARTS if name != "truth" or (session.can("evaluate") and session.desk.synthetic)]
    asked = address.read("part")
    key, changed = address.bound("part", asked if asked in offered else offered[0])
    st.segmented_control(
        say("lab.parts"),
        offered,
        format_func=lambda name: say(_PARTS[name][0]),
        required=True,
        label_visibility="collapsed",
        key=key,
        on_change=changed,
    )
    return asked if asked in offered else offered[0]
