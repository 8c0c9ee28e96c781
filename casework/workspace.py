"""What lies in a workspace, and how does anything get into it whole or not at all?

Everything new is first written beside the old; the journal's transaction is the moment it becomes true; only then do
the files the reader sees change places. A process killed in between is completed, or undone, by the next one to open
the folder.
"""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from casework.calendar import Calendar
from casework.dataset import Manifest, Tables
from casework.engine import engine as engine_named
from casework.errors import CaseworkError, WorkspaceError
from casework.lead import EVIDENCE_SCHEMA, LEAD_SCHEMA
from casework.policy import Policy
from casework.review.database import Database
from casework.review.journal import Entry, Journal
from casework.review.store import Review, today
from casework.text import Text

RUN_FILES: Final = ("leads.parquet", "evidence.parquet", "seen.parquet", "runs.csv")
_TOLD_APART: Final = (
    "files:"  # last word of a run's `why`: the digest of its other files, `new` being that of the leads
)
_SEEN: Final = pl.Schema({"lead_id": pl.String(), "content_digest": pl.String(), "first_seen": pl.Date()})
MANIFEST: Final = "snapshot.json"
BOUNDARIES: Final = "boundaries.geojson"  # beside the tables, for maps; no part of the digest
SQLITE: Final = "mingcha.sqlite"
DATABASE: Final = "database"  # names a PostgreSQL by URL, without a password
ATTACHMENTS: Final = "attachments"  # a file each, named by its SHA-256


def file_digest(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def canonical(value: object) -> str:
    """One spelling of a value as JSON, whatever the order it was built in."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def digest_of(value: object) -> str:
    """The SHA-256 of a value's canonical JSON."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


class Workspace:
    """One folder: snapshots, leads, journal, attachments, policy, key."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Open the folder, completing what a killed process left; `create` makes it where it is missing."""
        self.path = path
        if path.exists() and not path.is_dir():
            raise WorkspaceError(
                Text(f"{path} 是文件,不是工作区文件夹;请另指定一个", f"{path} is a file, not a folder; name another")
            )
        if not path.is_dir():
            if not create:
                raise WorkspaceError(
                    Text(
                        f"工作区 {path} 不存在;请先运行 mingcha import 来源 {path}",
                        f"there is no workspace at {path}; run mingcha import SOURCE {path} first",
                    )
                )
            self._make()
        keyless = not (path / "key").exists()
        if keyless:
            if any((path / name).exists() for name in ("current", SQLITE)):
                raise WorkspaceError(
                    Text(
                        f"工作区 {path} 缺少 key 文件,无法识别人员;请从备份恢复 key",
                        f"the workspace {path} has lost its key file; restore it from a backup",
                    )
                )
            self._write_key()
        self.database = self._opened(keyless=keyless)
        self.journal = Journal(self.database)
        self.review = Review(self.journal)
        self._recover()

    def _make(self) -> None:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WorkspaceError(
                Text(
                    f"无法建立工作区 {self.path}({error.strerror});请换一个可写的位置",
                    f"the workspace {self.path} cannot be created ({error.strerror}); choose a place you can write to",
                )
            ) from error

    def _opened(self, *, keyless: bool) -> Database:
        """The SQLite file of the folder, or the PostgreSQL that the file `database` names by URL: ours, either way."""
        named = self.path / DATABASE
        try:
            database = Database(named.read_text(encoding="utf-8") if named.exists() else self.path / SQLITE)
            database.bind(self.identity)
        except CaseworkError:
            if keyless:  # this folder never had one: it must not look as if it had
                (self.path / "key").unlink()
            raise
        return database

    def attachment(self, digest: str) -> Path:
        """Where the attachment of this SHA-256 lies, whether or not it does."""
        return self.path / ATTACHMENTS / digest

    # -- identity ----------------------------------------------------------------------------------------------------

    @property
    def key(self) -> bytes:
        """The secret under which citizen numbers become person_ids; it never leaves the folder."""
        return bytes.fromhex((self.path / "key").read_text(encoding="ascii").strip())

    @property
    def identity(self) -> str:
        """What its database knows the workspace by: a digest of the key, which tells nothing of the key."""
        return digest_of(["workspace", self.key.hex()])

    def _write_key(self) -> None:
        handle = os.open(self.path / "key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))

    # -- snapshots ---------------------------------------------------------------------------------------------------

    @property
    def current(self) -> str | None:
        """The digest of the snapshot in use; None in an empty workspace."""
        pointer = self.path / "current"
        return pointer.read_text(encoding="ascii").strip() if pointer.exists() else None

    @property
    def snapshot(self) -> Path:
        """The folder of the snapshot in use."""
        digest = self.current
        if digest is None:
            raise WorkspaceError(
                Text(
                    f"工作区 {self.path} 还没有数据;请先运行 mingcha import",
                    f"the workspace {self.path} holds no data yet; run mingcha import first",
                )
            )
        return self.path / "snapshots" / digest

    def manifest(self) -> dict[str, Any]:
        """snapshot.json of the snapshot in use."""
        content: dict[str, Any] = json.loads((self.snapshot / MANIFEST).read_text(encoding="utf-8"))
        return content

    @contextmanager
    def stage(self) -> Iterator[Path]:
        """A private folder beside the snapshots for one import; gone afterwards unless committed.

        One import at a time: a second one is refused, and what a killed one left is swept away first.
        """
        parent = self.path / "snapshots"
        parent.mkdir(exist_ok=True)
        with (self.path / ".importing").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise WorkspaceError(
                    Text(
                        f"工作区 {self.path} 正在进行另一次导入;请待其结束后再试",
                        f"another import into {self.path} is under way; try again when it has ended",
                    )
                ) from error
            for left in parent.glob(".stage-*"):
                shutil.rmtree(left, ignore_errors=True)
            staged = Path(tempfile.mkdtemp(prefix=".stage-", dir=parent))
            try:
                yield staged
            finally:
                shutil.rmtree(staged, ignore_errors=True)

    def commit(self, staged: Path, manifest: Mapping[str, Any], *, who: str, what: str, why: str) -> str:
        """Make a staged folder the snapshot in use and journal it; returns the digest.

        `staged` holds `<table>.parquet`, and may hold `policy/` and `boundaries.geojson`. `manifest`: `as_of` (ISO
        date), `name`, `synthetic`, `tables` {name: {rows, columns}}, `sources` {file: sha256} and whatever the import
        wants remembered. The digest covers the tables' bytes, `as_of` and `synthetic`, nothing else.
        """
        files = {file.name: file_digest(file) for file in sorted(staged.glob("*.parquet"))}
        digest = digest_of({"files": files, "as_of": manifest["as_of"], "synthetic": manifest["synthetic"]})
        content = {**manifest, "digest": digest, "files": files}
        (staged / MANIFEST).write_text(
            json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1), encoding="utf-8"
        )
        target = self.path / "snapshots" / digest
        if target.exists():  # the same tables: the newer words about them and the newer map win
            (target / BOUNDARIES).unlink(missing_ok=True)
            for name in (MANIFEST, BOUNDARIES):
                if (staged / name).exists():
                    (staged / name).replace(target / name)
        else:
            staged.replace(target)
        with self.journal.entry(who, what, why=why, subject="snapshot", old=self.current or "", new=digest):
            pass
        self._put_in_use(digest)
        return digest

    def _put_in_use(self, digest: str) -> None:
        local = self.path / "snapshots" / digest / "policy"
        if local.is_dir():
            fresh = Path(tempfile.mkdtemp(prefix=".policy-", dir=self.path))
            shutil.copytree(local, fresh, dirs_exist_ok=True)
            shutil.rmtree(self.path / "policy", ignore_errors=True)
            fresh.replace(self.path / "policy")
        pointer = self.path / "current.new"
        pointer.write_text(digest + "\n", encoding="ascii")
        pointer.replace(self.path / "current")

    def tables(self, engine: str = "polars") -> Tables:
        """The snapshot in use, opened on an engine."""
        content = self.manifest()
        return Tables(
            folder=self.snapshot,
            manifest=Manifest(
                digest=content["digest"],
                as_of=date.fromisoformat(content["as_of"]),
                name=content["name"],
                synthetic=content["synthetic"],
                columns={name: tuple(table["columns"]) for name, table in content["tables"].items()},
                rows={name: table["rows"] for name, table in content["tables"].items()},
            ),
            engine=engine_named(engine),
            calendar=self.calendar(),
        )

    def policy(self, *folders: Path) -> Policy:
        """The shipped rules under the workspace's own and those of `folders`, the last one first."""
        return Policy.load(self.path / "policy", *folders)

    def calendar(self) -> Calendar:
        """The working-day calendar with the workspace's own days off."""
        return Calendar.load(self.path / "policy" / "calendar.csv")

    # -- runs --------------------------------------------------------------------------------------------------------

    def keep_run(
        self, leads: pl.DataFrame, evidence: pl.DataFrame, runs: pl.DataFrame, *, who: str, why: str = ""
    ) -> None:
        """Replace the leads by those of a new run, and journal the run."""
        with self._run_lock(wait=True):
            staged = Path(tempfile.mkdtemp(prefix=".run-", dir=self.path))
            leads.write_parquet(staged / "leads.parquet")
            evidence.write_parquet(staged / "evidence.parquet")
            runs.write_csv(staged / "runs.csv")
            raised = leads.select("lead_id", "content_digest", pl.lit(today()).alias("first_seen"))
            pl.concat([self.seen(), raised]).unique(
                ["lead_id", "content_digest"], keep="first", maintain_order=True
            ).write_parquet(staged / "seen.parquet")
            digest, others = file_digest(staged / "leads.parquet"), others_digest(staged)
            ready = self.path / _ready(digest, others)
            staged.replace(ready)
            said = f"{why} {_TOLD_APART}{others}".strip()
            with self.journal.entry(who, "detect", why=said, subject="leads", old=self.current or "", new=digest):
                pass
            self._put_run_in_use(ready)

    @contextmanager
    def _run_lock(self, *, wait: bool) -> Iterator[bool]:
        """One run at a time changes files; False where another one does and is not waited for."""
        with (self.path / ".running").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    def _put_run_in_use(self, ready: Path) -> None:
        for name in RUN_FILES:
            if (ready / name).exists():
                (ready / name).replace(self.path / name)
        shutil.rmtree(ready, ignore_errors=True)

    def leads(self) -> pl.DataFrame:
        """The leads of the last run; an empty table where none ran."""
        path = self.path / "leads.parquet"
        return pl.read_parquet(path) if path.exists() else pl.DataFrame(schema=LEAD_SCHEMA)

    def seen(self) -> pl.DataFrame:
        """On which day each lead first said what it says: `lead_id`, `content_digest`, `first_seen`."""
        path = self.path / "seen.parquet"
        return pl.read_parquet(path) if path.exists() else pl.DataFrame(schema=_SEEN)

    def evidence(self, *lead_ids: str) -> pl.DataFrame:
        """The evidence of some leads, or of all."""
        path = self.path / "evidence.parquet"
        if not path.exists():
            return pl.DataFrame(schema=EVIDENCE_SCHEMA)
        rows = pl.scan_parquet(path)
        return (rows.filter(pl.col("lead_id").is_in(lead_ids)) if lead_ids else rows).collect()

    @property
    def detected(self) -> bool:
        """Has a detector run been kept?"""
        return (self.path / "runs.csv").exists()

    def runs(self) -> pl.DataFrame:
        """What each scheme of the last run did: scheme, status, reason, leads, undecidable, seconds."""
        path = self.path / "runs.csv"
        if not self.detected:
            return pl.DataFrame(schema=dict.fromkeys(("scheme", "status", "reason"), pl.String()))
        return pl.read_csv(path, schema_overrides={"reason": pl.String()})

    # -- after a crash -----------------------------------------------------------------------------------------------

    def _recover(self) -> None:
        """Complete what the journal says happened; sweep away what it does not know."""
        last = self.journal.last(subject="snapshot")
        if last is not None and last.new != self.current and (self.path / "snapshots" / last.new).is_dir():
            self._put_in_use(last.new)
        if not any(self.path.glob(".run[-=]*")):
            return
        with self._run_lock(wait=False) as alone:
            if alone:  # else they are another process's, at work on them now
                self._recover_run()

    def _recover_run(self) -> None:
        told = self.journal.last(subject="leads")
        for left in self.path.glob(".run[-=]*"):
            if told is not None and left.name == _ready(told.new, others_told(told)):
                self._put_run_in_use(left)
            else:
                shutil.rmtree(left, ignore_errors=True)


def others_digest(folder: Path) -> str:
    """The digest of a run's files beside its leads."""
    return digest_of({name: file_digest(folder / name) for name in RUN_FILES[1:] if (folder / name).exists()})


def others_told(run: Entry) -> str:
    """What the journal says of them; empty in entries of before it said so."""
    last = run.why.rpartition(" ")[2]
    return last.removeprefix(_TOLD_APART) if last.startswith(_TOLD_APART) else ""


def without_digest(why: str) -> str:
    """Why a run was made, without the digest that the program adds."""
    reason, _, last = why.rpartition(" ")
    return reason if last.startswith(_TOLD_APART) else why


def _ready(leads: str, others: str) -> str:
    """The folder of a run that is whole and waits for the journal, by what the journal will say of it."""
    return f".run={leads}.{others}" if others else f".run={leads}"


__all__ = ["Workspace", "canonical", "digest_of", "file_digest", "others_digest", "others_told", "without_digest"]
