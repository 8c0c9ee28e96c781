"""How is a file given that is made only when it is asked for, and what is said where it is refused?

Streamlit runs the making outside the page and shows of a refusal only that there was one. The reason waits beside the
button for the next click; no file is given in its stead, for a note that is called a sheet would be taken for one.
"""

from collections.abc import Callable
from typing import Final

import streamlit as st

from casework.errors import CaseworkError
from dashboard.session import Session
from dashboard.still import still

_REFUSED: Final = "refused-files"


class WithheldError(Exception):
    """A file was refused; without a word of why, which Streamlit would log."""


def draw(
    session: Session,
    make: Callable[[Session], bytes],
    label: str,
    *,
    name: str,
    key: str,
    mime: str | None = None,
    hint: str | None = None,
    wide: bool = False,
) -> None:
    """The button; `make` is asked with the reader as they are registered then."""
    refused: dict[tuple[str, str], str] = st.session_state.setdefault(_REFUSED, {})
    st.download_button(
        label,
        data=deferred(session, make, lambda said: refused.__setitem__((session.who, key), said)),
        file_name=name,
        mime=mime,
        on_click="ignore",
        help=hint,
        key=key,
        width="stretch" if wide else "content",
    )
    if said := refused.pop((session.who, key), ""):
        st.text(f"! {said}")


def deferred(session: Session, make: Callable[[Session], bytes], refuse: Callable[[str], None]) -> Callable[[], bytes]:
    """What makes the file, or tells `refuse` in the reader's language why not."""

    def made() -> bytes:
        try:
            return make(still(session))
        except CaseworkError as error:
            refuse(error.say(session.language))
        raise WithheldError

    return made
