"""Who did what, when and why, and has anything of it been changed since?

An append-only table of the workspace's database. Each entry carries the hash of the one before it and is written in
the transaction it records. Triggers refuse every change and every insert that is not the next link, whatever the
connection's settings; who removes the triggers is found by the hashes. A cut tail leaves a shorter whole chain: only a
head kept elsewhere (`head`, printed by `mingcha verify`) shows it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from json.encoder import encode_basestring
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from casework.errors import WrongUsageError
from casework.review.database import Database
from casework.review.schema import JOURNAL
from casework.text import Text

CHINA: Final = ZoneInfo("Asia/Shanghai")
IN_PARTS: Final[Mapping[str, Any]] = {"yield_per": 10_000}  # rows in memory at once, of a table that may be long
_HEAD: Final = sa.select(JOURNAL.c.seq, JOURNAL.c.hash).order_by(JOURNAL.c.seq.desc()).limit(1)
_ALL: Final = sa.select(JOURNAL).order_by(JOURNAL.c.seq)
_APPEND: Final = sa.insert(JOURNAL)
_TYPES: Final = {int, str}  # SQLite keeps whatever it is given; a blob is no word


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
        """The hash these words must carry."""
        return link_hash([getattr(self, name) for name in self.__slots__[:-1]])


def link_hash(words: Sequence[Any]) -> str:
    """SHA-256 of the JSON list of every field of an entry before `hash`: its number, then text."""
    return hashlib.sha256(f"[{words[0]},{','.join(map(encode_basestring, words[1:]))}]".encode()).hexdigest()


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

    def __init__(self, database: Database) -> None:
        """The journal that lies in this database."""
        self.database = database

    # -- writing -----------------------------------------------------------------------------------------------------

    @contextmanager
    def entry(
        self, who: str, what: str, *, why: str = "", subject: str = "", old: str = "", new: str = ""
    ) -> Iterator[sa.Connection]:
        """Record what the body does: yields the connection whose transaction the entry closes; an error undoes both."""
        with self.database.writing() as connection:
            yield connection
            append(connection, who, what, why=why, subject=subject, old=old, new=new)

    # -- reading -----------------------------------------------------------------------------------------------------

    def entries(self) -> list[Entry]:
        """Every entry, the first one first."""
        with self.database.reading() as connection:
            return [Entry(*row) for row in connection.execute(_ALL)]

    def last(self, *, subject: str) -> Entry | None:
        """The newest entry about a subject."""
        query = sa.select(JOURNAL).where(JOURNAL.c.subject == subject).order_by(JOURNAL.c.seq.desc()).limit(1)
        with self.database.reading() as connection:
            row = connection.execute(query).first()
        return Entry(*row) if row is not None else None

    def head(self) -> Head:
        """The last link; number 0 and no hash where the journal is empty."""
        with self.database.reading() as connection:
            return head_of(connection)

    def verify(self, *, kept: Head | None = None) -> Verdict:
        """Compute every hash anew and name the first bad entry; `kept` is a head kept elsewhere."""
        with (
            self.database.reading() as connection,
            connection.execute(_ALL, execution_options=IN_PARTS) as rows,
        ):
            found = chained(rows, kept=kept)
        if not found.whole:
            return found
        if missing := self.database.missing_triggers():
            names = ", ".join(missing)
            return replace(
                found,
                problem=Text(
                    f"只增不改的触发器缺失、停用或被改动:{names}",
                    f"triggers are missing, switched off or changed: {names}",
                ),
            )
        return found

    def count(self, who: str, what: str, *, since: str) -> int:
        """How often someone did this at or after a moment."""
        with self.database.reading() as connection:
            return counted(connection, who, what, since=since)


def now() -> str:
    """This moment as the journal writes it, Asia/Shanghai."""
    return datetime.now(CHINA).isoformat(timespec="microseconds")


def append(
    connection: sa.Connection,
    who: str,
    what: str,
    *,
    why: str = "",
    subject: str = "",
    old: str = "",
    new: str = "",
    at: str = "",
) -> Entry:
    """The next link, written in the connection's transaction; `at` is this moment unless the act it records has one."""
    head = head_of(connection)
    words = (head.seq + 1, at or now(), who, what, why, subject, old, new, head.hash)
    link = Entry(*words, link_hash(words))
    connection.execute(_APPEND, {name: getattr(link, name) for name in Entry.__slots__})
    return link


def chained(rows: Iterable[Sequence[Any]], *, kept: Head | None = None) -> Verdict:
    """Is each of these entries the next link? The first that is not is named; `kept` is a head kept elsewhere."""
    seq, last = 0, ""
    hash_at_kept = ""
    for row in rows:
        *words, said = row
        if words[0] != seq + 1 or words[-1] != last or set(map(type, words)) != _TYPES or link_hash(words) != said:
            return Verdict(seq, Head(seq, last), seq + 1, _problem(words, seq, last))
        seq, last = seq + 1, said
        if kept is not None and kept.seq == seq:
            hash_at_kept = last
    head = Head(seq, last)
    if kept is not None and kept.hash != hash_at_kept:
        return Verdict(seq, head, min(kept.seq, seq + 1), _not_kept(kept, head))
    return Verdict(seq, head)


def counted(connection: sa.Connection, who: str, what: str, *, since: str) -> int:
    """How often someone did this at or after a moment, as the connection's transaction sees it."""
    query = (
        sa.select(sa.func.count())
        .select_from(JOURNAL)
        .where(JOURNAL.c.who == who, JOURNAL.c.what == what, JOURNAL.c.at >= since)
    )
    return connection.execute(query).scalar_one()


def head_of(connection: sa.Connection) -> Head:
    """The last link as the connection's transaction sees it."""
    row = connection.execute(_HEAD).first()
    return Head(*row) if row is not None else Head(0, "")


def _problem(words: Sequence[Any], seq: int, last: str) -> Text:
    """What is wrong with an entry that follows the link of this number and hash."""
    if words[0] != seq + 1:
        return Text(f"第 {seq + 1} 条缺失", f"entry {seq + 1} is missing")
    if words[-1] != last:
        return Text(f"第 {seq + 1} 条不接上一条", f"entry {seq + 1} does not follow the one before it")
    return Text(f"第 {seq + 1} 条内容被改动", f"entry {seq + 1} has been changed")


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


__all__ = [
    "CHINA",
    "IN_PARTS",
    "Entry",
    "Head",
    "Journal",
    "Verdict",
    "append",
    "chained",
    "counted",
    "head_of",
    "link_hash",
    "now",
]
