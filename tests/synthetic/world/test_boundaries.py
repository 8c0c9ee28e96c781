"""Tests of where places lie: each within its parent, beside its neighbours, never over them."""

from functools import cache
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest

from synthetic.world.boundaries import area, features
from synthetic.world.plan import Scale, plan

Ring = npt.NDArray[np.float64]
ROUNDED = 2e-6  # degrees: corners are written with six decimals
WORLDS: tuple[tuple[Scale, int], ...] = (("village", 1_000), ("county", 60_000), ("province", 250_000))
BELOW = {"province": None, "city": "province", "county": "city", "township": "county", "village": "township"}
DIGITS = {"province": 2, "city": 4, "county": 6, "township": 9, "village": 12}


@cache
def places(scale: Scale, persons: int, seed: int) -> dict[str, tuple[str, Ring]]:
    """Tier and ring (closed) of each place by its code."""
    return {
        shape["properties"]["region_code"]: (
            shape["properties"]["tier"],
            np.array(shape["geometry"]["coordinates"][0]),
        )
        for shape in features(plan(scale, persons, seed))
    }


def parent(code: str, tier: str) -> str | None:
    """The code of the place above."""
    above = BELOW[tier]
    return None if above is None else code[: DIGITS[above]].ljust(12, "0")


def beyond(ring: Ring, points: Ring) -> npt.NDArray[np.float64]:
    """How far each point lies beyond each edge of a convex ring that turns left (edges x points, degrees)."""
    start, along = ring[:-1], np.diff(ring, axis=0)
    length = np.hypot(along[:, 0], along[:, 1])
    away = points[None, :, :] - start[:, None, :]
    found: Ring = -(along[:, None, 0] * away[:, :, 1] - along[:, None, 1] * away[:, :, 0]) / length[:, None]
    return found


def apart(one: Ring, other: Ring) -> bool:
    """Is there an edge of either with all of the other beyond it? Of two convex polygons: they do not overlap."""
    return any(
        bool((beyond(ring, points[:-1]).min(axis=1) > -ROUNDED).any()) for ring, points in ((one, other), (other, one))
    )


@pytest.fixture(scope="module", params=[(*world, seed) for world in WORLDS for seed in (1, 2)], ids=str)
def world(request: pytest.FixtureRequest) -> dict[str, tuple[str, Ring]]:
    """The places of a village alone, a county and a small province."""
    return places(*request.param)


def test_every_place_lies_within_its_parent(world: dict[str, tuple[str, Ring]]) -> None:
    outside = []
    for code, (tier, ring) in world.items():
        above = parent(code, tier)
        if above is not None and beyond(world[above][1], ring).max() > ROUNDED:
            outside.append(code)
    assert outside == []
    assert [code for code, (tier, _) in world.items() if parent(code, tier) not in {None, *world}] == []


def test_every_outline_is_a_closed_convex_ring_that_turns_left(world: dict[str, tuple[str, Ring]]) -> None:
    for code, (_, ring) in world.items():
        assert (ring[0] == ring[-1]).all(), code
        assert area(ring[:-1].tolist()) > 0, code
        assert beyond(ring, ring).max() <= ROUNDED, code


def test_neighbours_never_overlap(world: dict[str, tuple[str, Ring]]) -> None:
    for tier in DIGITS:
        siblings: dict[str | None, list[str]] = {}
        for code, (of, _) in world.items():
            if of == tier:
                siblings.setdefault(parent(code, tier), []).append(code)
        for group in siblings.values():
            lying = [pair for pair in combinations(group, 2) if not apart(*(world[code][1] for code in pair))]
            assert lying == []


def test_the_parts_of_a_place_fill_it(world: dict[str, tuple[str, Ring]]) -> None:
    parts: dict[str, float] = {}
    for code, (tier, ring) in world.items():
        above = parent(code, tier)
        if above is not None:
            parts[above] = parts.get(above, 0) + area(ring[:-1].tolist())
    gaps = {code: whole / area(world[code][1][:-1].tolist()) for code, whole in parts.items()}
    assert {code: share for code, share in gaps.items() if abs(share - 1) > 1e-3} == {}


def test_two_squares_that_share_a_corner_overlap_and_two_that_share_a_side_do_not() -> None:
    square = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]], dtype=float)
    assert apart(square, square + np.array([1, 0]))
    assert not apart(square, square + np.array([0.9, 0.9]))
    assert not apart(square, square)
