"""What does the server run for a reader, at every click?"""

import os
from pathlib import Path

import streamlit as st

from casework.errors import CaseworkError
from dashboard import address, entry, pages, session
from dashboard.desk import WORKSPACE, Desk, desk
from dashboard.parts import frame
from dashboard.rights import FIRST, demand
from dashboard.screens import home
from dashboard.session import Session
from dashboard.words import Words


def main() -> None:
    """Know the reader, then show the page; whatever is refused is one line in their language."""
    say = Words(session.language())
    frame.dress()
    try:
        _show(say, desk(Path(os.environ[WORKSPACE])))
    except CaseworkError as error:
        frame.refuse(say, error)


def _show(say: Words, laid: Desk) -> None:
    known, door = pages.pages(say), pages.door(say)
    here = st.navigation([door, *known.values()], position="hidden")
    here.run()
    reader = entry.reader(laid)
    if reader is None:
        home.show(say, laid)
        return
    act = next((act for act, page in known.items() if page.url_path == here.url_path), None)
    if act is None:
        st.switch_page(known[FIRST[reader.role]], query_params=address.link())
    demand(reader.role, act)
    opened = Session(laid, reader, say.language, session.view(laid, reader.scope), known, door)
    frame.sidebar(opened, act)
    frame.head(opened)
    pages.SCREENS[act](opened)


main()
