"""Which filters did a reader keep under a name? Their own convenience: not journalled, evidence of nothing."""

import json

import sqlalchemy as sa

from casework.errors import WrongUsageError
from casework.review.database import Database
from casework.review.schema import VIEW
from casework.text import Text

LONGEST: int = 40


def saved(database: Database, owner: str) -> dict[str, dict[str, str]]:
    """The reader's views by name."""
    query = sa.select(VIEW.c.name, VIEW.c.params).where(VIEW.c.owner == owner).order_by(VIEW.c.name)
    with database.reading() as connection:
        return {name: json.loads(params) for name, params in connection.execute(query)}


def save(database: Database, owner: str, name: str, params: dict[str, str]) -> None:
    """Keep a view; one of the same name is replaced."""
    name = name.strip()
    if not name or len(name) > LONGEST:
        raise WrongUsageError(Text(f"名称应为 1 至 {LONGEST} 个字", f"a name has 1 to {LONGEST} signs"))
    with database.writing() as connection:
        connection.execute(sa.delete(VIEW).where(VIEW.c.owner == owner, VIEW.c.name == name))
        words = json.dumps(params, ensure_ascii=False, sort_keys=True)
        connection.execute(sa.insert(VIEW).values(owner=owner, name=name, params=words))


def forget(database: Database, owner: str, name: str) -> None:
    """Take a view away."""
    with database.writing() as connection:
        connection.execute(sa.delete(VIEW).where(VIEW.c.owner == owner, VIEW.c.name == name))


__all__ = ["forget", "save", "saved"]
