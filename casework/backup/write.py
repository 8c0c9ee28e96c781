"""How does a workspace become one file, while others go on working?

The review's tables are read in one transaction, so that they are of one moment; snapshots never change; what a run or
an import replaces is held open as it was at that moment. The file is read back before it gets its name, and the journal
tells of it before that. A backup holds the workspace's key and citizens' numbers: mode 0600.
"""

import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO, Final, NoReturn
from zipfile import ZIP_DEFLATED, ZipFile

import sqlalchemy as sa

from casework.backup.archive import FORMAT, TABLES, Manifest, Writer, chunks_of, opened
from casework.backup.archive import MANIFEST as MEMBER
from casework.disk import settle
from casework.errors import BackupError, JournalError
from casework.review.database import NEWEST
from casework.review.journal import IN_PARTS, Entry, head_of, now
from casework.review.schema import METADATA
from casework.text import Text
from casework.workspace import ATTACHMENTS, RUN_FILES, Workspace

PATIENCE: Final = 30  # seconds, for a run or an import that is just changing places
SUBJECT: Final = "backup"
_REPLACED: Final = (*RUN_FILES, "faults.csv", "rejects.csv")
_BATCH: Final = 1_000  # rows


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made and read back."""

    path: Path
    size: int
    digest: str  # of its manifest
    manifest: Manifest


def back_up(workspace: Workspace, out: Path, *, who: str) -> Backup:
    """Write the whole workspace into a new file, read it back, and journal it.

    Raises:
        BackupError: the file is already there or cannot be written, or what was written is not what was read.
    """
    if out.exists():
        raise BackupError(Text(f"{out} 已存在;请另指定文件名", f"{out} is already there; name another file"))
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)  # mode 0600
    except OSError as error:
        raise _unwritable(out, error) from error
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            with ZipFile(file, "w", ZIP_DEFLATED) as archive:
                _write(workspace, archive)
            file.flush()
            os.fsync(file.fileno())
        with opened(part) as written:
            written.prove()
            digest, manifest = written.digest, written.manifest
        with workspace.journal.entry(who, "backup", why=out.name, subject=SUBJECT, old=manifest.head, new=digest):
            pass
        part.replace(out)
        settle(out.parent)
    except OSError as error:
        raise _unwritable(out, error) from error
    finally:
        part.unlink(missing_ok=True)
    return Backup(out, out.stat().st_size, digest, manifest)


def _write(workspace: Workspace, archive: ZipFile) -> None:
    writer = Writer(archive)
    with ExitStack() as held:
        with ExitStack() as moment:
            connection, snapshot, files = _still(workspace, held, moment)
            head = str(head_of(connection))
            counts = {
                table.name: writer.add(f"{TABLES}{table.name}.jsonl", _rows(connection, table))
                for table in METADATA.sorted_tables
            }
        if snapshot is not None:
            writer.add("current", iter([f"{snapshot}\n".encode()]), mode=0o644)
        for name, file in files.items():
            _add(writer, name, file)
    for path, name in _unchanging(workspace):
        with path.open("rb") as file:
            _add(writer, name, file)
    manifest = Manifest(
        format=FORMAT,
        made_at=now(),
        program=version("mingcha"),
        step=NEWEST,
        database=workspace.database.promise(),
        head=head,
        current=snapshot,
        counts=counts,
        members=writer.members,
    )
    archive.writestr(MEMBER, manifest.bytes())


def _still(
    workspace: Workspace, held: ExitStack, moment: ExitStack
) -> tuple[sa.Connection, str | None, dict[str, BinaryIO]]:
    """One moment of the workspace: a transaction, the snapshot in use, and the files that another run would replace.

    Files change places only after the journal has told of it: while it tells of nothing newer, and what it told last
    has arrived, files and journal are of one moment.
    """
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with ExitStack() as trial, ExitStack() as files:
            connection = trial.enter_context(workspace.database.reading())
            head_of(connection)  # the first question fixes the moment
            told = _told(workspace)
            snapshot = told[0].new if told[0] is not None else None
            there = _held(workspace, files)
            arrived = workspace.current == snapshot and not any(workspace.path.glob(".run=*"))
            if there is not None and arrived and _told(workspace) == told and _before(connection, told):
                moment.push(trial.pop_all())
                held.push(files.pop_all())
                return connection, snapshot, there
        time.sleep(0.1)
    raise BackupError(
        Text(
            "导入或核查正在替换文件,未能备份;请待其结束后再试",
            "an import or a run is replacing files; no backup was made, try again when it has ended",
        )
    )


def _told(workspace: Workspace) -> tuple[Entry | None, Entry | None]:
    return workspace.journal.last(subject="snapshot"), workspace.journal.last(subject="leads")


def _before(connection: sa.Connection, told: tuple[Entry | None, Entry | None]) -> bool:
    """Does the transaction know what the journal told, which was read a moment later?"""
    last = head_of(connection).seq
    return all(entry is None or entry.seq <= last for entry in told)


def _held(workspace: Workspace, files: ExitStack) -> dict[str, BinaryIO] | None:
    """What can be replaced, open as it is now; None where something was just being replaced."""
    policy = sorted(path for path in (workspace.path / "policy").glob("[!.]*") if path.is_file())
    wanted = [path for name in _REPLACED if (path := workspace.path / name).exists()] + policy
    try:
        return {path.relative_to(workspace.path).as_posix(): files.enter_context(path.open("rb")) for path in wanted}
    except FileNotFoundError:
        return None


def _unchanging(workspace: Workspace) -> Iterator[tuple[Path, str]]:
    """The key, snapshots and attachments: written once, never replaced by anything else."""
    yield workspace.path / "key", "key"
    for pattern in ("snapshots/[!.]*/[!.]*", "snapshots/[!.]*/policy/[!.]*", f"{ATTACHMENTS}/[!.]*"):
        for path in sorted(workspace.path.glob(pattern)):
            if path.is_file() and not path.is_symlink():
                yield path, path.relative_to(workspace.path).as_posix()


def _add(writer: Writer, name: str, file: BinaryIO) -> None:
    packed = not (name.endswith(".parquet") or name.startswith(ATTACHMENTS))
    writer.add(name, chunks_of(file), mode=os.fstat(file.fileno()).st_mode & 0o777, packed=packed)


def _rows(connection: sa.Connection, table: sa.Table) -> Iterator[bytes]:
    query = sa.select(table).order_by(*table.primary_key.columns)
    names = [column.name for column in table.columns]
    with connection.execute(query, execution_options=IN_PARTS) as rows:
        for batch in rows.partitions(_BATCH):
            yield "".join(f"{_spelt(dict(zip(names, row, strict=True)))}\n" for row in batch).encode()


def _no_text(value: Any) -> NoReturn:  # noqa: ANN401 - whatever lies there
    kind = type(value).__name__
    raise JournalError(
        Text(
            f"数据库中有不是文字的内容({kind}),可能被改动;请运行 mingcha verify",
            f"the database holds what is no text ({kind}) and may have been changed; run mingcha verify",
        )
    )


_spelt: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_no_text).encode


def _unwritable(out: Path, error: OSError) -> BackupError:
    return BackupError(Text(f"无法写入备份 {out}:{error.strerror}", f"cannot write the backup {out}: {error.strerror}"))


__all__ = ["SUBJECT", "Backup", "back_up"]
