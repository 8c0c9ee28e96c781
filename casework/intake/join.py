"""What does a snapshot look like after another source has joined it?

Same key replaces, new key adds, absence deletes nothing.
"""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from casework.intake.layout import ordered
from casework.tables import TABLES, Table
from casework.tables.schema import SOURCE_COLUMNS

Stored = Mapping[str, pl.DataFrame]


def stored_tables(folder: Path) -> dict[str, pl.DataFrame]:
    """Every case table of a snapshot."""
    return {name: pl.read_parquet(path) for name in TABLES if (path := folder / f"{name}.parquet").exists()}


def joined(table: Table, old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """The old rows whose key the new ones do not have, and the new ones; a table without a key is its own key."""
    content = [name for name in table.schema if name not in SOURCE_COLUMNS]
    key = [column.main for column in table.key] or content
    return ordered(table, pl.concat([old.join(new, on=key, how="anti", nulls_equal=True), new]))


def same_content(old: Stored, new: Stored) -> bool:
    """Do two snapshots hold the same rows, whatever file they came from?"""
    return old.keys() == new.keys() and all(_content(old[name]).equals(_content(new[name])) for name in old)


def _content(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.drop(SOURCE_COLUMNS).sort(pl.all(), nulls_last=True)
