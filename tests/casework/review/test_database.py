"""Is a database made as the schema says, bound to one workspace, and clear about what it cannot do?"""

import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from casework.errors import JournalError, WorkspaceError
from casework.review import migrations
from casework.review.database import NEWEST, Database
from casework.review.identity import judge
from casework.review.schema import METADATA
from casework.workspace import Workspace
from tests.faults.hand import bare
from tests.postgres import Server

STEPS = Path(migrations.__file__).parent / "versions"


def test_the_newest_step_is_the_newest_file() -> None:
    assert max(file.name for file in STEPS.glob("m[0-9]*.py")).startswith(f"m{NEWEST}_")


def test_the_steps_lead_to_the_schema(database: Database) -> None:
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), METADATA) == []


def test_a_database_of_a_newer_program_is_left_alone(database: Database) -> None:
    with bare(database.where) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(JournalError, match="written by a newer Mingcha"):
        Database(database.where)


def test_it_says_what_it_promises(database: Database) -> None:
    said = database.promise()
    if database.dialect == "sqlite":
        assert "synchronous full" in said
    else:
        assert "synchronous_commit on, fsync off" in said  # the tests' own server


def test_a_server_that_acknowledges_early_is_asked_to_wait(postgres_url: str) -> None:
    with bare(postgres_url) as connection:
        connection.execute(f"ALTER DATABASE {connection.info.dbname} SET synchronous_commit = off")
    assert "synchronous_commit on" in Database(postgres_url).promise()


def test_one_database_is_one_workspace_s(database: Database) -> None:
    database.bind("one")
    database.bind("one")
    with pytest.raises(WorkspaceError, match=r"属于另一个工作区.* / .*belongs to another workspace"):
        Database(database.where).bind("other")


def test_a_writer_that_waits_too_long_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = Database(tmp_path / "mingcha.sqlite"), Database(tmp_path / "mingcha.sqlite")
    monkeypatch.setattr("casework.review.database.BUSY_SECONDS", 0.1)
    with one.writing(), pytest.raises(JournalError, match="database is locked"), other.writing():
        pass


# -- the file `database` -----------------------------------------------------------------------------------------------


def named(folder: Path, url: str) -> Path:
    folder.mkdir()
    (folder / "database").write_text(f"{url}\n", encoding="utf-8")
    return folder


def test_a_workspace_lies_in_the_database_it_names(tmp_path: Path, postgres_url: str) -> None:
    first = Workspace(named(tmp_path / "w", postgres_url))
    with first.journal.entry("示例员", "look"):
        pass
    assert not (first.path / "mingcha.sqlite").exists()
    assert [entry.what for entry in Workspace(first.path).journal.entries()] == ["look"]


def test_a_folder_that_names_another_one_s_database_is_refused_and_left_as_it_was(
    tmp_path: Path, postgres_url: str
) -> None:
    Workspace(named(tmp_path / "w", postgres_url))
    other = named(tmp_path / "other", postgres_url)
    with pytest.raises(WorkspaceError, match="belongs to another workspace"):
        Workspace(other)
    assert [file.name for file in other.iterdir()] == ["database"]


def test_a_file_of_another_workspace_is_refused_too(tmp_path: Path) -> None:
    one, other = Workspace(tmp_path / "one", create=True), Workspace(tmp_path / "other", create=True)
    one.database.close()
    other.database.close()
    (one.path / "mingcha.sqlite").replace(other.path / "mingcha.sqlite")
    with pytest.raises(WorkspaceError, match="belongs to another workspace"):
        Workspace(other.path)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://mingcha:geheim@db/mingcha", "must not hold a password"),
        ("postgresql://mingcha@db/mingcha?password=geheim", "must not hold a password"),
        ("postgres://mingcha:geheim@db:5432/mingcha", "must not hold a password"),
        ("mysql://mingcha:geheim@db/mingcha", "postgresql://user@host/name"),
        ("postgresql://mingcha:geheim@db:port/mingcha", "postgresql://user@host/name"),
        ("sqlite:///elsewhere.sqlite", "postgresql://user@host/name"),
        ("", "postgresql://user@host/name"),
    ],
)
def test_what_may_not_be_named_is_said_without_the_secret(tmp_path: Path, url: str, said: str) -> None:
    with pytest.raises(WorkspaceError, match=said) as error:
        Workspace(named(tmp_path / "w", url))
    assert "geheim" not in str(error.value)
    assert not (tmp_path / "w" / "key").exists()


@pytest.mark.parametrize("url", ["postgresql://nobody@/none?host={}", "postgresql://nobody@127.0.0.1:1/none"])
def test_a_server_that_is_down_is_one_clear_line(tmp_path: Path, url: str) -> None:
    with pytest.raises(JournalError, match=r"无法连接.* / .*cannot be reached") as error:
        Database(url.format(tmp_path))
    assert "\n" not in str(error.value)


def test_a_database_that_is_not_there_is_one_clear_line(postgres: Server) -> None:
    with pytest.raises(JournalError, match=r"cannot be reached: .*none_such"):
        Database(postgres.url("none_such"))


def test_a_missing_driver_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(WorkspaceError, match=r"pip install 'mingcha\[postgres\]'"):
        Database("postgresql://mingcha@db/mingcha")


def test_whoever_may_only_append_can_do_the_day_s_work(postgres_url: str, tmp_path: Path) -> None:
    """Reading and appending need no right to alter: the tables' owner can be someone else."""
    owner = Workspace(named(tmp_path / "w", postgres_url))
    with bare(postgres_url) as connection:
        connection.execute("CREATE ROLE clerk LOGIN")
        connection.execute("GRANT SELECT, INSERT ON journal, act TO clerk")
        connection.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON standing, reader, saved_view TO clerk")
        connection.execute("GRANT SELECT, INSERT, UPDATE ON pair_judgement TO clerk")
        connection.execute("GRANT SELECT ON workspace, alembic_version TO clerk")
    owner.database.close()
    (owner.path / "database").write_text(postgres_url.replace("postgres@", "clerk@"), encoding="utf-8")
    review = Workspace(owner.path).review
    review.act(
        "甲", "take", "L1", {"lead": {"scheme": "deceased_paid", "content_digest": "d", "conduct": False}}, key="1"
    )
    review.enrol("管理员", "甲", "inspector", "", None, key="2")
    for verdict in ("unsure", "not_same"):
        judge(review.database, "甲", (1, 2), verdict, "证件照片不同", key=verdict)
    assert review.problems() == []
    for table in ("act", "pair_judgement"):
        with pytest.raises(JournalError, match="permission denied"), review.database.writing() as connection:
            connection.execute(sa.delete(METADATA.tables[table]))
    with pytest.raises(JournalError, match="must be owner"), review.database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE act DISABLE TRIGGER USER")


@pytest.mark.parametrize("folder", ["a?b", "a#b", "a%20b", "数据 库"])
def test_whatever_signs_a_path_holds_the_file_lies_there(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir()
    Database(tmp_path / folder / "mingcha.sqlite")
    assert (tmp_path / folder / "mingcha.sqlite").exists()
    assert [path.name for path in tmp_path.iterdir()] == [folder]
