"""Which cells must be hidden so that no small one is read, or solved from the sums that can be read?

Published is, for every region, programme (and all of them together) and month, a count, and its sum over any window of
months. Hidden is, of the blocks that make up a greater one (`metrics.honest.windows`), always the oldest so many, at
least two, with everything below them; and of the programmes all or none. Where a total is hidden the programmes are. In
every family of regions, for every block, no region or at least two are hidden (`metrics.honest.partners`).

Why nothing hidden can be solved. Take a hidden cell, and the greatest hidden block above it, one of several that make
up a visible one. Where that block is hidden the oldest of its family is too. The families of regions form a tree, each
with no or at least two regions that hide it: from the cell's region a change can be passed on to one such region after
the other until every region's children add up to it again. Do it with +1 in a month of the block and with -1 in a month
of the oldest (the whole span needs no -1): every sum above stays, and only hidden cells are touched. Do it alike in a
programme and, where the total is visible, with the opposite sign in another (or in what has none). No visible cell has
changed, nor has any window made of visible ones; the hidden cell has. A block that is a greater one's only part is
hidden as that is.

What the hidden oldest blocks come to together can be told, and is shown; so they are so many that it is no small sum.

No count is below nothing, which tells more. Each step finds a region with anybody in it, so that one of the two changes
can mostly be made; not where a region and those hidden beside it share too few programmes and months: of 11,430 small
sums in 450 random tables 12 followed, all of single programmes. Not looked at: what the part tells of the whole, and
what the tables of two months' ends tell together. For two metrics of the same people see `metrics.hiding`.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import polars as pl

from casework.regions import Regions
from metrics.honest.partners import Flags, Judged, Tree, Whole, settled
from metrics.honest.windows import Family, Months

TOGETHER: Final = ""  # the programme that stands for all of them
# Of programmes below a visible total fewer changes are possible: with two children 13 of 400 random tables had a small
# cell that could be solved, with three 4, with four no fewer.
CROWD: Final = 3


@dataclass(frozen=True)
class Mask:
    """What is hidden of one count (the part or the whole of a metric)."""

    programmes: tuple[str, ...]  # the total first
    tree: Tree
    time: Months | None  # None: there is no count at all
    hidden: Flags  # totals or programmes, block of months, unit

    def months(self) -> pl.DataFrame:
        """The hidden months: `counted_as`, `unit`, `month_index`.

        Also those without a row of counts: left out beside hidden ones they would be known to be 0.
        """
        if self.time is None:
            return self._named(np.zeros((0, 0, 0), dtype=np.bool_))
        return self._named(self.hidden[:, list(self.time.months)])

    def window(self, first: int, last: int) -> pl.DataFrame:
        """Of whom the sum over the months `first` to `last` is hidden: `counted_as`, `unit`, with or without a row."""
        blocks = [] if self.time is None else list(self.time.window(first, last))
        hidden = np.logical_or.reduce(self.hidden[:, blocks], axis=1, keepdims=True)
        return self._named(np.asarray(hidden)).drop("month_index")

    def hides(self, programme: str, unit: str, first: int, last: int) -> bool:
        """Is one sum hidden? What the counts know nothing of is not."""
        if self.time is None or unit not in self._places or programme not in self.programmes:
            return False
        kind = 0 if programme == TOGETHER else 1
        blocks = list(self.time.window(first, last))
        return bool(self.hidden[kind, blocks, self._places[unit]].any())

    @cached_property
    def _places(self) -> dict[str, int]:
        return {unit: place for place, unit in enumerate(self.tree.units)}

    def _named(self, hidden: Flags) -> pl.DataFrame:
        """The hidden of totals or programmes, month and unit, by name."""
        kinds = [0 if programme == TOGETHER else 1 for programme in self.programmes]
        programme, month, unit = np.nonzero(hidden[kinds]) if hidden.size else (np.zeros(0, dtype=np.int64),) * 3
        return pl.DataFrame(
            {
                "counted_as": pl.Series(self.programmes, dtype=pl.String).gather(programme),
                "unit": pl.Series(self.tree.units, dtype=pl.String).gather(unit),
                "month_index": pl.Series(month, dtype=pl.Int32) + (0 if self.time is None else self.time.first),
            }
        )


def mask(cells: pl.DataFrame, regions: Regions, limit: int, last: int, *, standing: bool = False) -> Mask:
    """The mask of counts: `counted_as`, `unit`, `month_index`, `count`; small is 1 up to below `limit`.

    `last`: the month with which a year ends (of `as_of`). `count` of money: how many cases are behind it. `standing`:
    the same people are counted month after month, so that a sum is judged by its average month that has any.
    """
    tree = Tree.of(cells["unit"], regions)
    programmes = (TOGETHER, *sorted(set(cells["counted_as"]) - {TOGETHER}))
    if cells.is_empty():
        return Mask(programmes, tree, None, np.zeros((2, 0, len(tree.units)), dtype=np.bool_))
    first, newest = cells.select(first=pl.col("month_index").min(), newest=pl.col("month_index").max()).row(0)
    time = Months.of(first, newest, last)
    counts = _cube(cells, programmes, tree, time)
    families = [_counted(counts, time, family, limit, standing=standing) for family in time.families]
    totals = _settled([one.of_totals() for one in families], tree, time, limit, None)
    each = _settled([one.of_programmes() for one in families], tree, time, limit, totals)
    return Mask(programmes, tree, time, np.stack([totals, each]))


def _cube(cells: pl.DataFrame, programmes: tuple[str, ...], tree: Tree, time: Months) -> Whole:
    """The counts of programme, unit and month; 0 where there is no row."""
    counts = np.zeros((len(programmes), len(tree.units), time.blocks[0].last + 1), dtype=np.int64)
    places = (
        _place(cells["counted_as"], programmes),
        _place(cells["unit"], tree.units),
        cells["month_index"].to_numpy() - time.first,
    )
    np.add.at(counts, places, cells["count"].fill_null(0).to_numpy())
    return counts


def _place(names: pl.Series, order: tuple[str, ...]) -> Whole:
    return names.replace_strict(list(order), list(range(len(order))), return_dtype=pl.Int64).to_numpy()


@dataclass(frozen=True, slots=True)
class Counted:
    """One family of months: what its oldest blocks come to, from the first alone to all of them."""

    oldest: tuple[Judged, ...]
    least: Whole  # of every programme and unit: so many of the oldest blocks must be hidden

    def of_totals(self) -> "Counted":
        """For totals."""
        return Counted(tuple(one.of_totals() for one in self.oldest), self.least[:1])

    def of_programmes(self) -> "Counted":
        """For programmes, without their total."""
        return Counted(tuple(one.of_programmes() for one in self.oldest), self.least[1:])


def _settled(families: list[Counted], tree: Tree, time: Months, limit: int, totals: Flags | None) -> Flags:
    """What is hidden of every block of months and unit, the greatest blocks first; of programmes beside `totals`."""
    hidden = np.zeros((len(time.blocks), len(tree.units)), dtype=np.bool_)
    crowd = CROWD if totals is not None and len(families[0].oldest[0].busy) > 1 else 0
    for family, counted in zip(time.families, families, strict=True):
        above = np.zeros(len(tree.units), dtype=np.bool_) if family.above is None else hidden[family.above]
        if family.above is not None and len(family.members) == 1:
            hidden[family.members[0]] = above
            continue
        least, more = counted.least.max(axis=0, initial=0), above
        for count in range(len(family.members), 0, -1):
            if count == 1 and family.above is not None:
                hidden[family.members[0]] = hidden[family.members[1]]
                continue
            block = family.members[count - 1]
            start = more | (least >= count)
            if totals is not None:
                start = start | totals[block]
            more = settled(start, counted.oldest[count - 1], tree, limit, crowd)
            hidden[block] = more
    return hidden


def _counted(counts: Whole, time: Months, family: Family, limit: int, *, standing: bool) -> Counted:
    """The counts of one family of months."""
    blocks = [time.blocks[number] for number in family.members]
    oldest = tuple(_judged(counts[..., blocks[0].first : block.last + 1], limit, standing=standing) for block in blocks)
    alone = [_judged(counts[..., block.first : block.last + 1], limit, standing=standing) for block in blocks]
    small = np.stack([one.small for one in alone], axis=-1)
    busy = np.stack([one.busy for one in alone], axis=-1).cumsum(axis=-1)
    # as far as the last small one; further while these few are one alone, or come to a small sum together
    reached = small[..., ::-1].cumsum(axis=-1)[..., ::-1]
    pending = np.zeros_like(small)
    pending[..., :-1] = reached[..., 1:] > 0
    two = 2
    unclear = (busy < two) | np.stack([one.small for one in oldest], axis=-1)
    count = np.arange(1, len(blocks) + 1)
    fits = ~pending & ~unclear & (count >= two)
    first = np.where(fits.any(axis=-1), fits.argmax(axis=-1) + 1, len(blocks))
    # beside a small block another region helps that has somebody in two of them, as it has itself
    shared = tuple(
        replace(one, small=few, busy=busy[..., place] >= min(two, place + 1))
        for place, one in enumerate(oldest)
        for few in [np.asarray(small[..., : place + 1].any(axis=-1))]
    )
    return Counted(shared, np.where(small.any(axis=-1), first, 0))


def _judged(here: Whole, limit: int, *, standing: bool) -> Judged:
    """The counts of one stretch of months."""
    anybody = here != 0
    spans = np.maximum(anybody.sum(axis=-1), 1) if standing else np.ones(here.shape[:-1], dtype=np.int64)
    sums = here.sum(axis=-1)
    return Judged(sums, spans, (sums != 0) & (np.abs(sums) < limit * spans), anybody.any(axis=-1))
