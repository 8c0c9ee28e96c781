"""How far apart are two shares, given how few cases each rests on?

Both intervals are made of the Wilson limits of the two shares, so they hold where a share is near 0 or 1. Difference:
Newcombe's hybrid score interval (Statistics in Medicine 17 (1998) 873–890, method 10). Ratio: Donner and Zou's method
of variance estimates recovered (Statistical Methods in Medical Research 21 (2012) 347–359, eq. 9), written so that
nothing is divided by what may be 0. What cannot be computed is NaN, never 0.
"""

import numpy as np
from numpy.typing import ArrayLike

from casework.statistics.intervals import Floats, wilson


def difference(
    part: ArrayLike, whole: ArrayLike, other_part: ArrayLike, other_whole: ArrayLike, level: float = 0.95
) -> tuple[Floats, Floats, Floats]:
    """The first share less the second, and between which differences the true one lies."""
    p, low, high = _share(part, whole, level)
    q, other_low, other_high = _share(other_part, other_whole, level)
    apart = p - q
    below = np.sqrt((p - low) ** 2 + (other_high - q) ** 2)
    above = np.sqrt((high - p) ** 2 + (q - other_low) ** 2)
    return apart, apart - below, apart + above


def ratio(
    part: ArrayLike, whole: ArrayLike, other_part: ArrayLike, other_whole: ArrayLike, level: float = 0.95
) -> tuple[Floats, Floats, Floats]:
    """How many times the second share the first is, and between which ratios the true one lies.

    NaN where the second share is 0.
    """
    p, low, high = _share(part, whole, level)
    q, other_low, other_high = _share(other_part, other_whole, level)
    q = np.where(q > 0, q, np.nan)
    both = p * q
    near, far = low * (2 * p - low), high * (2 * p - high)
    under, over = other_low * (2 * q - other_low), other_high * (2 * q - other_high)
    root = np.sqrt(np.maximum(both**2 - near * over, 0.0))  # never below 0 but for rounding
    least = np.where(near == 0, 0.0 * q, near / np.where(both + root == 0, 1.0, both + root))
    return p / q, least, (both + np.sqrt(np.maximum(both**2 - far * under, 0.0))) / under


def _share(part: ArrayLike, whole: ArrayLike, level: float) -> tuple[Floats, Floats, Floats]:
    k, n = np.asarray(part, dtype=np.float64), np.asarray(whole, dtype=np.float64)
    return k / np.where(n > 0, n, np.nan), *wilson(k, n, level)
