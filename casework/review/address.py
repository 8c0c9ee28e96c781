"""Which PostgreSQL does a workspace name, and is it named without a password?"""

from typing import Final

import sqlalchemy as sa

from casework.errors import WorkspaceError
from casework.text import Text

SECONDS_TO_CONNECT: Final = "10"
_NAMES: Final = frozenset({"postgres", "postgresql"})


def postgres(words: str) -> sa.URL:
    """The URL, as SQLAlchemy wants it.

    Raises:
        WorkspaceError: it is none of a PostgreSQL, or holds a password; the message never repeats it.
    """
    try:
        url = sa.make_url(words.strip())
        backend = url.get_backend_name()
    except (sa.exc.ArgumentError, ValueError):
        backend = ""
    if backend not in _NAMES:
        raise WorkspaceError(
            Text(
                "数据库地址应为 postgresql://用户@主机/库名;SQLite 不必写明",
                "a database is named as postgresql://user@host/name; SQLite needs no name",
            )
        )
    if url.password or url.query.keys() & {"password", "sslpassword"}:
        raise WorkspaceError(
            Text(
                "数据库地址中不得含密码;请将密码放入 ~/.pgpass(权限 0600)或环境变量 PGPASSFILE 所指的文件",
                "the database's URL must not hold a password; put it into ~/.pgpass (mode 0600), or into the file that"
                " PGPASSFILE names",
            )
        )
    return url.set(drivername="postgresql+psycopg").update_query_dict(
        {"connect_timeout": SECONDS_TO_CONNECT, "application_name": "mingcha", **url.query}
    )


def shown(url: sa.URL) -> str:
    """The URL as it may be shown: where, not how."""
    return url.set(drivername="postgresql", query={}).render_as_string()


__all__ = ["SECONDS_TO_CONNECT", "postgres", "shown"]
