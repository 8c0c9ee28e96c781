"""Are the marked ones' values greater than those of the unmarked of their stratum, and by how much?

Van Elteren's test (Bulletin of the International Statistical Institute 37 (1960) 351–361; Lehmann, "Nonparametrics",
1975, §3.3): Wilcoxon's rank sum of each stratum, weighted by 1 / (N + 1), so that a large stratum counts more, but no
more than it tells. Equal values share the mean of their ranks. If marks mean nothing, every choice of so many marked
of a stratum is equally likely: where these can be gone through, the p is theirs exactly; else it is read off a Pearson
type III curve of their exact mean, variance and skewness, which is the normal one without skewness (Mielke and Berry,
"Permutation Methods", 2nd ed. 2007, §2.3). One-sided, and half of what was seen itself is counted (mid-p).

The effect is the chance that a marked one is above an unmarked one of its stratum, equal ones counted half, with the
same weights; 0.5 is no effect. A stratum where all are equal changes no p, but it is even and counts in the
effect: a few odd strata among many alike are a small difference, however sure. Its interval is Newcombe's fifth method
(Statistics in Medicine 25 (2006) 559–573) with the variance of each stratum. In units of the values it is Hodges and
Lehmann's shift (Annals of Mathematical Statistics 34 (1963) 598–611): the median of the differences between marked and
unmarked of a stratum.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import scipy  # its parts load when first used
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

MOST_STATES: Final = 20_000  # sums that may differ, beyond which choices are not gone through
LARGEST: Final = 1000  # stratum, of which the number of choices still is a floating-point number
HALF: Final = 0.5  # of the pairs: no difference
NEAR: Final = 1e-12  # as good as equal, of shares
DIGITS: Final = 9  # sums of fractions that agree so far are the same sum


@dataclass(frozen=True, slots=True)
class RankSum:
    """The marked ones of all strata together.

    `marked` among `whole`, in the `strata` where both are; `superiority`, 0 to 1, with `low` and `high`; `p` of so
    great a sum of ranks or a greater one; `exact`: all choices were gone through. Where all values of each stratum are
    equal, all but counts are NaN.
    """

    marked: int
    whole: int
    strata: int
    superiority: float
    low: float
    high: float
    p: float
    exact: bool


@dataclass(frozen=True, slots=True)
class Shift:
    """By how much the marked are above the unmarked, in units of the values; a bound not given is infinite."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Strata with both: twice each one's midrank, whether it is marked, and where each stratum begins."""

    twice: Whole
    marked: NDArray[np.bool_]
    begins: Whole
    size: Whole
    chosen: Whole  # marked of each stratum

    def scores(self) -> Floats:
        """Each one's rank by the ranks of its stratum, less their mean of a half."""
        return np.asarray(self.twice / np.repeat(2 * (self.size + 1), self.size) - HALF, dtype=np.float64)

    def summed(self, each: Floats) -> Floats:
        """The sum over each stratum."""
        return np.asarray(np.add.reduceat(each, self.begins), dtype=np.float64)


def rank_sum(values: ArrayLike, marked: ArrayLike, strata: ArrayLike, level: float = 0.95) -> RankSum:
    """Test whether the marked are above the others; `strata` names each one's stratum (text or whole numbers).

    A stratum without anyone marked or without anyone else is left out. ValueError: a value that is not a number.
    """
    ranked = _ranked(values, marked, strata)
    counts = (int(ranked.chosen.sum()), int(ranked.size.sum()), len(ranked.size))
    scores = ranked.scores()
    if not scores.any():
        nan = float("nan")
        return RankSum(*counts, nan, nan, nan, nan, exact=False)
    excess = float(ranked.summed(np.where(ranked.marked, scores, 0.0)).sum())
    weights = ranked.chosen * (ranked.size - ranked.chosen) / (ranked.size + 1)
    superiority = min(1.0, max(0.0, HALF + excess / float(weights.sum())))
    exact = _exact(ranked, excess)
    return RankSum(
        *counts,
        superiority,
        *_interval(ranked, scores, superiority, level),
        _curve(ranked, scores, excess) if exact is None else exact,
        exact=exact is not None,
    )


def shift(values: ArrayLike, marked: ArrayLike, strata: ArrayLike, level: float = 0.95) -> Shift:
    """By how much the marked are above the others; all NaN where no stratum has both.

    Quantiles of the differences, each weighted by 1 / (N + 1): the median, and those at which the test would turn.
    """
    value, mark, stratum = _ordered(values, marked, strata)
    differences, weights = [np.empty(0)], [np.empty(0)]
    for one in np.split(np.arange(len(value)), np.flatnonzero(np.diff(stratum)) + 1):
        pairs = np.subtract.outer(value[one][mark[one]], value[one][~mark[one]]).ravel()
        differences.append(pairs)
        weights.append(np.full(len(pairs), 1 / (len(one) + 1)))
    each, weight = np.concatenate(differences), np.concatenate(weights)
    if not len(each):
        return Shift(float("nan"), float("nan"), float("nan"))
    order = np.argsort(each, kind="stable")
    each, below = each[order], np.cumsum(weight[order])
    whole = float(below[-1])
    reach = float(scipy.stats.norm.ppf((1 + level) / 2)) / np.sqrt(12 * whole)  # without ties, of the share of pairs
    return Shift(
        _quantile(each, below / whole, HALF),
        _quantile(each, below / whole, HALF - reach) if reach < HALF else -float("inf"),
        _quantile(each, below / whole, HALF + reach) if reach < HALF else float("inf"),
    )


def _ordered(values: ArrayLike, marked: ArrayLike, strata: ArrayLike) -> tuple[Floats, NDArray[np.bool_], Whole]:
    """Everyone by stratum and value, strata numbered."""
    value, mark = np.asarray(values, dtype=np.float64), np.asarray(marked, dtype=np.bool_)
    if np.isnan(value).any():
        raise ValueError("a value that is unknown has no rank: leave it out")
    stratum = np.unique(np.asarray(strata), return_inverse=True)[1].astype(np.int64).reshape(value.shape)
    order = np.lexsort((mark, value, stratum))
    return value[order], mark[order], stratum[order]


def _ranked(values: ArrayLike, marked: ArrayLike, strata: ArrayLike) -> _Ranked:
    value, mark, stratum = _ordered(values, marked, strata)
    count = np.bincount(stratum) if len(stratum) else np.empty(0, dtype=np.int64)
    chosen = np.bincount(stratum[mark], minlength=len(count))
    both = (chosen > 0) & (chosen < count)
    kept = both[stratum] if len(stratum) else np.empty(0, dtype=np.bool_)
    value, mark, stratum = value[kept], mark[kept], stratum[kept]
    size, chosen = count[both].astype(np.int64), chosen[both].astype(np.int64)
    begins = np.cumsum(size) - size
    fresh = np.ones(len(value), dtype=np.bool_)  # where another value, or another stratum, begins
    fresh[1:] = (np.diff(value) > 0) | (np.diff(stratum) > 0)
    first = np.flatnonzero(fresh)
    last = np.append(first[1:], len(value)) - 1
    tied = np.cumsum(fresh) - 1
    twice = (first + last + 2)[tied] - 2 * np.repeat(begins, size)
    return _Ranked(twice.astype(np.int64), mark, begins, size, chosen)


def _exact(ranked: _Ranked, excess: float) -> float | None:
    """The mid-p by every choice of so many marked in each stratum; None: too many."""
    sums: Floats = np.zeros(1)
    chance: Floats = np.ones(1)
    for begin, size, chosen in zip(ranked.begins, ranked.size, ranked.chosen, strict=True):
        fewer = int(min(chosen, size - chosen))
        twice = ranked.twice[begin : begin + size]
        if size > LARGEST:
            return None
        unlike, tied = np.unique(twice, return_counts=True)
        choices = _choices(tuple(unlike.tolist()), tuple(tied.tolist()), fewer)
        if choices is None or len(sums) * len(choices[0]) > MOST_STATES:
            return None
        own, likely = choices
        own = own / (2 * (size + 1)) - fewer / 2
        if fewer < chosen:  # the unmarked were chosen: what they gain the marked lose
            own = -own
        whole = np.round(np.add.outer(sums, own).ravel(), DIGITS)
        sums, place = np.unique(whole, return_inverse=True)
        weights = np.multiply.outer(chance, likely).ravel()
        chance = np.asarray(np.bincount(place.ravel(), weights=weights), dtype=np.float64)
    near = 10.0 ** (1 - DIGITS)
    above, equal = sums > excess + near, np.abs(sums - excess) <= near
    return float(min(1.0, chance[above].sum() + chance[equal].sum() / 2))


@lru_cache(maxsize=4096)
def _choices(ranks: tuple[int, ...], tied: tuple[int, ...], chosen: int) -> tuple[Floats, Floats] | None:
    """Every sum (ascending) of so many ranks, each there so often, and the chance of each; None: too many.

    Rank by rank: in how many ways may so many with such a sum have been chosen up to here?
    """
    numbers: Whole = np.zeros(1, dtype=np.int64)
    sums: Whole = np.zeros(1, dtype=np.int64)
    ways: Floats = np.ones(1)
    left = sum(tied)
    for rank, there in zip(ranks, tied, strict=True):
        left -= there
        taken = np.arange(min(there, chosen) + 1)
        number = np.add.outer(numbers, taken)
        kept = (number <= chosen) & (number + left >= chosen)
        if kept.sum() > MOST_STATES:
            return None
        whole = np.add.outer(sums, rank * taken)[kept] * (chosen + 1) + number[kept]
        each = np.multiply.outer(ways, scipy.special.comb(there, taken))[kept]
        states, place = np.unique(whole, return_inverse=True)
        ways = np.asarray(np.bincount(place, weights=each), dtype=np.float64)
        numbers, sums = states % (chosen + 1), states // (chosen + 1)
    return sums.astype(np.float64), ways / ways.sum()


def _curve(ranked: _Ranked, scores: Floats, excess: float) -> float:
    """The tail by the mean, variance and skewness that a choice without replacement has."""
    size, chosen = ranked.size.astype(np.float64), ranked.chosen.astype(np.float64)
    others = size - chosen
    variance = _variance(ranked, scores).sum()
    orders = np.maximum(size * (size - 1) * (size - 2), 1.0)  # of three; where only two are, none is skewed
    third = (chosen * others * (others - chosen) / orders * ranked.summed(scores**3)).sum()
    return float(scipy.stats.pearson3.sf(excess / np.sqrt(variance), third / variance**1.5))


def _variance(ranked: _Ranked, scores: Floats) -> Floats:
    """Of the marked ones' sum of scores, in each stratum, if marks mean nothing."""
    chosen, others = ranked.chosen, ranked.size - ranked.chosen
    return np.asarray(chosen * others / (ranked.size * (ranked.size - 1)) * ranked.summed(scores**2))


def _interval(ranked: _Ranked, scores: Floats, seen: float, level: float) -> tuple[float, float]:
    """Between which chances does the true one lie? Those from which what was seen is less than z deviations away.

    At one half the variance is the test's own, ties included; elsewhere each stratum's changes as Newcombe says.
    """
    z = float(scipy.stats.norm.ppf((1 + level) / 2))
    at_half = _variance(ranked, scores)
    whole = float((ranked.chosen * (ranked.size - ranked.chosen) / (ranked.size + 1)).sum())
    more = ranked.size / 2 - 1

    def shape(chance: float) -> Floats:
        both = (1 - chance) / (2 - chance) + chance / (1 + chance)
        return np.asarray(chance * (1 - chance) * (1 + more * both), dtype=np.float64)

    share = at_half / whole**2 / shape(HALF)

    def apart(chance: float) -> float:
        return float((seen - chance) ** 2 - z**2 * (share * shape(chance)).sum())

    low = 0.0 if seen <= NEAR else _root(apart, 0.0, min(seen, 1 - NEAR))
    high = 1.0 if seen >= 1 - NEAR else _root(apart, max(seen, NEAR), 1.0)
    return low, high


def _root(crossing: Callable[[float], float], low: float, high: float) -> float:
    return float(scipy.optimize.brentq(crossing, low, high, xtol=1e-10))


def _quantile(each: Floats, below: Floats, at: float) -> float:
    """The weighted quantile of ascending values; halfway where one ends exactly there."""
    first, last = (int(np.searchsorted(below, at + slack)) for slack in (-NEAR, NEAR))
    return float(each[min(first, len(each) - 1)] + each[min(last, len(each) - 1)]) / 2
