"""Are poverty and inequality what the textbooks print, and do they ignore what they must?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.whatif import welfare
from metrics.whatif.population import Real

incomes = st.lists(st.integers(0, 10_000), min_size=2, max_size=30)


def ones(y: Real) -> Real:
    return np.ones(len(y))


def naive_gini(y: Real, w: Real) -> float:
    """The mean absolute difference of all pairs by twice the mean."""
    mean = (w * y).sum() / w.sum()
    apart = np.abs(y[:, None] - y[None, :]) * w[:, None] * w[None, :]
    return float(apart.sum() / w.sum() ** 2 / (2 * mean))


def test_the_handbook_prints_half_0_08_and_0_0136() -> None:
    y = np.array([100.0, 110, 150, 160])
    found = [welfare.fgt(y, ones(y), 125.0, alpha) for alpha in (0, 1, 2)]
    assert found == pytest.approx([0.5, 0.08, 0.0136], abs=1e-12)


def test_whoever_has_exactly_the_line_is_not_below_it() -> None:
    y = np.array([124.99, 125.0])
    assert welfare.fgt(y, ones(y), 125.0, 0) == 0.5


def test_nobody_has_no_poverty_and_no_gini() -> None:
    nothing = np.zeros(0)
    assert np.isnan(welfare.fgt(nothing, nothing, 1.0, 0))
    assert np.isnan(welfare.gini(np.zeros(3), np.ones(3)))


def test_gini_of_known_cases() -> None:
    assert welfare.gini(np.array([5.0, 5, 5]), np.ones(3)) == pytest.approx(0, abs=1e-12)
    assert welfare.gini(np.array([0.0, 0, 0, 8]), np.ones(4)) == pytest.approx(0.75)
    assert welfare.gini(np.array([1.0, 2, 3, 4]), np.ones(4)) == pytest.approx(0.25)


@settings(max_examples=60)
@given(incomes, st.data())
def test_gini_is_that_of_all_pairs(values: list[int], data: st.DataObject) -> None:
    y = np.array(values, np.float64)
    w = np.array(data.draw(st.lists(st.integers(1, 9), min_size=len(y), max_size=len(y))), np.float64)
    if y.sum() > 0:
        assert welfare.gini(y, w) == pytest.approx(naive_gini(y, w), abs=1e-9)
        assert welfare.concentration(y, y, w) == pytest.approx(naive_gini(y, w), abs=1e-9)


@settings(max_examples=60)
@given(incomes, st.integers(1, 1000))
def test_scale_order_and_doubling_change_nothing(values: list[int], factor: int) -> None:
    y = np.array(values, np.float64) + 1
    order = np.random.default_rng(0).permutation(len(y))
    w = np.arange(1.0, len(y) + 1)
    for other_y, other_w in ((y * factor, w), (y[order], w[order]), (np.tile(y, 2), np.tile(w, 2)), (y, w * 2)):
        scale = other_y.max() / y.max()
        for name in ("gini", "theil_t", "theil_l"):
            measure = getattr(welfare, name)
            assert measure(other_y, other_w) == pytest.approx(measure(y, w), abs=1e-9)
        for alpha in (0, 1, 2):
            line = float(np.median(y))
            assert welfare.fgt(other_y, other_w, line * scale, alpha) == pytest.approx(
                welfare.fgt(y, w, line, alpha), abs=1e-9
            )


def test_a_weight_of_two_is_the_row_twice() -> None:
    y = np.array([1.0, 5, 5, 9])
    assert welfare.gini(np.array([1.0, 5, 9]), np.array([1.0, 2, 1])) == pytest.approx(welfare.gini(y, ones(y)))


def test_aid_all_to_the_poorest_to_all_alike_and_to_the_richest() -> None:
    y = np.arange(1.0, 11)
    poorest, alike = np.zeros(10), np.ones(10)
    poorest[0] = 1
    assert welfare.concentration(poorest, y, ones(y)) == pytest.approx(-0.9)
    assert welfare.concentration(alike, y, ones(y)) == pytest.approx(0, abs=1e-12)
    assert welfare.concentration(poorest[::-1], y, ones(y)) == pytest.approx(0.9)


def test_shares_of_the_poorest_cut_a_step_of_equal_incomes_in_proportion() -> None:
    y = np.array([1.0, 1, 1, 1, 6])
    assert welfare.share_of_poorest(y, ones(y), 0.4) == pytest.approx(0.2)
    assert welfare.share_of_poorest(y, ones(y), 0.4, np.array([5.0, 0, 0, 0, 0])) == pytest.approx(0.5)


def test_theil_of_two_is_what_the_formula_says() -> None:
    y = np.array([1.0, 3.0])
    assert welfare.theil_l(y, ones(y)) == pytest.approx(np.log(2) - np.log(3) / 2)
    assert welfare.theil_t(y, ones(y)) == pytest.approx((0.5 * np.log(0.5) + 1.5 * np.log(1.5)) / 2)
    assert np.isnan(welfare.theil_l(np.array([0.0, 3.0]), np.ones(2)))
