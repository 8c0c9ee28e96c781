"""Tests of the ratio of rates: by hand, where the others have none, and its bounds."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.statistics.exact import excess
from casework.statistics.rate_ratio import greatest_ratio, rate_ratio, ratio_bounds


def test_of_one_stratum_it_is_one_rate_by_the_other() -> None:
    assert rate_ratio([3], [5], [4], [20]) == pytest.approx((3 / 4) / (2 / 16))


def test_strata_are_weighted_after_mantel_and_haenszel() -> None:
    above, below = 3 * 16 / 20 + 1 * 6 / 10, 2 * 4 / 20 + 2 * 4 / 10
    assert rate_ratio([3, 1], [5, 3], [4, 4], [20, 10]) == pytest.approx(above / below)


def test_where_the_others_have_none_half_a_one_is_counted() -> None:
    assert rate_ratio([40], [40], [40], [60]) == pytest.approx(1 / (0.5 / 20))
    # spread over the others, 15 and 5 of them
    assert rate_ratio([2, 1], [2, 1], [5, 5], [20, 10]) == pytest.approx(
        (2 * 15 / 20 + 1 * 5 / 10) / (0.5 * (15 / 20 * 5 / 20 + 5 / 20 * 5 / 10))
    )
    assert rate_ratio([0], [1], [4], [20]) == 0


def test_the_number_of_marked_does_not_hide_how_much_more_often_they_are_hit() -> None:
    """Observed by expected would be 1.8, 1.2 and 1.02."""
    for times in (1, 10, 100):
        assert rate_ratio([10 * times], [10 * times + 2], [10 * times], [10 * times + 10]) == pytest.approx(5)


def test_of_nothing_there_is_no_ratio() -> None:
    assert all(math.isnan(one) for one in (rate_ratio([], [], [], []), greatest_ratio([], [], [])))


@pytest.mark.parametrize("strata", [80, 120])
def test_the_clearest_cases_have_bounds(strata: int) -> None:
    low, high = ratio_bounds([9] * strata, [9] * strata, [10] * strata, [20] * strata)
    assert 1 < low < rate_ratio([9] * strata, [9] * strata, [10] * strata, [20] * strata)
    assert math.isinf(high)


def test_the_bounds_hold_one_exactly_where_the_odds_do() -> None:
    strata = ([6, 3], [8, 5], [9, 6], [20, 14])
    odds, (low, high) = excess(*strata), ratio_bounds(*strata)
    assert (low > 1) is (odds.least > 0)
    assert (high > 1) is (odds.most > 0)


def test_ninety_five_of_a_hundred_intervals_hold_the_true_ratio() -> None:
    """Eight strata of unlike size; of the others 15 of 100 are hit, of the marked three times as many."""
    draw, held = np.random.default_rng(3), 0
    marked, whole = np.array([2, 3, 4, 5, 2, 3, 4, 5]), np.array([20, 12, 30, 18, 9, 25, 16, 40])
    for _ in range(300):
        own, others = draw.binomial(marked, 0.45), draw.binomial(whole - marked, 0.15)
        low, high = ratio_bounds(own, own + others, marked, whole)
        held += low <= 3 <= high
    assert 0.92 <= held / 300 <= 0.99


@given(st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8), st.integers(2, 20), st.floats(0, 1)), max_size=6))
def test_it_lies_between_its_bounds_and_below_the_greatest(drawn: list[tuple[int, int, int, float]]) -> None:
    rows = [(min(k, n - 1), min(m, n - 1), n, share) for k, m, n, share in drawn]
    if not rows:
        return
    least = [max(0, k + m - n) for k, m, n, _ in rows]
    seen = [at + round(share * (min(k, m) - at)) for at, (k, m, _, share) in zip(least, rows, strict=True)]
    margins = [[row[column] for row in rows] for column in range(3)]
    ratio, (low, high) = rate_ratio(seen, *margins), ratio_bounds(seen, *margins)
    assert 0 <= low <= ratio <= high
    assert ratio <= greatest_ratio(*margins) * (1 + 1e-9)
