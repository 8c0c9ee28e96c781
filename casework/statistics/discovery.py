"""Of so many tests, at which level would each be named?

Of a hundred tests of nothing five fall below 0.05. Benjamini and Hochberg (Journal of the Royal Statistical Society B
57 (1995) 289–300) keep the expected share of false discoveries among those named below a level.
"""

import numpy as np
import scipy  # its parts load when first used
from numpy.typing import ArrayLike, NDArray


def false_discovery(p: ArrayLike) -> NDArray[np.float64]:
    """The smallest false discovery share at which each test would be named, in the order given.

    NaN is a test that could not be made: it counts among none.
    """
    given = np.asarray(p, dtype=np.float64)
    known = ~np.isnan(given)
    q = np.full(given.shape, np.nan)
    if known.any():
        q[known] = scipy.stats.false_discovery_control(given[known])
    return q
