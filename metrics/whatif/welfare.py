"""How poor and how unequal are so many persons, by their income a head?

Every function takes income `y`, and weights `w` (persons a row stands for), in any order: rows of one income are one
step, so the order never matters. Whoever has exactly the line is not below it. What cannot be computed is NaN, never 0.

FGT: Foster, Greer and Thorbecke, Econometrica 52 (1984) 761–766. Gini: the formula of the R package laeken (Alfons and
Templ, Journal of Statistical Software 54(15), 2013), equal to the area under the Lorenz curve. Theil L and T: Theil,
"Economics and Information Theory" (1967); Shorrocks, Econometrica 48 (1980) 613–625.
"""

import numpy as np

from metrics.whatif.population import Real, Whole


def fgt(y: Real, w: Real, line: Real | float, alpha: int) -> float:
    """The share of persons below the line (0), the mean gap (1) and its square (2), as shares of the line."""
    total = float(w.sum())
    gap = np.where(y < line, (line - y) / line, 0.0)
    weight = np.where(y < line, w, 0.0)
    return float((weight * gap**alpha).sum()) / total if total > 0 else float("nan")


def gini(y: Real, w: Real) -> float:
    """From 0 (all have the same) towards 1 (one has all)."""
    order = np.argsort(y, kind="stable")
    return float(gini_sorted(y[order], w[order], np.array([len(y)]))[0])


def gini_sorted(y: Real, w: Real, rows: Whole) -> Real:
    """The Gini of each place of rows ascending in `y` within it, the places one after another; `rows`: how many each.

    Sums are of whole stretches, so that a million rows cost a few passes.
    """
    some = rows > 0
    starts = (np.cumsum(rows) - rows)[some]
    money, reached = w * y, np.cumsum(w)
    many, held = np.add.reduceat(w, starts), np.add.reduceat(money, starts)
    before = reached[starts] - w[starts]
    twice = np.add.reduceat(money * (2 * reached - w), starts) - 2 * before * held
    found = np.full(len(rows), np.nan)
    whole = many * held
    found[some] = np.divide(twice, whole, out=np.full(len(starts), np.nan), where=whole > 0) - 1
    return found


def standing(y: Real, w: Real) -> tuple[Real, Real]:
    """Between which shares of all persons, from the poorest up, each row stands; rows of one income stand together."""
    order = np.argsort(y, kind="stable")
    low, high = standing_sorted(y[order], w[order], np.zeros(len(y), np.int64), 1)
    back = np.empty(len(y), np.int64)
    back[order] = np.arange(len(y))
    return low[back], high[back]


def standing_sorted(y: Real, w: Real, place: np.typing.NDArray[np.integer], places: int) -> tuple[Real, Real]:
    """As `standing`, within each place of rows ascending in `y` within it, the places one after another."""
    many = np.bincount(place, w, places)
    first = np.ones(len(y), np.bool_)
    first[1:] = (y[1:] != y[:-1]) | (place[1:] != place[:-1])
    block = np.cumsum(first) - 1
    held = np.bincount(block, w)
    upto = np.cumsum(held)
    before = np.concatenate(([0.0], np.cumsum(many)[:-1]))[place[first]]
    whole = np.maximum(many[place[first]], np.finfo(np.float64).tiny)
    return ((upto - held - before) / whole)[block], ((upto - before) / whole)[block]


def inside(low: Real, high: Real, share: float) -> Real:
    """How much of each row is among the poorest `share`: all, none, or a part of the step that the bound cuts."""
    return np.clip((share - low) / np.maximum(high - low, np.finfo(np.float64).tiny), 0.0, 1.0)


def share_of_poorest(y: Real, w: Real, share: float, money: Real | None = None) -> float:
    """Which share of all income (or of `money`, a head) the poorest `share` of persons have."""
    held = w * (y if money is None else money)
    total = float(held.sum())
    low, high = standing(y, w)
    return float((held * inside(low, high, share)).sum()) / total if total > 0 else float("nan")


def concentration(money: Real, y: Real, w: Real) -> float:
    """From −1 (the poorest gets all) to 1 (the richest): twice the covariance of money and standing by its mean.

    Kakwani, "Income Inequality and Poverty" (World Bank, 1980), ch. 8. Of income itself it is the Gini.
    """
    low, high = standing(y, w)
    many, total = float(w.sum()), float((w * money).sum())
    if not total > 0:
        return float("nan")
    return float((w * money * (low + high)).sum()) / total - float((w * (low + high)).sum()) / many


def theil_t(y: Real, w: Real) -> float:
    """Theil's T, 0 where all have the same; an income of 0 adds nothing."""
    many, total = float(w.sum()), float((w * y).sum())
    if not total > 0:
        return float("nan")
    ratio = y / (total / many)
    return float((w * ratio * np.log(np.where(ratio > 0, ratio, 1.0))).sum()) / many


def theil_l(y: Real, w: Real) -> float:
    """Theil's L, the mean log deviation; NaN where anybody has no income (see `between.floored`)."""
    many, total = float(w.sum()), float((w * y).sum())
    if not total > 0 or bool((y[w > 0] <= 0).any()):
        return float("nan")
    ratio = y / (total / many)
    return float((w * -np.log(np.where(w > 0, ratio, 1.0))).sum()) / many
