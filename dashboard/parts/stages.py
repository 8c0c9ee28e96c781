"""How far is the work that a reader waits for?"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import streamlit as st

from dashboard.session import Session

_STAGES: Final = {"read": "stages.read", "check": "stages.check", "store": "stages.store"}


@contextmanager
def shown(session: Session) -> Iterator[Callable[[str], None]]:
    """A bar over the stages of an import, as it names them; gone afterwards."""
    place = st.empty()

    def hear(stage: str) -> None:
        done = [*_STAGES].index(stage)
        place.progress((done + 1) / (len(_STAGES) + 1), text=session.say(_STAGES[stage]))

    try:
        yield hear
    finally:
        place.empty()


@contextmanager
def counted(words: Callable[[int, int], str]) -> Iterator[Callable[[int, int], None]]:
    """A bar over so many steps of so many, each with its words; gone afterwards."""
    place = st.empty()

    def hear(step: int, of: int) -> None:
        place.progress(step / of, text=words(step, of))

    try:
        yield hear
    finally:
        place.empty()
