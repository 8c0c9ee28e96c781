"""Is nothing lost, done twice or hidden, whoever writes at once, is killed, or has the database in hand?

A small version of `python -m benchmarks.faults`.
"""

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from casework.review.database import Database
from casework.review.journal import Head, Journal
from tests.databases import Where
from tests.faults import tampering
from tests.faults.writers import (
    Load,
    account,
    ask_again,
    by_chance,
    decide_on,
    driver,
    kill,
    noted,
    opened,
    until,
    writing,
)


@pytest.mark.parametrize(
    ("where", "stdlib"), [("sqlite", False), ("sqlite", True), ("postgresql", False)], indirect=["where"]
)
def test_writers_at_once_lose_nothing_and_are_told_of_one_another(where: Where, tmp_path: Path, stdlib: bool) -> None:
    load = Load(where, tmp_path / "notes", writers=4, leads=3, stdlib=stdlib)
    with driver(stdlib=stdlib):
        opened(where)
        with writing(load):
            until(load, 60)
        notes = noted(load.notes)
        found = account(where, notes)
    said = [note.word for note in notes]
    assert found.whole, found
    assert said.count("locked") == 0
    assert said.count("handled") > 0
    assert found.acknowledged >= 60


def test_killed_writers_lose_nothing_they_were_told_was_done(where: Where, tmp_path: Path) -> None:
    load = Load(where, tmp_path / "notes", writers=4, leads=3)
    opened(where).database.close()
    chance = by_chance(1)
    for number in range(3):
        with writing(load) as running:
            until(load, 20 * (number + 1))
            time.sleep(chance.uniform(0, 0.2))
            kill(running)
        found = account(where, noted(load.notes))
        assert found.whole, found
        ask_again(where, noted(load.notes))
        assert account(where, noted(load.notes)).whole
    assert found.acknowledged >= 60


@pytest.fixture
def journal(where: Where, tmp_path: Path) -> Where:
    """Thirty acts on five leads."""
    decide_on(Load(where, tmp_path, leads=5), 30)
    return where


@pytest.mark.parametrize("kind", tampering.KINDS)
def test_every_kind_of_tampering_is_named_at_its_first_bad_entry(
    journal: Where, kind: Callable[[list[tampering.Row], random.Random], tampering.Change]
) -> None:
    rows = tampering.journal_rows(journal)
    kept = Head(rows[-1][0], rows[-1][-1])
    chance = by_chance(kind.__name__)
    for _ in range(5):
        change = kind(rows, chance)
        assert tampering.named(journal, change, rows, kept) == change.bad
        assert not tampering.alarmed(journal, kept)


def test_a_second_party_that_keeps_no_head_sees_neither_a_cut_nor_a_rewrite(journal: Where) -> None:
    """Why the head is printed and kept elsewhere."""
    rows = tampering.journal_rows(journal)
    for kind in (tampering.cut, tampering.rewrite):
        change = kind(rows, by_chance(1))
        tampering._put(journal, change.gone, change.rows)
        assert Journal(Database(journal)).verify().whole
        tampering._put(journal, [row[0] for row in change.rows], [row for row in rows if row[0] in set(change.gone)])
