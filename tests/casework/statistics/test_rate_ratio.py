"""Tests of the ratio of rates over strata."""

import math

import pytest

from casework.statistics import excess, rate_ratio


def test_one_stratum_is_the_ratio_of_two_rates() -> None:
    found = rate_ratio([4], [6], [6], [26])
    assert found.value == pytest.approx((4 / 6) / (2 / 20))
    assert found.low < found.value < found.high
    assert math.isinf(found.most)


def test_strata_are_weighed_as_mantel_and_haenszel_do() -> None:
    found = rate_ratio([3, 2], [5, 4], [4, 10], [14, 20])
    assert found.value == pytest.approx((3 * 10 / 14 + 2 * 10 / 20) / (2 * 4 / 14 + 2 * 10 / 20))


def test_a_stratum_where_all_were_hit_draws_the_ratio_to_one() -> None:
    assert 1 < rate_ratio([4, 6], [6, 26], [6, 6], [26, 26]).value < rate_ratio([4], [6], [6], [26]).value


@pytest.mark.parametrize("hits", [2, 3, 4])
def test_the_lower_bound_is_above_one_just_where_the_test_says_so(hits: int) -> None:
    counts = ([hits, 1], [5, 3], [4, 5], [16, 12])
    assert (rate_ratio(*counts).low > 1) is (excess(*counts).p < 0.025)


def test_none_of_the_others_has_no_ratio_but_a_lower_bound() -> None:
    found = rate_ratio([3], [3], [6], [26])
    assert math.isinf(found.value)
    assert math.isinf(found.high)
    assert 1 < found.low < math.inf
    assert math.isnan(rate_ratio([], [], [], []).value)
