"""How does a backup become a workspace again, absent or whole?

Everything is unpacked and proved beside the place; the database is filled in one transaction; the folder gets its name
at the end. What was kept in SQLite may go to PostgreSQL and back. The tables are taken as they were, also where someone
had changed them: the audit that follows tells.
"""

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from casework.backup.archive import TABLES, Archive, Manifest, opened
from casework.backup.write import SUBJECT
from casework.disk import settle
from casework.errors import BackupError
from casework.review.database import NEWEST, Database
from casework.review.journal import append, head_of
from casework.review.schema import JOURNAL, METADATA
from casework.text import Text
from casework.workspace import DATABASE, SQLITE, Workspace

RESTORED: Final = "restore_backup"  # as the journal calls it; `restore` is an act about a scheme
_BATCH: Final = 1_000  # rows


def restore(file: Path, path: Path, *, who: str, database: str | None = None) -> Workspace:
    """Make a workspace of a backup, in a folder that holds nothing yet; `database`: a PostgreSQL to keep it in.

    Raises:
        BackupError: the backup is damaged, or there is already something where it should go.
    """
    if path.is_dir() and not any(path.iterdir()):
        path = path.resolve()
    elif path.exists():
        raise BackupError(
            Text(
                f"{path} 不是空文件夹;备份只能恢复到新的位置",
                f"{path} is not an empty folder; a backup is restored to a new place only",
            )
        )
    with opened(file) as archive:
        if archive.manifest.step > NEWEST:
            raise BackupError(
                Text(
                    f"备份由更新版本的明察 {archive.manifest.program} 写成;请升级后再恢复",
                    f"the backup was made by a newer Mingcha ({archive.manifest.program}); upgrade before restoring it",
                )
            )
        if odd := archive.manifest.counts.keys() - METADATA.tables.keys():
            raise BackupError(
                Text(
                    f"备份中不应有表 {min(odd)}", f"the table {min(odd)} has no place in a backup; nothing was restored"
                )
            )
        try:
            with _beside(path) as stage:
                _unpack(archive, stage)
                if database is not None:
                    (stage / DATABASE).write_text(f"{database.strip()}\n", encoding="utf-8")
                _fill(database or stage / SQLITE, stage / TABLES, archive, who=who, why=file.name)
                shutil.rmtree(stage / TABLES)
                settle(stage)
                stage.replace(path)
                settle(path.parent)
        except OSError as error:
            raise BackupError(
                Text(f"无法恢复到 {path}:{error.strerror}", f"cannot restore to {path}: {error.strerror}")
            ) from error
    return Workspace(path)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A private folder beside the place, gone unless it has become it; what a killed restore left is swept away."""
    prefix = f".{path.name}.restore-"
    path.parent.mkdir(parents=True, exist_ok=True)
    for left in path.parent.glob(f"{prefix}*"):
        with _alone(left):
            shutil.rmtree(left)
    stage = Path(tempfile.mkdtemp(prefix=prefix, dir=path.parent))
    with _alone(stage):
        try:
            yield stage
        finally:
            shutil.rmtree(stage, ignore_errors=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise BackupError(Text("该位置正在进行另一次恢复", "another restore to the same place is under way")) from error
    finally:
        os.close(handle)


def _unpack(archive: Archive, stage: Path) -> None:
    needed = sum(size for size, _ in archive.manifest.members.values())
    free = shutil.disk_usage(stage).free
    if needed > free:
        raise BackupError(
            Text(
                f"磁盘空间不足:需要 {needed} 字节,剩余 {free} 字节",
                f"not enough room: {needed} bytes are needed, {free} are free",
            )
        )
    modes = {info.filename: info.external_attr >> 16 & 0o666 for info in archive.zip.infolist()}
    for name in archive.manifest.members:
        target = stage / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as out:
            target.chmod(0o600)
            lines = archive.copy(name, out.write)
            out.flush()
            os.fsync(out.fileno())
        target.chmod(0o600 | modes[name])
        if name.startswith(TABLES) and lines != archive.manifest.counts.get(target.stem):
            raise BackupError(Text(f"备份中的 {name} 行数不符", f"{name} has not as many rows as the manifest says"))


def _fill(where: Path | str, tables: Path, archive: Archive, *, who: str, why: str) -> None:
    """Put the rows in, and the journal's entry of it, in one transaction.

    A restore killed after it and before the folder had its name finds it done.
    """
    database = Database(where, step=archive.manifest.step)
    try:
        with database.filling() as connection:
            if not _is_empty(connection):
                if _is_done(connection, archive):
                    return
                raise BackupError(
                    Text(
                        f"数据库 {database.name} 已有内容;请恢复到空的数据库",
                        f"the database {database.name} already holds something; restore into an empty one",
                    )
                )
            for name in archive.manifest.counts:
                _load(connection, name, tables / f"{name}.jsonl")
            append(connection, who, RESTORED, why=why, subject=SUBJECT, old=archive.manifest.head, new=archive.digest)
    finally:
        database.close()


def _is_empty(connection: sa.Connection) -> bool:
    there = sa.MetaData()
    there.reflect(connection)
    return all(
        connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first() is None
        for table in there.sorted_tables
        if table.name != "alembic_version"
    )


def _is_done(connection: sa.Connection, archive: Archive) -> bool:
    manifest: Manifest = archive.manifest
    head = head_of(connection)
    last = connection.execute(sa.select(JOURNAL).where(JOURNAL.c.seq == head.seq)).first()
    return last is not None and (last.what, last.new) == (RESTORED, archive.digest) and last.old == manifest.head


def _load(connection: sa.Connection, name: str, file: Path) -> None:
    try:
        table = sa.Table(name, sa.MetaData(), autoload_with=connection)
        names = {column.name for column in table.columns}
        with file.open(encoding="utf-8") as lines:
            while batch := [json.loads(line) for line in islice(lines, _BATCH)]:
                if not all(isinstance(row, dict) and row.keys() == names for row in batch):
                    raise ValueError(name)  # noqa: TRY301 - said below; SQLAlchemy would leave such a column out
                connection.execute(sa.insert(table), batch)
    except (sa.exc.SQLAlchemyError, ValueError) as error:
        raise BackupError(
            Text(f"备份中的表 {name} 无法读入", f"the backup's table {name} cannot be taken in")
        ) from error


__all__ = ["RESTORED", "restore"]
