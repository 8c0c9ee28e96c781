"""Under one budget, which of the urban standard, the rural standard and the top-ups leaves the least poverty?

Each lever alone takes the whole budget by its exact inverse; the mixes are searched over the exact curves: for each
urban multiple the rural one that spends the rest. The search narrows around the best of a grid, so a mix is the best
of what was tried, and `search` says how finely. Top-ups as they are, none, and as many as the budget takes are tried in
a mix. Poverty is under the fixed line; whether less FGT1 or less FGT2 is wanted is no arithmetic. The last row is no
lever but the yardstick: what the budget would leave if every person could be paid any amount (`levelling`).
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl

from metrics.whatif.curve import Candidates, Curve, curve
from metrics.whatif.grid import Sides, sides
from metrics.whatif.levelling import levelled
from metrics.whatif.population import Flag, Real, Whole
from metrics.whatif.poverty_curve import PovertyCurve

STEPS: Final = 250  # urban multiples tried at once
ROUNDS: Final = 5  # each as many again, between the neighbours of the best
EQUAL: Final = 1e-12  # what differs by less differs by rounding
_YEAR: Final = 12
AHEAD: Final = 2.0**-10  # how far a marginal yuan looks
SCHEMA: Final = pl.Schema(
    {
        "lever": pl.String(),  # now, urban, rural, both, topups, mix_fgt1, mix_fgt2, levelled
        "urban": pl.Float64(),  # multiples of what is; NaN, infinite: the lever cannot spend it
        "rural": pl.Float64(),
        "topups": pl.Float64(),
        "cost_fen": pl.Float64(),  # a month
        "fgt1": pl.Float64(),
        "fgt2": pl.Float64(),
        "urban_per_yuan": pl.Float64(),  # fall of FGT2 for the next yuan a month spent on the urban standard
        "rural_per_yuan": pl.Float64(),
        "search": pl.Float64(),  # how far apart the urban multiples tried last were; null: exact
    }
)


@dataclass(frozen=True, eq=False)
class Question:
    """Whose poverty, under which line, and what may move. `least`: no multiple of a standard falls below it."""

    rows: Candidates
    urban: Flag
    rural: Flag
    resources_fen: Whole
    line_fen: Whole
    counts: Flag
    least: float = 1.0

    def sides(self, topups: float) -> Sides:
        """The curves with top-ups so many times as high."""
        rows = replace(self.rows, topup_thousandths=self.rows.topup_thousandths * topups)
        return sides(rows, self.urban, self.rural, self.resources_fen, self.line_fen, self.counts)


def best(question: Question, budget_fen: float) -> pl.DataFrame:
    """One row a lever, as SCHEMA says: what the budget buys there, and how much poverty stays."""
    most = most_topups(question.rows, budget_fen)
    tried = {1.0: question.sides(1.0)}
    if question.rows.topup_thousandths.any():
        tried |= {times: question.sides(times) for times in (0.0, most) if np.isfinite(times)}
    now = tried[1.0]
    both = float(curve(question.rows, question.urban | question.rural).inverse(budget_fen))
    alone = [
        ("now", 1.0, 1.0, 1.0),
        ("urban", float(now.urban.inverse(budget_fen)), 1.0, 1.0),
        ("rural", 1.0, float(now.rural.inverse(budget_fen)), 1.0),
        ("both", both, both, 1.0),
        ("topups", 1.0, 1.0, most),
    ]
    rows = [_row(*lever, tried, None) for lever in alone]
    for alpha in (1, 2):
        mixes = [(times, *mix(both_sides, budget_fen, alpha, question.least)) for times, both_sides in tried.items()]
        known = [found for found in mixes if np.isfinite(found[1])]
        if known:
            chosen = min(known, key=lambda found: float(tried[found[0]].fgt(found[1], found[2], alpha)[0]))
            rows.append(_row(f"mix_fgt{alpha}", chosen[1], chosen[2], chosen[0], tried, chosen[3]))
    rows.append(_yardstick(question, budget_fen))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def most_topups(rows: Candidates, budget_fen: float) -> float:
    """The multiple of the top-ups that spends the budget with the standards as they are; NaN where none does."""
    gap = float(curve(replace(rows, topup_thousandths=rows.topup_thousandths * 0)).cost(1.0))
    extra = float(curve(rows).cost(1.0)) - gap
    return (budget_fen - gap) / extra if extra > 0 and budget_fen >= gap else np.nan


def mix(both: Sides, budget_fen: float, alpha: int, least: float) -> tuple[float, float, float]:
    """The urban and the rural multiple that leave the least FGT within the budget, and how finely it was searched.

    NaN where not even the least standards fit. Of equally good ones the lowest urban multiple.
    """
    low, high = least, float(both.urban.inverse(budget_fen - _moved(both.rural, least)))
    if np.isnan(high) or high < low:
        return np.nan, np.nan, np.nan
    high = min(high, _enough(both))
    low = min(low, high)
    for _ in range(ROUNDS):
        urban = np.linspace(low, high, STEPS + 1)
        rural = np.minimum(both.rural.inverse(budget_fen - _moved(both.urban, urban)), _enough(both))
        left = np.where(rural >= least, both.fgt(urban, rural, alpha), np.inf)
        place = int(np.argmax(left <= left.min() * (1 + EQUAL)))  # the first of equals
        step = float(urban[1] - urban[0])
        low, high = urban[max(place - 1, 0)], urban[min(place + 1, STEPS)]
    return float(urban[place]), float(rural[place]), step


def marginal(costs: Curve, poor: PovertyCurve, factor: float, alpha: int) -> float:
    """By how much FGT falls for the next yuan a month; NaN where a higher standard costs nothing more."""
    spent = float(costs.cost(factor + AHEAD) - costs.cost(factor))
    fallen = float(poor.fgt(factor, alpha)[0] - poor.fgt(factor + AHEAD, alpha)[0])
    return 100 * fallen / spent if spent > 0 else np.nan


def _yardstick(question: Question, budget_fen: float) -> tuple[object, ...]:
    """The least FGT2 that any payment of so much a month could leave."""
    there = question.counts & (question.rows.n > 0) & (question.line_fen > 0)
    n, line = question.rows.n[there], question.line_fen[there].astype(np.float64)
    resources, people = question.resources_fen[there] / n, (question.rows.weight[there] * n)
    paid = levelled(resources, line, budget_fen * _YEAR, people)
    gap = np.maximum(1 - (resources + paid) / line, 0)
    left = [float(people @ gap**alpha / people.sum()) if people.any() else np.nan for alpha in (1, 2)]
    return ("levelled", *[np.nan] * 3, float(people @ paid) / _YEAR, *left, np.nan, np.nan, None)


def _moved(costs: Curve, factor: Real | float) -> Real:
    return np.asarray(costs.cost(factor) - costs.cost(1.0))


def _enough(both: Sides) -> float:
    """A multiple at which everybody is in and out of poverty: more of it buys nothing that is measured."""
    ends = [both.urban.breaks, both.rural.breaks, both.urban_poor.left.breaks, both.rural_poor.left.breaks]
    return 1 + max((float(part[np.isfinite(part)].max(initial=1)) for part in ends), default=1.0)


def _row(
    lever: str, urban: float, rural: float, topups: float, tried: dict[float, Sides], search: float | None
) -> tuple[object, ...]:
    both = tried.get(topups)
    if both is None or not np.isfinite([urban, rural]).all():
        return (lever, urban, rural, topups, *[np.nan] * 5, search)
    return (
        *(lever, urban, rural, topups, float(both.cost(urban, rural))),
        *(float(both.fgt(urban, rural, alpha)[0]) for alpha in (1, 2)),
        marginal(both.urban, both.urban_poor, urban, 2),
        marginal(both.rural, both.rural_poor, rural, 2),
        search,
    )
