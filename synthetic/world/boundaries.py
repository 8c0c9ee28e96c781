"""Where do the places of a made-up world lie?

Each place is divided among its parts by the Voronoi cells of points within it; the cells of a convex outline are convex
again, so every tier fills the one above without gap or overlap. The points are mirrored at each edge of the outline:
the edges then are borders themselves, and no cell needs clipping. Degrees near (0, 0), in the open sea.
"""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import scipy  # its parts load when first used: most commands need none, and none should wait for them

from synthetic.world.plan import Plan

Points = npt.NDArray[np.float64]
_KM: Final = 1 / 111  # degrees
_PERSON_KM2: Final = 0.008  # about 125 persons a square kilometre
_ROUNDS: Final = 4  # of moving each point to the middle of its cell
_CORNERS: Final = 9


def features(plan: Plan) -> Iterator[dict[str, Any]]:
    """One GeoJSON feature a place, the highest first: region_code, name, tier, and a polygon."""
    random = Random(f"{plan.seed}:boundaries")  # noqa: S311 - a made-up world, not a secret
    persons = sum(village.persons for county in plan.counties for town in county.townships for village in town.villages)
    outline = _outline(random, (persons * _PERSON_KM2) ** 0.5 * _KM)
    yield _feature(*plan.province, "province", outline)
    for (code, name), land in zip(plan.cities, divided(outline, len(plan.cities), random), strict=True):
        yield _feature(code, name, "city", land)
        counties = [county for county in plan.counties if county.code[:4] == code[:4]]
        for county, area in zip(counties, divided(land, len(counties), random), strict=True):
            yield _feature(county.code, county.name, "county", area)
            for town, part in zip(county.townships, divided(area, len(county.townships), random), strict=True):
                yield _feature(town.code, town.name, "township", part)
                for village, cell in zip(town.villages, divided(part, len(town.villages), random), strict=True):
                    yield _feature(village.code, village.name, "village", cell)


def divided(outline: Points, parts: int, random: Random) -> list[Points]:
    """A convex polygon (counter-clockwise, not closed) in so many convex cells of about equal size."""
    if parts == 1:
        return [outline]
    seeds = np.array([_inside(outline, random) for _ in range(parts)])
    cells = _cells(outline, seeds)
    for _ in range(_ROUNDS):
        cells = _cells(outline, np.array([_middle(cell) for cell in cells]))
    return cells


def _cells(outline: Points, seeds: Points) -> list[Points]:
    mirrored = [seeds]
    for start, end in zip(outline, np.roll(outline, -1, axis=0), strict=True):
        along = (end - start) / np.linalg.norm(end - start)
        away = (seeds - start) - np.outer((seeds - start) @ along, along)
        mirrored.append(seeds - 2 * away)
    diagram = scipy.spatial.Voronoi(np.concatenate(mirrored))
    cells = []
    for place in range(len(seeds)):
        corners = diagram.vertices[diagram.regions[diagram.point_region[place]]]
        turn = np.arctan2(corners[:, 1] - seeds[place, 1], corners[:, 0] - seeds[place, 0])
        cells.append(corners[np.argsort(turn)])
    return cells


def _outline(random: Random, size: float) -> Points:
    """A convex polygon: corners on a circle at uneven angles."""
    steps = np.array([1 + 0.5 * random.random() for _ in range(_CORNERS)])
    turn = 2 * np.pi * np.cumsum(steps) / steps.sum()
    return np.column_stack([np.cos(turn), np.sin(turn)]) * size / 2 + size


def _inside(outline: Points, random: Random) -> Points:
    """Some point within: a mean of the corners under drawn weights."""
    weights = np.array([random.expovariate(1) for _ in range(len(outline))])
    point: Points = weights @ outline / weights.sum()
    return point


def _middle(cell: Points) -> Points:
    """The centre of gravity of a polygon."""
    x, y = cell[:, 0], cell[:, 1]
    after_x, after_y = np.roll(x, -1), np.roll(y, -1)
    cross = x * after_y - after_x * y
    whole = cross.sum() * 3
    return np.array([((x + after_x) * cross).sum() / whole, ((y + after_y) * cross).sum() / whole])


def area(cell: Sequence[Sequence[float]]) -> float:
    """The area a ring encloses, positive when counter-clockwise."""
    ring = np.array(cell)
    after = np.roll(ring, -1, axis=0)
    return float((ring[:, 0] * after[:, 1] - after[:, 0] * ring[:, 1]).sum() / 2)


def _feature(code: str, name: str, tier: str, cell: Points) -> dict[str, Any]:
    ring = [[round(float(x), 6), round(float(y), 6)] for x, y in cell]
    return {
        "type": "Feature",
        "properties": {"region_code": code, "name": name, "tier": tier},
        "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
    }
