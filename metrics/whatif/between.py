"""How much of inequality, and of targeting, lies within villages and how much between them?

Sums a village in (arrays, one entry each), three numbers out: whole, within, between; within + between = whole. Theil:
Shorrocks, Econometrica 48 (1980). Targeting differential: Galasso and Ravallion, Journal of Public Economics 89 (2005)
705–727. The lowest incomes are set to 1 % of the mean (`floored`) as LIS does, for a logarithm of nothing there is not.
"""

from typing import NamedTuple

import numpy as np

from metrics.whatif.population import Index, Real
from metrics.whatif.targeting import share

FLOOR = 0.01  # of the mean income a head


class Parts(NamedTuple):
    """The whole, and what of it is within and between villages; an entry a region."""

    whole: Real
    within: Real
    between: Real


def floored(y: Real, mean: float) -> Real:
    """Incomes, none below 1 % of the mean given."""
    return np.maximum(y, FLOOR * mean)


def theil_l(persons: Real, money: Real, logs: Real, region: Index, regions: int) -> Parts:
    """Of Σw, Σwy and Σw·ln y of each village, the mean log deviation of the region that each village lies in."""
    many, total, lower = (np.bincount(region, each, regions) for each in (persons, money, logs))
    whole = _log(share(total, many)) - share(lower, many)
    apart = np.bincount(region, persons * _log0(share(money, persons)), regions)
    between = _log(share(total, many)) - share(apart, many)
    return Parts(whole, whole - between, between)


def theil_t(persons: Real, money: Real, logs: Real, region: Index, regions: int) -> Parts:
    """Of Σw, Σwy and Σw·y·ln y of each village, Theil's T of the region that each village lies in."""
    many, total, lower = (np.bincount(region, each, regions) for each in (persons, money, logs))
    mean = _log(share(total, many))
    whole = share(lower, total) - mean
    between = share(np.bincount(region, money * _log0(share(money, persons)), regions), total) - mean
    return Parts(whole, whole - between, between)


def targeting_differential(
    reached: Real, recipients: Real, eligible: Real, judged: Real, region: Index, regions: int
) -> Parts:
    """Of each village's persons (R∩E, R, E, P), the targeting differential of the region that it lies in.

    It is the covariance of being eligible and being reached by the variance of the first, and covariances add up.
    """
    both, got, meant, all_ = (np.bincount(region, each, regions) for each in (reached, recipients, eligible, judged))
    spread = share(meant, all_) * (1 - share(meant, all_))
    whole = share(share(both, all_) - share(meant, all_) * share(got, all_), spread)
    own = np.divide(eligible * recipients, judged, out=np.zeros_like(judged), where=judged > 0)
    within = share(share(np.bincount(region, reached - own, regions), all_), spread)
    return Parts(whole, within, whole - within)


def _log(value: Real) -> Real:
    return np.log(np.where(value > 0, value, np.nan))


def _log0(value: Real) -> Real:
    """The logarithm; 0 where a village has nobody, or nothing, to weigh it with."""
    return np.log(np.where(value > 0, value, 1.0))
