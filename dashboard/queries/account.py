"""Which statements of means does a lead rest on, how do they add up, and what follows from them?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import polars as pl

from casework.dataset import Tables
from casework.means.conclusion import CONCLUSION, conclusion
from casework.means.lines import statement_lines, year_fen
from casework.policy import Policy
from casework.tables import MEANS
from dashboard.queries.rulings import applied_for

WITH_LINE: Final = ("dibao", "dibao_edge")  # contract §4: of the others no income line is known
_MOST = 3  # statements shown; the evidence has them all


@dataclass(frozen=True, slots=True)
class Account:
    """One statement written out (算账单): its lines, and what they make in a year."""

    household_no: str
    as_of: date
    lines: pl.DataFrame
    year_fen: int | None  # None: unknown
    day: date  # on which the closing lines are judged
    closing: pl.DataFrame  # CONCLUSION; empty where another statement governed that day


def accounts(
    tables: Tables,
    policy: Policy,
    proof: pl.DataFrame,
    lead: Mapping[str, Any],
    row: Mapping[str, Any],
    facts: Mapping[str, Any],
) -> list[Account]:
    """The statements that the evidence names, the newest first; what follows is judged on the lead's own day."""
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
            judged = _day(tables, lead, row)
            closing = _closing(tables, policy, number, judged, lead, row, facts)
            governs = closing.height and closing.filter(pl.col("item") == "year")["since"].item() == day
            found.append(Account(number, day, lines, year_fen(lines), judged, closing if governs else closing.clear()))
    return found


def _day(tables: Tables, lead: Mapping[str, Any], row: Mapping[str, Any]) -> date:
    """An application is judged on its acceptance, money by its last month, what is missing as of today."""
    accepted = row.get("accepted_at")
    if lead["subject_kind"] == "application" and isinstance(accepted, datetime):
        return accepted.date()
    until = lead["until"] or lead["since"]
    return until if isinstance(until, date) and lead["subject_kind"] == "award" else tables.as_of


def _closing(
    tables: Tables,
    policy: Policy,
    household_no: str,
    day: date,
    lead: Mapping[str, Any],
    row: Mapping[str, Any],
    facts: Mapping[str, Any],
) -> pl.DataFrame:
    """Nothing of a programme without an income line; an amount due only where the lead is about what is due."""
    programme = facts.get("programme") or row.get("programme") or WITH_LINE[0]
    if programme not in WITH_LINE:
        return pl.DataFrame(schema=CONCLUSION)
    of_amounts = "due_fen" in facts
    covered = facts.get("covered") if of_amounts else None
    single = _single(tables, row)
    lines = conclusion(tables, policy, household_no, day, programme=str(programme), single=single, covered=covered)
    shown = of_amounts or lead["family"] == "missed"  # who may be shut out is not told that something is due
    return lines if shown else lines.filter(pl.col("item") != "due")


def _single(tables: Tables, row: Mapping[str, Any]) -> bool:
    """Single-person entry, by the award or by the application it came of."""
    said = row.get("single_person_basis") or applied_for(tables, row).get("single_person_basis")
    return said is not None
