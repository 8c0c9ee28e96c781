"""What do several processes that decide on the same leads at once see acknowledged, and is all of it there?

Each writer notes what it is about to do and what was acknowledged in a file of its own, so that whoever kills it knows.
They act under one name, as someone does who has the lead open twice: whoever comes second holds an old version.
"""

import multiprocessing
import os
import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Literal
from unittest.mock import patch
from uuid import uuid4

from casework.errors import JournalError
from casework.review import database
from casework.review.database import Database
from casework.review.journal import Journal
from casework.review.standing import HandledError
from casework.review.store import Review

WHO = "示例员"
LONGEST = 900  # seconds: nobody may be left who could tell a writer to stop
CASE = {"lead": {"scheme": "deceased_paid", "content_digest": "d1", "conduct": False}}
CONTENT: dict[str, dict[str, Any]] = {
    "visit": {**CASE, "on": "2024-12-30", "text": "家中无人"},
    "decide": {**CASE, "outcome": "unfounded", "reason": "innocent", "text": "补发以前月份"},
}
WORDS = 5  # of a line
Word = Literal["try", "ack", "handled", "locked"]


@dataclass(frozen=True)
class Load:
    """Who writes where, how fast, on how many leads."""

    where: Path | str
    notes: Path  # a folder
    writers: int = 8
    leads: int = 20
    pause: float = 0.0  # seconds between two acts, on average
    stdlib: bool = False  # the SQLite of this Python, not the wheel's


@dataclass(frozen=True)
class Note:
    """One line of a writer's notes."""

    writer: int
    word: Word
    key: str
    lead: str
    kind: str
    seconds: float


@contextmanager
def driver(*, stdlib: bool) -> Iterator[None]:
    """Use the SQLite of this Python instead of the wheel's."""
    with patch.object(database, "DRIVER", sqlite3 if stdlib else database.DRIVER):
        yield


def by_chance(seed: object) -> random.Random:
    """Picks, the same ones for the same seed."""
    return random.Random(str(seed))  # noqa: S311 - picks of a test, no secret


def opened(where: Path | str) -> Review:
    """The review of a database."""
    return Review(Journal(Database(where)))


def decide(load: Load, number: int) -> None:
    """Act on leads picked by chance until told to stop, noting each."""
    with driver(stdlib=load.stdlib), (load.notes / f"{number}.{os.getpid()}").open("a", buffering=1) as notes:
        review, chance = opened(load.where), by_chance(number)
        (load.notes / f"ready.{number}").touch()
        while not (load.notes / "go").exists() and load.notes.exists():
            time.sleep(0.005)
        until_then = time.monotonic() + LONGEST
        while not (load.notes / "stop").exists() and time.monotonic() < until_then:
            if load.pause:
                time.sleep(chance.uniform(0, 2 * load.pause))
            lead, kind = f"L{chance.randrange(load.leads)}", chance.choice(sorted(CONTENT))
            version = review.standing(lead).version
            key = str(uuid4())
            notes.write(f"try {key} {lead} {kind} 0\n")
            begun = time.perf_counter()
            word = _tried(review, kind, lead, key, version)
            notes.write(f"{word} {key} {lead} {kind} {time.perf_counter() - begun}\n")


def _tried(review: Review, kind: str, lead: str, key: str, version: int) -> Word:
    try:
        review.act(WHO, kind, lead, CONTENT[kind], key=key, expected=version)
    except HandledError:
        return "handled"
    except JournalError as error:
        if "locked" in str(error):
            return "locked"
        raise
    return "ack"


@contextmanager
def writing(load: Load) -> Iterator[list[BaseProcess]]:
    """Writers at work in the block, all begun at once; told to stop at its end unless they were killed."""
    load.notes.mkdir(exist_ok=True)
    for left in ("go", "stop", *(f"ready.{number}" for number in range(load.writers))):
        (load.notes / left).unlink(missing_ok=True)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.writers"])
    running = [context.Process(target=decide, args=(load, number)) for number in range(load.writers)]
    for process in running:
        process.start()
    try:
        while not all((load.notes / f"ready.{number}").exists() for number in range(load.writers)):
            if died := [process.exitcode for process in running if process.exitcode is not None]:
                raise ChildProcessError(f"a writer ended before it began: {died}")
            time.sleep(0.01)
        (load.notes / "go").touch()
        yield running
    finally:
        (load.notes / "go").touch()
        (load.notes / "stop").touch()
        for process in running:
            process.join()


def until(load: Load, acknowledged: int, *, longest: float = 60) -> None:
    """Wait until the writers have noted so many, however busy the machine is."""
    end = time.monotonic() + longest
    while sum(note.word == "ack" for note in noted(load.notes)) < acknowledged and time.monotonic() < end:
        time.sleep(0.05)


def kill(running: list[BaseProcess]) -> None:
    """End every writer at once, wherever it is."""
    for process in running:
        if process.pid is not None:
            os.kill(process.pid, signal.SIGKILL)
    for process in running:
        process.join()


def noted(notes: Path) -> list[Note]:
    """Everything the writers noted; the last line of a killed one may be half."""
    found = []
    for file in sorted(notes.glob("*.*")):
        for line in file.read_text().splitlines():
            if len(words := line.split()) == WORDS:
                word, key, lead, kind, seconds = words
                found.append(Note(int(file.name.split(".")[0]), word, key, lead, kind, float(seconds)))  # type: ignore[arg-type]
    return found


@dataclass(frozen=True)
class Account:
    """What became of everything that was acknowledged."""

    acknowledged: int
    lost: int  # acknowledged, not there
    doubled: int  # there more than once
    unasked: int  # there, asked for by nobody
    wrong_versions: int  # leads whose version is not the number of their acts
    problems: tuple[str, ...]  # chain, replay, integrity

    @property
    def whole(self) -> bool:
        """Is nothing wrong?"""
        return not (self.lost or self.doubled or self.unasked or self.wrong_versions or self.problems)


def account(where: Path | str, notes: list[Note]) -> Account:
    """Compare the notes with what is there."""
    review = opened(where)
    with review.database.reading() as connection:
        there = Counter(key for (key,) in connection.exec_driver_sql("SELECT key FROM act"))
        subjects = Counter(lead for (lead,) in connection.exec_driver_sql("SELECT subject FROM act"))
    acknowledged = {note.key for note in notes if note.word == "ack"}
    asked = {note.key for note in notes if note.word == "try"}
    verdict = review.journal.verify()
    problems = [
        *([] if verdict.problem is None else [verdict.problem.en]),
        *(problem.en for problem in review.problems()),
        *review.database.sound(),
    ]
    versions = {lead: standing.version for lead, standing in review.standings().items()}
    review.database.close()
    return Account(
        acknowledged=len(acknowledged),
        lost=len(acknowledged - there.keys()),
        doubled=sum(number > 1 for number in there.values()),
        unasked=len(there.keys() - asked),
        wrong_versions=sum(versions.get(lead) != subjects.get(lead) for lead in versions.keys() | subjects.keys()),
        problems=tuple(problems),
    )


def ask_again(where: Path | str, notes: list[Note]) -> int:
    """Ask under the same key for what each killed writer did last, acknowledged or not; how many had been done."""
    last = {note.writer: note for note in notes}
    review = opened(where)
    before = review.last_seq()
    for note in last.values():
        review.act(WHO, note.kind, note.lead, CONTENT[note.kind], key=note.key)
    done = len(last) - (review.last_seq() - before)
    review.database.close()
    return done


def decide_on(load: Load, commits: int) -> None:
    """A number of acts of one writer, for whoever counts what they cost."""
    with driver(stdlib=load.stdlib):
        review = opened(load.where)
        for number in range(commits):
            review.act(WHO, "visit", f"L{number % load.leads}", CONTENT["visit"], key=f"counted {number}")
        review.database.close()
