"""Which statements of means does a lead rest on, and how do they add up?"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from casework.dataset import Tables
from casework.means.lines import statement_lines, year_fen
from casework.policy import Policy
from casework.tables import MEANS

_MOST = 3  # statements shown; the evidence has them all


@dataclass(frozen=True, slots=True)
class Account:
    """One statement written out (算账单): its lines, and what they make in a year."""

    household_no: str
    as_of: date
    lines: pl.DataFrame
    year_fen: int | None  # None: unknown


def accounts(tables: Tables, policy: Policy, proof: pl.DataFrame) -> list[Account]:
    """The statements that the evidence names, the newest first."""
    rows = proof.filter((pl.col("table") == MEANS.name) & pl.col("column").is_in(["household_no", "as_of"]))
    if rows.is_empty():
        return []
    named = rows.pivot("column", index=["key", "source_file", "source_row"], values="value", aggregate_function="first")
    wanted = sorted(
        {(date.fromisoformat(day), number) for number, day in named.select("household_no", "as_of").iter_rows() if day},
        reverse=True,
    )
    found = []
    for day, number in wanted[:_MOST]:
        lines = statement_lines(tables, policy, number, day)
        if lines.height:
            found.append(Account(number, day, lines, year_fen(lines)))
    return found
