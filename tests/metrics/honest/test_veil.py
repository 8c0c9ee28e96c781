"""Can no hidden count of a small table be solved from what is shown beside it?"""

import numpy as np
import pytest
from scipy.optimize import linprog

from metrics.honest.veil import Sum, veiled

Cell = tuple[int, int]  # row, column; -1 is the margin


def room(shown: dict[Cell, int | None], sums: list[Sum[Cell]], name: Cell, least: int) -> float:
    """How far a hidden count can move while all that is shown holds and all that is hidden is `least` or more."""
    unknown = [cell for cell, count in shown.items() if count is None]
    rows, right = np.zeros((len(sums), len(unknown))), np.zeros(len(sums))
    for number, (total, parts) in enumerate(sums):
        for cell, sign in [(total, -1), *((part, 1) for part in parts)]:
            count = shown[cell]
            if count is None:
                rows[number, unknown.index(cell)] += sign
            else:
                right[number] -= sign * count
    aim = np.array([1.0 if cell == name else 0.0 for cell in unknown])
    ends = [
        linprog(sign * aim, A_eq=rows, b_eq=right, bounds=[(least, 1e4)] * len(unknown), method="highs").fun
        for sign in (1, -1)
    ]
    return float(-ends[1] - ends[0])


def table(chance: np.random.Generator) -> tuple[dict[Cell, int], list[Sum[Cell]]]:
    """A table of random size with the margins of its rows, of its columns, or of both."""
    rows, columns = range(chance.integers(1, 6)), range(chance.integers(2, 6))
    counts = {(row, column): int(chance.choice([0, 0, 1, 2, 3, 4, 6, 9, 30])) for row in rows for column in columns}
    sums: list[Sum[Cell]] = []
    margins = chance.choice(["rows", "columns", "both"])
    if margins != "columns":
        sums += [((row, -1), [(row, column) for column in columns]) for row in rows]
    if margins != "rows":
        sums += [((-1, column), [(row, column) for row in rows]) for column in columns]
    for total, parts in sums:
        counts[total] = sum(counts[part] for part in parts)
    return counts, sums


def test_over_a_thousand_random_tables_no_hidden_count_is_determined() -> None:
    chance = np.random.default_rng(20251130)
    hid = 0
    for _ in range(1000):
        counts, sums = table(chance)
        shown = veiled(counts, 5, sums=sums)
        hidden = [name for name, count in shown.items() if count is None]
        hid += bool(hidden)
        assert all(shown[name] is None for name, count in counts.items() if 0 < count < 5)
        assert all(shown[name] in (None, count) for name, count in counts.items())
        assert [name for name in hidden if room(shown, sums, name, 0) < 1] == []
    assert hid > 800  # the tables do have small counts


def test_in_one_sum_nothing_is_determined_by_knowing_that_whatever_is_hidden_is_somebody() -> None:
    chance = np.random.default_rng(7)
    for _ in range(300):
        parts = {(0, column): int(chance.choice([0, 1, 1, 2, 4, 7, 20])) for column in range(chance.integers(3, 7))}
        sums: list[Sum[Cell]] = [((0, -1), [*parts])]
        counts = parts | {(0, -1): sum(parts.values())}
        shown = veiled(counts, 5, sums=sums)
        hidden = [name for name, count in shown.items() if count is None]
        assert [name for name in hidden if counts[name] and room(shown, sums, name, 1) < 1] == []


@pytest.mark.parametrize(
    ("parts", "total", "expected"),
    [
        ([9, 20, 30], 59, [9, 20, 30, 59]),  # nothing small
        ([3, 20, 30], 53, [None, None, 30, 53]),  # the second smallest beside it
        ([1, 1, 9], 11, [None, None, None, 11]),  # two that add up to two are both one
        ([2, 1, 9], 12, [None, None, 9, 12]),
        ([3, 0, 0], 3, [None, 0, 0, None]),  # the total is as small
        ([0, 0, 0], 0, [0, 0, 0, 0]),
    ],
)
def test_beside_a_small_count_the_next_smallest_is_hidden(
    parts: list[int], total: int, expected: list[int | None]
) -> None:
    counts = dict(zip("abc", parts, strict=True)) | {"total": total}
    shown = veiled(counts, 5, sums=[("total", ["a", "b", "c"])])
    assert [*shown.values()] == expected


def test_a_count_whose_rest_is_small_is_hidden() -> None:
    counts = {"found": 40, "visited": 38, "registered": 30}
    shown = veiled(counts, 5, within=[("visited", "found"), ("registered", "visited")])
    assert shown == {"found": 40, "visited": None, "registered": 30}


def test_who_may_see_all_sees_all() -> None:
    counts = {"total": 3, "a": 1, "b": 2}
    assert veiled(counts, 0, sums=[("total", ["a", "b"])], within=[("a", "total")]) == counts
