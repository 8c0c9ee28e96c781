"""What of a metric's numbers must not be shown to one who may not read small counts?

Its own small parts and wholes, the few who are not in the part where the card guards them, and what would give them
away (`metrics.honest.suppression`); and what another metric hides of the same people (`metrics.counts.Alike`): in those
of its months that this one counts, in its programmes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from casework.regions import Regions
from metrics.counts import Alike
from metrics.honest.suppression import Mask, mask
from metrics.sums import Counted, Window, behind, behind_alike


@dataclass(frozen=True, slots=True)
class Veil:
    """A mask, as it lies over one metric.

    `all`: the whole is hidden too, not the part alone. `programmes`, `span`: those that count, and the months (None:
    those of the mask); `later`: by so many the mask's are later, which is asked of single months only: a period so
    moved is made of no whole blocks, and would hide every one.
    """

    mask: Mask
    all: bool
    programmes: frozenset[str]
    span: Window | None = None
    later: int = 0

    def cells(self, window: Window | None) -> pl.DataFrame:
        """The hidden `counted_as`, `unit`, `month_index`; of a window under its last month."""
        known = pl.col("counted_as").is_in(list(self.programmes))
        if window is None:
            hidden = self.mask.months().with_columns(pl.col("month_index") - self.later)
            return hidden.filter(known if self.span is None else known & pl.col("month_index").is_between(*self.span))
        under = pl.lit(window[1], dtype=pl.Int32).alias("month_index")
        if self._apart(window):
            known = pl.lit(value=False)
        return self.mask.window(*self._asked(window)).with_columns(under).filter(known)

    def hides(self, programme: str, unit: str, window: Window) -> bool:
        """Is one sum hidden?"""
        return (
            programme in self.programmes
            and not self._apart(window)
            and self.mask.hides(programme, unit, *self._asked(window))
        )

    def _apart(self, window: Window) -> bool:
        return bool(self.later) and window[0] != window[1]

    def _asked(self, window: Window) -> Window:
        """Which months of the mask the window is; without any the last is before the first."""
        first, last = window
        if self.span is not None:
            first, last = max(first, self.span[0]), min(last, self.span[1])
        return first + self.later, last + self.later


def veils(counted: Counted, regions: Regions, limit: int, last: int) -> tuple[Veil, ...]:
    """All that hides anything of the metric; `last`: the month of `as_of`."""
    cells, standing = behind(counted, regions), set(counted.standing)
    programmes = frozenset(counted.frame["counted_as"].unique())
    told = {alike.side for alike, _ in counted.alike if alike.same}
    own = (
        Veil(
            mask(cells[side], regions, limit, last, standing=bool(standing & {side, "behind"})),
            side == "whole",
            programmes,
        )
        for side in ("part", "whole", *(("rest",) if counted.card.rest else ()))
        if side not in told
    )
    others = [veil for alike, frame in counted.alike for veil in _over(counted, alike, frame, regions, limit, last)]
    return (*own, *others)


def _over(
    counted: Counted, alike: Alike, frame: pl.DataFrame, regions: Regions, limit: int, last: int
) -> Iterator[Veil]:
    """What hides the same people in another metric, once for each number of months between."""
    made = mask(behind_alike(frame, regions), regions, limit, last, standing=alike.standing)
    programmes, span = frozenset(counted.frame["counted_as"].unique()), _span(counted.frame, alike.side)
    for later in alike.later:
        yield Veil(made, alike.side == "whole", programmes, span, later)


def _span(frame: pl.DataFrame, side: str) -> Window:
    """The months in which there is such a number; none: the last is before the first."""
    months = frame.drop_nulls(side)["month_index"]
    return (int(months.min()), int(months.max())) if months.len() else (1, 0)  # type: ignore[arg-type]  # whole numbers
