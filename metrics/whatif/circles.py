"""Which of the four circles of need would a household stand in, by the rules of one day?

四级信息圈, as `casework.means.circles`: by income only, in fen and without rounding, Y < 12 x n x standard x
multiplier.
"""

from typing import Final

import numpy as np

from metrics.whatif.population import Flag, Index, Small, Whole
from metrics.whatif.rules import Rules

THOUSANDTHS: Final = 1000  # as the edge line of single-person entry is read
OUTER: Final = (2, 3, 4)
BEYOND, UNKNOWN = 0, -1


def circle(rules: Rules, village: Index, y_fen: Whole, line_fen: Whole, known: Flag) -> Small:
    """1 to 4, 0 beyond them, -1 unknown. `line_fen`: 12 x n x standard; `known`: income and line are."""
    edge = rules.whole("edge_multiplier", times=THOUSANDTHS)[village]
    found = np.full(len(y_fen), BEYOND, np.int8)
    certain = known & (edge >= 0)
    for number in reversed(OUTER):
        times = rules.whole("circle_multiplier", times=THOUSANDTHS, circle=number)[village]
        certain &= times >= 0
        found[y_fen * THOUSANDTHS * THOUSANDTHS < line_fen * edge * times] = number
    found[y_fen < line_fen] = 1
    found[~certain] = UNKNOWN
    return found
