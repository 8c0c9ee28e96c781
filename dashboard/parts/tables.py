"""How is a table shown, and how does a click on a row become an id?"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import polars as pl
import streamlit as st

from casework.text import Language
from dashboard import address

HEIGHT = 620
_ROW, _LINE, _MARGIN = 35, 20, 12  # pixels; above four rem a cell wraps its text
LINES: Final[Mapping[Language, int]] = {"zh": 4, "en": 5}  # that a lead's sentence takes at least
_PADDING, _WIDE, _NARROW = 18, 14.2, 6.4  # pixels: of a cell, of a Chinese and of another sign
_LATIN: Final = "\u2e80"  # the signs before it are narrow


def picker(
    frame: pl.DataFrame,
    ids: Sequence[str],
    *,
    name: str,
    alt: str,
    columns: Mapping[str, Any] | None = None,
    lines: int = 1,
) -> str | None:
    """A table whose rows open something; the id of the row clicked in this very run, else None.

    The widget's key holds the ids it shows: after another filter, order or page it is another table, so that a
    position chosen in the old one can never point to a stranger in the new one. Columns are selectable too because
    then a click on a header sorts nothing: it would sort one page only, and count as a click on its first row. Nor may
    a click be heard twice: after each, the same rows are another table, or the way back would lead forward again.
    """
    shown = hashlib.blake2b("\n".join(ids).encode(), digest_size=8).hexdigest()
    turn = st.session_state.setdefault(f"turn-{name}", 0)
    state = st.dataframe(
        frame,
        key=f"{name}-{shown}-{turn}",
        hide_index=True,
        column_config=columns,
        on_select="rerun",
        selection_mode=["single-cell", "single-column"],
        row_height=height(lines),
        height="content",
        alt=alt,
        placeholder="",
    )
    chosen = [row for row, _ in state["selection"]["cells"] if 0 <= row < len(ids)]
    if not chosen:
        return None
    st.session_state[f"turn-{name}"] = turn + 1
    return ids[chosen[0]]


def lines(texts: Iterable[str], *, width: int, least: int) -> int:
    """How many lines the longest of these takes in a column of that width: rows are all of one height."""
    return max([least, *(_wrapped(text, width - _PADDING) for text in texts)])


def _wrapped(text: str, room: float) -> int:
    """A line is broken at spaces, and within a word only where the word alone is longer than a line."""
    taken, used = 1, 0.0
    for word in text.split(" "):
        pixels = sum(_WIDE if sign > _LATIN else _NARROW for sign in word)
        if used and used + _NARROW + pixels > room:
            taken, used = taken + 1, 0.0
        used += pixels + (_NARROW if used else 0.0)
        taken, used = taken + int(used // room), used % room
    return taken


def plain(frame: pl.DataFrame, *, alt: str, columns: Mapping[str, Any] | None = None, lines: int = 1) -> None:
    """A table only to be read; cells are literal text."""
    tall = _ROW + frame.height * height(lines) > HEIGHT
    st.dataframe(
        frame,
        hide_index=True,
        column_config=columns,
        row_height=height(lines),
        height=HEIGHT if tall else "content",
        alt=alt,
        placeholder="",
    )


def height(lines: int) -> int:
    """Pixels of a row of so many lines."""
    return _ROW if lines == 1 else _MARGIN + lines * _LINE


def pages(number: int, of: int) -> None:
    """Turn the pages of a long table; the page stands in the URL."""
    if of > 1:
        key = f"page-{number}"  # another page, another widget: the URL alone says which
        st.pagination(of, default=number, key=key, on_change=lambda: address.write(page=str(st.session_state[key])))
