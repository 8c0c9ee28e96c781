"""Which pairs stand, once each person can only be one?

Pairs join from the heaviest down. A pair that would bring two together who are two persons for certain does not stand:
a mistyped number belongs to one twin or the other. Equal weights join at once, so that no order of rows decides; where
they contradict one another none of them stands. Nobody is raised through a third: only pairs that were compared stand.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

Pair = tuple[int, int]


def standing(pairs: Sequence[tuple[int, int, float]], apart: Callable[[Iterable[Pair]], set[Pair]]) -> set[Pair]:
    """Of weighed pairs those that stand; `apart` says which of some pairs (smaller id first) can never be one."""
    linked = _components((a, b) for a, b, _ in pairs)
    asked = {pair for members in linked for pair in _pairs(members)}
    never = apart(sorted(asked))
    stands: set[Pair] = set()
    group: dict[int, frozenset[int]] = {one: frozenset([one]) for a, b, _ in pairs for one in (a, b)}
    ordered = sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1]))
    for _, equal in groupby(ordered, key=lambda pair: pair[2]):
        together = [(a, b) for a, b, _ in equal if not _clash(group[a] | group[b], never)]
        touched = {one: group[one] for pair in together for one in pair}
        for members in _components([*together, *_chains(touched.values())]):
            joint = frozenset(members)
            if not _clash(joint, never):
                stands.update(pair for pair in together if pair[0] in joint)
                group.update(dict.fromkeys(joint, joint))
    return stands


def _chains(groups: Iterable[frozenset[int]]) -> list[Pair]:
    """Ties that keep each group whole."""
    return [pair for members in groups for pair in zip(sorted(members), sorted(members)[1:], strict=False)]


def _clash(members: Iterable[int], never: set[Pair]) -> bool:
    return any(pair in never for pair in _pairs(members))


def _pairs(members: Iterable[int]) -> list[Pair]:
    ordered = sorted(members)
    return [(a, b) for place, a in enumerate(ordered) for b in ordered[place + 1 :]]


def _components(pairs: Iterable[Pair]) -> list[list[int]]:
    root: dict[int, int] = {}

    def find(one: int) -> int:
        root.setdefault(one, one)
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    for a, b in pairs:
        low, high = sorted((find(a), find(b)))
        root[high] = low
    members: dict[int, list[int]] = {}
    for one in sorted(root):
        members.setdefault(find(one), []).append(one)
    return [*members.values()]
