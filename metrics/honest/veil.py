"""Which counts of one small table may be read, so that no small one is read or solved from the sums beside it?

For tables that stand alone (a funnel, a matrix of programmes), beside the tree of regions and months that
`metrics.honest.suppression` looks after. Hidden is a count of 1 up to below the limit, and one whose rest is that small
where the whole stands beside it. Then every sum is looked at: one hidden count in it is its total less the others, so a
second is hidden; hidden ones that add up to no more than their number are all 1, so another is; and what all the sums
together leave no room for is hidden with one more. The reader may know that nothing is below 1 where it is hidden.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

import numpy as np

Key = TypeVar("Key", bound=Hashable)
Sum = tuple[Key, Sequence[Key]]  # a total, and the counts that add up to it
_NONE: Final = 1e-9  # what a computation leaves of nothing


def veiled(
    counts: Mapping[Key, int],
    limit: int,
    *,
    sums: Iterable[Sum[Key]] = (),
    within: Iterable[tuple[Key, Key]] = (),
    also: Iterable[Key] = (),
) -> dict[Key, int | None]:
    """The counts, None where hidden; a limit of 0 or 1 hides nothing.

    `sums`: what adds up to what, of what is shown. `within`: a count and the whole it is part of, the rest not shown.
    `also`: what is hidden whatever its size.
    """
    hidden = {name for name, count in counts.items() if _small(count, limit)} | set(also)
    for part, whole in within:
        if _small(counts[whole] - counts[part], limit):
            hidden.add(part)
    shown = [(total, list(parts)) for total, parts in sums]
    while hidden and (more := _another(counts, hidden, shown)) is not None:
        hidden.add(more)
    return {name: None if name in hidden else count for name, count in counts.items()}


def _small(count: int, limit: int) -> bool:
    return 0 < count < limit


def _another(counts: Mapping[Key, int], hidden: set[Key], sums: list[tuple[Key, list[Key]]]) -> Key | None:
    """One more to hide; None where nothing gives anything away, or nothing is left that could help."""
    told = _told(hidden, sums)
    near = [(total, parts) for total, parts in sums if hidden & {total, *parts}]
    weak = [one for one in near if _lone(counts, hidden, *one) or told & {one[0], *one[1]}]
    for total, parts in weak:
        if (best := _least(counts, hidden, parts)) is not None:
            return best
        if total not in hidden:
            return total
    # What is given away by several sums together may have no room left in its own.
    return _least(counts, hidden, [name for total, parts in near for name in (*parts, total)]) if weak else None


def _least(counts: Mapping[Key, int], hidden: set[Key], names: Iterable[Key]) -> Key | None:
    """The smallest that is still shown; of nobody nothing is hidden, which would give no room."""
    return min((name for name in names if name not in hidden and counts[name]), key=counts.__getitem__, default=None)


def _lone(counts: Mapping[Key, int], hidden: set[Key], total: Key, parts: list[Key]) -> bool:
    """Does this sum by itself give a hidden count away?"""
    inside = [name for name in parts if name in hidden]
    if total in hidden:
        return not inside
    return len(inside) == 1 or (len(inside) > 1 and sum(counts[name] for name in inside) <= len(inside))


def _told(hidden: set[Key], sums: list[tuple[Key, list[Key]]]) -> set[Key]:
    """The hidden counts that all the sums together leave no choice for: no solution of them moves them."""
    order = [
        name for name in dict.fromkeys(name for total, parts in sums for name in (total, *parts)) if name in hidden
    ]
    if not order:
        return set()
    place = {name: number for number, name in enumerate(order)}
    rows = np.zeros((len(sums), len(order)))
    for row, (total, parts) in zip(rows, sums, strict=True):
        for name in parts:
            if name in place:
                row[place[name]] += 1
        if total in place:
            row[place[total]] -= 1
    _, sizes, directions = np.linalg.svd(rows)
    free = directions[int((sizes > _NONE).sum()) :]
    return {name for name in order if not (np.abs(free[:, place[name]]) > _NONE).any()}
