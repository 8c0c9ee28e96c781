"""Which header of a foreign sheet is which column of a table, row by row, said by a person?

Every column of the contract stands beside the header guessed for it; with a date comes its way of writing, with an
amount its unit, with a closed list what each word of the file means.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import streamlit as st

from casework.intake import guess
from casework.intake.look import Found, Seen
from casework.intake.mapping import Pick, TableMap
from casework.intake.values.money import PLACES
from casework.tables import Column, Table
from dashboard.parts.choices import known, options
from dashboard.parts.literal import literal
from dashboard.session import Session

FORMATS: Final = (
    "",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%Y%m%d",
    "%d/%m/%Y %H:%M",
    "%Y%m%d%H%M%S",
    "%Y年%m月",
)
_DATES: Final = frozenset({"date", "month", "moment"})
_AMOUNTS: Final = frozenset({"money", "quantity"})
_LISTS: Final = frozenset({"enum", "programme", "boolean"})
_NONE: Final = -1  # no header
_SAME: Final = -2  # one constant for every row


def chosen(session: Session, one: Found, table: Table, before: TableMap | None) -> list[Pick]:
    """What each column is taken from: the keys and required ones, those with a guess, then the rest in a fold."""
    say = session.say
    offered = guess.matches(table, one)
    kept = {} if before is None else {pick.column.name: pick for pick in before.picks}
    first = [column for column in table.columns if not column.optional or column.name in {*offered, *kept}]
    rest = [column for column in table.columns if column not in first]
    st.caption(say("matching.columns_what"))
    made = [_column(session, one, table, column, offered, kept.get(column.name)) for column in first]
    if rest:
        with st.expander(say("matching.rest", total=len(rest))):
            made += [_column(session, one, table, column, offered, kept.get(column.name)) for column in rest]
    return [pick for pick in made if pick is not None]


def _column(
    session: Session,
    one: Found,
    table: Table,
    column: Column,
    offered: Mapping[str, int],
    kept: Pick | None,
) -> Pick | None:
    say = session.say
    key = f"match-{one.file}-{one.source}-{table.name}-{column.name}"
    places = [place for place, seen in enumerate(one.columns) if seen.header]
    start = _start(one, column, offered, kept)
    name, header, more = st.columns([3, 4, 5], vertical_alignment="center")
    mark = say("matching.required") if column.key else ""
    name.text(f"{session.text(column.label)}{mark}\n{column.name}")
    with header:
        at = st.selectbox(
            session.text(column.label),
            [_NONE, *places, _SAME],
            index=[_NONE, *places, _SAME].index(start),
            format_func=lambda place: _source(session, one, place),
            label_visibility="collapsed",
            key=key,
        )
    with more:
        if at == _NONE:
            return None
        if at == _SAME:
            constant = _constant(session, column, key, kept)
            return Pick(column, constant=constant) if constant else None
        return _picked(session, column, one.columns[at], key, kept)


def _start(one: Found, column: Column, offered: Mapping[str, int], kept: Pick | None) -> int:
    if kept is None:
        return offered.get(column.name, _NONE)
    if kept.header is None:
        return _SAME
    return next((place for place, seen in enumerate(one.columns) if seen.header == kept.header), _NONE)


def _source(session: Session, one: Found, place: int) -> str:
    if place == _NONE:
        return session.say("matching.not_taken")
    return session.say("matching.constant") if place == _SAME else one.columns[place].header


def _constant(session: Session, column: Column, key: str, kept: Pick | None) -> str:
    say, said = session.say, "" if kept is None or kept.constant is None else kept.constant
    listed = options(session, column)
    if not listed:
        return st.text_input(say("matching.value"), value=said, key=f"{key}-constant", max_chars=200).strip()
    codes = ["", *listed]
    return st.selectbox(
        say("matching.value"),
        codes,
        index=codes.index(said) if said in codes else 0,
        format_func=lambda code: listed.get(code, say("matching.choose")),
        key=f"{key}-constant",
    )


def _picked(session: Session, column: Column, seen: Seen, key: str, kept: Pick | None) -> Pick:
    """The header, with a date's format, an amount's unit or the words of a list where the column asks for them."""
    same = kept if kept is not None and kept.header == seen.header else None
    if column.kind in _DATES:
        return Pick(column, header=seen.header, format=_format(session, seen, key, same))
    if column.kind in _AMOUNTS:
        return Pick(column, header=seen.header, unit=_unit(session, key, same))
    if column.kind in _LISTS:
        values, otherwise = _values(session, column, seen, key, same)
        return Pick(column, header=seen.header, values=values, otherwise=otherwise or None)
    return Pick(column, header=seen.header)


def _format(session: Session, seen: Seen, key: str, kept: Pick | None) -> str:
    say, said = session.say, "" if kept is None else kept.format
    listed = [*dict.fromkeys((*FORMATS, said))]
    chosen = st.selectbox(
        say("matching.format"),
        listed,
        index=listed.index(said),
        format_func=lambda form: _sample(session, form),
        key=f"{key}-format",
        accept_new_options=True,
    )
    if chosen and seen.example:
        try:
            read = datetime.strptime(seen.example, chosen).date()  # noqa: DTZ007 - a day, shown for comparison
        except ValueError:
            st.text(say("matching.unreadable", example=seen.example))
        else:
            st.text(say("matching.reads", example=seen.example, day=read))
    return chosen or ""


def _sample(session: Session, form: str) -> str:
    """A format by what the last of March looks like in it."""
    if not form:
        return session.say("matching.usual")
    return f"{datetime(2024, 3, 31, 9, 5).strftime(form)}  {form}"  # noqa: DTZ001 - a picture of a date


def _unit(session: Session, key: str, kept: Pick | None) -> str:
    units = ["", *PLACES]
    said = "" if kept is None else kept.unit
    return st.selectbox(
        session.say("matching.unit"),
        units,
        index=units.index(said) if said in units else 0,
        format_func=lambda unit: unit or session.say("matching.in_header"),
        key=f"{key}-unit",
    )


def _values(
    session: Session, column: Column, seen: Seen, key: str, kept: Pick | None
) -> tuple[dict[str, str], str | None]:
    """A code for each word of the file that the importer does not know itself; and one for words yet to come."""
    say, listed = session.say, options(session, column)
    strange = [word for word in seen.words if word and not known(session, column, word)]
    before = {} if kept is None else kept.values
    if not strange and not seen.words:
        st.text(say("matching.many"))
    elif not strange:
        st.text(say("matching.all_known"))
    codes = ["", *listed]
    chosen = {}
    for word in strange:
        start = before.get(word, "")
        code = st.selectbox(
            say("matching.word", word=literal(word)),
            codes,
            index=codes.index(start) if start in codes else 0,
            format_func=lambda code: listed.get(code, say("matching.as_is")),
            key=f"{key}-word-{word}",
        )
        if code:
            chosen[word] = code
    if not (strange or not seen.words):
        return chosen, None
    otherwise = "" if kept is None or kept.otherwise is None else kept.otherwise
    return chosen, st.selectbox(
        say("matching.otherwise"),
        codes,
        index=codes.index(otherwise) if otherwise in codes else 0,
        format_func=lambda code: listed.get(code, say("matching.as_is")),
        key=f"{key}-otherwise",
    )
