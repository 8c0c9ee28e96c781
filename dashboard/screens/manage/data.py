"""What was imported, up to which day, what was wrong with it, and which rules ran on it?"""

from typing import Final

import polars as pl
import streamlit as st

from casework.tables import TABLES
from dashboard.parts import faults, labels, runs, states, tables
from dashboard.queries import imports
from dashboard.rights import may
from dashboard.session import Session

_SHOWN: Final = 500  # faults on the screen; the file has them all


def show(session: Session) -> None:
    """The snapshot in use, its tables, the last import's faults, and the state of the rules."""
    session.demand("data")
    say, desk = session.say, session.desk
    st.title(say("data.title"))
    if may(session.role, "import"):
        session.link("import", say("data.bring"))
    if desk.tables is None:
        states.no_data(say, desk)
        _faults(session)
        return
    with st.container(key="place"):
        st.text(say("data.what"))
    manifest = desk.tables.manifest
    for box, (name, value) in zip(
        st.columns(3),
        (("data.source", manifest.name), ("data.as_of", str(manifest.as_of)), ("data.digest", manifest.digest[:16])),
        strict=True,
    ):
        with box, st.container(border=True):
            st.caption(say(name))
            st.text(value)
    _tables(session)
    _faults(session)
    if desk.detected:
        st.subheader(say("data.runs"))
        runs.table(session, counts=may(session.role, "queue"))
    else:
        states.no_run(say, desk)


def _tables(session: Session) -> None:
    say, manifest = session.say, session.desk.opened.manifest
    st.subheader(say("data.tables"))
    rows = [
        {
            say("data.table"): table.label.say(session.language),
            say("data.rows"): manifest.rows.get(name, 0),
            say("data.columns"): f"{len(manifest.columns[name])} / {len(table.columns)}",
        }
        for name, table in TABLES.items()
        if name in manifest.columns
    ]
    tables.plain(pl.DataFrame(rows), alt=say("data.tables"))


def _faults(session: Session) -> None:
    say, path = session.say, session.desk.workspace.path
    found = imports.faults(path)
    total = 0 if found is None else found.height
    st.subheader(say("data.faults", total=f"{total:,}"))
    if found is None or found.is_empty():
        st.text(say("data.no_fault_file") if found is None else say("data.no_faults"))
        return
    kind = pl.col("kind").map_elements(lambda code: faults.kind(session, code), return_dtype=pl.String)
    code = pl.col("code").map_elements(lambda code: faults.meaning(session, code), return_dtype=pl.String)
    counted = found.group_by("kind", "code").len().sort("len", descending=True)
    tables.plain(
        counted.select(
            kind.alias(say("data.kind")), code.alias(say("data.code")), pl.col("len").alias(say("data.times"))
        ),
        alt=say("data.faults", total=total),
    )
    titles = {name: say(key) for name, key in _COLUMNS.items()}
    shown = found.head(_SHOWN).with_columns(kind.alias("kind"), _message(found.head(_SHOWN), session))
    tables.plain(shown.select([*titles]).rename(titles), alt=say("data.faults", total=total))
    if turned_back := imports.rejects(path):
        st.subheader(say("data.rejects", total=f"{turned_back:,}"))
        st.text(say("data.rejects_what"))


_COLUMNS: Final = {
    "kind": "data.kind",
    "file": "data.file",
    "row": "data.row",
    "column": "data.column",
    "code": "faulty.code",
    "message": "data.message",
}


def _message(found: pl.DataFrame, session: Session) -> pl.Series:
    """The half of "中文 / English" that the reader reads."""
    return pl.Series("message", [labels.half(text or "", session.language) for text in found["message"]])
