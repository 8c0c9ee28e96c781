"""How does a person say which sheet of a foreign file is which table, and take the mapping along?

What is chosen column by column (`parts.picks`) becomes a `[[table]]`; the mapping is used for the check at once, and
may be uploaded again with the next month's file.
"""

import shutil
from collections.abc import Mapping
from typing import Final

import polars as pl
import streamlit as st

from casework.intake import guess
from casework.intake.look import Content, Found, look
from casework.intake.mapping import Pick, TableMap
from casework.tables import TABLES
from dashboard.parts import labels, picks, tables
from dashboard.reception import MAPPING, Reception
from dashboard.session import Session

_CONTENTS: Final[Mapping[Content, str]] = {
    "empty": "matching.empty",
    "id_no": "matching.id_no",
    "region": "matching.region",
    "date": "matching.date",
    "month": "matching.month",
    "number": "matching.number",
    "boolean": "matching.boolean",
    "words": "matching.words",
    "text": "matching.text",
}


def wanted(session: Session, *, suggested: bool) -> bool:
    """Does the reader want to match by hand? Offered where the check met what it does not know."""
    say = session.say
    st.subheader(say("matching.title"))
    st.text(say("matching.suggested") if suggested else say("matching.what"))
    return st.toggle(say("matching.open"), key="matching")


def draw(session: Session, held: Reception) -> None:
    """Sheet and table, the headers as they are, a row a column; then the mapping so far."""
    say = session.say
    found = _looked(held)
    if not found:
        st.text(say("matching.nothing"))
        return
    place, sheet = st.columns(2)
    with place:
        at = st.selectbox(
            say("matching.sheet"), range(len(found)), format_func=lambda number: _name(session, found[number])
        )
    one = found[at]
    with sheet:
        name = st.selectbox(
            say("matching.table"),
            guess.tables(one),
            format_func=lambda code: f"{labels.table(code, session.language)} {code}",
            key=f"match-table-{one.file}-{one.source}",
        )
    table = TABLES[name]
    before = held.matched.get((one.source, name))
    chosen = picks.chosen(session, one, table, before)
    lacking = [column for column in table.key if column.name not in {pick.column.name for pick in chosen}]
    _headers(session, one, chosen)
    if lacking:
        st.text(
            say("matching.lacking", columns=say("rules.joint").join(session.text(column.label) for column in lacking))
        )
    if st.button(say("matching.keep"), key="match-keep", disabled=bool(lacking) or not chosen):
        held.match((one.source, name), TableMap(table, one.source, tuple(chosen)))
        st.rerun()
    _written(session, held)


def _looked(held: Reception) -> tuple[Found, ...]:
    """Every sheet, looked through once."""
    if held.looked is None and held.source is not None:
        scratch = held.folder / "look"
        try:
            held.looked, _ = look(held.source, scratch)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    return held.looked or ()


def _name(session: Session, one: Found) -> str:
    name = f"{one.file} [{one.sheet}]" if one.sheet else one.file
    return session.say("matching.sheet_name", name=name, rows=f"{one.rows:,}", row=one.header_row)


def _headers(session: Session, one: Found, chosen: list[Pick]) -> None:
    """The file's own headers, what their cells are like, and where each goes."""
    say = session.say
    goes: dict[str, list[str]] = {}
    for pick in chosen:
        if pick.header is not None:
            goes.setdefault(pick.header, []).append(session.text(pick.column.label))
    joint = say("rules.joint")
    rows = [
        {
            say("matching.header"): seen.header,
            say("matching.content"): say(_CONTENTS[seen.content]),
            say("matching.example"): seen.example,
            say("matching.goes"): joint.join(goes.get(seen.header, [])) or say("matching.unread"),
        }
        for seen in one.columns
        if seen.header
    ]
    with st.expander(say("matching.headers", total=len(rows)), expanded=True):
        tables.plain(pl.DataFrame(rows), alt=say("matching.headers", total=len(rows)))


def _written(session: Session, held: Reception) -> None:
    say = session.say
    if not held.matched:
        return
    st.subheader(say("matching.written", total=len(held.matched)))
    for (source, name), mapped in list(held.matched.items()):
        words, drop = st.columns([5, 1], vertical_alignment="center")
        words.text(
            say("matching.line", source=source, table=labels.table(name, session.language), columns=len(mapped.picks))
        )
        drop.button(
            say("matching.drop"), key=f"match-drop-{source}-{name}", on_click=held.match, args=((source, name), None)
        )
    with st.expander(say("matching.file")):
        st.code(held.written.decode(), language="toml")
    st.download_button(
        say("matching.download"), data=held.written, file_name=MAPPING, key="match-download", on_click="ignore"
    )
