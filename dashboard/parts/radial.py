"""Where does each node of a network around one stand: ring by ring, what belongs together side by side?"""

import math
from collections.abc import Mapping, Sequence
from typing import Final

import networkx as nx

from dashboard.queries.ties import Node

Place = tuple[float, float]
_NAMED: Final = 2  # rings whose nodes bear a name and need room for it
_CROWDED: Final = 0.8  # below 1: the inner rings stand farther apart than the outer ones
_FIRST: Final = math.pi  # colleagues come first and stand on the left


def radius(ring: int, most: int) -> float:
    """How far from the middle a ring stands; the outermost at 1."""
    return float((ring / most) ** _CROWDED)


def places(
    centre: Node, rings: Mapping[Node, int], edges: Sequence[tuple[Node, Node]], *, wide: float
) -> dict[Node, Place]:
    """The same at every look: a tree of the nearest ways, each branch as wide as it has ends. `wide`: the ellipse."""
    tree = _tree(rings, edges)
    ends = dict.fromkeys(tree, 0)
    for node in nx.dfs_postorder_nodes(tree, centre):
        least = 2 if rings[node] <= _NAMED else 1
        ends[node] = max(least, sum(ends[child] for child in tree.successors(node)))
    most = max(rings.values()) or 1
    found: dict[Node, Place] = {centre: (0.0, 0.0)}

    def spread(node: Node, begin: float, end: float) -> None:
        each = (end - begin) / ends[node]
        for child in tree.successors(node):
            over = begin + each * ends[child]
            angle = (begin + over) / 2
            reach = radius(rings[child], most)
            found[child] = (round(wide * reach * math.cos(angle), 6), round(reach * math.sin(angle), 6))
            spread(child, begin, over)
            begin = over

    spread(centre, _FIRST, _FIRST + 2 * math.pi)
    return found


def _tree(rings: Mapping[Node, int], edges: Sequence[tuple[Node, Node]]) -> nx.DiGraph:
    """Each node below the first one of the nearest inner ring that it is tied to."""
    graph = nx.Graph(edges)
    order = {node: place for place, node in enumerate(rings)}
    tree = nx.DiGraph()
    tree.add_nodes_from(rings)
    for node, ring in rings.items():
        inner = [other for other in graph.adj.get(node, ()) if rings[other] < ring]
        if inner:
            tree.add_edge(max(inner, key=lambda other: (rings[other], -order[other])), node)
        elif ring:
            tree.add_edge(next(iter(rings)), node)
    return tree
