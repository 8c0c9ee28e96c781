"""Who are the officials of a reader, and which of them is chosen?"""

from typing import Any, Final

import polars as pl
import streamlit as st

from casework.tables import OFFICIAL
from dashboard import address
from dashboard.exports.rows import masked
from dashboard.parts import labels, states, tables
from dashboard.queries import officials, terms
from dashboard.queries.officials import Officials
from dashboard.queries.owned import Owned
from dashboard.queries.people import people
from dashboard.session import Session

_SIZE: Final = 20
_SOUGHT: Final = "staff-sought"  # who sought whom: kept by the session, never by the address


def choose(session: Session, mine: Officials, owned: Owned) -> None:
    """A box to seek by name or number, and the list, those first whom most of the reader's leads name."""
    say = session.say
    found = _sought(session, mine, owned)
    if found.is_empty():
        states.nothing(say("ego.nobody"), say("ego.nobody_how"))
        return
    pages = -(-found.height // _SIZE)
    number = min(max(address.number("page", 1), 1), pages)
    some = found.slice((number - 1) * _SIZE, _SIZE)
    st.caption(say("ego.total", total=f"{found.height:,}"))
    picked = tables.picker(
        _rows(session, some),
        [str(one) for one in some["person_id"]],
        name="staff",
        alt=say("ego.list_alt"),
        columns=_columns(session),
    )
    if picked:
        session.go("network", official=picked)
    tables.pages(number, pages)


def _sought(session: Session, mine: Officials, owned: Owned) -> pl.DataFrame:
    say = session.say
    who, before = st.session_state.get(_SOUGHT, ("", ""))
    box = f"staff-box-{session.who}"
    if box not in st.session_state:
        st.session_state[box] = before if who == session.who else ""
    typed = st.text_input(say("ego.seek"), key=box, max_chars=40, placeholder=say("ego.seek_how"), autocomplete="off")
    st.session_state[_SOUGHT] = (session.who, str(typed or ""))
    term = terms.read(str(typed or ""), session.desk.as_of)
    if term is None:
        return mine.people
    return officials.sought(owned, mine.people, term, session.desk.workspace.key)


def _rows(session: Session, some: pl.DataFrame) -> pl.DataFrame:
    named = people(session.desk.opened, some["person_id"])
    rows = []
    for person_id, leads in some.iter_rows():
        person = named.get(person_id)
        held = duties(session, person_id)
        rows.append(
            {
                "who": session.say("network.unlisted") if person is None else person.name,
                "number": masked("") if person is None else person.number,
                "posts": held[0] if held else session.say("ego.no_post"),
                "more": str(len(held) - 1) if len(held) > 1 else "",
                "leads": str(leads) if leads else "",
            }
        )
    return pl.DataFrame(rows)


def duties(session: Session, person_id: int) -> list[str]:
    """Each post in words, the latest first: what, where, from when to when."""
    held = session.desk.posts.filter(pl.col("person_id") == person_id)
    held = held.sort("to_on", "from_on", descending=[True, True], nulls_last=False)
    return [
        session.say(
            "ego.post",
            duty=labels.cell(OFFICIAL.name, "duty", row["duty"], session.language, {}),
            region=session.place(row["region_code"]),
            since=row["from_on"] or "?",
            until=row["to_on"] or session.say("ego.today"),
        )
        for row in held.to_dicts()
    ]


def _columns(session: Session) -> dict[str, Any]:
    say, text = session.say, st.column_config.TextColumn
    return {
        "who": text(say("dossier.name"), width=110),
        "number": text(say("dossier.number"), width=190),
        "posts": text(say("ego.posts"), width=420),
        "more": text(say("ego.more_posts"), width=90, alignment="right"),
        "leads": text(say("ego.leads"), width=110, alignment="right"),
    }
