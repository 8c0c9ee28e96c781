"""How many times the rate of the others is that of the marked, in strata of which each has a rate of its own?

The value is Mantel and Haenszel's ratio of rates, as Greenland and Robins (Biometrics 41 (1985) 55–68) weigh it: a
stratum where all were hit, or a few only are, counts no more than it tells. The bounds come from the exact test
(`casework.statistics.exact`): the smallest and the largest odds ratio that leave what was seen likely enough, each said
as the ratio of rates that it makes of these strata. So a lower bound above 1 and a small p are one and the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy  # its parts load when first used
from numpy.typing import ArrayLike, NDArray

from casework.statistics.exact import mid_p, summed

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

FARTHEST: Final = 60.0  # natural logarithm of the odds ratio within which a bound is sought


@dataclass(frozen=True, slots=True)
class RateRatio:
    """`value` with `low` and `high`; infinite: none of the others was hit, or the cases give no bound.

    `most`: the value, had as many of the marked been hit as hits allow. NaN where nothing is compared.
    """

    value: float
    low: float
    high: float
    most: float


def rate_ratio(
    hits_marked: ArrayLike, hits: ArrayLike, marked: ArrayLike, whole: ArrayLike, level: float = 0.95
) -> RateRatio:
    """Compare one set of strata: whole numbers, one a stratum, hits and marked among the whole.

    A stratum without anyone marked or without anyone else is left out.
    """
    a, k, m, n = (np.asarray(column, dtype=np.int64) for column in (hits_marked, hits, marked, whole))
    both = (m > 0) & (m < n)
    a, k, m, n = a[both], k[both], m[both], n[both]
    others = (n - m) / n

    def of(hit: Floats | Whole) -> float:
        above, below = float((hit * others).sum()), float(((k - hit) * (1 - others)).sum())
        if below > 0:
            return above / below
        return float("inf") if above > 0 else float("nan")

    fewest, most = np.maximum(0, k + m - n), np.minimum(k, m)
    chance, place = summed(k, m, n), int((a - fewest).sum())
    tail = (1 - level) / 2

    def above(tilt: float) -> float:
        return mid_p(_tilted(chance, tilt), place) - tail

    def below(tilt: float) -> float:
        return mid_p(_tilted(chance, tilt)[::-1], len(chance) - 1 - place) - tail

    low = of(_means(fewest, k, m, n, _root(above))) if place > 0 else of(fewest)
    high = of(_means(fewest, k, m, n, _root(below))) if place < len(chance) - 1 else of(most)
    return RateRatio(of(a), low, high, of(most))


def _means(fewest: Whole, k: Whole, m: Whole, n: Whole, tilt: float) -> Floats:
    """The hits to be expected among the marked of each stratum under such odds."""
    found = []
    for first, one in zip(fewest, np.column_stack([k, m, n]), strict=True):
        chance = _tilted(summed(one[:1], one[1:2], one[2:]), tilt)
        found.append(first + float((chance * np.arange(len(chance))).sum()))
    return np.array(found)


def _tilted(chance: Floats, tilt: float) -> Floats:
    with np.errstate(divide="ignore"):
        logs = np.log(chance) + tilt * np.arange(len(chance))
    weights = np.exp(logs - logs.max())
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def _root(crossing: Callable[[float], float]) -> float:
    return float(scipy.optimize.brentq(crossing, -FARTHEST, FARTHEST, xtol=1e-9))
