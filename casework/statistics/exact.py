"""Do the marked ones have more of something than their strata predict, whatever else differs between strata?

In a stratum of `whole` cases, `marked` of them marked, `hits` of them hit (on aid, approved, …), chance alone gives the
marked a hypergeometric number of hits; over strata the numbers add up, and their distribution is the convolution of
theirs. Given the margins nothing has to be estimated, so the test is exact however few the cases (Cox and Snell,
"Analysis of Binary Data", 2nd ed. 1989, §2.3; Agresti, "Categorical Data Analysis", 3rd ed. 2013, §7.3.5). A discrete p
is cautious on average; the mid-p counts half of what was seen itself (Lancaster, JASA 56 (1961) 223–234; Agresti and
Gottard 2007).

If the odds of a hit are the same times higher for the marked in all strata, the same distribution is tilted by that
ratio to the power of the count. So ratio and interval come from it too: as odds, and as the number of hits to be
expected under them by the number expected by chance. In the clearest cases chance alone gives the count a probability
smaller than a number holds. So the strata are added up tilted to where it was seen, and tilted on from there.
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
HALF: Final = 0.5  # a case from the edge, where no finite odds ratio would put the mean


@dataclass(frozen=True, slots=True)
class Excess:
    """The marked ones of all strata together.

    `observed` hits, `expected` by chance, `lift` = observed / expected with `low` and `high`; `p` is the one-sided
    mid-p of so many or more (0 where smaller than a number holds). `least` and `most` are the natural logarithms of the
    common odds ratio to which `low` and `high` belong. `strata` count those that tell anything; where none does, all
    but counts are NaN. A bound that the cases do not give is 0 or infinite (`least`: minus infinite).
    """

    observed: int
    expected: float
    lift: float
    low: float
    high: float
    p: float
    least: float
    most: float
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
        return Excess(0, nan, nan, nan, nan, nan, nan, nan, 0, np.ones(1), 0)
    first = int(np.maximum(0, k + m - n).sum())
    chance = summed(k, m, n)
    observed, expected = int(a.sum()), float((k * m / n).sum())
    least, most = _tilts((k, m, n), observed, level)
    return Excess(
        observed,
        expected,
        observed / expected,
        0.0 if np.isinf(least) else float(mean_hits(k, m, n, least).sum()) / expected,
        np.inf if np.isinf(most) else float(mean_hits(k, m, n, most).sum()) / expected,
        mid_p(chance, observed - first),
        least,
        most,
        len(a),
        chance,
        first,
    )


def summed(hits: ArrayLike, marked: ArrayLike, whole: ArrayLike, tilt: float = 0.0) -> Floats:
    """The chance of each number of hits among the marked, all strata together, from the smallest possible number on.

    `tilt`: the natural logarithm of the odds ratio, 0 for chance alone. Equal strata are computed once, also over
    calls: small strata are alike everywhere.
    """
    found = np.ones(1)
    kinds, _, times = _kinds(hits, marked, whole)
    for (k, m, n), often in zip(kinds, times, strict=True):
        one = _tilted(_logs(int(k), int(m), int(n)), tilt)
        for _ in range(int(often)):
            found = np.convolve(found, one)
    return np.asarray(found / found.sum(), dtype=np.float64)


def mean_hits(hits: ArrayLike, marked: ArrayLike, whole: ArrayLike, tilt: float) -> Floats:
    """How many of the marked of each stratum are to be expected hit under odds of e to the power of `tilt`?"""
    kinds, place, _ = _kinds(hits, marked, whole)
    return np.array([_mean(int(k), int(m), int(n), tilt) for k, m, n in kinds])[place]


def _kinds(
    hits: ArrayLike, marked: ArrayLike, whole: ArrayLike
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Strata that differ, which of them each is, and how often each is found."""
    strata = np.column_stack([np.asarray(column, dtype=np.int64) for column in (hits, marked, whole)])
    kinds, place, times = np.unique(strata, axis=0, return_inverse=True, return_counts=True)
    return kinds, place.reshape(-1).astype(np.int64), times.astype(np.int64)


def _mean(hits: int, marked: int, whole: int, tilt: float) -> float:
    chance = _tilted(_logs(hits, marked, whole), tilt)
    return max(0, hits + marked - whole) + float((chance * np.arange(len(chance))).sum())


@lru_cache(maxsize=2**16)
def _logs(hits: int, marked: int, whole: int) -> Floats:
    """Of one stratum: the logarithm of the chance of each number of hits among the marked."""
    counts = np.arange(max(0, hits + marked - whole), min(hits, marked) + 1)
    return np.asarray(scipy.stats.hypergeom.logpmf(counts, whole, hits, marked), dtype=np.float64)


def mid_p(chance: Floats, place: int) -> float:
    """The chance of more than stands at this place, and half the chance of just that."""
    return float(min(1.0, chance[place + 1 :].sum() + chance[place] / 2))


def _tilts(strata: tuple[NDArray[np.int64], ...], observed: int, level: float) -> tuple[float, float]:
    """The smallest and the largest odds ratio, as logarithms, that leave the observed count likely enough."""
    k, m, n = strata
    first, last = int(np.maximum(0, k + m - n).sum()), int(np.minimum(k, m).sum())
    centre = _centre(strata, min(max(observed, first + HALF), last - HALF))
    tail, place = (1 - level) / 2, observed - first
    with np.errstate(divide="ignore"):
        logs = np.log(summed(k, m, n, centre))

    def above(tilt: float) -> float:
        return mid_p(_tilted(logs, tilt - centre), place) - tail

    def below(tilt: float) -> float:
        return mid_p(_tilted(logs, tilt - centre)[::-1], last - observed) - tail

    return -np.inf if observed == first else _root(above), np.inf if observed == last else _root(below)


def bounds(chance: Floats, first: int, observed: int, level: float) -> tuple[float, float]:
    """Of any such distribution: the mean under the smallest and the largest odds that leave the count likely enough.

    `chance` of `first`, `first` + 1, … hits, all above 0 near what was observed; 0 and infinite where it is at its end.
    """
    tail, place, last = (1 - level) / 2, observed - first, len(chance) - 1
    with np.errstate(divide="ignore"):
        logs = np.log(chance)

    def mean(tilt: float) -> float:
        return float(first + (_tilted(logs, tilt) * np.arange(last + 1)).sum())

    def above(tilt: float) -> float:
        return mid_p(_tilted(logs, tilt), place) - tail

    def below(tilt: float) -> float:
        return mid_p(_tilted(logs, tilt)[::-1], last - place) - tail

    return (
        mean(_root(above)) if place > 0 and _crosses(above) else 0.0,
        mean(_root(below)) if place < last and _crosses(below) else float("inf"),
    )


def _crosses(crossing: Callable[[float], float]) -> bool:
    return crossing(-FARTHEST) * crossing(FARTHEST) < 0


def _centre(strata: tuple[NDArray[np.int64], ...], count: float) -> float:
    """Under which odds ratio, as a logarithm, is this count the one to be expected?"""
    kinds, _, times = _kinds(*strata)

    def beyond(tilt: float) -> float:
        means = [_mean(int(k), int(m), int(n), tilt) for k, m, n in kinds]
        return float((np.array(means) * times).sum()) - count

    return _root(beyond)


def _tilted(logs: Floats, tilt: float) -> Floats:
    tilted = logs + tilt * np.arange(len(logs))
    weights = np.exp(tilted - tilted.max())
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def _root(crossing: Callable[[float], float]) -> float:
    return float(scipy.optimize.brentq(crossing, -FARTHEST, FARTHEST, xtol=1e-9))
