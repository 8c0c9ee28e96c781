"""What was seen, under which rule, by which arithmetic, what would explain it, and what would settle it?"""

from collections.abc import Callable
from functools import partial
from typing import Final

import polars as pl
import streamlit as st

from dashboard import address, deeds, looks, unmask
from dashboard.parts import (
    decision,
    grounds,
    handover,
    header,
    history,
    household,
    judgement,
    network,
    peers,
    record,
    siblings,
    states,
    timeline,
)
from dashboard.parts.opened import Opened
from dashboard.screens.inspect.queue import carried
from dashboard.session import Session

PANELS: Final[dict[str, Callable[[Session, Opened], None]]] = {  # only the chosen one is computed
    "grounds": grounds.draw,
    "timeline": timeline.draw,
    "household": household.draw,
    "network": network.draw,
    "others": siblings.draw,
    "peers": peers.draw,
    "history": history.panel,
}
_OF_AREAS: Final = ("grounds", "peers", "history")  # an area has no household, no time line, no kin
_TITLES: Final = {
    "grounds": "dossier.panel_grounds",
    "timeline": "dossier.panel_timeline",
    "household": "dossier.panel_household",
    "network": "dossier.panel_network",
    "others": "dossier.panel_others",
    "peers": "peers.panel",
    "history": "dossier.panel_history",
}


def show(session: Session) -> None:
    """One lead: its header, and the panel that the URL names."""
    session.demand("dossier")
    say, desk = session.say, session.desk
    session.link("queue", say("dossier.back"), **carried())
    if desk.tables is None:
        states.no_data(say, desk)
        return
    found = session.leads.filter(pl.col("lead_id") == address.read("lead"))
    if found.is_empty():
        states.nothing(say("dossier.unknown"), say("dossier.unknown_how"))
        return
    lead = found.row(0, named=True)
    card = desk.all_cards.get(lead["scheme"])
    if card is None:
        states.nothing(say("dossier.no_card"), say("dossier.no_card_how"))
        return
    opened = Opened(session, lead, card, carried())
    looks.note(session, lead["lead_id"])
    deeds.told()
    header.draw(session, opened)
    judgement.note(session, opened)
    decision.box(session, lead)
    with st.container(key="tools", horizontal=True):
        unmask.control(session, lead["lead_id"])
        handover.button_sheet(session, lead["lead_id"], beside=partial(record.beside, session, lead))
    PANELS[_chosen(session, opened)](session, opened)


def _chosen(session: Session, opened: Opened) -> str:
    """The panel of the URL; the first where the URL names none that this lead has."""
    of_area = opened.lead["subject_kind"] == "region"
    there = [*_OF_AREAS] if of_area else [name for name in PANELS if name != "peers"]
    asked = address.read("panel")
    key, changed = address.bound("panel", asked if asked in there else there[0])
    st.segmented_control(
        session.say("dossier.panel"),
        there,
        format_func=lambda name: session.say(_TITLES[name]),
        required=True,
        label_visibility="collapsed",
        key=key,
        on_change=changed,
    )
    return str(st.session_state[key])
