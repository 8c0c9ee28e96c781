"""The example county as tables on an engine, for tests that need every kind of row at once."""

import csv
from functools import cache
from pathlib import Path

from casework.dataset import Tables
from casework.engine import Engine
from casework.intake.headers import column_of
from casework.policy import Policy
from casework.tables import TABLES, Table
from tests.worlds import world

FOLDER = Path(__file__).parents[2] / "docs" / "examples" / "county"


@cache
def files() -> dict[str, list[dict[str, str | None]]]:
    """Every table of the county, its columns under the contract's names."""
    return {path.stem: _rows(path, TABLES[path.stem]) for path in sorted(FOLDER.glob("*.csv"))}


@cache
def policy() -> Policy:
    """The county's own rules over the shipped ones."""
    return Policy.load(FOLDER / "policy")


def county(on: str | Engine = "polars", **changed: list[dict[str, str | None]]) -> Tables:
    """The county; `changed` puts other rows in a table's place."""
    return world("2024-12-31", on=on, **{**files(), **changed})


def _rows(path: Path, table: Table) -> list[dict[str, str | None]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            {str(column_of(table.name, header)[0]): cell or None for header, cell in row.items()}
            for row in csv.DictReader(file)
        ]
