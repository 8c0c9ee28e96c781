"""On which databases is what people do kept, for tests that hold on each?"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from casework.review.database import Database
from tests.postgres import NoServerError, Server, server

Where = Path | str  # a SQLite file, or a PostgreSQL by URL
KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL; tests that ask for it are skipped where it cannot be had."""
    with ExitStack() as stack:
        try:
            yield stack.enter_context(server())
        except NoServerError as error:
            pytest.skip(str(error))


@pytest.fixture
def postgres_url(postgres: Server) -> Iterator[str]:
    """A new, empty PostgreSQL database."""
    with postgres.fresh() as url:
        yield url


@pytest.fixture(params=KINDS)
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Where:
    """A database of each kind in turn, that nobody has opened yet."""
    if request.param == "sqlite":
        return tmp_path / "mingcha.sqlite"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def database(where: Where) -> Iterator[Database]:
    """The same, open."""
    opened = Database(where)
    yield opened
    opened.close()
