"""How do hits stand beside chance where a group of counts was only looked at because each of them is high?

Several counts (hits among the marked, over strata, as for `excess`) make a group, kept where each is at least its
`least`. Beside chance alone nearly every group so kept would be surprising: the choice made it so. Given the choice, a
count has its own distribution, cut off below its least and made whole again, and the counts of the group add up
(Fithian, Sun and Taylor, arXiv:1410.2597, 2014: inference conditional on selection). A group of counts at their least
tells nothing, however rare it is: it could not have been lower.

If the odds of a hit are the same times higher in all strata, the cut distribution is tilted like the whole one, so that
ratio and interval come from it as in `excess`.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from casework.statistics.beside_chance import BESIDE_CHANCE, PLACES
from casework.statistics.exact import Floats, bounds, mid_p, summed

LEVEL: Final = 0.95
COUNTS: Final = 4  # of a stratum
Strata = Sequence[ArrayLike]  # hits of the marked, hits, marked, whole


def beside_kept(group: Sequence[Strata], least: Sequence[int]) -> dict[str, int | float | None]:
    """`BESIDE_CHANCE` of one group, all given that each count is at least its `least`; None where it cannot be told.

    `observed` and `strata` (those that tell anything) whole; `expected`, `lift`, `low`, `high` (95 %) to PLACES; `p`
    the one-sided mid-p of the sum. ValueError: a count below its least, or counts that do not fit.
    """
    # in an order of their own, so that a sum of shares does not depend on whose count came first
    counts = sorted((_rows(strata), below) for strata, below in zip(group, least, strict=True))
    chance, first, observed, telling = np.ones(1), 0, 0, 0
    for rows, below in counts:
        own, lowest, seen = _cut(rows, below)
        chance, first, observed = np.convolve(chance, own), first + lowest, observed + seen
        telling += sum(0 < m < n and 0 < k < n for _, k, m, n in rows)
    expected = float(first + (chance * np.arange(len(chance))).sum())
    found: dict[str, int | float | None] = {"observed": observed, "strata": telling}
    if expected:
        found |= {"expected": round(expected, PLACES), "lift": round(observed / expected, PLACES)}
    if len(chance) > 1:
        low, high = bounds(chance, first, observed, LEVEL)
        found |= {
            "p": mid_p(chance, observed - first),
            "low": round(max(low, first) / expected, PLACES),  # no ratio makes it lower than the choice allows
            "high": None if np.isinf(high) else round(high / expected, PLACES),
        }
    return {name: found.get(name) for name in BESIDE_CHANCE}


def _rows(strata: Strata) -> list[tuple[int, ...]]:
    columns = (np.asarray(column, dtype=np.int64).tolist() for column in strata)
    return sorted(zip(*columns, strict=True))


def _cut(rows: Sequence[tuple[int, ...]], least: int) -> tuple[Floats, int, int]:
    """The distribution of one count given that it is at least so much, its lowest value, and what was seen."""
    a, k, m, n = np.array(rows, dtype=np.int64).reshape(-1, COUNTS).T
    if ((a < np.maximum(0, k + m - n)) | (a > np.minimum(k, m))).any():
        raise ValueError("hits among the marked must fit hits, marked and whole of their stratum")
    lowest, seen = int(np.maximum(0, k + m - n).sum()), int(a.sum())
    if seen < least:
        raise ValueError("a count below its least was not kept")
    kept = summed(k, m, n)[max(0, least - lowest) :]
    return np.asarray(kept / kept.sum(), dtype=np.float64), max(lowest, least), seen
