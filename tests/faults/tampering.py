"""In how many ways can someone with the database in hand change the journal, and is each named at its first entry?"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casework.review.database import Database
from casework.review.journal import Head, Journal, link_hash
from casework.review.store import Review
from tests.faults.hand import bare, triggers_off, triggers_on

Row = list[Any]  # seq, at, who, what, why, subject, old, new, previous, hash
_SQLITE = ("DELETE FROM journal WHERE seq = ?", "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
_POSTGRES = tuple(statement.replace("?", "%s") for statement in _SQLITE)


@dataclass(frozen=True)
class Change:
    """Rows to take out, rows to put in, and the entry that must be named."""

    gone: list[int]
    rows: list[Row]
    bad: int


def update(rows: list[Row], chance: random.Random) -> Change:
    """Another word in one entry."""
    row = list(chance.choice(rows))
    row[chance.choice((2, 3, 4, 5, 6, 7))] += "x"
    return Change([row[0]], [row], row[0])


def redate(rows: list[Row], chance: random.Random) -> Change:
    """Another moment."""
    row = list(chance.choice(rows))
    row[1] = "2024-01-01T00:00:00.000000+08:00"
    return Change([row[0]], [row], row[0])


def delete(rows: list[Row], chance: random.Random) -> Change:
    """One entry less, not the last."""
    seq = chance.choice(rows[:-1])[0]
    return Change([seq], [], seq)


def replace(rows: list[Row], chance: random.Random) -> Change:
    """Another entry with a right hash: the next one does not follow it."""
    row = list(chance.choice(rows[:-1]))
    row[4] = "改"
    row[-1] = link_hash(row[:-1])
    return Change([row[0]], [row], row[0] + 1)


def swap(rows: list[Row], chance: random.Random) -> Change:
    """Two entries in each other's place."""
    one, other = sorted(chance.sample(range(len(rows)), 2))
    exchanged = [[rows[one][0], *rows[other][1:]], [rows[other][0], *rows[one][1:]]]
    return Change([rows[one][0], rows[other][0]], exchanged, rows[one][0])


def cut(rows: list[Row], chance: random.Random) -> Change:
    """The tail: whole in itself, found against the head that was kept elsewhere."""
    first = chance.choice(rows)[0]
    return Change([row[0] for row in rows if row[0] >= first], [], first)


def rewrite(rows: list[Row], chance: random.Random) -> Change:
    """Everything from one entry on, with right hashes: whole in itself; the kept head names its own entry."""
    first = chance.randrange(len(rows))
    again: list[Row] = []
    last = rows[first][-2]
    for row in rows[first:]:
        words = [*row[:4], "改", *row[5:-2], last]
        last = link_hash(words)
        again.append([*words, last])
    return Change([row[0] for row in again], again, rows[-1][0])


KINDS: tuple[Callable[[list[Row], random.Random], Change], ...] = (update, delete, replace, swap, redate, cut, rewrite)


def journal_rows(where: Path | str) -> list[Row]:
    """Every entry as it lies there."""
    with bare(where) as connection:
        return [list(row) for row in connection.execute("SELECT * FROM journal ORDER BY seq")]


def named(where: Path | str, change: Change, rows: list[Row], kept: Head) -> int | None:
    """Which entry is named bad after the change; the rows are put back as they were."""
    _put(where, change.gone, change.rows)
    bad = _verified(where, kept)
    _put(where, [*change.gone, *(row[0] for row in change.rows)], [row for row in rows if row[0] in set(change.gone)])
    return bad


def alarmed(where: Path | str, kept: Head) -> bool:
    """Is anything found where nothing was changed?"""
    review = Review(Journal(Database(where)))
    found = _verified(where, kept) is not None or bool(review.problems())
    review.database.close()
    return found


def _verified(where: Path | str, kept: Head) -> int | None:
    database = Database(where)
    verdict = Journal(database).verify(kept=kept)
    database.close()
    return verdict.bad


def _put(where: Path | str, gone: list[int], rows: list[Row]) -> None:
    take_out, put_in = _SQLITE if isinstance(where, Path) else _POSTGRES
    with bare(where) as connection:
        for statement in triggers_off(where):
            connection.execute(statement)
        cursor = connection.cursor()
        cursor.executemany(take_out, [(seq,) for seq in gone])
        cursor.executemany(put_in, rows)
        for statement in triggers_on(where):
            connection.execute(statement)
