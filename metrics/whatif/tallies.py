"""What adds up over households, so that every region and group is a sum?

Columns, a number a household; a measure is made of their sums last. What no scenario changes is summed over all rows
once and kept; what it changes is only of the rows that are eligible or paid, and what they change in a sum before aid.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from metrics.whatif.between import floored
from metrics.whatif.outcome import Outcome
from metrics.whatif.population import Index, Population, Real, Whole
from metrics.whatif.ranked import before

YEAR: Final = 12  # months
Sums = Mapping[str, Real]
_SQUARED: Final = ("eligible", "judged_roll")  # denominators of shares of households


@dataclass(frozen=True, eq=False)
class Line:
    """The poverty line: fen a person a year of each household, -1 where there is none; `name` tells it from others."""

    fen: Real
    name: str


@dataclass(frozen=True, eq=False)
class Touched:
    """The households that one outcome makes eligible or pays."""

    rows: Whole
    aid: Real  # fen a year, on the footing of twelve months
    columns: Sums
    unjudged: Whole  # rows whose eligibility nobody knows


def line(baseline: Outcome, line_fen: int | None) -> Line:
    """One line for all (fen a person a year), else twelve times the baseline's standard of the household's village."""
    if line_fen is not None:
        return Line(np.full(len(baseline.standard_fen), float(line_fen)), str(line_fen))
    standard = baseline.standard_fen
    return Line(np.where(standard > 0, standard * YEAR, -1).astype(np.float64), f"{baseline.policy} {baseline.months}")


def unchanging(population: Population, at: Line) -> Sums:
    """The columns that no scenario changes, of all households."""
    every = np.arange(population.households)
    people = population.weight * population.n
    base = {"households": population.weight, "persons": people, "measured": before(population).persons}
    return base | _welfare(population, at, every, np.zeros(population.households))


def touched(population: Population, outcome: Outcome, layer: str, at: Line) -> Touched:
    """The columns that a scenario changes. `…_change`: what it adds to the same column before aid."""
    got, known = outcome.layer(layer), outcome.known
    moved = got.on_roll | outcome.eligible | outcome.rule_book.on_roll | (got.year_fen != 0) | got.unpriced
    rows = np.flatnonzero(moved)
    weight, n = population.weight[rows], population.n[rows]
    meant, on, judged = outcome.eligible[rows], got.on_roll[rows], known[rows]
    year = got.year_fen[rows].astype(np.float64)
    aid = year * (YEAR / outcome.months)
    base = before(population)
    measured = base.measured[rows]
    paid = weight * aid * measured
    otherwise = judged & outcome.rule_book.on_roll[rows] & ~meant  # paid by the rules: a taper, single-person entry
    sets = {
        "eligible": meant,
        "reached": meant & on,
        "judged_roll": on & judged,
        "otherwise": otherwise,
        "otherwise_on": otherwise & on,
    }
    columns = {
        **{f"{name}_households": weight * each for name, each in sets.items()},
        **{f"{name}_persons": weight * n * each for name, each in sets.items()},
        **{f"{name}_squares": weight**2 * each for name, each in sets.items() if name in _SQUARED},
        "roll_households": weight * on,
        "roll_persons": weight * got.heads[rows],
        "unpriced_households": weight * got.unpriced[rows],
        "cost_fen": weight * year,
        "month_fen": weight * got.month_fen[rows],
        "leaked_fen": weight * year * (judged & ~meant & ~otherwise),
        "judged_fen": weight * year * judged,
        "aid": paid,
        "income_of_paid": weight * (base.resources[rows] + aid) * (measured & (aid > 0)),
    }
    then, now = (_welfare(population, at, rows, each) for each in (np.zeros(len(rows)), aid))
    columns |= {f"{name}_change": now[name] - then[name] for name in now if name != "lined"}
    columns |= {"poor_reached": then["poor"] * on, "aid_to_poor": paid * (then["poor"] > 0)}
    return Touched(rows, aid, columns, np.flatnonzero(~known))


def summed(columns: Sums, cell: Index | Whole, cells: int) -> dict[str, Real]:
    """The sum of each column in each cell; rows in their order, so that two runs are equal to the last digit."""
    return {name: np.bincount(cell, each, cells).astype(np.float64, copy=False) for name, each in columns.items()}


def _welfare(population: Population, at: Line, rows: Whole, aid: Real) -> dict[str, Real]:
    """Sums over persons of the measured: below the line, gaps, and what Theil's measures need."""
    base = before(population)
    persons, n = base.persons[rows], np.maximum(population.n[rows], 1)
    income = base.resources[rows] + aid
    bound = at.fen[rows] * n
    lined = (bound > 0) & (persons > 0)
    short = np.where(lined & (income < bound), bound - income, 0.0)  # strictly: equality is not below
    gap = short / np.where(bound > 0, bound, 1.0)
    poor = persons * (short > 0)
    head = floored(income / n, base.floor)
    logs = np.log(np.where(head > 0, head, 1.0))
    return {
        "lined": persons * lined,
        "poor": poor,
        "gaps": persons * gap,
        "squared_gaps": persons * gap**2,
        "gap_fen": persons / n * short,
        "floored": persons * head,
        "logs": persons * logs,
        "weighed_logs": persons * head * logs,
    }
