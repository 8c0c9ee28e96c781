"""How sure is a share, a rate or a median, given how few cases it rests on?

Every function takes numbers or arrays and answers arrays; what cannot be computed is NaN, never 0.
"""

import numpy as np
import scipy  # its parts load when first used: most commands need none, and none should wait for them
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def wilson(part: ArrayLike, whole: ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """Between which shares does the true one lie? The Wilson score interval; NaN where `whole` is 0 or unknown."""
    k, n = np.asarray(part, dtype=np.float64), np.asarray(whole, dtype=np.float64)
    n = np.where(n > 0, n, np.nan)
    z = float(scipy.stats.norm.ppf((1 + level) / 2))
    share = k / n
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    # at 0 of n and n of n the bound is exactly 0 and 1; rounding must not push it past
    return np.where(k == 0, 0.0 * n, centre - half), np.where(k == n, n / n, centre + half)


def poisson_interval(count: ArrayLike, exposure: ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """Between which rates (count by exposure) does the true one lie? Garwood's exact interval; NaN without exposure.

    A count may be an average of months, so no whole number.
    """
    k, e = np.asarray(count, dtype=np.float64), np.asarray(exposure, dtype=np.float64)
    e = np.where(e > 0, e, np.nan)
    tail = (1 - level) / 2
    each, place = np.unique(k, return_inverse=True)  # the same few counts over and over: one bound each
    low = np.where(each > 0, scipy.stats.chi2.ppf(tail, 2 * np.where(each > 0, each, 1)) / 2, 0.0)
    high = scipy.stats.chi2.ppf(1 - tail, 2 * (each + 1)) / 2
    place = place.reshape(k.shape)
    return low[place] / e, high[place] / e


def quantile_interval(values: ArrayLike, q: float, level: float = 0.95) -> tuple[float, float]:
    """Between which two of the ascending values does the true q-quantile lie, with at least that certainty?

    By order statistics, whatever the distribution; a side that so few values cannot bound is NaN.
    """
    ordered = np.asarray(values, dtype=np.float64)
    n = len(ordered)
    tail = (1 - level) / 2
    # P(the k-th smallest is above the quantile) = P(fewer than k of n fall below it), k from 1
    below = scipy.stats.binom.cdf(np.arange(n), n, q)
    lows = np.flatnonzero(below <= tail)
    highs = np.flatnonzero(below >= 1 - tail)
    low = float(ordered[lows[-1]]) if len(lows) else float("nan")
    high = float(ordered[highs[0]]) if len(highs) else float("nan")
    return low, high


def quantile_ranks(size: ArrayLike, q: float, level: float = 0.95) -> tuple[Floats, Floats]:
    """Which two of so many ascending values (from 1) bound the true q-quantile? `quantile_interval` for many sizes."""
    n = np.asarray(size, dtype=np.int64)
    tail = (1 - level) / 2
    low = scipy.stats.binom.ppf(tail, n, q)
    low = np.where(scipy.stats.binom.cdf(low, n, q) <= tail, low + 1, low)
    high = scipy.stats.binom.ppf(1 - tail, n, q) + 1
    return np.where(low >= 1, low, np.nan), np.where(high <= n, high, np.nan)
