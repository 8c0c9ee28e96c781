"""Which is the largest standard whose real cost, every rule and rounding in it, stays within a budget?

Whole yuan, bands and tapers break the straight lines of the curve, but cost still never falls as the standard rises. So
the interval is halved by real reckonings until it is narrow, and what is shown is the bracket itself: a value within
the budget and one beyond it, and nothing between them is claimed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

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
    reckon_at: Callable[[float], int], low: float, high: float, budget_fen: int, fine: float = FINE
) -> Bracket:
    """The bracket of factors no wider than `fine`, between `low` and `high`; `reckon_at` answers the cost in fen.

    ValueError: `low` is not below `high`, or `fine` is not above 0.
    """
    if fine <= 0:
        raise ValueError(f"a bracket is wider than nothing: fine is {fine}")
    return _halved(reckon_at, low, high, budget_fen, lambda low, high: (low + high) / 2 if high - low > fine else None)


def largest_standard(reckon_at: Callable[[int], int], low: int, high: int, budget_fen: int) -> Bracket:
    """The same in whole yuan a person and month: `low` is the answer, `high` the next yuan, which is too much."""
    return _halved(
        lambda yuan: reckon_at(int(yuan)),
        low,
        high,
        budget_fen,
        lambda low, high: (int(low) + int(high)) // 2 if high - low > 1 else None,
    )


def _halved(
    cost_at: Callable[[float], int],
    low: float,
    high: float,
    budget_fen: int,
    middle: Callable[[float, float], float | None],
) -> Bracket:
    if not low < high:
        raise ValueError(f"the largest standard is sought from below: {low} is not below {high}")
    low_cost = cost_at(low)
    if low_cost > budget_fen:
        return Bracket(None, low, None, low_cost, 1)
    high_cost = cost_at(high)
    if high_cost <= budget_fen:
        return Bracket(high, None, high_cost, None, 2)
    asked = 2
    while (between := middle(low, high)) is not None:
        cost = cost_at(between)
        asked += 1
        if cost <= budget_fen:
            low, low_cost = between, cost
        else:
            high, high_cost = between, cost
    return Bracket(low, high, low_cost, high_cost, asked)
