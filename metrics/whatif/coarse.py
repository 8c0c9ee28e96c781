"""At which multiples of the standards is a curve told, so that no step of it is a few households?

Two neighbours that differ by one household tell at which income a head that household stands. So a curve is told on a
fixed grid, from the standards as they are upwards and downwards, and a multiple is passed over until the households on
the roll are the same as at the last one told, or at least so many more or fewer. However often and wherever somebody
asks, the same multiples answer.
"""

from typing import Final

import numpy as np

from metrics.whatif.curve import Curve
from metrics.whatif.population import Real

GRID: Final = 200  # points between 0 and 1, and between every two whole multiples


def multiples(found: Curve, highest: float, least: float) -> Real:
    """From 0 up to the highest, ascending; always with 1."""
    above = np.arange(GRID, max(round(highest * GRID), GRID) + 1) / GRID
    below = np.arange(GRID, -1, -1) / GRID
    up, down = (_kept(each, found.households(each), least) for each in (above, below))
    every = np.concatenate([down[:0:-1], up])
    return every[every <= highest]


def within(found: Curve, low: float, high: float, least: float) -> Real:
    """Those between two multiples."""
    every = multiples(found, high, least)
    return every[every >= low]


def at(found: Curve, asked: Real, least: float) -> Real:
    """For each multiple asked the last one told up to it, each once; none where nothing is told so low."""
    every = multiples(found, float(np.max(asked, initial=0.0)), least)
    place = np.unique(np.searchsorted(every, asked, side="right") - 1)
    return every[place[place >= 0]]


def _kept(factors: Real, households: Real, least: float) -> Real:
    kept = [0]
    for place in range(1, len(factors)):
        step = abs(households[place] - households[kept[-1]])
        if step == 0 or step >= least:
            kept.append(place)
    return factors[kept]
