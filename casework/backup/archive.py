"""What lies in a backup, under which names, and is each member what was put in?

A zip whose member `manifest.json` tells the size and the SHA-256 of every other one. Nothing is trusted: names are of a
closed list, no member is read further than its size, and a file that was cut off or changed is named.
"""

import hashlib
import json
import re
import stat
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from casework.errors import BackupError
from casework.text import Text

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
TABLES: Final = "tables/"  # one JSON object a line: a row of the review's database
CHUNK: Final = 1 << 20
_DAMAGE: Final = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, OverflowError)
_LARGEST_MANIFEST: Final = 1 << 26
_PLAIN: Final = r"(?!\.)[^/\\:\x00-\x1f]+"  # one part of a path that leads nowhere else
_NAMES: Final = re.compile(
    r"key|current|(?:leads|evidence|seen)\.parquet|(?:runs|faults|rejects)\.csv|tables/[a-z_]+\.jsonl"
    rf"|policy/{_PLAIN}|attachments/[0-9a-f]{{64}}|snapshots/[0-9a-f]{{64}}/(?:policy/)?{_PLAIN}"
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds, of what, and when it was made."""

    format: int
    made_at: str
    program: str  # version of Mingcha
    step: str  # of the database's tables
    database: str  # its promise
    head: str  # of the journal
    current: str | None  # digest of the snapshot in use
    counts: dict[str, int]  # rows of each table
    members: dict[str, tuple[int, str]]  # size, SHA-256

    def bytes(self) -> bytes:
        """As it lies in the file."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, indent=1).encode()


@dataclass(frozen=True, slots=True)
class Archive:
    """A backup that is open, its manifest read and its names found in order."""

    zip: ZipFile
    manifest: Manifest
    digest: str  # of the manifest: of the whole

    def copy(self, name: str, into: Callable[[bytes], object] | None = None) -> int:
        """Read one member to its end, handing on its bytes; returns the number of lines.

        Raises:
            BackupError: it is not what was put in.
        """
        size, digest = self.manifest.members[name]
        found, read, lines = hashlib.sha256(), 0, 0
        try:
            with self.zip.open(name) as member:
                while chunk := member.read(CHUNK):
                    read += len(chunk)
                    if read > size:
                        break
                    found.update(chunk)
                    lines += chunk.count(b"\n")
                    if into is not None:
                        into(chunk)
        except _DAMAGE as error:
            raise _changed(name) from error
        if (read, found.hexdigest()) != (size, digest):
            raise _changed(name)
        return lines

    def prove(self) -> None:
        """Read every member to its end, and count the rows of the tables.

        Raises:
            BackupError: one is not what was put in.
        """
        for name in self.manifest.members:
            lines = self.copy(name)
            table = name.removeprefix(TABLES).removesuffix(".jsonl")
            if name.startswith(TABLES) and lines != self.manifest.counts.get(table):
                raise _changed(name)


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """A backup, open for reading.

    Raises:
        BackupError: it is none, was cut off, holds a name that it must not hold, or lacks one.
    """
    try:
        file = ZipFile(path)
    except (*_DAMAGE, ValueError, struct.error) as error:
        raise BackupError(
            Text(
                f"{path} 不是完整的备份(缺失、截断或不是备份文件)",
                f"{path} is no whole backup: missing, cut off, or something else",
            )
        ) from error
    with file:
        names = [_checked(info) for info in file.infolist()]
        if len(set(names)) != len(names) or MANIFEST not in names:
            raise BackupError(
                Text(f"{path} 的清单缺失或有重名", f"{path}: its manifest is missing, or a name comes twice")
            )
        manifest, digest = _manifest(file)
        tables = {f"{TABLES}{table}.jsonl" for table in manifest.counts}
        there = {name for name in manifest.members if name.startswith(TABLES)}
        if odd := (manifest.members.keys() ^ (set(names) - {MANIFEST})) | (tables ^ there):
            name = min(odd)
            raise BackupError(
                Text(f"备份中的 {name} 与清单不符", f"{name}: the backup and its manifest do not agree about it")
            )
        yield Archive(file, manifest, digest)


def _checked(info: ZipInfo) -> str:
    """A member's name, if it may be one."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if info.filename != MANIFEST and (not _NAMES.fullmatch(info.filename) or kind not in {0, stat.S_IFREG}):
        shown = info.filename.encode("unicode_escape").decode()
        raise BackupError(
            Text(f"备份中不应有“{shown}”,未恢复任何内容", f"“{shown}” has no place in a backup; nothing was restored")
        )
    return info.filename


def _manifest(file: ZipFile) -> tuple[Manifest, str]:
    try:
        with file.open(MANIFEST) as member:
            words = member.read(_LARGEST_MANIFEST)
        manifest = _read(json.loads(words))
    except (*_DAMAGE, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _changed(MANIFEST) from error
    if manifest.format > FORMAT:
        raise BackupError(
            Text(
                f"备份由更新版本的明察 {manifest.program} 写成;请升级后再恢复",
                f"the backup was made by a newer Mingcha ({manifest.program}); upgrade before restoring it",
            )
        )
    return manifest, hashlib.sha256(words).hexdigest()


def _read(content: dict[str, Any]) -> Manifest:
    """Take a manifest's words, each for what it must be."""
    words = {name: str(content[name]) for name in ("made_at", "program", "step", "database", "head")}
    return Manifest(
        format=int(content["format"]),
        current=None if content["current"] is None else str(content["current"]),
        counts={str(table): int(rows) for table, rows in content["counts"].items()},
        members={str(name): (int(size), str(digest)) for name, (size, digest) in content["members"].items()},
        **words,
    )


def _changed(name: str) -> BackupError:
    return BackupError(Text(f"备份中的 {name} 已损坏或被改动", f"{name}: damaged or changed since the backup was made"))


class Writer:
    """A backup that is being written: members one after another, the manifest last."""

    def __init__(self, zip_file: ZipFile) -> None:
        """Into this zip."""
        self.zip = zip_file
        self.members: dict[str, tuple[int, str]] = {}

    def add(self, name: str, chunks: Iterator[bytes], *, mode: int = 0o600, packed: bool = True) -> int:
        """Add one member; `packed` is not worth its time where the bytes are already. Returns the number of lines."""
        info = ZipInfo(name)
        info.external_attr = (stat.S_IFREG | mode) << 16
        info.compress_type = 8 if packed else 0
        found, size, lines = hashlib.sha256(), 0, 0
        with self.zip.open(info, "w", force_zip64=True) as member:
            for chunk in chunks:
                member.write(chunk)
                found.update(chunk)
                size += len(chunk)
                lines += chunk.count(b"\n")
        self.members[name] = (size, found.hexdigest())
        return lines


def chunks_of(file: BinaryIO) -> Iterator[bytes]:
    """The bytes of an open file, some at a time."""
    while chunk := file.read(CHUNK):
        yield chunk


__all__ = ["FORMAT", "MANIFEST", "TABLES", "Archive", "Manifest", "Writer", "chunks_of", "opened"]
