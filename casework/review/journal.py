"""Who did what, when and why, and has anything of it been changed since?

An append-only table of the workspace's database. Each entry carries the hash of the one before it and is written in
the transaction it records. Triggers refuse every change and every insert that is not the next link, whatever the
connection's settings; who removes the triggers is found by the hashes. A cut tail leaves a shorter whole chain: only a
head kept elsewhere (`head`, printed by `mingcha verify`) shows it.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from json.encoder import encode_basestring
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from casework.errors import WrongUsageError
from casework.review.database import Database
from casework.review.schema import JOURNAL
from casework.text import Text

CHINA: Final = ZoneInfo("Asia/Shanghai")
PAGE: Final = 50
IN_PARTS: Final[Mapping[str, Any]] = {"yield_per": 10_000}  # rows in memory at once, of a table that may be long
AT_ONCE: Final = 10_000  # entries verified in one reading: who writes meanwhile waits for no more than these
_HEAD: Final = sa.select(JOURNAL.c.seq, JOURNAL.c.hash).order_by(JOURNAL.c.seq.desc()).limit(1)
_ALL: Final = sa.select(JOURNAL).order_by(JOURNAL.c.seq)
_APPEND: Final = sa.insert(JOURNAL)


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


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries: by whom, of which kind, on which days (both included), about what its subject begins with."""

    who: str = ""
    what: str = ""
    since: date | None = None
    until: date | None = None
    subject: str = ""

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """The same for the database; `at` sorts as text because every moment has the same offset."""
        column, found = JOURNAL.c, []
        if self.who:
            found.append(column.who == self.who)
        if self.what:
            found.append(column.what == self.what)
        if self.since is not None:
            found.append(column.at >= self.since.isoformat())
        if self.until is not None:
            found.append(column.at < (self.until + timedelta(days=1)).isoformat())
        if self.subject:
            found.append(column.subject.startswith(self.subject, autoescape=True))
        return found


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the entries asked for, the newest first; a number beyond the last page is the last."""

    entries: list[Entry]
    total: int
    number: int
    pages: int


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

    def page(self, asked: Asked, number: int, *, size: int = PAGE) -> Page:
        """One page of them: the database counts and cuts, so that a long journal is as quick as a short one."""
        conditions = asked.conditions()
        with self.database.reading() as connection:
            counting = sa.select(sa.func.count()).select_from(JOURNAL).where(*conditions)
            total = connection.execute(counting).scalar_one()
            pages = max(1, -(-total // size))
            number = min(max(number, 1), pages)
            rows = sa.select(JOURNAL).where(*conditions).order_by(JOURNAL.c.seq.desc())
            cut = connection.execute(rows.limit(size).offset((number - 1) * size))
            return Page([Entry(*row) for row in cut], total, number, pages)

    def words(self, *, after: int = 0) -> tuple[set[str], set[str]]:
        """Every `who` and every `what` of the entries after a number."""
        query = sa.select(JOURNAL.c.who, JOURNAL.c.what).where(JOURNAL.c.seq > after).distinct()
        with self.database.reading() as connection:
            pairs = connection.execute(query).all()
        return {who for who, _ in pairs}, {what for _, what in pairs}

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

    def verify(self, *, kept: Head | None = None, told: Callable[[int], None] = lambda _entries: None) -> Verdict:
        """Compute every hash anew and name the first bad entry.

        `kept` is a head kept elsewhere; `told` hears now and then how many entries were read so far.
        """
        found = chained(self._in_turn(told), kept=kept)
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

    def _in_turn(self, told: Callable[[int], None]) -> Iterator[Sequence[Any]]:
        """All entries, some at a time, each time in a reading of its own; what was read can no longer change."""
        query = further = _ALL.limit(AT_ONCE)
        while True:
            with self.database.reading() as connection:
                found = connection.execute(further)
                # the driver's own tuples: a million named rows take a second more than the hashes do
                rows = found.cursor.fetchall() if found.cursor is not None else []
            if not rows:
                return
            yield from rows
            told(rows[-1][0])
            further = query.where(JOURNAL.c.seq > rows[-1][0])

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
        words = row[:-1]
        if words[0] != seq + 1 or words[-1] != last or not _agrees(words, row[-1]):
            return Verdict(seq, Head(seq, last), seq + 1, _problem(words, seq, last))
        seq, last = seq + 1, row[-1]
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


def _agrees(words: Sequence[Any], said: str) -> bool:
    """Is this the hash of these words? SQLite keeps whatever it is given: a blob is no word."""
    try:
        return link_hash(words) == said
    except TypeError:
        return False


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
    "PAGE",
    "Asked",
    "Entry",
    "Head",
    "Journal",
    "Page",
    "Verdict",
    "append",
    "chained",
    "counted",
    "head_of",
    "link_hash",
    "now",
]
