"""How does someone who has the database in hand change it behind the program's back?

From this process, so with the program's own SQLite: a second copy of the library in one process drops the first one's
locks when it closes the file, and deletes a WAL that is still in use.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from casework.review import database
from casework.review.schema import GROWING, triggers

Where = Path | str
REFUSED = (database.DRIVER.IntegrityError, psycopg.errors.RaiseException)


@contextmanager
def bare(where: Where) -> Iterator[Any]:
    """A connection without anything that the program sets; SQLite has recursive triggers off, as it has them."""
    if isinstance(where, Path):
        connection = database.DRIVER.connect(where)
        assert connection.execute("PRAGMA recursive_triggers").fetchone() == (0,)
        try:
            yield connection
            connection.commit()
        finally:
            connection.close()
    else:
        with psycopg.connect(where) as connection:
            yield connection


def attack(where: Where, *statements: str) -> None:
    """The triggers go first and come back last: on PostgreSQL its owner switches them off and on."""
    with bare(where) as connection:
        for statement in (*triggers_off(where), *statements, *triggers_on(where)):
            connection.execute(statement)


def triggers_off(where: Where) -> list[str]:
    if isinstance(where, Path):
        return [f"DROP TRIGGER {name}" for name in triggers("sqlite")]
    return [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in GROWING]


def triggers_on(where: Where) -> list[str]:
    if isinstance(where, Path):
        return list(triggers("sqlite").values())
    return [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in GROWING]
