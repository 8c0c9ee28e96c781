"""What can a reader find out who reads everything that is shown and can solve equations?"""

from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.optimize import linprog

from casework.regions import UNASSIGNED, Region, Regions, tier_of
from casework.text import Text
from metrics.honest.suppression import Mask

Numbers = NDArray[np.float64]
LIMIT = 5
LAST = 24299  # 2024-12
MOST = 64  # unknowns of a random table; wide ones have fewer months
COUNTY = "990101000000"


@dataclass(frozen=True)
class Table:
    """Counts of the lowest units, programmes and months; the units are sums of the lowest."""

    regions: Regions
    lowest: list[str]
    programmes: list[str]
    counts: NDArray[np.int64]

    @property
    def above(self) -> dict[str, Numbers]:
        """Which of the lowest units are in each unit."""
        found: dict[str, Numbers] = {}
        for place, unit in enumerate(self.lowest):
            here: str | None = unit
            while here is not None:
                found.setdefault(here, np.zeros(len(self.lowest)))[place] = 1
                here = self.regions[here].parent
        return found

    @property
    def cells(self) -> pl.DataFrame:
        """What the mask is made of; nobody has no row."""
        rows = [
            (programme, unit, LAST - self.counts.shape[2] + 1 + month, count)
            for unit, lowest in self.above.items()
            for programme, parts in self._parts().items()
            for month, count in enumerate(np.einsum("l,p,lpm->m", lowest, parts, self.counts).astype(int).tolist())
            if count
        ]
        schema = {"counted_as": pl.String, "unit": pl.String, "month_index": pl.Int32, "count": pl.Int64}
        return pl.DataFrame(rows, schema=schema, orient="row")

    def _parts(self) -> dict[str, Numbers]:
        own = dict(zip(self.programmes, np.eye(len(self.programmes)), strict=True))
        return {"": np.ones(len(self.programmes)), **own}

    def weights(self, programme: str, unit: str) -> Numbers:
        """Which of the lowest units x programmes are in it."""
        return np.kron(self.above[unit], self._parts()[programme])


def random_table(rng: np.random.Generator) -> Table:
    """Two or three tiers, some with an unassigned part; counts mostly none or few."""
    codes = [COUNTY]
    lowest: list[str] = []
    deep = rng.random() < 0.6
    for town in range(1, int(rng.integers(2, 4 if deep else 6))):
        code = f"990101{town:03d}000"
        codes.append(code)
        villages = [f"990101{town:03d}{village:03d}" for village in range(1, int(rng.integers(2, 5)))] if deep else []
        codes += villages
        lowest += villages or [code]
        if deep and rng.random() < 0.3:
            lowest.append(code + UNASSIGNED)
    if rng.random() < 0.3:
        lowest.append(COUNTY + UNASSIGNED * (2 if deep else 1))
    regions = Regions(Region(code, Text(code, code), tier_of(code), None) for code in codes)
    programmes = [f"programme {number}" for number in range(int(rng.integers(1, 5)))]
    wide = len(lowest) * len(programmes)
    shape = (len(lowest), len(programmes), min(int(rng.integers(3, 16)), max(3, MOST // wide)))
    kind = rng.choice(4, size=shape, p=rng.dirichlet([2, 1, 2, 1]))
    sizes = np.stack(
        [np.zeros(shape), rng.integers(1, 5, shape), rng.integers(5, 30, shape), rng.integers(5, 300, shape)]
    )
    return Table(regions, lowest, programmes, np.take_along_axis(sizes, kind[np.newaxis], 0)[0].astype(np.int64))


@dataclass(frozen=True)
class Reading:
    """The equations that a reader has, and the sums that the reader has not."""

    shown: Numbers  # equations x unknowns
    hidden: Numbers  # sums x unknowns
    counts: Numbers  # of the hidden sums
    small: NDArray[np.bool_]


def read(table: Table, shown: Mask) -> Reading:
    """Every window (a month is one too) of every unit and programme: shown or hidden, as `Mask.window` says."""
    months = table.counts.shape[2]
    windows = [(first, last) for first, last in combinations_with_replacement(range(months), 2)]
    spans = np.array([[first <= month <= last for month in range(months)] for first, last in windows], dtype=np.float64)
    start = LAST - months + 1
    gone = [set(shown.window(start + first, start + last).iter_rows()) for first, last in windows]
    flat = table.counts.reshape(-1, months)
    equations, secrets, counts = [], [], []
    for programme in ("", *table.programmes):
        for unit in table.above:
            weights = table.weights(programme, unit)
            away = np.array([(programme, unit) in names for names in gone])
            equations.append(np.kron(weights, _independent(spans[~away])))
            secrets.append(np.kron(weights, spans[away]))
            counts.append(spans[away] @ (weights @ flat))
    found = np.concatenate(counts)
    small = (found > 0) & (found < LIMIT)
    return Reading(np.concatenate(equations), np.concatenate(secrets), found, small)


def _independent(windows: Numbers) -> Numbers:
    """Fewer windows that say the same: none that others lead from its first month to the month after its last."""
    months = windows.shape[1]
    joined = list(range(months + 1))
    kept = []
    for place, window in enumerate(windows):
        first, after = int(window.argmax()), months - int(window[::-1].argmax())
        if joined[first] != joined[after]:
            joined = [joined[after] if end == joined[first] else end for end in joined]
            kept.append(place)
    return windows[kept]


def determined(shown: Numbers, sums: Numbers) -> NDArray[np.bool_]:
    """Whether each sum follows from those shown: nothing that leaves these unchanged changes it.

    Two changes drawn among all that are free stand for all. Without the threads of a matrix product: they cost more
    than such small ones.
    """
    values, vectors = np.linalg.eigh(np.einsum("ij,ik->jk", shown, shown))
    free = vectors[:, values < 1e-8]
    changes = np.einsum("jk,kc->jc", free, np.random.default_rng(1).normal(size=(free.shape[1], 2)))
    return np.abs(np.einsum("ij,jc->ic", sums, changes)).max(axis=1, initial=0) < 1e-6


def surely_none(reading: Reading, truth: Numbers) -> Numbers:
    """The unknowns that are 0 in whatever solution has nothing below 0, as equations.

    One programme finds them all: x >= y, y of 0 to 1, as much y as possible, x solving a multiple of the equations.
    """
    shown, count = reading.shown, truth.size
    equations = np.hstack([shown, np.zeros_like(shown), -(shown @ truth)[:, np.newaxis]])
    above = np.hstack([-np.eye(count), np.eye(count), np.zeros((count, 1))])
    goal = np.concatenate([np.zeros(count), -np.ones(count), [0]])
    bounds = [(0, None)] * count + [(0, 1)] * count + [(1, None)]
    solved = linprog(goal, above, np.zeros(count), equations, np.zeros(len(equations)), bounds)
    assert solved.status == 0, solved.message
    return np.eye(count)[solved.x[count:-1] < 0.5]
