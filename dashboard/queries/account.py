"""Which statements of means does a lead rest on, how do they add up, and what follows from them?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.means.conclusion import CONCLUSION, conclusion
from casework.means.lines import statement_lines, year_fen
from casework.policy import Policy
from casework.tables import MEANS
from dashboard.queries.rulings import applied_for, days_asked

WITH_LINE: Final = ("dibao", "dibao_edge")  # contract §4: of the others no income line is known


@dataclass(frozen=True, slots=True)
class Account:
    """One statement written out (算账单): its lines, and what they make in a year."""

    household_no: str
    as_of: date
    lines: pl.DataFrame
    year_fen: int | None  # None: unknown
    day: date | None  # on which the closing lines are judged
    closing: pl.DataFrame  # CONCLUSION; empty where it governs no day of the lead


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement that the evidence names, and the days of the lead on which it governs, the last one first."""

    household_no: str
    as_of: date
    days: tuple[date, ...]
    monthly: bool  # first days of months of pay


def stated(
    tables: Tables, proof: pl.DataFrame, lead: Mapping[str, Any], row: Mapping[str, Any], facts: Mapping[str, Any]
) -> list[Stated]:
    """The statements to choose from: those that govern a day of the lead before the others, the newest first.

    The evidence may name the last one alone; the household's others govern the earlier months of a long spell.
    """
    rows = proof.filter((pl.col("table") == MEANS.name) & pl.col("column").is_in(["household_no", "as_of"]))
    if rows.is_empty():
        return []
    wide = rows.pivot("column", index=["key", "source_file", "source_row"], values="value", aggregate_function="first")
    named = {(home, date.fromisoformat(day)) for home, day in wide.select("household_no", "as_of").drop_nulls().rows()}
    mine = tables[MEANS].filter(nw.col("household_no").is_in(sorted({home for home, _ in named})))
    held = tables.engine.collect(mine.select("household_no", "as_of").unique())
    known = named | set(held.drop_nulls().rows())
    asked, monthly = days_asked(tables, lead, row, facts, applied_for(tables, row))
    found = []
    for number, day in known:
        later = [other for home, other in known if home == number and other > day]
        until = min(later, default=date.max)
        if monthly:  # the newest before the first day of the month
            days = tuple(one for one in reversed(asked) if day < one <= until)
        else:
            days = tuple(one for one in asked if day <= one < until)
        if days or (number, day) in named:
            found.append(Stated(number, day, days, monthly))
    return sorted(found, key=lambda one: (bool(one.days), one.as_of, one.household_no), reverse=True)


def account(
    tables: Tables,
    policy: Policy,
    one: Stated,
    day: date | None,
    lead: Mapping[str, Any],
    row: Mapping[str, Any],
    facts: Mapping[str, Any],
) -> Account | None:
    """The statement written out; what follows is judged on a day that it governs."""
    lines = statement_lines(tables, policy, one.household_no, one.as_of)
    if lines.is_empty():
        return None
    closing = pl.DataFrame(schema=CONCLUSION)
    if day is not None:
        judged = _closing(tables, policy, one.household_no, day, lead, row, facts)
        governs = judged.height and judged.filter(pl.col("item") == "year")["since"].item() == one.as_of
        closing = judged if governs else closing
    return Account(one.household_no, one.as_of, lines, year_fen(lines), day, closing)


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
