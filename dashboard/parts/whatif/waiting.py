"""How does a page wait for what is reckoned beside it, and what does it show meanwhile?"""

from collections.abc import Callable
from typing import Final, TypeVar

import streamlit as st

from casework.errors import CaseworkError
from dashboard.background import SHARED, Progress
from dashboard.session import Session

Answer = TypeVar("Answer")
_AT_ONCE: Final = 2.5  # seconds: a county is done by then, and no bar flashes up
_AGAIN: Final = 1.0  # seconds from one look to the next


def awaited(session: Session, key: str, make: Callable[[Progress], Answer]) -> Answer | None:
    """The answer where it is there at once; else None, and a bar that makes the page anew when it is.

    What the work refused is said in the reader's words, and there is no answer.
    """
    run = SHARED.ask(key, make)
    if not run.wait(_AT_ONCE):
        _watch(session, key, make)
        return None
    try:
        return run.answer
    except CaseworkError as error:
        st.error(error.say(session.language))
        return None


@st.fragment(run_every=_AGAIN)
def _watch(session: Session, key: str, make: Callable[[Progress], Answer]) -> None:
    run = SHARED.ask(key, make)
    if run.future.done():
        st.rerun()
    st.progress(run.progress.share, text=session.say("whatif.running", share=f"{run.progress.share:.0%}"))
    st.caption(session.say("whatif.running_what"))
