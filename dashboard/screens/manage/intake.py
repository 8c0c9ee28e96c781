"""How does a steward bring data in: files, check, faults in their own rows, then all of it or nothing?"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

import polars as pl
import streamlit as st

from casework.errors import CaseworkError
from casework.intake.limits import KIB
from casework.intake.outcome import Count, Ending, Outcome
from casework.intake.road import import_source
from casework.text import Text
from dashboard import address, template
from dashboard.exports.csv import table_text
from dashboard.parts import download, faults, labels, stages, states, tables
from dashboard.reception import Reception
from dashboard.screens.manage import matching, running
from dashboard.session import Session

LARGEST: Final = 256  # MiB a file; `server.maxUploadSize` and the importer's own bound on a workbook say the same
_HELD: Final = "reception"
_TURN: Final = "upload-turn"
_KEEP: Final = "keep-valid"
_ENDINGS: Final[dict[Ending, str]] = {
    "dry_run": "intake.clean",
    "rejected": "intake.rejected",
    "refused": "intake.refused",
    "stored": "intake.stored",
    "unchanged": "intake.unchanged",
}
_KINDS: Final = {
    "data": "intake.kind_data",
    "meta": "intake.kind_meta",
    "policy": "intake.kind_policy",
    "mapping": "intake.kind_mapping",
}
_STRANGE: Final = ("E_EMPTY", "E_HEADER", "E_MISSING_COLUMN", "E_SHEET_AMBIGUOUS", "E_MAPPING", "W_UNKNOWN_COLUMN")


def show(session: Session) -> None:
    """Source, manner, check, what was found, import; then the run of the rules."""
    session.demand("import")
    say = session.say
    st.title(say("intake.title"))
    with st.container(key="place"):
        st.text(say("intake.what"))
    if session.desk.tables is not None and not session.scope.covers(session.desk.regions.root):
        states.nothing(say("intake.part"), say("intake.part_how"))
        return
    held = _held(session)
    try:
        _source(session, held)
        if held.source is None:
            return
        add = _manner(session)
        _forget_stale(held, add=add)
        if matching.wanted(session, suggested=_strange(held)):
            matching.draw(session, held)
        _check(session, held, held.source, add=add)
        if held.outcome is not None:
            _outcome(session, held, held.source, held.outcome, add=add)
    except CaseworkError as error:
        with st.container(border=True, key="refusal"):
            st.text(error.say(session.language))


def _held(session: Session) -> Reception:
    """What this reader brought; never what another left in the same window."""
    held = st.session_state.get(_HELD)
    if isinstance(held, Reception) and held.who == session.who and held.folder.exists():
        return held
    if isinstance(held, Reception):
        _close(held)
    st.session_state[_HELD] = Reception(session.desk.workspace.path, session.who)
    return _held(session)


def _close(held: Reception) -> None:
    """Forget what was brought, and let the uploader forget it too."""
    held.close()
    st.session_state.pop(_HELD, None)
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


# -- where the data come from ----------------------------------------------------------------------------------------


def _source(session: Session, held: Reception) -> None:
    say = session.say
    st.subheader(say("intake.source"))
    key, changed = address.bound("from", "folder" if address.read("from") == "folder" else "upload")
    names = {"upload": say("intake.upload"), "folder": say("intake.folder")}
    chosen = st.segmented_control(
        say("intake.source"),
        [*names],
        format_func=names.__getitem__,
        required=True,
        label_visibility="collapsed",
        key=key,
        on_change=changed,
    )
    if chosen == "folder":
        _folder(session, held)
    else:
        _upload(session, held)
    _template(session)


def _upload(session: Session, held: Reception) -> None:
    say = session.say
    st.text(say("intake.upload_what"))
    turn = st.session_state.setdefault(_TURN, 0)
    st.html(f"<style>:root {{ --choose: '{say('intake.choose')}'; }}</style>")
    with st.container(key="upload"):
        files = st.file_uploader(
            say("intake.files", size=LARGEST),
            accept_multiple_files=True,
            max_upload_size=LARGEST,
            key=f"upload-{turn}",
        )
    brought = tuple(file.file_id for file in files)
    if brought and brought != held.brought:
        held.brought = brought
        held.bring([(file.name, file.getvalue()) for file in files])
    if held.arrived:
        _arrived(session, held)
        if st.button(say("intake.again"), key="again"):
            _close(held)
            st.rerun()


def _arrived(session: Session, held: Reception) -> None:
    say = session.say
    rows = [
        {
            say("data.file"): one.name,
            say("intake.size"): f"{-(-one.size // KIB):,} KiB",
            say("intake.taken_as"): say(_KINDS[one.kind]),
        }
        for one in held.arrived
    ]
    tables.plain(pl.DataFrame(rows), alt=say("intake.arrived"))


def _folder(session: Session, held: Reception) -> None:
    say = session.say
    st.text(say("intake.folder_what"))
    said = st.text_input(say("intake.path"), key="folder-path", max_chars=1_000).strip()
    if not said:
        return
    path = Path(said).expanduser()
    if not path.is_absolute() or not path.exists():
        raise CaseworkError(
            Text(
                f"这台机器上没有 {said};请写从根目录开始的完整路径",
                f"there is no {said} on this machine; write the whole path from the root",
            )
        )
    held.point(path)


def _template(session: Session) -> None:
    """The workbook to fill in, made when it is asked for."""
    say = session.say
    st.download_button(
        say("intake.template"),
        data=template.content,
        file_name=template.NAME,
        key="template",
        on_click="ignore",
    )


# -- how it is to be taken -------------------------------------------------------------------------------------------


def _manner(session: Session) -> bool:
    """Is it to join what is there? Only asked where something is there."""
    say, desk = session.say, session.desk
    if desk.tables is None:
        return False
    st.subheader(say("intake.manner"))
    key, changed = address.bound("join", "add" if address.read("join") == "add" else "replace")
    names = {"replace": say("intake.replace"), "add": say("intake.add")}
    whats = [
        say("intake.replace_what", name=desk.tables.manifest.name, as_of=desk.as_of),
        say("intake.add_what"),
    ]
    chosen = st.radio(
        say("intake.manner"),
        [*names],
        format_func=names.__getitem__,
        label_visibility="collapsed",
        key=key,
        on_change=changed,
    )
    st.text(whats[[*names].index(chosen)])
    return chosen == "add"


def _forget_stale(held: Reception, *, add: bool) -> None:
    """What was found of other files, under another mapping or in another manner, is no answer any more."""
    mapping = "" if held.mapping is None else held.mapping.read_bytes().hex()
    asked = (*held.brought, str(held.source), mapping, str(add))
    if asked != held.asked:
        held.asked, held.outcome = asked, None


def _strange(held: Reception) -> bool:
    """Did the check meet headers or sheets that it does not know?"""
    return held.outcome is not None and held.outcome.faults["code"].is_in(_STRANGE).any()


# -- check, and import -----------------------------------------------------------------------------------------------


def _check(session: Session, held: Reception, source: Path, *, add: bool) -> None:
    say = session.say
    st.subheader(say("intake.check"))
    st.text(say("intake.mapped") if held.mapping is not None else say("intake.check_what"))
    if held.mapping is not None and st.button(say("intake.unmap"), key="unmap"):
        held.mapping = None
        st.rerun()
    if st.button(say("intake.check_now"), key="check", type="primary"):
        st.session_state.pop(_KEEP, None)  # a tick was for what was found then
        held.outcome = _imported(session, held, source, add=add, dry_run=True, keep_valid=False)
        address.write(kind="", code="", place="", page="")
        st.rerun()


def _imported(
    session: Session, held: Reception, source: Path, *, add: bool, dry_run: bool, keep_valid: bool
) -> Outcome:
    with stages.shown(session) as hear:
        return import_source(
            source,
            session.desk.workspace,
            mapping=held.mapping,
            dry_run=dry_run,
            keep_valid=keep_valid,
            add=add,
            progress=hear,
            who=session.who,
            report=held.fresh_report(),
        )


def _outcome(session: Session, held: Reception, source: Path, outcome: Outcome, *, add: bool) -> None:
    say = session.say
    with st.container(key=f"ending-{outcome.ending}", border=True):
        st.text(say(_ENDINGS[outcome.ending]))
        if outcome.as_of is not None:
            st.text(say("intake.as_of", as_of=outcome.as_of))
    if outcome.counts:
        _counts(session, outcome)
    _faults(session, held, source)
    if outcome.ending in {"dry_run", "rejected"}:
        _confirm(session, held, source, outcome, add=add)
    elif outcome.ending in {"stored", "unchanged"}:
        running.draw(session)


def _counts(session: Session, outcome: Outcome) -> None:
    say = session.say
    rows = [
        {
            say("data.table"): labels.table(count.table, session.language),
            say("intake.read"): count.read,
            say("intake.taken"): count.taken,
            say("intake.turned_back"): count.rejected,
            say("intake.ignored"): count.ignored,
            say("intake.blank"): count.blank,
        }
        for count in outcome.counts
    ]
    st.subheader(say("intake.counts"))
    st.caption(say("intake.counts_what"))
    tables.plain(pl.DataFrame(rows), alt=say("intake.counts"))


def _faults(session: Session, held: Reception, source: Path) -> None:
    say = session.say
    st.subheader(say("intake.faults"))
    faults.draw(session, held.report)
    rejected = held.outcome is not None and any(count.rejected for count in held.outcome.counts)
    files = ["faults.csv", *(["rejects.csv"] if rejected else [])]
    names = {"faults.csv": say("intake.faults_file"), "rejects.csv": say("intake.rejects_file")}
    for box, name in zip(st.columns(4), filter(lambda name: (held.report / name).exists(), files), strict=False):
        with box:
            download.draw(
                session,
                partial(_taken, path=held.report / name, source=source.name),
                names[name],
                name=name,
                key=f"take-{name}",
                mime="text/csv",
            )
    if "rejects.csv" in files:
        st.caption(say("intake.rejects_what"))


def _taken(session: Session, path: Path, source: str) -> bytes:
    """The file, once the journal knows who takes it: it holds numbers as they were brought.

    Raises:
        CaseworkError: another check has swept it away.
    """
    session.demand("import")
    try:
        content = table_text(pl.read_csv(path, infer_schema=False)).encode("utf-8-sig")
    except OSError as error:
        raise CaseworkError(
            Text("该文件已不在,请重新检查后下载", "the file is gone; check again, then download it")
        ) from error
    why = f"{path.name} {source}"
    with session.desk.workspace.journal.entry(session.who, "export", why=why, subject="export"):
        pass
    return content


def _confirm(session: Session, held: Reception, source: Path, outcome: Outcome, *, add: bool) -> None:
    """Everything, or nothing; where rows were turned back only on a tick of its own."""
    say = session.say
    rejected = sum(count.rejected for count in outcome.counts)
    st.subheader(say("intake.confirm"))
    st.text(say("intake.confirm_what") if not rejected else say("intake.confirm_rejected", rejected=f"{rejected:,}"))
    keep = bool(rejected) and st.checkbox(_keep_words(session, outcome.counts, rejected), key=_KEEP)
    if st.button(say("intake.import_now"), key="import", type="primary", disabled=bool(rejected) and not keep):
        held.outcome = _imported(session, held, source, add=add, dry_run=False, keep_valid=keep)
        address.write(kind="", code="", place="", page="")
        st.rerun()


def _keep_words(session: Session, counts: Sequence[Count], rejected: int) -> str:
    taken = sum(count.taken for count in counts)
    return session.say("intake.keep", taken=f"{taken:,}", rejected=f"{rejected:,}")
