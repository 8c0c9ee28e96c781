"""What would dibao cost, and whom would it reach, at any multiple of the standards, where the rules pay by the gap?

One sort of k = Y / (12 n standard), the multiple at which a household's income meets its line, and sums along it: then
every multiple f is answered exactly. A household is in where k < f, strictly: at k = f its income is the line, and
equality is not below. Its month costs c·f·standard − Y·c/(12 n), and its top-ups f·standard·share.

Exact without the rounding up to whole yuan: the real month of a gap costs more, by less than a yuan a household on the
roll (`rounded_at_most`); without what `reckon` alone knows: tapers, ended terms, single persons, quota, bands. Without
top-ups the cost is convex in f. With them it still rises, but leaps where a household enters, for the top-up comes
whole; left of the leap it is the smaller, so the largest multiple within a budget is always reached.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from casework.errors import CaseworkError
from casework.text import Text
from metrics.whatif import benefit
from metrics.whatif.outcome import Layer, Outcome
from metrics.whatif.population import NO, Flag, Index, Population, Real, Whole
from metrics.whatif.rules import Rules

MONTHS: Final = 12
WHOLE_YUAN_FEN: Final = 100
THOUSANDTHS: Final = 1000
OTHERWISE: Final = {"bands": Text("分档", "by bands"), "flat": Text("定额", "a flat amount")}


@dataclass(frozen=True, eq=False)
class Candidates:
    """Households whom nothing but income can keep out, or whom something else does (`open` False); a row each."""

    y_fen: Whole  # counted income a year
    n: Whole  # persons living together
    heads: Whole  # persons to be paid for
    standard_fen: Whole  # a person a month, of the village
    topup_thousandths: Real  # shares of the standard that its persons get on top, summed
    weight: Real  # how many households this one stands for
    open: Flag  # all is known, nothing excludes it, and there are persons and a standard

    @property
    def meets(self) -> Real:
        """The multiple of the standard at which income meets the line; infinite where no multiple lets it in.

        Whole numbers divided once: where Y is exactly 1.1 times the line, this is the float 1.1.
        """
        line = MONTHS * self.n * self.standard_fen
        able = self.open & (line > 0)
        return np.asarray(np.divide(self.y_fen, line, out=np.full(len(line), np.inf), where=able), np.float64)

    @property
    def payable_fen(self) -> Real:
        """What a household that is in gets a month for each whole standard: c·standard with its top-ups."""
        return np.asarray(self.standard_fen * (THOUSANDTHS * self.heads + self.topup_thousandths) / THOUSANDTHS)

    @property
    def taken_fen(self) -> Real:
        """What income takes off that a month: Y·c / (12 n); 0 where it cannot be reckoned."""
        share = MONTHS * self.n
        able = self.open & (share > 0)
        return np.asarray(np.divide(self.y_fen * self.heads, share, out=np.zeros(len(share)), where=able), np.float64)


def candidates(population: Population, outcome: Outcome, rules: Rules, there: Flag | None = None) -> Candidates:
    """The households of a population (`there`: those open to move) as the rules of the last month see them.

    Who has dibao is not shut out by it, and who entered as a single person is judged by another line, so here never
    moves.

    Raises:
        CaseworkError: the rules pay some village there otherwise than by the gap, which this price is of.
    """
    among = np.ones(population.households, np.bool_) if there is None else there
    _refuse(rules, population.village[among])
    topups = benefit.topups(population, rules, np.full(population.households, THOUSANDTHS, np.int64))
    free = (population.barred == NO) & (population.own | (population.shut == NO)) & ~population.single
    return Candidates(
        outcome.y_fen,
        population.n,
        benefit.heads(population),
        outcome.standard_fen,
        topups.astype(np.float64),
        population.weight,
        among & outcome.known & free & (population.n > 0) & (outcome.standard_fen > 0),
    )


def _refuse(rules: Rules, village: Index) -> None:
    modes = rules.text("benefit_mode", programme="dibao")[village]
    others = [name for name in OTHERWISE if (modes == name).any()]
    if others:
        said = [OTHERWISE[name] for name in others]
        zh, en = "、".join(one.zh for one in said), " and ".join(one.en for one in said)
        raise CaseworkError(
            Text(
                f"曲线、标准组合与预算分配只按补差计价;所选范围有村(居){zh}发放。请改选按补差发放的地区,"
                "或用情景测算、整元标准逐一测算",
                f"curves, pairs of standards and the best use of a budget are priced by the gap; some villages chosen "
                f"pay {en}. Choose a region that pays by the gap, or reckon scenarios or whole-yuan standards",
            )
        )


@dataclass(frozen=True, eq=False)
class Curve:
    """Cost and coverage at every multiple of the standards of the chosen villages; all others stay at theirs.

    `breaks`: the distinct k, rising; the sums have one more, the sum before the first. Money is fen a month.
    """

    breaks: Real
    payable: Real  # Σ weight·payable of whoever is in after so many breaks
    taken: Real
    homes: Real
    heads: Real
    fixed: tuple[float, float, float]  # cost, households and persons of whoever no factor moves

    def cost(self, factor: npt.ArrayLike) -> Real:
        """Fen a month, not rounded, at each factor."""
        passed = self._passed(factor)
        return np.asarray(np.asarray(factor, np.float64) * self.payable[passed] - self.taken[passed] + self.fixed[0])

    def households(self, factor: npt.ArrayLike) -> Real:
        """Households on the roll at each factor, weighted."""
        return np.asarray(self.homes[self._passed(factor)] + self.fixed[1])

    def persons(self, factor: npt.ArrayLike) -> Real:
        """Persons paid for at each factor, weighted."""
        return np.asarray(self.heads[self._passed(factor)] + self.fixed[2])

    def rounded_at_most(self, factor: npt.ArrayLike) -> Real:
        """Fen a month with a whole yuan more for every household: the real cost of the gap is below."""
        return self.cost(factor) + WHOLE_YUAN_FEN * self.households(factor)

    def inverse(self, budget_fen: npt.ArrayLike) -> Real:
        """The largest factor whose month costs no more than the budget; infinite where none costs more.

        NaN where the villages that were not chosen alone cost more.
        """
        budget = np.asarray(budget_fen, np.float64) - self.fixed[0]
        if not len(self.breaks):
            return np.asarray(np.where(budget < 0, np.nan, np.inf), np.float64)
        passed = np.searchsorted(self._ends, budget, side="right")
        last = len(self.breaks) - 1
        begins = np.where(passed > 0, self.breaks[np.maximum(passed - 1, 0)], np.nan)
        stops = np.where(passed > last, np.inf, self.breaks[np.minimum(passed, last)])
        with np.errstate(divide="ignore", invalid="ignore"):
            step = (budget + self.taken[passed]) / self.payable[passed]
        step = np.where(self.payable[passed] > 0, step, stops)
        return np.asarray(np.clip(step, begins, stops))

    @cached_property
    def _ends(self) -> Real:
        """The cost at each break, before its households are in."""
        return self.breaks * self.payable[:-1] - self.taken[:-1]

    def _passed(self, factor: npt.ArrayLike) -> npt.NDArray[np.intp]:
        """How many breaks lie strictly below each factor?"""
        return np.asarray(np.searchsorted(self.breaks, np.asarray(factor, np.float64), side="left"))


def curve(rows: Candidates, chosen: Flag | None = None) -> Curve:
    """The curve of the chosen households' villages (default all): one sort, four running sums."""
    meets = rows.meets
    paid, taken = rows.weight * rows.payable_fen, rows.weight * rows.taken_fen
    people = rows.weight * rows.heads
    moved = np.isfinite(meets) if chosen is None else np.isfinite(meets) & chosen
    stay = (meets < 1) & ~moved
    fixed = tuple(float(part[stay].sum(dtype=np.longdouble)) for part in (paid - taken, rows.weight, people))
    order = np.flatnonzero(moved)
    order = order[np.argsort(meets[order], kind="stable")]
    breaks, ends = steps(meets[order])
    return Curve(
        breaks,
        running(paid[order], ends),
        running(taken[order], ends),
        running(rows.weight[order], ends),
        running(people[order], ends),
        (fixed[0], fixed[1], fixed[2]),
    )


def with_others(found: Curve, rows: Candidates, layer: Layer, there: Flag | None = None) -> Curve:
    """The curve with whoever else is on the roll in the last month: single-person entries above all.

    No multiple of the standards moves them here, so they cost the same everywhere; without them a budget would be
    overspent. A taper that still runs is left out: its household may come in by itself.
    """
    other = layer.on_roll & ~rows.open
    other = other if there is None else other & there
    weight = rows.weight[other]
    cost, homes, heads = found.fixed
    return replace(
        found,
        fixed=(
            cost + float(weight @ layer.month_fen[other]),
            homes + float(weight.sum()),
            heads + float(weight @ layer.heads[other]),
        ),
    )


def steps(ordered: Real) -> tuple[Real, npt.NDArray[np.intp]]:
    """The distinct values of an ordered column, and behind which row each ends."""
    ends = np.flatnonzero(np.append(ordered[1:] != ordered[:-1], np.ones(min(len(ordered), 1), np.bool_))) + 1
    return ordered[ends - 1], ends


def running(part: Real, ends: npt.NDArray[np.intp]) -> Real:
    """The sum before the first row, and the sum up to each of these ends.

    Summed with the digits beyond float64 that the machine has: a million terms lose none that is handed on.
    """
    found = np.zeros(len(ends) + 1)
    found[1:] = np.cumsum(part, dtype=np.longdouble)[ends - 1]
    return found
