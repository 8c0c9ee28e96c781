"""Tests of intervals against published values and against scipy's own."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from casework.statistics import poisson_interval, quantile_interval, wilson


def test_three_of_ten_lie_between_eleven_and_sixty_per_cent() -> None:
    low, high = wilson(3, 10)
    assert (round(float(low), 4), round(float(high), 4)) == (0.1078, 0.6032)


@pytest.mark.parametrize(("part", "whole"), [(0, 10), (1, 10), (10, 10), (0, 1), (1, 1), (98, 98), (377, 1329)])
@pytest.mark.parametrize("level", [0.90, 0.95, 0.998])
def test_wilson_is_scipys(part: int, whole: int, level: float) -> None:
    expected = stats.binomtest(part, whole).proportion_ci(level, method="wilson")
    low, high = wilson(part, whole, level)
    assert float(low) == pytest.approx(expected.low, abs=1e-12)
    assert float(high) == pytest.approx(expected.high, abs=1e-12)


def test_wilson_takes_arrays_and_is_nan_where_there_is_nothing() -> None:
    low, high = wilson(np.array([3, 0, 0]), np.array([10, 0, 5]))
    assert [round(x, 4) for x in low.tolist()[::2]] == [0.1078, 0.0]
    assert math.isnan(low[1])
    assert math.isnan(high[1])
    assert round(float(high[2]), 4) == 0.4345


@given(st.integers(0, 500), st.integers(1, 500))
def test_wilson_holds_the_share_and_stays_within_nought_and_one(a: int, b: int) -> None:
    part, whole = min(a, b), max(a, b)
    low, high = wilson(part, whole)
    assert 0 <= low <= part / whole <= high <= 1


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 3.6889), (1, 0.0253, 5.5716), (5, 1.6235, 11.6683), (10, 4.7954, 18.3904)],  # Garwood 1936
)
def test_poisson_intervals_are_the_published_ones(count: int, low: float, high: float) -> None:
    found = poisson_interval(count, 1)
    assert (round(float(found[0]), 4), round(float(found[1]), 4)) == (low, high)


def test_poisson_intervals_are_by_exposure_and_nan_without_any() -> None:
    low, high = poisson_interval(np.array([10, 10]), np.array([1000, 0]))
    assert round(float(low[0]) * 1000, 4) == 4.7954
    assert round(float(high[0]) * 1000, 4) == 18.3904
    assert math.isnan(low[1])
    assert math.isnan(high[1])


@given(st.lists(st.integers(0, 100), min_size=1, max_size=60), st.sampled_from([0.1, 0.5, 0.9]))
def test_quantile_intervals_are_scipys(values: list[int], q: float) -> None:
    ordered = sorted(values)
    expected = stats.quantile_test(ordered, p=q).confidence_interval(0.95)
    found = quantile_interval(ordered, q)
    assert np.array_equal(found, (expected.low, expected.high), equal_nan=True)


def test_the_median_of_ten_lies_between_the_second_and_the_ninth() -> None:
    assert quantile_interval(list(range(1, 11)), 0.5) == (2.0, 9.0)


def test_too_few_values_bound_nothing() -> None:
    assert all(math.isnan(bound) for bound in quantile_interval([1, 2, 3, 4, 5], 0.5))
    assert quantile_interval([1, 2, 3, 4, 5, 6], 0.5) == (1.0, 6.0)
    assert all(math.isnan(bound) for bound in quantile_interval([], 0.5))
