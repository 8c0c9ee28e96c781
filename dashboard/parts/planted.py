"""How did the last run do against the truth that a researcher brings of a made-up world?

`mingcha evaluate` on a page: only of synthetic data, only by a researcher. The file waits in a folder of its own, is
read, and is gone; what came of it is the reader's until they forget it, or the data or the run are others.
"""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl
import streamlit as st

from casework.errors import CaseworkError, WrongUsageError
from casework.text import Text
from dashboard.desk import state
from dashboard.evaluation import Compared, compared
from dashboard.parts import labels, shown, tables, twin
from dashboard.session import Session

LARGEST: Final = 16  # MiB: a truth of a province of made-up cases is smaller
_MIB: Final = 1 << 20
_KEPT: Final = "lab-truth"
_TURN: Final = "lab-truth-turn"
_ENDINGS: Final = (".parquet", ".csv")


@dataclass(frozen=True, slots=True)
class Held:
    """What a truth came to: whose it is, of which state of the workspace, by which file."""

    who: str
    state: tuple[str, ...]
    name: str
    digest: str
    found: Compared


def held(session: Session) -> Compared | None:
    """The comparison that this reader made of this very run; None where there is none."""
    kept = _kept(session)
    return None if kept is None else kept.found


def _kept(session: Session) -> Held | None:
    kept = st.session_state.get(_KEPT)
    if not isinstance(kept, Held):
        return None
    mine = kept.who == session.who and session.can("evaluate") and _whole(session)
    return kept if mine and kept.state == state(session.desk.workspace.path) else None


def _whole(session: Session) -> bool:
    """Is every region the reader's? A truth of chosen numbers would else tell which leads there are elsewhere."""
    return all(session.scope.covers(code) for code in session.desk.regions.codes)


def draw(session: Session, scheme: str) -> None:
    """The file, or what came of it."""
    say = session.say
    session.demand("evaluate")
    st.subheader(say("planted.title"))
    st.caption(say("planted.what"))
    if not _whole(session):
        st.text(say("planted.not_whole"))
        return
    kept = _kept(session)
    if kept is None:
        _ask(session)
        return
    st.text(say("planted.of", name=kept.name, digest=kept.digest[:8]))
    st.button(say("planted.forget"), key="forget-truth", on_click=_forget)
    _table(session, scheme, kept.found.table)


def _ask(session: Session) -> None:
    say = session.say
    turn = st.session_state.setdefault(_TURN, 0)
    st.html(f"<style>:root {{ --choose: '{say('intake.choose')}'; }}</style>")
    with st.container(key="upload"):
        file = st.file_uploader(
            say("planted.file", size=LARGEST),
            type=[ending.removeprefix(".") for ending in _ENDINGS],
            key=f"truth-{turn}",
        )
    if file is None:
        return
    try:
        with st.spinner(say("planted.comparing")):
            found = _compared(session, file.name, file.getvalue())
    except CaseworkError as error:
        with st.container(border=True, key="refusal"):
            st.text(error.say(session.language))
        return
    digest = hashlib.sha256(file.getvalue()).hexdigest()
    st.session_state[_KEPT] = Held(session.who, state(session.desk.workspace.path), file.name, digest, found)
    _renew()
    st.rerun()


def _compared(session: Session, name: str, content: bytes) -> Compared:
    """The run against the file.

    Raises:
        CaseworkError: too large, of another kind, no truth, or the truth of another world.
    """
    if len(content) > LARGEST * _MIB:
        raise WrongUsageError(
            Text(f"真值文件超过 {LARGEST} MiB,未读取", f"the truth is larger than {LARGEST} MiB and was not read")
        )
    ending = Path(name).suffix.lower()
    if ending not in _ENDINGS:
        raise WrongUsageError(Text("真值文件应为 .parquet 或 .csv", "a truth is a .parquet or .csv file"))
    with tempfile.TemporaryDirectory(prefix="mingcha-truth-") as folder:
        path = Path(folder) / f"truth{ending}"
        path.write_bytes(content)
        try:
            return compared(session.desk.workspace, path)
        except CaseworkError as error:  # it says where it read, which is nobody's business
            said = (words.replace(f"{folder}/", "") for words in (error.say("zh"), error.say("en")))
            raise CaseworkError(Text(*said)) from error


def _forget() -> None:
    st.session_state.pop(_KEPT, None)
    _renew()


def _renew() -> None:
    """Let the uploader forget what it holds."""
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def _table(session: Session, scheme: str, table: pl.DataFrame) -> None:
    """A line a scheme; the file has every column, and of one scheme its variants, which have codes and no words."""
    say = session.say
    chosen = table.filter(pl.col("scheme") == scheme) if scheme else table.filter(pl.col("variant") == "")
    if chosen.is_empty():
        st.text(say("planted.nothing"))
        return
    rows = [_row(session, row) for row in chosen.filter(pl.col("variant") == "").iter_rows(named=True)]
    tables.plain(pl.DataFrame(rows), alt=say("planted.title"))
    twin.beside(session, pl.DataFrame(rows), name=f"evaluation-{scheme or 'all'}", data=chosen)


def _row(session: Session, row: dict[str, Any]) -> dict[str, str]:
    say = session.say
    name = labels.scheme(row["scheme"], session.language, session.desk) if row["scheme"] else say("lab.every")
    k = f" (k={row['k']})" if row["k"] else ""
    return {
        say("lab.scheme"): name,
        say("planted.planted"): _count(row["planted"]),
        say("planted.found"): _count(row["found"]) if row["ran"] else say("queue.not_run"),
        say("lab.recall"): _bounded(row, "recall"),
        say("lab.leads"): _count(row["leads"]),
        say("lab.precision"): _bounded(row, "precision"),
        say("lab.twins"): f"{_count(row['twins_raised'])} / {_count(row['twins'])}",
        say("lab.pr_auc"): _number(row["pr_auc"]),
        say("lab.at_k"): f"{_number(row['precision_at_k'])}{k}",
    }


def _bounded(row: dict[str, Any], name: str) -> str:
    if row[name] is None:
        return shown.UNKNOWN
    return f"{row[name]:.3f} [{row[f'{name}_low']:.3f}, {row[f'{name}_high']:.3f}]"


def _number(value: float | None) -> str:
    return shown.UNKNOWN if value is None else f"{value:.3f}"


def _count(number: int | None) -> str:
    return shown.UNKNOWN if number is None else f"{number:,}"
