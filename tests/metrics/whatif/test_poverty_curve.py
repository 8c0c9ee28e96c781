"""Is the poverty left at every multiple of the standards what a household at a time would give?"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.whatif.curve import Candidates
from metrics.whatif.poverty_curve import poverty_curve

FACTORS = np.linspace(0, 3, 37)
HOME = st.tuples(
    st.integers(0, 3_000_000),  # counted income a year, fen
    st.integers(1, 5),
    st.integers(1, 5),
    st.integers(30_000, 90_000),
    st.integers(0, 3_000_000),  # resources a year, fen
    st.sampled_from([0, 300]),
    st.booleans(),
)


def made(*homes: tuple[int, int, int, int, int, int, bool]) -> tuple[Candidates, np.ndarray]:
    y, n, heads, standard, lives_on, extra, free = (np.array(part) for part in zip(*homes, strict=True))
    return Candidates(y, n, heads, standard, extra, np.ones(len(y)), free), lives_on


def by_hand(rows: Candidates, lives_on: np.ndarray, line: int, factor: float, alpha: int) -> float:
    """A household at a time."""
    total = 0.0
    for y, n, heads, standard, own, extra, free in zip(
        rows.y_fen, rows.n, rows.heads, rows.standard_fen, lives_on, rows.topup_thousandths, rows.open, strict=True
    ):
        has = float(own)
        if free and y / (12 * n * standard) < factor:
            has += 12 * (factor * standard * (heads + extra / 1000) - y * heads / (12 * n))
        gap = (line - has / n) / line
        total += float(n) * gap**alpha if gap > 1e-12 else 0.0
    return total / float(rows.n.sum())


def test_the_handbooks_four_without_any_aid() -> None:
    """(100, 110, 150, 160) at line 125: 0.5, 0.08, 0.0136 (Handbook on Poverty and Inequality, ch. 4)."""
    rows, lives_on = made(*((0, 1, 1, 60_000, each, 0, False) for each in (100, 110, 150, 160)))
    curve = poverty_curve(rows, lives_on, np.full(4, 125), np.ones(4, np.bool_))
    assert [round(float(curve.fgt(1.0, alpha)[0]), 12) for alpha in range(3)] == [0.5, 0.08, 0.0136]


def test_a_person_lifted_to_the_line_itself_is_not_below_it() -> None:
    rows, lives_on = made((0, 1, 1, 60_000, 0, 0, True))
    curve = poverty_curve(rows, lives_on, np.array([720_000]), np.ones(1, np.bool_))
    assert curve.sums(1.0)[:, 0].tolist() == [0, 0, 0]
    assert curve.sums(0.999)[0, 0] == 1


@settings(deadline=None, max_examples=60)
@given(st.lists(HOME, min_size=1, max_size=8))
def test_gaps_are_what_a_household_at_a_time_gives(homes: list[tuple[int, int, int, int, int, int, bool]]) -> None:
    rows, lives_on = made(*homes)
    curve = poverty_curve(rows, lives_on, np.full(len(homes), 500_000), np.ones(len(homes), np.bool_))
    for alpha in (1, 2):
        expected = [by_hand(rows, lives_on, 500_000, float(factor), alpha) for factor in FACTORS]
        np.testing.assert_allclose(curve.fgt(FACTORS, alpha), expected, rtol=1e-9, atol=1e-12)


@settings(deadline=None, max_examples=60)
@given(st.lists(HOME, min_size=1, max_size=8), st.lists(st.booleans(), min_size=8, max_size=8))
def test_the_gap_never_rises_and_regions_add_up(
    homes: list[tuple[int, int, int, int, int, int, bool]], sides: list[bool]
) -> None:
    rows, lives_on = made(*homes)
    side = np.array(sides[: len(homes)])
    counts, line = np.ones(len(homes), np.bool_), np.full(len(homes), 500_000)
    whole = poverty_curve(rows, lives_on, line, counts).sums(FACTORS)
    left, right = (poverty_curve(rows, lives_on, line, counts, each) for each in (side, ~side))
    assert (np.diff(whole, axis=1) <= 1e-9).all()
    moved = left.sums(FACTORS) - left.sums(1.0) + right.sums(FACTORS) - right.sums(1.0)
    np.testing.assert_allclose(moved[1:], whole[1:] - whole[1:, FACTORS.searchsorted(1.0)][:, None], atol=1e-9)


def test_whose_resources_nobody_knows_is_no_part_of_the_people() -> None:
    rows, lives_on = made((0, 1, 1, 60_000, 0, 0, False), (0, 3, 3, 60_000, 0, 0, False))
    curve = poverty_curve(rows, lives_on, np.full(2, 100), np.array([True, False]))
    assert curve.population == 1
    assert curve.fgt(1.0, 0)[0] == 1
