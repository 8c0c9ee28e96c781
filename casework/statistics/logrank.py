"""Do the marked come to something sooner than all others of their strata, when each is asked again until it comes?

Who has come is asked no more, so later years depend on earlier ones: taking each year's table as a draw of its own
names too many (measured: 7 % at a level of 5 %). Exact is to draw anew who is marked, each with its whole course: what
one contributes is the residual, the times it came (0 or 1) less its chances in the strata it was asked in; the sum over
the marked is the log-rank numerator, observed less expected. Its distribution over all draws of as many marked from
those who began alike is computed, not sampled (Peto and Peto, Journal of the Royal Statistical Society A 135 (1972)
185–207; Heimann and Neuhaus, Statistics in Medicine 17 (1998) 2285–2297).
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

GRID: Final = 20  # steps in one hit to which residuals are rounded, for the observed sum and for all others alike
EXACT: Final = 9  # decimals to which sums of fractions are the same in any order
LARGE, SCALE = 1e200, 1e-200  # numbers of draws are kept below what a float holds


def redrawn(residuals: Floats, marked: NDArray[np.bool_], beginning: NDArray[np.int64]) -> tuple[Floats, int]:
    """The chance of each sum of residuals over the marked, smallest first, and the place of the sum there is.

    One entry a case: its residual, whether it is marked, and in which stratum it began; only within these is it drawn.
    """
    steps = np.rint(np.round(residuals, EXACT) * GRID).astype(np.int64)
    chance, first = np.ones(1), 0
    for stratum in np.unique(beginning):
        own = steps[beginning == stratum]
        many = int(marked[beginning == stratum].sum())
        if many:
            least = int(own.min())
            chance = np.convolve(chance, _drawn(own - least, many))
            first += least * many
    return chance, int(steps[marked].sum()) - first


def _drawn(steps: NDArray[np.int64], many: int) -> Floats:
    """The chance of each sum of so many of these, none below 0, drawn without putting back."""
    longest = int(np.sort(steps)[-many:].sum())
    ways = np.zeros((many + 1, longest + 1))
    ways[0, 0] = 1.0
    for step in np.sort(steps):
        with_it = np.zeros_like(ways)
        with_it[1:, step:] = ways[:-1, : longest + 1 - step]
        ways += with_it
        if ways.max() > LARGE:
            ways *= SCALE
    return np.asarray(ways[many] / ways[many].sum(), dtype=np.float64)
