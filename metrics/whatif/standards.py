"""What would a month cost, and whom would it cover, were the standards others and all else as it is?

Exactly as `standing` judges and pays, whole yuan and all, for the households that are paid the gap: whatever no
standard moves (counted income, findings, who is paid for, top-up shares) is laid out once, so that one more set of
standards takes some milliseconds for a million households. For looking for a standard; what a scenario does is
`reckon`: months, tapers, single-person entry and both layers are not here.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from metrics.whatif import benefit
from metrics.whatif.income import counted_income
from metrics.whatif.population import NO, Population, Real, Whole
from metrics.whatif.rules import Rules

_MOST: Final = 2**40 - 1  # fen; no standard is as high


@dataclass(frozen=True, slots=True)
class Month:
    """A month under one set of standards, weighted."""

    cost_fen: float
    households: float
    persons: float


class Standards:
    """A population and all rules of a day but the standards.

    Households lie by village, and there by the least standard that would let them in: those below any standard are the
    first of their village, found by one search a village, and only they are looked at.
    """

    def __init__(self, population: Population, rules: Rules) -> None:
        y_fen, known = counted_income(population, rules)
        gap = rules.text("benefit_mode", programme="dibao")[population.village] == "gap"
        unshut = population.own | (population.shut == NO)
        free = known & gap & (population.barred == NO) & unshut & ~population.single & (population.n > 0)
        rows = np.flatnonzero(free)
        twelve = population.n[rows] * benefit.YEAR
        least = np.minimum(y_fen[rows] // twelve + 1, _MOST)  # Y < 12 n x standard, strictly
        key = population.village[rows].astype(np.int64) * (_MOST + 1) + least
        order = np.argsort(key, kind="stable")
        rows = rows[order]
        self._key: Whole = key[order]
        self._village = np.arange(len(population.village_code), dtype=np.int64) * (_MOST + 1)
        self._first = np.searchsorted(self._key, self._village)
        self._y: Real = y_fen[rows].astype(np.float64)  # whole numbers all, as floats, which divide five times as fast
        self._twelve: Real = twelve[order].astype(np.float64)
        self._heads: Real = benefit.heads(population)[rows].astype(np.float64)
        self._weight: Real = population.weight[rows]
        self._shares = [(share, heads[rows]) for share, heads in benefit.shares(population, rules)]

    def month(self, standard_fen: Whole) -> Month:
        """The month under these standards, fen a person in each village; below 0: none is in force there."""
        asked = np.clip(standard_fen, 0, _MOST)
        number = np.searchsorted(self._key, self._village + asked, side="right") - self._first
        total = int(number.sum())
        skipped = self._first - (np.cumsum(number) - number)
        at = np.arange(total) + np.repeat(skipped, number)
        standard = np.repeat(asked.astype(np.float64), number)
        twelve, heads, weight = self._twelve[at], self._heads[at], self._weight[at]
        gap = twelve * standard
        gap -= self._y[at]
        gap *= heads
        twelve *= benefit.FEN
        gap /= twelve  # off a whole number by 1 / twelve or not at all: far more than a float's last digit
        fen: Real = np.ceil(gap, out=gap)
        fen *= benefit.FEN
        for share, paid in self._shares:
            fen += paid[at] * np.floor(share * standard / benefit.THOUSANDTHS)
        return Month(float(weight @ fen), float(weight.sum()), float(weight @ heads))
