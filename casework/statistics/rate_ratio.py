"""How many times as often as the others of their strata are the marked hit?

The rate among the marked by the rate among the others, strata weighted after Mantel and Haenszel: of `marked` among
`whole`, `hits_marked` (whole - marked) / whole, summed, by (hits - hits_marked) marked / whole, summed (Greenland and
Robins, Biometrics 41 (1985) 55–68). Unlike observed by expected it does not shrink as the marked become many: these
raise what is expected themselves. Where the others have no hit at all, half a one is counted among them, as everywhere
where a ratio would be divided by none (Gart and Zweifel, Biometrika 54 (1967) 181–187), spread as the others are.

Its interval is that of the common odds ratio (`casework.statistics.exact`), exact however few the cases, each bound
turned into the ratio that the counts to be expected under it make: 1 at odds of 1, and rising with them.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from casework.statistics.exact import excess, mean_hits

Floats = NDArray[np.float64]

HALF = 0.5  # a hit


def rate_ratio(hits_marked: ArrayLike, hits: ArrayLike, marked: ArrayLike, whole: ArrayLike) -> float:
    """Of strata that tell anything (marked and others, hits and misses); NaN of none."""
    a, k, m, n = _floats(hits_marked, hits, marked, whole)
    if not len(a):
        return float("nan")
    others = n - m
    none = float((HALF * others / others.sum() * m / n).sum())
    return _ratio(a, k, m, n, none)


def greatest_ratio(hits: ArrayLike, marked: ArrayLike, whole: ArrayLike) -> float:
    """What it can be at most, whoever the hits are; where all of them may be marked, not less than that."""
    k, m, n = _floats(hits, marked, whole)
    if not len(k):
        return float("nan")
    return _ratio(np.minimum(k, m), k, m, n, HALF * float((m / n).min()))


def ratio_bounds(
    hits_marked: ArrayLike, hits: ArrayLike, marked: ArrayLike, whole: ArrayLike, level: float = 0.95
) -> tuple[float, float]:
    """Between which ratios the true one lies; 0 or infinite where the cases give no bound, NaN where nothing tells.

    The ratio seen is never outside: of strata that contradict one another it may be beyond what one common odds ratio
    makes, and is the bound then.
    """
    a, k, m, n = _floats(hits_marked, hits, marked, whole)
    telling = (m > 0) & (m < n) & (k > 0) & (k < n)
    a, k, m, n = a[telling], k[telling], m[telling], n[telling]
    seen, odds = rate_ratio(a, k, m, n), excess(a, k, m, n, level)
    low = 0.0 if np.isneginf(odds.least) else _ratio(mean_hits(k, m, n, odds.least), k, m, n, np.nan)
    high = np.inf if np.isposinf(odds.most) else _ratio(mean_hits(k, m, n, odds.most), k, m, n, np.nan)
    return min(low, seen), max(high, seen)


def _ratio(a: Floats, k: Floats, m: Floats, n: Floats, none: float) -> float:
    others = float(((k - a) * m / n).sum())
    return float((a * (n - m) / n).sum()) / (others if others > 0 else none)


def _floats(*columns: ArrayLike) -> list[Floats]:
    return [np.asarray(column, dtype=np.float64) for column in columns]
