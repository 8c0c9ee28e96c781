"""Does the journal only grow, and is every tampering found?"""

from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import pytest

from casework.errors import JournalError, WrongUsageError
from casework.review.database import DRIVER, WAL_SAFE_FROM, Database
from casework.review.journal import Asked, Entry, Head, Journal
from casework.review.journal import append as append_one
from tests.databases import KINDS, Where
from tests.faults.hand import REFUSED, attack, bare

REST = "what, why, subject, old, new, previous, hash FROM journal"


def opened(where: Where) -> Journal:
    return Journal(Database(where))


def journal_of(database: Database, entries: int = 4) -> Journal:
    journal = Journal(database)
    for number in range(1, entries + 1):
        with journal.entry("示例员", "detect", why=f"第 {number} 次", subject="leads", old="", new=f"{number:064x}"):
            pass
    return journal


def test_an_entry_says_who_when_what_and_why_and_follows_the_one_before(database: Database) -> None:
    first, second = journal_of(database, 2).entries()
    assert (first.seq, first.who, first.what, first.why, first.subject) == (1, "示例员", "detect", "第 1 次", "leads")
    assert first.at.endswith("+08:00")
    assert first.previous == ""
    assert second.previous == first.hash == first.computed


def test_the_hash_is_the_sha256_of_the_canonical_json() -> None:
    entry = Entry(1, "2024-12-31T09:00:00.000000+08:00", "示例员", "import", "", "snapshot", "", "ab", "", "")
    # printf '[1,"2024-12-31T09:00:00.000000+08:00","示例员","import","","snapshot","","ab",""]' | sha256sum
    assert entry.computed == "8363712d716f85101a5d0143cdec192bdf8c05ffa4c2130d9673d3b342b6e09e"


def test_what_an_entry_records_is_written_with_it_or_not_at_all(database: Database) -> None:
    journal = journal_of(database, 1)
    with journal.entry("示例员", "judge") as connection:
        connection.exec_driver_sql("CREATE TABLE judgement (lead_id TEXT)")
    with pytest.raises(ZeroDivisionError), journal.entry("示例员", "judge") as connection:  # noqa: PT012 # the body is the case
        connection.exec_driver_sql("INSERT INTO judgement VALUES ('L1')")
        raise ZeroDivisionError
    with bare(database.where) as connection:
        assert connection.execute("SELECT COUNT(*) FROM judgement").fetchone() == (0,)
    assert len(journal.entries()) == 2


def test_the_newest_entry_about_a_subject_is_found(database: Database) -> None:
    journal = journal_of(database)
    with journal.entry("示例员", "import", subject="snapshot", new="s"):
        pass
    last = journal.last(subject="leads")
    assert last is not None
    assert last.seq == 4
    assert journal.last(subject="elsewhere") is None


ON_EITHER = (
    "UPDATE journal SET who = 'x' WHERE seq = 2",
    "DELETE FROM journal WHERE seq = 4",
    "DELETE FROM journal",
    "INSERT INTO journal SELECT 2, at, 'x', … WHERE seq = 2 ON CONFLICT (seq) DO UPDATE SET who = 'x'",
    "INSERT INTO journal SELECT 5, at, who, … WHERE seq = 4",
    "INSERT INTO journal SELECT NULL, at, who, what, why, subject, old, new, hash, hash FROM journal WHERE seq = 4",
)
ON_SQLITE = (
    "UPDATE OR REPLACE journal SET seq = 1 WHERE seq = 2",
    "INSERT OR REPLACE INTO journal SELECT 2, at, 'x', … WHERE seq = 2",
    "REPLACE INTO journal SELECT 4, at, 'x', … WHERE seq = 4",
    "INSERT OR IGNORE INTO journal SELECT 9, at, who, … WHERE seq = 4",
)
ON_POSTGRES = (
    "TRUNCATE journal",
    "UPDATE journal SET who = who WHERE FALSE",
    "INSERT INTO journal SELECT 9, at, who, … WHERE seq = 4 ON CONFLICT DO NOTHING",
    "MERGE INTO journal j USING (SELECT 2 AS seq) n ON j.seq = n.seq WHEN MATCHED THEN UPDATE SET who = 'x'",
    "WITH gone AS (DELETE FROM journal RETURNING seq) SELECT COUNT(*) FROM gone",
)


@pytest.mark.parametrize(
    ("where", "statement"),
    [
        *((kind, statement) for kind in KINDS for statement in ON_EITHER),
        *(("sqlite", statement) for statement in ON_SQLITE),
        *(("postgresql", statement) for statement in ON_POSTGRES),
    ],
    indirect=["where"],
)
def test_no_connection_can_change_remove_or_replace_an_entry(database: Database, statement: str) -> None:
    journal = journal_of(database)
    before = journal.entries()
    with pytest.raises(REFUSED, match="the journal only grows"), bare(database.where) as connection:
        connection.execute(statement.replace("…", REST))
    assert journal.entries() == before


def test_a_whole_chain_verifies_and_tells_its_head(database: Database) -> None:
    journal = journal_of(database)
    verdict = journal.verify()
    assert verdict.whole
    assert (verdict.entries, verdict.head) == (4, journal.head())
    assert Head.read(str(verdict.head)) == verdict.head


def test_an_empty_journal_is_whole(database: Database) -> None:
    verdict = journal_of(database, 0).verify()
    assert verdict.whole
    assert str(verdict.head) == "0:"


BAD_ON_EITHER = (
    (["UPDATE journal SET why = '改' WHERE seq = 3"], 3),
    (["UPDATE journal SET at = '2031-01-01' WHERE seq = 2"], 2),
    (["DELETE FROM journal WHERE seq = 2"], 2),
    (["DELETE FROM journal WHERE seq = 1"], 1),
    (
        [
            "UPDATE journal SET seq = -2 WHERE seq = 2",
            "UPDATE journal SET seq = 2 WHERE seq = 3",
            "UPDATE journal SET seq = 3 WHERE seq = -2",
        ],
        2,
    ),
    (["UPDATE journal SET hash = 'x', why = '改' WHERE seq = 1"], 1),
    (["INSERT INTO journal SELECT 0, at, who, … WHERE seq = 1"], 1),
)  # fmt: skip
BAD_ON_SQLITE = (
    (["UPDATE journal SET new = x'00' WHERE seq = 2"], 2),
    (["REPLACE INTO journal SELECT 3, at, 'x', … WHERE seq = 3"], 3),
)


@pytest.mark.parametrize(
    ("where", "statements", "bad"),
    [
        *((kind, *case) for kind in KINDS for case in BAD_ON_EITHER),
        *(("sqlite", *case) for case in BAD_ON_SQLITE),
    ],
    indirect=["where"],
)
def test_tampering_without_triggers_is_found_at_the_first_bad_entry(
    database: Database, statements: list[str], bad: int
) -> None:
    journal = journal_of(database)
    attack(database.where, *(statement.replace("…", REST) for statement in statements))
    verdict = journal.verify()
    assert (verdict.whole, verdict.bad, verdict.entries) == (False, bad, bad - 1)


@pytest.mark.parametrize("statement", ["DELETE FROM journal WHERE seq = 4", "DELETE FROM journal WHERE seq > 1"])
def test_a_cut_tail_shows_only_against_a_head_kept_elsewhere(database: Database, statement: str) -> None:
    journal = journal_of(database)
    kept = journal.head()
    attack(database.where, statement)
    assert journal.verify().whole
    verdict = journal.verify(kept=kept)
    assert (verdict.whole, verdict.bad) == (False, verdict.entries + 1)


def test_an_emptied_journal_shows_only_against_a_head_kept_elsewhere(database: Database) -> None:
    journal = journal_of(database)
    kept = journal.head()
    attack(database.where, "DELETE FROM journal" if database.dialect == "sqlite" else "TRUNCATE journal")
    assert journal.verify().whole
    assert journal.verify(kept=kept).bad == 1


def test_a_rewritten_chain_shows_only_against_a_head_kept_elsewhere(database: Database, tmp_path: Path) -> None:
    kept = journal_of(Database(tmp_path / "first.sqlite"), 2).head()
    rewritten = journal_of(database, 4)
    assert rewritten.verify().whole
    assert rewritten.verify(kept=kept).bad == 2


def test_a_journal_that_went_on_still_agrees_with_an_older_head(database: Database) -> None:
    journal = journal_of(database, 2)
    kept = journal.head()
    journal_of(database, 2)
    assert journal.verify(kept=kept).whole


@pytest.mark.parametrize(
    ("where", "statements"),
    [
        ("sqlite", ["DROP TRIGGER journal_keeps_words"]),
        (
            "sqlite",
            [
                "DROP TRIGGER journal_keeps_words",
                "CREATE TRIGGER journal_keeps_words BEFORE UPDATE ON journal WHEN FALSE BEGIN SELECT 1; END",
            ],
        ),
        ("postgresql", ["DROP TRIGGER journal_keeps_words ON journal"]),
        ("postgresql", ["ALTER TABLE journal DISABLE TRIGGER journal_keeps_words"]),
        ("postgresql", ["ALTER TABLE journal ENABLE REPLICA TRIGGER journal_keeps_words"]),
        (
            "postgresql",
            [
                "DROP TRIGGER journal_keeps_words ON journal",
                "CREATE TRIGGER journal_keeps_words AFTER UPDATE ON saved_view EXECUTE FUNCTION review_refuses()",
            ],
        ),
        (
            "postgresql",
            ["CREATE OR REPLACE FUNCTION review_refuses() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"],
        ),
    ],
    indirect=["where"],
)
def test_missing_switched_off_and_changed_triggers_are_named(database: Database, statements: list[str]) -> None:
    journal = journal_of(database)
    with bare(database.where) as connection:
        for statement in statements:
            connection.execute(statement)
    verdict = journal.verify()
    assert verdict.problem is not None
    assert "journal_keeps_words" in verdict.problem.en
    assert verdict.entries == 4


def test_every_commit_is_forced_to_the_disk_and_wal_waits_for_a_sound_sqlite(tmp_path: Path) -> None:
    with opened(tmp_path / "mingcha.sqlite").entry("示例员", "look") as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        sound = DRIVER.sqlite_version_info >= WAL_SAFE_FROM
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == ("wal" if sound else "truncate")


def test_a_file_that_is_no_database_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "mingcha.sqlite").write_text("示例" * 1000, encoding="utf-8")
    with pytest.raises(JournalError, match=r"mingcha\.sqlite"):
        opened(tmp_path / "mingcha.sqlite")


def test_words_that_are_no_head_are_refused() -> None:
    with pytest.raises(WrongUsageError, match="number:hash"):
        Head.read("latest")


def append(where: Where, writer: int) -> None:
    journal = opened(where)
    for number in range(5):
        with journal.entry(f"writer {writer}", "detect", why=str(number)):
            pass


def test_eight_processes_that_append_at_once_leave_one_whole_chain(where: Where) -> None:
    with ProcessPoolExecutor(8, mp_context=get_context("spawn")) as pool:
        list(pool.map(append, [where] * 8, range(8)))
    journal = opened(where)
    assert journal.verify().whole
    assert sorted((entry.who, entry.why) for entry in journal.entries()) == [
        (f"writer {writer}", str(number)) for writer in range(8) for number in range(5)
    ]


# -- pages -----------------------------------------------------------------------------------------------------------


def days_of(database: Database) -> Journal:
    """Seven entries on three days, by two people, about two leads."""
    journal = Journal(database)
    said = [
        ("01T09:00:00.000001", "甲", "take", "L10"),
        ("01T23:59:59.999999", "甲", "decide", "L10"),
        ("02T00:00:00.000000", "乙", "take", "L11"),
        ("02T10:00:00.000000", "乙", "look", "L10"),
        ("03T00:00:00.000000", "甲", "look", "L11"),
        ("03T08:00:00.000000", "甲", "enter", "door"),
        ("03T09:00:00.000000", "甲", "look", "L_0"),
    ]
    with journal.database.writing() as connection:
        for at, who, what, subject in said:
            append_one(connection, who, what, subject=subject, at=f"2026-03-{at}+08:00")
    return journal


@pytest.mark.parametrize(
    ("asked", "seqs"),
    [
        (Asked(), [7, 6, 5, 4, 3, 2, 1]),
        (Asked(who="乙"), [4, 3]),
        (Asked(what="look"), [7, 5, 4]),
        (Asked(since=date(2026, 3, 2)), [7, 6, 5, 4, 3]),
        (Asked(until=date(2026, 3, 1)), [2, 1]),
        (Asked(since=date(2026, 3, 2), until=date(2026, 3, 2)), [4, 3]),
        (Asked(subject="L1"), [5, 4, 3, 2, 1]),
        (Asked(subject="L10"), [4, 2, 1]),
        (Asked(subject="L_"), [7]),  # a sign of its own, no wild card
        (Asked(who="甲", what="look", subject="L11"), [5]),
        (Asked(who="nobody"), []),
    ],
)
def test_a_page_holds_what_was_asked_for_the_newest_first(database: Database, asked: Asked, seqs: list[int]) -> None:
    page = days_of(database).page(asked, 1)
    assert [entry.seq for entry in page.entries] == seqs
    assert (page.total, page.number, page.pages) == (len(seqs), 1, 1)


@pytest.mark.parametrize(("number", "shown", "seqs"), [(1, 1, [7, 6, 5]), (3, 3, [1]), (0, 1, [7, 6, 5]), (99, 3, [1])])
def test_a_long_journal_is_cut_into_pages(database: Database, number: int, shown: int, seqs: list[int]) -> None:
    page = days_of(database).page(Asked(), number, size=3)
    assert (page.number, page.pages, page.total) == (shown, 3, 7)
    assert [entry.seq for entry in page.entries] == seqs


def test_only_the_names_of_newer_entries_are_read(database: Database) -> None:
    journal = days_of(database)
    assert journal.words() == ({"甲", "乙"}, {"take", "decide", "look", "enter"})
    assert journal.words(after=4) == ({"甲"}, {"look", "enter"})
    assert journal.words(after=7) == (set(), set())


def test_a_chain_longer_than_one_reading_is_verified_to_its_end(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casework.review.journal.AT_ONCE", 3)
    journal, heard = journal_of(database, 7), []
    assert journal.verify(told=heard.append).whole
    assert heard == [3, 6, 7]
    attack(database.where, "UPDATE journal SET why = '改' WHERE seq = 5")
    verdict = journal.verify()
    assert (verdict.whole, verdict.bad, verdict.entries) == (False, 5, 4)
    attack(database.where, "DELETE FROM journal WHERE seq = 4")
    assert journal.verify().bad == 4
