"""Which pages does each role have, and what answers at each address?"""

from collections.abc import Callable
from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.parts.titles import PAGES
from dashboard.rights import Act
from dashboard.screens.inspect import dossier, network, queue, record, search
from dashboard.screens.lead import (
    areas,
    complaints,
    coverage,
    integrity,
    overview,
    programmes,
    reform,
    report,
    rows,
    timeliness,
    times,
    trends,
)
from dashboard.screens.manage import calendar, data, intake, journal, people, rules
from dashboard.screens.research import lab, whatif, worlds
from dashboard.session import Session
from dashboard.words import Words

SCREENS: Final[dict[Act, Callable[[Session], None]]] = {
    "queue": queue.show,
    "dossier": dossier.show,
    "record": record.show,
    "search": search.show,
    "network": network.show,
    "times": times.show,
    "overview": overview.show,
    "areas": areas.show,
    "trends": trends.show,
    "timeliness": timeliness.show,
    "coverage": coverage.show,
    "complaints": complaints.show,
    "integrity": integrity.show,
    "reform": reform.show,
    "programmes": programmes.show,
    "report": report.show,
    "rows": rows.show,
    "data": data.show,
    "import": intake.show,
    "rules": rules.show,
    "calendar": calendar.show,
    "lab": lab.show,
    "whatif": whatif.show,
    "worlds": worlds.show,
    "people": people.show,
    "journal": journal.show,
}


def _nothing() -> None:
    """Answers where the script itself shows the page: it runs the screen only once it knows the reader."""


def pages(say: Words) -> dict[Act, StreamlitPage]:
    """Every address. The menu shows a role its own; the others answer with a refusal of ours."""
    return {act: st.Page(_nothing, title=say(PAGES[act]), url_path=act, visibility="hidden") for act in SCREENS}


def door(say: Words) -> StreamlitPage:
    """The first page, at the bare address."""
    return st.Page(_nothing, title=say("home.title"), default=True)
