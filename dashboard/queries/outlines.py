"""What shape is an area on a map, where is its middle, and which points lie in it?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]  # n x 2
Flags = NDArray[np.bool_]

MOST: Final = 12_000  # points of one picture: a quarter of a megabyte on its way to the browser
_FINEST, _COARSEST = 4096, 256  # steps across the picture that points are rounded to, halved until few enough
_ACROSS: Final = 32  # lattice points across a picture
_CORNERS: Final = 4  # of the smallest ring: a triangle, closed
_ROUND: Final = 180.0  # degrees; a quarter turn is the pole


@dataclass(frozen=True, slots=True)
class Outline:
    """Closed rings, each polygon's outer one counter-clockwise and its holes clockwise: drawn together, holes stay."""

    rings: tuple[Points, ...]

    @classmethod
    def of(cls, polygons: Iterable[Sequence[Sequence[Sequence[float]]]]) -> "Outline":
        """From GeoJSON's polygons: lists of rings, the first of each the outer one."""
        return cls(
            tuple(
                _turned(np.asarray(ring, dtype=np.float64), left=place == 0)
                for rings in polygons
                for place, ring in enumerate(rings)
            )
        )

    @property
    def points(self) -> int:
        """How many corners, all rings together."""
        return sum(len(ring) for ring in self.rings)

    def holds(self, points: Points) -> Flags:
        """Which points lie inside? By crossings, so that a hole is outside."""
        inside = np.zeros(len(points), dtype=np.bool_)
        for ring in self.rings:
            inside ^= _crossed(ring, points)
        return inside

    def middle(self) -> Points:
        """The centre of gravity of the largest ring; its mean where it has no area."""
        ring = max(self.rings, key=lambda ring: abs(doubled_area(ring)))
        x, y = ring[:-1, 0], ring[:-1, 1]
        origin = ring[0]
        x, y, after = x - origin[0], y - origin[1], ring[1:] - origin
        cross = x * after[:, 1] - after[:, 0] * y
        whole = cross.sum() * 3
        if whole == 0:
            return np.asarray(ring[:-1].mean(axis=0))
        middle: Points = origin + (after + np.column_stack([x, y])).T @ cross / whole
        return middle


def doubled_area(ring: Points) -> float:
    """Twice the area that a closed ring encloses, positive when counter-clockwise."""
    x, y = (ring - ring[0]).T
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum())


def _turned(ring: Points, *, left: bool) -> Points:
    return ring if (doubled_area(ring) > 0) == left else ring[::-1]


def _crossed(ring: Points, points: Points) -> Flags:
    """Whether a ray from each point crosses the ring an odd number of times; only those within its box are asked."""
    odd = np.zeros(len(points), dtype=np.bool_)
    near = ((points >= ring.min(axis=0)) & (points <= ring.max(axis=0))).all(axis=1)
    x, y = points[near].T[:, :, None]
    (x0, y0), (x1, y1) = ring[:-1].T, ring[1:].T
    level = y0 == y1  # crossed by no ray
    along = (y - y0) / np.where(level, 1.0, y1 - y0)
    odd[near] = ((((y0 > y) != (y1 > y)) & (x < (x1 - x0) * along + x0)).sum(axis=1) % 2).astype(np.bool_)
    return odd


def bounds(outlines: Iterable[Outline]) -> tuple[Points, Points]:
    """The lower left and the upper right corner around them all."""
    corners = np.concatenate([ring for outline in outlines for ring in outline.rings])
    return corners.min(axis=0), corners.max(axis=0)


def thinned(outlines: Mapping[str, Outline], most: int = MOST) -> dict[str, Outline]:
    """The same with few enough points for one picture, scaled to its longer side; true to shape away from the equator.

    Neighbours stay neighbours: the same point is rounded to the same place in both.
    """
    low, high = bounds(outlines.values())
    narrow = np.array([_narrowing(low, high), 1.0])
    size = float(((high - low) * narrow).max()) or 1.0
    steps = _FINEST
    while True:
        rounded = {code: _rounded(outline, low, narrow * steps / size, steps) for code, outline in outlines.items()}
        drawn = {code: outline for code, outline in rounded.items() if outline.rings}
        if steps <= _COARSEST or sum(outline.points for outline in drawn.values()) <= most:
            return drawn
        steps //= 2


def _narrowing(low: Points, high: Points) -> float:
    """How much shorter a degree of longitude is than one of latitude; 1 where the numbers are no degrees."""
    if np.abs([low, high]).max() > _ROUND:
        return 1.0
    return float(np.cos(np.radians((low[1] + high[1]) / 2)))


def _rounded(outline: Outline, low: Points, scale: Points, steps: int) -> Outline:
    rings = []
    for ring in outline.rings:
        snapped = np.rint((ring - low) * scale)
        moved = np.concatenate([[True], (np.diff(snapped, axis=0) != 0).any(axis=1)])
        kept = snapped[moved]
        if len(kept) >= _CORNERS and doubled_area(kept) != 0:
            rings.append(kept / steps)
    return Outline(tuple(rings))


def lattice(outlines: Mapping[str, Outline], across: int = _ACROSS) -> dict[str, Points]:
    """Points within each area, evenly spread over the picture; the first is where its name stands.

    So a click anywhere on an area falls near a point of its own. An area that the lattice misses has its middle.
    """
    low, high = bounds(outlines.values())
    step = float((high - low).max()) / across or 1.0
    x, y = (np.arange(start - step / 2, end + step, step) for start, end in zip(low, high, strict=True))
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)  # its rim lies outside of every area
    return {code: _within(outline, grid) for code, outline in outlines.items()}


def _within(outline: Outline, grid: Points) -> Points:
    """The middle where the area holds it (no crescent, no ring), else the point deepest inside; then the others."""
    middle, held = outline.middle(), outline.holds(grid)
    inside, outside = grid[held], grid[~held]
    if outline.holds(middle[None])[0] or not len(inside):
        return np.concatenate([middle[None], inside])
    near = ((inside[:, None] - outside[None]) ** 2).sum(axis=2).min(axis=1)
    return inside[np.argsort(-near, kind="stable")]
