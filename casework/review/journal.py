"""Who did what, when and why, and has anything of it been changed since?

An append-only table in the workspace's SQLite file. Each entry carries the hash of the one before it and is written in
the transaction it records. Triggers refuse every change and every insert that is not the next link, whatever the
connection's settings; who removes the triggers is found by the hashes. A cut tail leaves a shorter whole chain: only a
head kept elsewhere (`head`, printed by `mingcha verify`) shows it.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NoReturn
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from casework.errors import JournalError, WrongUsageError
from casework.text import Text

CHINA: Final = ZoneInfo("Asia/Shanghai")
WAL_SAFE_FROM: Final = (3, 51, 3)  # before it two connections that checkpoint at once can corrupt the file
BUSY_SECONDS: Final = 30

_metadata = sa.MetaData()
JOURNAL: Final = sa.Table(
    "journal",
    _metadata,
    sa.Column("seq", sa.Integer, primary_key=True),  # no other unique key: REPLACE must find nothing to replace
    *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "who", "what", "why", "subject", "old", "new")),
    sa.Column("previous", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
)
TRIGGERS: Final = {
    "journal_keeps_entries": """
        CREATE TRIGGER journal_keeps_entries BEFORE DELETE ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END""",
    "journal_keeps_words": """
        CREATE TRIGGER journal_keeps_words BEFORE UPDATE ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END""",
    "journal_only_appends": """
        CREATE TRIGGER journal_only_appends BEFORE INSERT ON journal
        WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM journal)
          OR NEW.previous IS NOT COALESCE((SELECT hash FROM journal ORDER BY seq DESC LIMIT 1), '')
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END""",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal; `old` and `new` are words or digests, never personal data."""

    seq: int
    at: str  # ISO moment with its offset, Asia/Shanghai
    who: str
    what: str
    why: str
    subject: str
    old: str
    new: str
    previous: str
    hash: str

    @property
    def computed(self) -> str:
        """The hash these words must carry: SHA-256 of the JSON list of every field before `hash`."""
        words = json.dumps(astuple(self)[:-1], ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(words.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Head:
    """The last link: kept elsewhere, it proves later that nothing up to it was cut or rewritten."""

    seq: int
    hash: str

    def __str__(self) -> str:
        """As printed and as read back by `Head.read`."""
        return f"{self.seq}:{self.hash}"

    @classmethod
    def read(cls, words: str) -> "Head":
        """Take a printed head; anything else is a WrongUsageError."""
        seq, _, digest = words.strip().partition(":")
        if not (seq.isascii() and seq.isdigit()):
            raise WrongUsageError(
                Text(f"“{words}” 不是链首;应为 序号:哈希", f"“{words}” is no head; expected number:hash")
            )
        return cls(int(seq), digest)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Is the chain whole? `bad` is the number of the first entry that is not what it was, `problem` says why."""

    entries: int  # whole ones, from the first
    head: Head
    bad: int | None = None
    problem: Text | None = None

    @property
    def whole(self) -> bool:
        """Has nothing been found?"""
        return self.problem is None


class Journal:
    """The journal of one workspace."""

    def __init__(self, path: Path) -> None:
        """Open the file, making it and its triggers where the table is missing."""
        self.path = path
        self._engine = sa.create_engine(
            f"sqlite:///{path}", poolclass=NullPool, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False}
        )
        sa.event.listen(self._engine, "connect", _prepare)
        sa.event.listen(self._engine, "begin", _begin)
        with self._reading() as connection:
            there = sa.inspect(connection).has_table(JOURNAL.name)
        if not there:
            self._create()

    def _create(self) -> None:
        with self._writing() as connection:
            if not sa.inspect(connection).has_table(JOURNAL.name):  # another process may have been faster
                _metadata.create_all(connection)
                for trigger in TRIGGERS.values():
                    connection.exec_driver_sql(trigger)

    # -- writing -----------------------------------------------------------------------------------------------------

    @contextmanager
    def entry(
        self, who: str, what: str, *, why: str = "", subject: str = "", old: str = "", new: str = ""
    ) -> Iterator[sa.Connection]:
        """Record what the body does: yields the connection whose transaction the entry closes; an error undoes both."""
        with self._writing() as connection:
            yield connection
            head = _head(connection)
            at = datetime.now(CHINA).isoformat(timespec="microseconds")
            draft = Entry(head.seq + 1, at, who, what, why, subject, old, new, head.hash, "")
            connection.execute(
                sa.insert(JOURNAL).values(
                    **{name: getattr(draft, name) for name in Entry.__slots__} | {"hash": draft.computed}
                )
            )

    # -- reading -----------------------------------------------------------------------------------------------------

    def entries(self) -> list[Entry]:
        """Every entry, the first one first."""
        with self._reading() as connection:
            return [Entry(*row) for row in connection.execute(sa.select(JOURNAL).order_by(JOURNAL.c.seq))]

    def last(self, *, subject: str) -> Entry | None:
        """The newest entry about a subject."""
        query = sa.select(JOURNAL).where(JOURNAL.c.subject == subject).order_by(JOURNAL.c.seq.desc()).limit(1)
        with self._reading() as connection:
            row = connection.execute(query).first()
        return Entry(*row) if row is not None else None

    def head(self) -> Head:
        """The last link; number 0 and no hash where the journal is empty."""
        with self._reading() as connection:
            return _head(connection)

    def verify(self, *, kept: Head | None = None) -> Verdict:
        """Compute every hash anew and name the first bad entry; `kept` is a head kept elsewhere."""
        with self._reading() as connection:
            head = Head(0, "")
            hash_at_kept = head.hash
            for row in connection.execute(sa.select(JOURNAL).order_by(JOURNAL.c.seq)):
                entry = Entry(*row)
                if problem := _problem(entry, head):
                    return Verdict(head.seq, head, head.seq + 1, problem)
                head = Head(entry.seq, entry.hash)
                if kept is not None and kept.seq == head.seq:
                    hash_at_kept = head.hash
            if missing := sorted(set(TRIGGERS) - _triggers(connection)):
                names = ", ".join(missing)
                return Verdict(
                    head.seq, head, None, Text(f"缺少只增不改的触发器:{names}", f"triggers are missing: {names}")
                )
        if kept is not None and kept.hash != hash_at_kept:
            return Verdict(head.seq, head, min(kept.seq, head.seq + 1), _not_kept(kept, head))
        return Verdict(head.seq, head)

    # -- connections -------------------------------------------------------------------------------------------------

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with self._clear(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with self._clear(), self._engine.connect() as connection:
            connection.execution_options(begin="BEGIN IMMEDIATE")  # a lock taken late is refused, not waited for
            with connection.begin():
                yield connection

    @contextmanager
    def _clear(self) -> Iterator[None]:
        try:
            yield
        except sa.exc.DBAPIError as error:
            _refuse(self.path, error)


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    """Set what every connection needs before its first statement."""
    connection.isolation_level = None  # this module begins its transactions itself
    mode = "wal" if sqlite3.sqlite_version_info >= WAL_SAFE_FROM else "truncate"
    connection.execute(f"PRAGMA journal_mode={mode}").close()
    connection.execute("PRAGMA synchronous=FULL").close()


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _head(connection: sa.Connection) -> Head:
    row = connection.execute(sa.select(JOURNAL.c.seq, JOURNAL.c.hash).order_by(JOURNAL.c.seq.desc()).limit(1)).first()
    return Head(*row) if row is not None else Head(0, "")


def _triggers(connection: sa.Connection) -> set[str]:
    rows: Any = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return {name for (name,) in rows}


def _problem(entry: Entry, before: Head) -> Text | None:
    """What is wrong with an entry that follows `before`, if anything is."""
    if entry.seq != before.seq + 1:
        return Text(f"第 {before.seq + 1} 条缺失", f"entry {before.seq + 1} is missing")
    if entry.previous != before.hash:
        return Text(f"第 {entry.seq} 条不接上一条", f"entry {entry.seq} does not follow the one before it")
    if not all(isinstance(word, str) for word in astuple(entry)[1:]) or entry.computed != entry.hash:
        return Text(f"第 {entry.seq} 条内容被改动", f"entry {entry.seq} has been changed")
    return None


def _not_kept(kept: Head, head: Head) -> Text:
    if kept.seq > head.seq:
        return Text(
            f"日志只到第 {head.seq} 条,存留的链首为第 {kept.seq} 条:末尾被截去",
            f"the journal ends at entry {head.seq}, the kept head is entry {kept.seq}: its tail was cut",
        )
    return Text(
        f"第 {kept.seq} 条与存留的链首不符:日志被重写",
        f"entry {kept.seq} is not the kept head: the journal was rewritten",
    )


def _refuse(path: Path, error: sa.exc.DBAPIError) -> NoReturn:
    """Say in one line why the database did not take or give what was asked."""
    raise JournalError(
        Text(f"日志 {path.name} 无法读写:{error.orig}", f"the journal {path.name}: {error.orig}")
    ) from error


__all__ = ["Entry", "Head", "Journal", "Verdict"]
