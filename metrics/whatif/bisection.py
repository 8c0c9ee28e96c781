"""Which is the largest standard whose real cost, every rule and rounding in it, stays within a budget?

Whole yuan, bands and tapers break the straight lines of the curve. Cost may even fall as the standard rises: far below
today's, whoever drops out is paid the last amount through the taper. So what is sought is where cost passes the budget
for the last time, from above; the interval is halved by real reckonings until it is narrow, and what is shown is the
bracket itself: a value within the budget and one beyond it, and nothing between them is claimed.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

LOOKS: Final = 24  # steps down from the upper end, where the lower end is beyond the budget
FINE: Final = 2.0**-10  # how narrow a bracket of factors is enough: a tenth of a per cent of the standard


@dataclass(frozen=True, slots=True)
class Bracket:
    """`low` is within the budget, `high` beyond it. None: the interval asked about has no such end.

    Values are factors of the standard, or yuan; costs are fen, as the reckoning gave them.
    """

    low: float | None
    high: float | None
    low_cost_fen: int | None
    high_cost_fen: int | None
    reckonings: int

    @property
    def width(self) -> float | None:
        """How far apart the two are."""
        return None if self.low is None or self.high is None else self.high - self.low


def largest_factor(
    reckon_at: Callable[[float], int],
    low: float,
    high: float,
    budget_fen: int,
    fine: float = FINE,
    *,
    looks: int = LOOKS,
) -> Bracket:
    """The bracket of factors no wider than `fine`, between `low` and `high`; `reckon_at` answers the cost in fen.

    Where `low` itself is beyond the budget, as many values as `looks` are tried from above before "none" is said.
    ValueError: `low` is not below `high`, or `fine` is not above 0.
    """
    if fine <= 0:
        raise ValueError(f"a bracket is wider than nothing: fine is {fine}")
    return _halved(reckon_at, (low, high), budget_fen, lambda value: value, fine, looks)


def largest_standard(
    reckon_at: Callable[[int], int], low: int, high: int, budget_fen: int, *, looks: int = LOOKS
) -> Bracket:
    """The same in whole yuan a person and month: `low` is the answer, `high` the next yuan, which is too much."""
    return _halved(lambda yuan: reckon_at(int(yuan)), (low, high), budget_fen, math.floor, 1, looks)


def _halved(
    cost_at: Callable[[float], int],
    ends: tuple[float, float],
    budget_fen: int,
    settled: Callable[[float], float],
    fine: float,
    looks: int,
) -> Bracket:
    low, high = ends
    if not low < high:
        raise ValueError(f"the largest standard is sought from below: {low} is not below {high}")
    low_cost, high_cost, asked = cost_at(low), cost_at(high), 2
    if high_cost <= budget_fen:
        return Bracket(high, None, high_cost, None, asked)
    bottom, span = (low, low_cost), high - low
    for look in range(1, looks):
        if low_cost <= budget_fen:
            break
        low = settled(ends[1] - span * look / looks)
        if not bottom[0] < low < high:
            continue
        low_cost = cost_at(low)
        asked += 1
        if low_cost > budget_fen:
            high, high_cost = low, low_cost
    if low_cost > budget_fen:
        return Bracket(None, bottom[0], None, bottom[1], asked)
    while high - low > fine:
        between = settled((low + high) / 2)
        cost = cost_at(between)
        asked += 1
        if cost <= budget_fen:
            low, low_cost = between, cost
        else:
            high, high_cost = between, cost
    return Bracket(low, high, low_cost, high_cost, asked)
