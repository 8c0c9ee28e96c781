"""Which rows of which files does a lead rest on?"""

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from casework.tables import MATCH, PERSON, TABLES
from dashboard.masking import QUIET_KINDS
from dashboard.parts import labels, tables
from dashboard.parts.fields import DETAILS
from dashboard.queries import dossier
from dashboard.queries.people import Person, mask_name
from dashboard.session import Reading, Session


def draw(session: Session, proof: pl.DataFrame, persons: dict[int, Person], *, reveal: bool = False) -> None:
    """One table for each kind of row, its columns in the contract's order, with file and line; persons masked."""
    say, language = session.say, session.language
    st.subheader(say("dossier.evidence"))
    if proof.is_empty():
        st.text(say("dossier.no_evidence"))
    for name in sorted(proof["table"].unique(), key=[*TABLES].index):
        st.caption(labels.table(name, language))
        tables.plain(
            _rows(session, name, proof.filter(pl.col("table") == name), persons, reveal=reveal),
            alt=labels.table(name, language),
        )


def _rows(
    session: Session, name: str, lines: pl.DataFrame, persons: dict[int, Person], *, reveal: bool
) -> pl.DataFrame:
    say, language = session.say, session.language
    there = set(lines["column"].to_list())
    columns = [column.name for column in TABLES[name].columns if column.name in there]
    place = ["source_file", "source_row", "key"]
    rows = []
    for row in lines.pivot("column", index=place, values="value", aggregate_function="first").sort(place).to_dicts():
        shown = {
            labels.column(name, column, language): cell(session, name, column, row, persons, reveal=reveal)
            for column in columns
        }
        rows.append(shown | {say("dossier.file"): row["source_file"], say("dossier.line"): row["source_row"]})
    frame = pl.DataFrame(rows, infer_schema_length=None)
    empty = [title for title in frame.columns if frame[title].dtype == pl.String and not (frame[title] != "").any()]
    return frame.drop(empty)


def cell(
    reading: Reading,
    name: str,
    column: str,
    row: Mapping[str, Any],
    persons: Mapping[int, Person],
    *,
    reveal: bool = False,
) -> str:
    """One value of a row in words, its columns by name; persons as they are given, what is sensitive hidden."""
    value = row[column]
    if value is None:
        return ""
    if dossier.names_person(name, column):
        person = persons.get(int(value)) if value.lstrip("-").isdigit() else None
        return "" if person is None else f"{person.name} {person.number}".strip()
    if (name, column) == (PERSON.name, "name") and not reveal:
        return mask_name(value)
    hidden = TABLES[name][column].sensitivity == "sensitive" and not reveal
    if hidden and (name != MATCH.name or row.get("kind") in QUIET_KINDS):
        return reading.say("dossier.hidden")
    if name == MATCH.name and column == "detail" and (word := DETAILS.get(row.get("kind") or "", {}).get(value)):
        return reading.text(word)
    return labels.cell(name, column, value, reading.language, reading.desk.programmes)
