"""Which table does the name of a file or a sheet mean?"""

from functools import cache

from casework.intake.headers import normalise
from casework.tables import TABLES


@cache
def _names() -> dict[str, str]:
    return {normalise(name): table.name for table in TABLES.values() for name in (table.name, table.label.zh)}


def table_of(name: str) -> str | None:
    """The table whose code name or Chinese label this is; None for any other name."""
    return _names().get(normalise(name))
