"""Do the marked ones have more of something than their strata predict, whatever else differs between strata?

In a stratum of `whole` cases, `marked` of them marked, `hits` of them hit (on aid, approved, …), chance alone gives the
marked a hypergeometric number of hits; over strata the numbers add up, and their distribution is the convolution of
theirs. Given the margins nothing has to be estimated, so the test is exact however few the cases (Cox and Snell,
"Analysis of Binary Data", 2nd ed. 1989, §2.3; Agresti, "Categorical Data Analysis", 3rd ed. 2013, §7.3.5). A discrete p
is cautious on average; the mid-p counts half of what was seen itself (Lancaster, JASA 56 (1961) 223–234; Agresti and
Gottard 2007).

If the odds of a hit are the same times higher for the marked in all strata, the same distribution is tilted by that
ratio to the power of the count. So ratio and interval come from it too: as odds, and as the number of hits to be
expected under them by the number expected by chance.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import scipy  # its parts load when first used
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

FARTHEST: Final = 60.0  # natural logarithm of the odds ratio within which a bound is sought


@dataclass(frozen=True, slots=True)
class Excess:
    """The marked ones of all strata together.

    `observed` hits, `expected` by chance, `lift` = observed / expected with `low` and `high`; `p` is the one-sided
    mid-p of so many or more. `strata` count those that tell anything; where none does, all but counts are NaN. A bound
    that the cases do not give is 0 or infinite.
    """

    observed: int
    expected: float
    lift: float
    low: float
    high: float
    p: float
    strata: int
    distribution: Floats  # chance of `first`, `first` + 1, … hits
    first: int


def excess(hits_marked: ArrayLike, hits: ArrayLike, marked: ArrayLike, whole: ArrayLike, level: float = 0.95) -> Excess:
    """Test one set of strata: whole numbers, one a stratum, hits and marked among the whole.

    A stratum without anyone unmarked, without a hit or without a miss tells nothing and is left out of the counts.
    ValueError: counts that do not fit one another.
    """
    a, k, m, n = (np.asarray(column, dtype=np.int64) for column in (hits_marked, hits, marked, whole))
    if ((a < np.maximum(0, k + m - n)) | (a > np.minimum(k, m)) | (k > n) | (m > n)).any():
        raise ValueError("hits among the marked must fit hits, marked and whole of their stratum")
    telling = (m > 0) & (m < n) & (k > 0) & (k < n)
    a, k, m, n = a[telling], k[telling], m[telling], n[telling]
    if not len(a):
        nan = float("nan")
        return Excess(0, nan, nan, nan, nan, nan, 0, np.ones(1), 0)
    first = int(np.maximum(0, k + m - n).sum())
    chance = summed(k, m, n)
    observed, expected = int(a.sum()), float((k * m / n).sum())
    low, high = bounds(chance, first, observed, level)
    return Excess(
        observed,
        expected,
        observed / expected,
        low / expected,
        high / expected,
        mid_p(chance, observed - first),
        len(a),
        chance,
        first,
    )


def summed(hits: ArrayLike, marked: ArrayLike, whole: ArrayLike) -> Floats:
    """The chance of each number of hits among the marked, all strata together, from the smallest possible number on.

    Equal strata are computed once, also over calls: small strata are alike everywhere.
    """
    strata = np.column_stack([np.asarray(column, dtype=np.int64) for column in (hits, marked, whole)])
    found = np.ones(1)
    for (k, m, n), times in zip(*np.unique(strata, axis=0, return_counts=True), strict=True):
        one = _chance(int(k), int(m), int(n))
        for _ in range(int(times)):
            found = np.convolve(found, one)
    return np.asarray(found / found.sum(), dtype=np.float64)


@lru_cache(maxsize=2**16)
def _chance(hits: int, marked: int, whole: int) -> Floats:
    """Of one stratum."""
    counts = np.arange(max(0, hits + marked - whole), min(hits, marked) + 1)
    return np.asarray(scipy.stats.hypergeom.pmf(counts, whole, hits, marked), dtype=np.float64)


def mid_p(chance: Floats, place: int) -> float:
    """The chance of more than stands at this place, and half the chance of just that."""
    return float(min(1.0, chance[place + 1 :].sum() + chance[place] / 2))


def bounds(chance: Floats, first: int, observed: int, level: float) -> tuple[float, float]:
    """The expected number of hits under the smallest and the largest odds ratio that leave the count likely enough."""
    tail, place = (1 - level) / 2, observed - first
    counts = np.arange(len(chance))

    def mean(tilt: float) -> float:
        return float(first + (_tilted(chance, tilt) * counts).sum())

    def above(tilt: float) -> float:
        return mid_p(_tilted(chance, tilt), place) - tail

    def below(tilt: float) -> float:
        return mid_p(_tilted(chance, tilt)[::-1], len(chance) - 1 - place) - tail

    low = 0.0 if place == 0 else mean(_root(above))
    high = np.inf if place == len(chance) - 1 else mean(_root(below))
    return low, float(high)


def _tilted(chance: Floats, tilt: float) -> Floats:
    with np.errstate(divide="ignore"):
        logs = np.log(chance) + tilt * np.arange(len(chance))
    weights = np.exp(logs - logs.max())
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def _root(crossing: Callable[[float], float]) -> float:
    return float(scipy.optimize.brentq(crossing, -FARTHEST, FARTHEST, xtol=1e-9))
