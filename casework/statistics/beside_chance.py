"""How do the hits of a chosen few stand beside chance, stratum by stratum, as a lead shows it?

The exact test of `excess`, and beside it the strata that leave no choice: where all or none are marked, or hit, what
was seen had to be so. They count as seen and as expected alike, which draws the ratio towards one, and tell the test
nothing.
"""

from math import isinf
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from casework.statistics.exact import excess

PLACES: Final = 2  # of an expected number and a ratio
BESIDE_CHANCE: Final = ("observed", "expected", "lift", "low", "high", "p", "strata")


def beside_chance(
    hits_marked: ArrayLike, hits: ArrayLike, marked: ArrayLike, whole: ArrayLike
) -> dict[str, int | float | None]:
    """`BESIDE_CHANCE` of one set of strata, counts as for `excess`; None where it cannot be told, or has no bound.

    `observed` and `strata` whole; `expected`, `lift`, `low`, `high` (95 %) to PLACES; `p` the one-sided mid-p.
    """
    # in an order of their own, so that a sum of shares does not depend on who was counted first
    counts = [np.asarray(column, dtype=np.int64) for column in (hits_marked, hits, marked, whole)]
    a, k, m, n = (column[np.lexsort(counts)] for column in counts)
    test = excess(a, k, m, n)
    observed, expected = int(a.sum()), float((k * m / n).sum())
    found: dict[str, int | float | None] = {"observed": observed, "strata": test.strata}
    if expected:
        found |= {"expected": round(expected, PLACES), "lift": round(observed / expected, PLACES)}
    if test.strata:
        forced = observed - test.observed
        low, high = ((forced + bound * test.expected) / expected for bound in (test.low, test.high))
        found |= {"p": test.p, "low": round(low, PLACES), "high": None if isinf(high) else round(high, PLACES)}
    return {name: found.get(name) for name in BESIDE_CHANCE}
