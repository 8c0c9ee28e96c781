"""How many times less do cases tell that come in whole villages than as many drawn one by one?

The design effect of a share (Kish, "Survey Sampling", 1965): the variance that the villages' own sums show (of the
ratio, linearised; Cochran, "Sampling Techniques", 3rd ed. 1977, §6.3 and §9A.5) by that of independent cases. Divided
by it, part and whole are as many cases as tell the same, and the intervals for independent cases may be used. Few
villages say little of how far villages differ: so it is taken times the square of Student's t by the normal quantile
(Korn and Graubard, Survey Methodology 24 (1998) 193–201).
"""

import numpy as np
import scipy  # its parts load when first used
from numpy.typing import ArrayLike


def design_effect(part: ArrayLike, whole: ArrayLike, group: ArrayLike, level: float = 0.95) -> float:
    """At least 1, pooled over the groups, whose shares may differ; NaN with too few villages or nothing to compare.

    One entry a village and group: `part` of `whole` cases, and a number for the `group`. Entries without a whole count
    for nothing.
    """
    k, n, of = (np.asarray(each, dtype=np.float64) for each in (part, whole, group))
    there = n > 0
    k, n, of = k[there], n[there], of[there]
    names, place = np.unique(of, return_inverse=True)
    free = len(n) - len(names)
    if free < 1:
        return float("nan")
    sums, wholes, villages = (np.bincount(place, each) for each in (k, n, np.ones(len(n))))
    share = sums / wholes
    beyond = np.bincount(place, (k - share[place] * n) ** 2)  # of each group
    more = np.where(villages > 1, villages / np.maximum(villages - 1, 1), 0.0)  # one village alone shows nothing
    alone = villages > 1
    independent = float((wholes * share * (1 - share))[alone].sum())
    if independent == 0:
        return float("nan")
    effect = float((more * beyond).sum()) / independent
    tail = (1 + level) / 2
    few = float(scipy.stats.t.ppf(tail, free) / scipy.stats.norm.ppf(tail)) ** 2
    return max(effect, 1.0) * few
