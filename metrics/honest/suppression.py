"""Which cells must be hidden so that no small one is read, or solved from the sums that can be read?

Published is, for every region, programme (and all of them together) and month, a count, and its sum over any window of
months. Hidden is, for a region, always a whole family of months (`metrics.honest.windows`) with everything below it,
and of the programmes all or none. Where a total is hidden the programmes are. In every family of months a region
and its children have no hidden cell among them or at least two (`metrics.honest.partners`).

Why nothing hidden can be solved. Take a hidden cell, and the uppermost hidden family of months above it. There the
families of regions form a tree, each with no or at least two hidden: from the cell's region a change can be passed on
to one hidden region after the other until every region's children add up to it again, and only hidden ones are touched.
Do it with +1 in a month of one member of the family and with -1 in a month of another: every sum above stays, all
changed lies below hidden members (the whole span alone needs no -1). Do it alike in a programme and, where the total is
visible, with the opposite sign in another (or in what has none). No visible cell has changed, nor has any window made
of visible ones; the hidden cell has. A family of one member is its member's block again and is hidden as that is.

No count is below nothing, which tells more. Each step finds a region with anybody in it, so that one of the two changes
can mostly be made; not where a region and those hidden beside it share too few programmes and months: of 41,483 small
sums in 1,000 random tables 40 followed, 2 of them totals. Not looked at: what the part tells of the whole, and what the
tables of two months' ends tell together.
"""

from dataclasses import dataclass
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
    hidden: Flags  # totals or programmes, family of months, unit

    def months(self) -> pl.DataFrame:
        """The hidden months: `counted_as`, `unit`, `month_index`.

        Also those without a row of counts: left out beside hidden ones they would be known to be 0.
        """
        if self.time is None:
            return self._named(np.zeros((0, 0, 0), dtype=np.bool_))
        months = {
            member.first: number
            for number, family in enumerate(self.time.families)
            for member in family.members
            if member.first == member.last
        }
        return self._named(self.hidden[:, [months[month] for month in sorted(months)]])

    def window(self, first: int, last: int) -> pl.DataFrame:
        """Of whom the sum over the months `first` to `last` is hidden: `counted_as`, `unit`, with or without a row."""
        families = [] if self.time is None else list(self.time.window(first, last))
        hidden = np.logical_or.reduce(self.hidden[:, families], axis=1, keepdims=True)
        return self._named(np.asarray(hidden)).drop("month_index")

    def hides(self, programme: str, unit: str, first: int, last: int) -> bool:
        """Is one sum hidden? What the counts know nothing of is not."""
        if self.time is None or unit not in self._places or programme not in self.programmes:
            return False
        kind = 0 if programme == TOGETHER else 1
        families = list(self.time.window(first, last))
        return bool(self.hidden[kind, families, self._places[unit]].any())

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
    judged = [_judged(counts, family, limit, standing=standing) for family in time.families]
    totals = _settled([one.of_totals() for one in judged], tree, time, limit, None)
    each = _settled([one.of_programmes() for one in judged], tree, time, limit, totals)
    return Mask(programmes, tree, time, np.stack([totals, each]))


def _cube(cells: pl.DataFrame, programmes: tuple[str, ...], tree: Tree, time: Months) -> Whole:
    """The counts of programme, unit and month; 0 where there is no row."""
    whole = time.families[0].whole
    counts = np.zeros((len(programmes), len(tree.units), whole.last + 1), dtype=np.int64)
    places = (
        _place(cells["counted_as"], programmes),
        _place(cells["unit"], tree.units),
        cells["month_index"].to_numpy() - time.first,
    )
    np.add.at(counts, places, cells["count"].fill_null(0).to_numpy())
    return counts


def _place(names: pl.Series, order: tuple[str, ...]) -> Whole:
    return names.replace_strict(list(order), list(range(len(order))), return_dtype=pl.Int64).to_numpy()


def _settled(judged: list[Judged], tree: Tree, time: Months, limit: int, totals: Flags | None) -> Flags:
    """What is hidden of every family of months and unit, the greatest blocks first; of programmes beside `totals`."""
    hidden: list[Flags] = []
    crowd = CROWD if totals is not None and len(judged[0].busy) > 1 else 0
    for number, family in enumerate(time.families):
        start = np.zeros(len(tree.units), dtype=np.bool_) if family.above is None else hidden[family.above]
        if family.above is not None and len(family.members) == 1:
            hidden.append(start)
            continue
        small = judged[number].small[:1] if totals is None else judged[number].small
        start = start | small.any(axis=0)
        hidden.append(settled(start if totals is None else start | totals[number], judged[number], tree, limit, crowd))
    return np.stack(hidden)


def _judged(counts: Whole, family: Family, limit: int, *, standing: bool) -> Judged:
    """The counts of one family of months."""
    whole = family.whole
    here = counts[..., whole.first : whole.last + 1]
    starts = [member.first - whole.first for member in family.members]
    sums = np.add.reduceat(here, starts, axis=-1)
    anybody = here != 0
    spans = np.maximum(np.add.reduceat(anybody.astype(np.int64), starts, axis=-1), 1) if standing else 1
    small = ((sums != 0) & (np.abs(sums) < limit * spans)).any(axis=-1)
    over = np.maximum(anybody.sum(axis=-1), 1) if standing else np.ones(here.shape[:-1], dtype=np.int64)
    return Judged(here.sum(axis=-1), over, small, anybody.any(axis=-1))
