"""How much poverty is left at any multiple of the standards, the poverty line standing still?

A person in household h has r/n a year without aid and, where it is in, a + b·f: a = r/n − Y·c/n², and b = 12 times what
is payable for each whole standard, a head. So between the f at which it enters and the f at which a + b·f reaches the
line, a household's part of FGT1 is a polynomial of degree 1 in f and of FGT2 one of degree 2: two sorts and running
sums of the coefficients answer every f exactly, again without the rounding up to whole yuan.

The line is fixed in f on purpose: a line that is the standard itself rises with the standard, and so does the poverty
under it (Foster, Greer and Thorbecke 1984; strictly below the line; people are the unit).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from metrics.whatif.curve import MONTHS, Candidates, running, steps
from metrics.whatif.population import Flag, Real, Whole


@dataclass(frozen=True, eq=False)
class _Side:
    """The poor gathered along one kind of event (entering, leaving): running sums of the coefficients at its breaks."""

    breaks: Real
    at_break: bool  # has it come to pass at the break itself? Who reaches the line is no longer below it
    people: Real  # Σ m
    gap: tuple[Real, Real]  # Σ m·p, Σ m·q, of the gap p − q·f as a share of the line
    squared: tuple[Real, Real, Real]  # Σ m·p², Σ m·p·q, Σ m·q²

    def at(self, factor: Real) -> Real:
        """The people, gaps and squared gaps at each factor of those to whom it has come to pass: (3, F)."""
        passed = np.searchsorted(self.breaks, factor, side="right" if self.at_break else "left")
        one, two = self.gap, self.squared
        return np.stack(
            [
                self.people[passed],
                one[0][passed] - one[1][passed] * factor,
                two[0][passed] - 2 * two[1][passed] * factor + two[2][passed] * np.square(factor),
            ]
        )


@dataclass(frozen=True, eq=False)
class PovertyCurve:
    """FGT sums at every multiple of the chosen villages' standards; the households of others stay as they are now."""

    population: float  # people, weighted, whose resources and line are said
    without: Real  # the three sums where nobody of the chosen is in
    relieved: _Side  # what each of the poor was without aid, in order of entering
    entered: _Side  # what they are with it, in the same order
    left: _Side  # and again in order of leaving poverty, to be taken off

    def sums(self, factor: npt.ArrayLike) -> Real:
        """Weighted people below the line, their gaps and squared gaps as shares of it, at each factor: (3, F)."""
        asked = np.atleast_1d(np.asarray(factor, np.float64))
        found = self.without[:, None] - self.relieved.at(asked) + self.entered.at(asked) - self.left.at(asked)
        return np.asarray(np.maximum(found, 0))

    def fgt(self, factor: npt.ArrayLike, alpha: int) -> Real:
        """FGT0, FGT1 or FGT2 at each factor; NaN where there is nobody."""
        with np.errstate(invalid="ignore"):
            return np.asarray(self.sums(factor)[alpha] / np.float64(self.population), np.float64)


def poverty_curve(
    rows: Candidates, resources_fen: Whole, line_fen: Whole, counts: Flag, chosen: Flag | None = None
) -> PovertyCurve:
    """The curve under a fixed line.

    `resources_fen`: what a household lives on in a year before aid; `line_fen`: a person a year, of each household;
    `counts`: whose resources are known. `chosen` as for the cost; the others are reckoned at their present standards.
    """
    counts = counts & (rows.n > 0) & (line_fen > 0)
    n, line = np.maximum(rows.n, 1), np.maximum(line_fen, 1).astype(np.float64)
    people = np.where(counts, rows.weight * rows.n, 0.0)
    meets = rows.meets
    bare = 1 - resources_fen / (n * line)  # the gap without aid
    base = bare + MONTHS * rows.taken_fen / (n * line)  # p of p − q·f
    slope = MONTHS * rows.payable_fen / (n * line)
    moved = np.isfinite(meets) & counts & (True if chosen is None else chosen)
    settled = np.where((meets < 1) & ~moved, base - slope, bare)
    poor = counts & (settled > 0)
    into = moved & (bare > 0)  # whose gap changes on entering; who is above the line already never comes below
    ends = np.divide(base, slope, out=np.full(len(base), np.inf), where=slope > 0)
    stays = into & (np.maximum(ends, meets) > meets)  # still poor just after entering
    nothing = np.zeros(len(n))
    return PovertyCurve(
        float(people.sum(dtype=np.longdouble)),
        np.array([float((people[poor] * settled[poor] ** alpha).sum(dtype=np.longdouble)) for alpha in range(3)]),
        _side(into, meets, people, bare, nothing),
        _side(stays, meets, people, base, slope),
        _side(stays, ends, people, base, slope, at_break=True),
    )


def _side(who: Flag, event: Real, people: Real, base: Real, slope: Real, *, at_break: bool = False) -> _Side:
    places = np.flatnonzero(who)
    places = places[np.argsort(event[places], kind="stable")]
    breaks, ends = steps(event[places])
    m, p, q = people[places], base[places], slope[places]
    return _Side(
        breaks,
        at_break,
        running(m, ends),
        (running(m * p, ends), running(m * q, ends)),
        (running(m * p * p, ends), running(m * p * q, ends), running(m * q * q, ends)),
    )
