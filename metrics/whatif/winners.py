"""Who has more and who has less under a scenario, in five classes?

By the change of income a head, as PolicyEngine: more than 5 % more, up to 5 % more, none, up to 5 % less, more than 5 %
less. Both edges belong to the smaller change. Whoever had nothing and gets anything has more than 5 % more. Deciles are
of persons by income before any aid; households of one income stand in one decile, so tens are not always equal.
"""

from typing import Final

import numpy as np

from metrics.whatif.population import Real, Small

FIFTH: Final = 20  # 5 % is one in twenty
CLASSES: Final = ("gain_more", "gain_less", "same", "lose_less", "lose_more")
DECILES: Final = 10


def classes(before: Real, after: Real) -> Small:
    """The place in `CLASSES` of each household by its whole income before and after."""
    change = after - before
    large = np.abs(change) * FIFTH > before
    gain = np.where(large, 0, 1)
    lose = np.where(large, 4, 3)
    return np.where(change > 0, gain, np.where(change < 0, lose, 2)).astype(np.int8)


def deciles(low: Real, high: Real) -> Small:
    """0 (the poorest tenth of persons) to 9, by the middle of where a household stands (`welfare.standing`)."""
    return np.minimum((low + high) / 2 * DECILES, DECILES - 1).astype(np.int8)
