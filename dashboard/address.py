"""Which view does the URL name?

The URL is the only state of a view: a widget is filled from it and writes back to it, so a link shows a colleague the
same page. Values are codes and ids, never labels (a link survives a change of language) and never row numbers.
"""

from collections.abc import Callable
from datetime import date

import streamlit as st

from dashboard.numerals import whole

CARRIED = ("role", "lang", "region", "programme", "since", "until")  # go along from page to page


def read(name: str) -> str:
    """The value of one parameter; empty where the URL has none."""
    value = st.query_params.get(name, "")
    return value if isinstance(value, str) else ""


def write(**values: str) -> None:
    """Set parameters of the URL; an empty value takes the parameter away."""
    for name, value in values.items():
        if value:
            st.query_params[name] = value
        elif name in st.query_params:
            del st.query_params[name]


def link(**changes: str) -> dict[str, str]:
    """Parameters of a link to another page: what every page shares, changed or completed."""
    shared = {name: read(name) for name in CARRIED} | changes
    return {name: value for name, value in shared.items() if value}


def bound(name: str, value: str, *, clears: tuple[str, ...] = ()) -> tuple[str, Callable[[], None]]:
    """Key and callback of a widget that shows `value` and writes its choice to the parameter `name`.

    `clears` names parameters that lose their meaning with the change (the page number of another filter).
    """
    key = f"url-{name}"
    st.session_state[key] = value

    def changed() -> None:
        write(**dict.fromkeys(clears, ""), **{name: st.session_state[key] or ""})

    return key, changed


def number(name: str, otherwise: int) -> int:
    """The whole number that a parameter names, as a page's; `otherwise` where it names none."""
    found = whole(read(name))
    return otherwise if found is None else found


def day(name: str, otherwise: date) -> date:
    """The day that a parameter names; `otherwise` where it names none."""
    try:
        return date.fromisoformat(read(name))
    except ValueError:
        return otherwise


def bound_day(name: str, value: date, *, clears: tuple[str, ...] = ()) -> tuple[str, Callable[[], None]]:
    """As `bound`, for a widget that chooses a day."""
    key = f"url-{name}"
    st.session_state[key] = value

    def changed() -> None:
        chosen = st.session_state[key]
        write(**dict.fromkeys(clears, ""), **{name: chosen.isoformat() if isinstance(chosen, date) else ""})

    return key, changed
