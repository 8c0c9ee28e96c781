"""Where is it written what people did, and what does the database promise?

SQLite in the workspace's folder by default, PostgreSQL where the workspace names one (`database` file): the same code.
One database belongs to one workspace, known by its key.
An acknowledged commit is on the disk (synchronous FULL); a writer takes its lock when it begins, so that it waits
instead of being refused halfway. SQLite's WAL only from 3.51.3 on: before it two connections that checkpoint at once
can corrupt the file; older ones keep a rollback journal (TRUNCATE), which is slower.
"""

import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NoReturn
from weakref import finalize

import sqlalchemy as sa
from sqlalchemy.pool import QueuePool

from casework.errors import JournalError, WorkspaceError
from casework.review.address import postgres, shown
from casework.review.schema import GROWING, WORKSPACE, functions, triggers
from casework.text import Text

WAL_SAFE_FROM: Final = (3, 51, 3)
BUSY_SECONDS: Final = 60
IDLE: Final = 2  # connections that stay open
BUSIEST: Final = 30  # more, while they are needed
NEWEST: Final = "0004"  # the newest file of migrations/versions
_POSTGRES_LOCK: Final = 0x6D696E67  # one writer at a time, as on SQLite: the journal is one chain


def _driver() -> Any:  # noqa: ANN401 - a module that follows PEP 249
    """The newest SQLite at hand: a wheel's where it is newer than the one of this Python."""
    try:
        import pysqlite3  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415 - not on every machine
    except ImportError:
        return sqlite3
    return max((sqlite3, pysqlite3), key=lambda module: module.sqlite_version_info)


DRIVER: Final = _driver()


class Database:
    """One database: connections, transactions, triggers, and the steps that make its tables."""

    def __init__(self, where: Path | str, *, step: str = NEWEST) -> None:
        """Open a SQLite file, made where it is missing, or a PostgreSQL by URL; bring its tables up to a step."""
        self.where = where
        if isinstance(where, Path):
            self.name = where.name
            self._engine = sa.create_engine(
                sa.URL.create("sqlite", database=str(where)),  # a path may hold ? or #
                module=DRIVER,
                # kept open: the last connection to close empties the WAL, four more syncs than a commit needs
                poolclass=QueuePool,
                pool_size=IDLE,
                max_overflow=BUSIEST,
                connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
            )
            sa.event.listen(self._engine, "connect", _prepare)
            sa.event.listen(self._engine, "begin", _begin)
        else:
            url = postgres(where)
            self.name = shown(url)
            self._engine = _pooled(url)
            sa.event.listen(self._engine, "connect", _acknowledge_what_is_kept)
        finalize(self, self._engine.dispose)
        self._bring_up_to(step)

    def close(self) -> None:
        """Give back every connection; the next use opens new ones."""
        self._engine.dispose()

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engine.dialect.name

    def promise(self) -> str:
        """Which database, and how does it keep what it acknowledged?"""
        with self.reading() as connection:
            if self.dialect == "sqlite":
                mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
                level = connection.exec_driver_sql("PRAGMA synchronous").scalar()
                said = {2: "full", 3: "extra"}.get(level or 0, str(level))
                return f"sqlite {DRIVER.sqlite_version}, journal_mode {mode}, synchronous {said}"
            version = connection.exec_driver_sql("SHOW server_version").scalar()
            sync = connection.exec_driver_sql("SHOW synchronous_commit").scalar()
            forced = connection.exec_driver_sql("SHOW fsync").scalar()
            return f"postgresql {version}, synchronous_commit {sync}, fsync {forced}"

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One consistent view, however long it is read."""
        with self._clear(), self._engine.connect() as connection:
            if self.dialect != "sqlite":
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One transaction that either is on the disk when the block ends, or never was. Writers take turns."""
        with self._clear(), self._engine.connect() as connection:
            connection.execution_options(begin="BEGIN IMMEDIATE")
            with connection.begin():
                if self.dialect != "sqlite":
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_POSTGRES_LOCK})")
                yield connection

    @contextmanager
    def filling(self) -> Iterator[sa.Connection]:
        """The same for rows that were written elsewhere: the triggers rest until the block ends."""
        with self.writing() as connection:
            for table in GROWING:
                on = "" if self.dialect == "sqlite" else f" ON {table}"
                for name in triggers(self.dialect, table):
                    connection.exec_driver_sql(f"DROP TRIGGER {name}{on}")
            yield connection
            for words in triggers(self.dialect).values():
                connection.exec_driver_sql(words)

    def bind(self, identity: str) -> None:
        """Make this the database of one workspace.

        Raises:
            WorkspaceError: it is another one's.
        """
        with self.reading() as connection:
            owner = connection.execute(sa.select(WORKSPACE)).scalar()
        if owner is None:
            with self.writing() as connection:
                owner = connection.execute(sa.select(WORKSPACE)).scalar()  # another process may have been faster
                if owner is None:
                    connection.execute(sa.insert(WORKSPACE).values(identity=identity))
                    return
        if owner != identity:
            raise WorkspaceError(
                Text(
                    f"数据库 {self.name} 属于另一个工作区(key 不同);请为本工作区另建数据库,或恢复原来的 key",
                    f"the database {self.name} belongs to another workspace (another key); make a database of its own"
                    " for this one, or put the right key back",
                )
            )

    def missing_triggers(self) -> list[str]:
        """The names of triggers that keep the growing tables and are no longer there, or no longer as they were."""
        with self.reading() as connection:
            there = _triggers_of_sqlite(connection) if self.dialect == "sqlite" else _triggers_of_postgres(connection)
        return sorted(name for name, words in triggers(self.dialect).items() if there.get(name) != _plain(words))

    def sound(self) -> list[str]:
        """What the database itself finds wrong with its file; nothing on PostgreSQL, which checks its pages itself."""
        if self.dialect != "sqlite":
            return []
        with self.reading() as connection:
            said = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
        return [] if said == ["ok"] else said

    # -- steps -------------------------------------------------------------------------------------------------------

    def _bring_up_to(self, step: str) -> None:
        with self.reading() as connection:
            if _version(connection) == step:
                return
        with self.writing() as connection:
            version = _version(connection)  # another process may have been faster
            if version is not None and version > NEWEST:
                raise JournalError(
                    Text(
                        f"{self.name} 由更新版本的明察写成(步骤 {version});请升级程序后再打开",
                        f"{self.name} was written by a newer Mingcha (step {version}); upgrade before opening it",
                    )
                )
            if version is None or version < step:
                _step(connection, step)

    @contextmanager
    def _clear(self) -> Iterator[None]:
        try:
            yield
        except sa.exc.DBAPIError as error:
            self._refuse(error.orig or error)
        except DRIVER.Error as error:  # of the statement that begins: it is ours, so nothing has wrapped it
            self._refuse(error)

    def _refuse(self, error: BaseException) -> NoReturn:
        """Say in one line why the database did not take or give what was asked."""
        said = next(iter(str(error).strip().splitlines()), type(error).__name__)
        if self.dialect != "sqlite" and _is_gone(error):
            raise JournalError(
                Text(
                    f"数据库 {self.name} 无法连接:{said};请确认服务器已启动、地址正确、密码已放入 ~/.pgpass",
                    f"the database {self.name} cannot be reached: {said}; is the server up, the address right, the"
                    " password in ~/.pgpass?",
                )
            ) from error
        raise JournalError(Text(f"日志 {self.name} 无法读写:{said}", f"the journal {self.name}: {said}")) from error


def _pooled(url: sa.URL) -> sa.Engine:
    try:
        return sa.create_engine(url, pool_size=IDLE, max_overflow=BUSIEST, pool_pre_ping=True)
    except ImportError as error:
        raise WorkspaceError(
            Text(
                "使用 PostgreSQL 须另装驱动:pip install 'mingcha[postgres]'",
                "PostgreSQL needs its driver: pip install 'mingcha[postgres]'",
            )
        ) from error


def _acknowledge_what_is_kept(connection: Any, _record: object) -> None:  # noqa: ANN401 - a psycopg connection
    """A commit is acknowledged when it is on the disk, also where the server is set to acknowledge it before."""
    connection.execute(
        "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
    )
    connection.commit()


def _is_gone(error: BaseException) -> bool:
    """Was the server not reached, or did it go away (SQLSTATE 08, 57P), or refuse who asked (28, 3D)?"""
    state = getattr(error, "sqlstate", None)
    return type(error).__name__ == "OperationalError" if state is None else state.startswith(("08", "28", "3D", "57P"))


def _plain(words: str) -> str:
    return " ".join(words.split())


def _triggers_of_sqlite(connection: sa.Connection) -> dict[str, str]:
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    return {name: _plain(words) for name, words in connection.exec_driver_sql(query)}


def _triggers_of_postgres(connection: sa.Connection) -> dict[str, str]:
    """Those that are switched on and call a function that is as it was made."""
    query = sa.text("""
        SELECT t.tgname, pg_get_triggerdef(t.oid), quote_ident(n.nspname), p.proname, p.prosrc
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE t.tgenabled IN ('O', 'A') AND NOT t.tgisinternal AND pg_table_is_visible(c.oid)""")
    bodies = {_plain(words.split("$$")[1]) for table in GROWING for words in functions(table)}
    return {
        name: words.replace(f" ON {schema}.", " ON ").replace(f" {schema}.{function}(", f" {function}(")
        for name, words, schema, function, body in connection.execute(query)
        if _plain(body) in bodies
    }


def _step(connection: sa.Connection, to: str) -> None:
    from alembic import command  # noqa: PLC0415 - a tenth of a second that only a new workspace needs
    from alembic.config import Config  # noqa: PLC0415 - the same

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _version(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return version


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - of either driver
    """Set what every connection needs before its first statement."""
    connection.isolation_level = None  # this module begins its transactions itself
    mode = "wal" if DRIVER.sqlite_version_info >= WAL_SAFE_FROM else "truncate"
    _patiently(connection, f"PRAGMA journal_mode={mode}")
    connection.execute("PRAGMA synchronous=FULL").close()


def _begin(connection: sa.Connection) -> None:
    """Begin as a reader or as a writer, waiting in turn for whoever writes now."""
    _patiently(connection.connection.driver_connection, connection.get_execution_options().get("begin", "BEGIN"))


def _patiently(connection: Any, statement: str) -> None:  # noqa: ANN401 - of either driver
    """Run a statement that may find the file locked.

    Unequal short naps keep one writer from always losing; SQLite's own handler sleeps ever longer: the unlucky starve.
    """
    until = time.monotonic() + BUSY_SECONDS
    connection.execute("PRAGMA busy_timeout=0").close()
    while True:
        try:
            connection.execute(statement).close()
        except DRIVER.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(random.uniform(0.0005, 0.005))  # noqa: S311 - a nap, not a secret
        else:
            connection.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}").close()
            return


__all__ = ["BUSY_SECONDS", "DRIVER", "NEWEST", "WAL_SAFE_FROM", "Database"]
