"""Are some groups left out, or wrongly let in, more than others, and how sure is that?

Shares of households with Wilson's interval, and their ratio to the best group of the same kind. A register is a census:
the interval of a group says how far chance alone could move so few households, not that any were sampled; a whole
region of a register has none. Weighted rows count as fewer, by Kish's (Σw)² / Σw² ("Survey Sampling", 1965).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from casework.statistics import excess, wilson
from metrics.whatif.outcome import Outcome
from metrics.whatif.population import Population, Real
from metrics.whatif.targeting import share


def interval(part: ArrayLike, whole: ArrayLike, squares: ArrayLike) -> tuple[Real, Real]:
    """Between which shares the true one lies; `squares`: the sum of the squared weights in the whole."""
    k, n = np.asarray(part, np.float64), np.asarray(whole, np.float64)
    shrunk = share(n, squares)  # 1 where every row stands for one household
    return wilson(k * shrunk, n * shrunk)


def to_best(value: Real, whole: Real, least: float) -> Real:
    """Each group's share by the lowest of the groups with at least `least` households; NaN where that is 0 or none."""
    enough = value[(whole >= least) & np.isfinite(value)]
    best = float(enough.min()) if len(enough) else float("nan")
    return share(value, np.full(value.shape, best))


class Odds(NamedTuple):
    """How many times the odds of being on the roll are for near kin, between which bounds, and of how many."""

    ratio: float
    low: float
    high: float
    kin: int  # households in strata that tell anything
    strata: int


def kin_odds(population: Population, outcome: Outcome, *, eligible: bool, layer: str = "delivered") -> Odds:
    """Near kin of an official over the village against others there, of those eligible or of those due nothing.

    The common odds ratio over villages after Mantel and Haenszel (JNCI 22 (1959) 719–748), the interval exact
    (`excess`), widened to the ratio where villages contradict one another. Being kin is no violation, and need differs
    among the eligible too: a ratio is a question. Rows count once, unweighted.
    """
    due = outcome.eligible | outcome.rule_book.on_roll  # by a taper or single-person entry too
    asked = outcome.known & (outcome.eligible if eligible else ~due)
    village, kin, on = population.village[asked], population.kin[asked], outcome.layer(layer).on_roll[asked]
    villages = len(population.village_code)
    a, k, m, n = (np.bincount(village[each], minlength=villages) for each in (kin & on, on, kin, np.ones_like(kin)))
    found = excess(a, k, m, n)
    telling = (m > 0) & (m < n) & (k > 0) & (k < n)
    a, k, m, n = (each[telling] for each in (a, k, m, n))
    ratio = float(share((a * (n - m - k + a) / n).sum(), ((m - a) * (k - a) / n).sum()))
    low, high = float(np.exp(found.least)), float(np.exp(found.most))
    return Odds(ratio, min(low, ratio), max(high, ratio), int(m.sum()), found.strata)
