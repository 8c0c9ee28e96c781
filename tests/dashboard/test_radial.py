"""Does every node of a drawn network have a place of its own, the same at every look?"""

import math

import pytest

from dashboard.parts.radial import places, radius
from dashboard.queries.ties import Node

WIDE = 2.0


def rings(*sizes: int) -> dict[Node, int]:
    return {Node("person", 100 * ring + place): ring for ring, size in enumerate(sizes) for place in range(size)}


def test_each_ring_stands_at_its_own_distance_and_no_two_nodes_at_one_place() -> None:
    known = rings(1, 4, 6, 3, 9)
    nodes = [*known]
    centre = nodes[0]
    edges = [(centre, node) for node in nodes if known[node] == 1]
    edges += [(Node("person", 100 + node.key % 4), node) for node in nodes if known[node] > 1]  # type: ignore[operator]  # numbers here
    found = places(centre, known, edges, wide=WIDE)
    assert found.keys() == known.keys()
    assert len({*found.values()}) == len(known)
    for node, (x, y) in found.items():
        assert math.hypot(x / WIDE, y) == pytest.approx(radius(known[node], 4), abs=1e-5)


def test_a_branch_stands_on_its_own_side() -> None:
    known = rings(1, 2, 8)
    centre, left, right, *ends = known
    edges = [(centre, left), (centre, right), *((left if end.key < 204 else right, end) for end in ends)]  # type: ignore[operator]  # numbers here
    found = places(centre, known, edges, wide=WIDE)
    for end in ends:
        own, other = (left, right) if (left, end) in edges else (right, left)
        assert math.dist(found[end], found[own]) < math.dist(found[end], found[other])


def test_the_same_is_drawn_at_every_look_and_one_alone_stands_in_the_middle() -> None:
    known = rings(1, 3)
    centre = next(iter(known))
    edges = [(centre, node) for node in known if node != centre]
    assert places(centre, known, edges, wide=WIDE) == places(centre, known, edges[::-1], wide=WIDE)
    assert places(centre, rings(1), [], wide=WIDE) == {centre: (0.0, 0.0)}
