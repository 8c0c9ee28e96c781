"""Which further regions must be hidden so that none is found by subtracting the visible ones?

A region's children add up to it. One hidden among them and their parent is found at once; so are two of which one is
known to be nobody, for no count is below nothing. And the hidden children of a visible parent are one region more,
which must not be small itself.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from casework.regions import Regions

Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tree:
    """The regions, and unassigned parts of them, in one order in which the children of a parent stand together."""

    units: tuple[str, ...]
    tops: int  # so many of them, the first, have no parent
    parents: Whole  # of every family of regions, by its place in `units`
    starts: Whole  # of every family, where its children begin among those that have a parent

    @classmethod
    def of(cls, units: pl.Series, regions: Regions) -> "Tree":
        """The units and everything above them."""
        above: dict[str, str | None] = {}
        for unit in units.unique():
            here: str | None = unit
            while here is not None and here not in above:
                above[here] = regions[here].parent
                here = above[here]
        order = sorted(above, key=lambda unit: (above[unit] or "", unit))
        place = {unit: number for number, unit in enumerate(order)}
        over = [place[parent] for unit in order if (parent := above[unit]) is not None]
        parents, starts = np.unique(np.array(over, dtype=np.int64), return_index=True)
        turn = np.argsort(starts)
        return cls(tuple(order), len(order) - len(over), parents[turn], starts[turn])

    def added(self, values: Whole | Flags) -> Whole:
        """The sum of the children; the last axis is that of the units, then that of the parents."""
        return np.add.reduceat(values[..., self.tops :], self.starts, axis=-1, dtype=np.int64)

    def least(self, values: Whole) -> Whole:
        """The least of the children."""
        return np.minimum.reduceat(values[..., self.tops :], self.starts, axis=-1)


@dataclass(frozen=True, slots=True)
class Judged:
    """Of the total, then every programme, and unit, in one stretch of months."""

    sums: Whole
    spans: Whole  # over how many months the same people are in a sum
    small: Flags  # is the sum, or a block of it, small?
    busy: Flags  # is there anybody, where there are several blocks in two of them?

    def of_totals(self) -> "Judged":
        """For totals: a programme counts for who has anybody in it, not for how many they are."""
        sums = np.concatenate([self.sums[:1], np.zeros_like(self.sums[1:])])
        return Judged(sums, self.spans, self.small, self.busy)

    def of_programmes(self) -> "Judged":
        """For programmes, without their total."""
        return Judged(self.sums[1:], self.spans[1:], self.small[1:], self.busy[1:])


def settled(hidden: Flags, judged: Judged, tree: Tree, limit: int, crowd: int) -> Flags:
    """What is hidden with everything that must be hidden beside it; one more a family of regions at a time.

    `crowd`: so many children with anybody are hidden where one is small, if there are so many.
    """
    if not tree.parents.size:
        return hidden
    order = _order(judged)
    hidden = hidden.copy()
    while True:
        needs = _needs(hidden, judged, tree, limit, crowd)
        partners = _partners(hidden, needs, order, tree)
        if not partners.size:
            return hidden
        hidden[partners] = True


def _needs(hidden: Flags, judged: Judged, tree: Tree, limit: int, crowd: int) -> Flags:
    """Whether a family of regions needs one more: of whatever programme, then for the sake of each."""
    anybody = judged.busy.any(axis=0)
    lone = (_among(hidden, tree) == 1) | (_among(hidden & anybody, tree) == 1)
    if crowd:
        lone |= _sparse(hidden, judged, tree, crowd)
    seen, left = hidden & judged.busy, tree.added(~hidden & judged.busy)
    known = (_among(seen, tree) == 1) & (_among(seen & judged.small, tree) == 1) & (left > 0)
    group = np.abs(tree.added(judged.sums * hidden))
    few = (group > 0) & (group < limit * judged.spans[:, tree.parents]) & ~hidden[tree.parents]
    return np.concatenate([lone[np.newaxis], known | few])


def _sparse(hidden: Flags, judged: Judged, tree: Tree, crowd: int) -> Flags:
    """Is a small child hidden beside too few, though there are more?"""
    anybody = judged.busy.any(axis=0)
    small = tree.added(hidden & judged.small.any(axis=0))
    return (small > 0) & (tree.added(hidden & anybody) < crowd) & (tree.added(~hidden & anybody) > 0)


def _among(flags: Flags, tree: Tree) -> Whole:
    """How many of a parent and its children."""
    return tree.added(flags) + flags[..., tree.parents]


def _order(judged: Judged) -> Whole:
    """In what order the children are taken, for each of the needs: the fewest first, those without anybody last."""
    count = judged.sums.shape[-1]
    places = np.empty(count, dtype=np.int64)
    places[np.argsort(np.abs(judged.sums.sum(axis=0)), kind="stable")] = np.arange(count)
    busy = np.concatenate([judged.busy.any(axis=0, keepdims=True), judged.busy])
    return np.where(busy, places, places + count)


def _partners(hidden: Flags, needs: Flags, order: Whole, tree: Tree) -> Whole:
    """One more unit for every family in need: a child with anybody, else the parent, else a child without."""
    wanted = np.flatnonzero(needs.any(axis=0))
    count = hidden.size
    nearest = tree.least(np.where(hidden, 2 * count, order))[needs.argmax(axis=0)[wanted], wanted]
    at = np.empty(count, dtype=np.int64)
    at[order[0] % count] = np.arange(count)
    parents = tree.parents[wanted]
    upward = (nearest >= count) & ~hidden[parents]
    chosen = np.where(upward, parents, at[nearest % count])
    partners: Whole = chosen[upward | (nearest < 2 * count)]
    return partners
