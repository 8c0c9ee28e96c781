"""What do the standards cost at every height, in every pair of town and country, and where is money best spent?

Exact but for the rounding up to whole yuan (`metrics.whatif.curve`), of the households asked about.
"""

from typing import Final

import numpy as np
import polars as pl

from metrics.whatif import optimum
from metrics.whatif.coarse import GRID
from metrics.whatif.curve import Candidates, candidates
from metrics.whatif.grid import grid
from metrics.whatif.optimum import Question
from metrics.whatif.pareto import front
from metrics.whatif.posed import Posed
from metrics.whatif.ranked import before
from metrics.whatif.reckon import rules_of_last_month
from metrics.whatif.subset import within

SETTINGS: Final = ("urban", "rural")
FACTORS: Final = np.round(np.linspace(0.8, 1.4, 25), 3)  # of the grid
COARSE: Final = 10_000  # fen to which a cost is rounded: 100 yuan
CROWD: Final = 5  # times the least count: of how many households a curve is told
_DIGITS: Final = 3
_AIMS: Final = ("cost_fen", "fgt1", "missed")


def rows(posed: Posed) -> Candidates:
    """The households asked about as a curve over standards takes them; refused where not the gap is paid."""
    people = posed.people
    rules = rules_of_last_month(people, posed.policy, posed.outcome.months)
    return candidates(people, posed.outcome, rules, posed.there)


def crowded(posed: Posed, few: int) -> list[str]:
    """Which of urban and rural villages have enough households for curves over their standard to tell of none?"""
    free = rows(posed).open
    return [kind for kind in SETTINGS if (free & within(posed.people, "", kind)).sum() >= few * CROWD]


def pairs(posed: Posed, few: int, step: int = 1) -> pl.DataFrame:
    """Every pair of FACTORS (`metrics.whatif.grid`) with `best`: no other pair beats it in cost, gap and `missed`.

    Counts rounded to multiples of `step`, shares of people to a thousandth and gaps to a tenth of it, null with
    everything else where fewer than `few` households are in; no rows where one setting has too few households.
    """
    found = grid(_question(posed).sides(1.0), FACTORS, FACTORS)
    if len(crowded(posed, few)) < len(SETTINGS):
        return front(found.clear(), _AIMS)
    told = [pl.when(pl.col("households") >= few).then(pl.col(name)).alias(name) for name in found.columns[2:]]
    rounded = [((pl.col(name) / max(step, 1)).round() * max(step, 1)).alias(name) for name in ("households", "persons")]
    shares = (pl.col("coverage", "missed", "fgt0").round(_DIGITS), pl.col("fgt1", "fgt2").round(_DIGITS + 1))
    return front(found.with_columns(told), _AIMS).with_columns(*rounded, *shares, _coarse())


def best(posed: Posed, month_fen: float, few: int) -> pl.DataFrame:
    """What each lever buys for a month's budget (`metrics.whatif.optimum`); no rows where a setting has too few."""
    multiples = [((pl.col(name) * GRID).floor() / GRID).alias(name) for name in ("urban", "rural", "topups")]
    shares = pl.col("fgt1", "fgt2").round(_DIGITS + 1)
    found = optimum.best(_question(posed), month_fen).with_columns(_coarse(), shares, *multiples)
    return found if len(crowded(posed, few)) == len(SETTINGS) else found.clear()


def _question(posed: Posed) -> Question:
    people = posed.people
    urban, rural = (posed.there & within(people, "", kind) for kind in SETTINGS)
    measured = posed.there & before(people).measured
    return Question(rows(posed), urban, rural, people.resources_fen, posed.line, measured)


def _coarse() -> pl.Expr:
    return (pl.col("cost_fen") / COARSE).round() * COARSE
