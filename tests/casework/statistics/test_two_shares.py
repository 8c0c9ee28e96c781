"""Do difference and ratio of two shares say what print says, and hold the truth as often as they promise?"""

import numpy as np
import pytest
from scipy.stats import binom

from casework.statistics import difference, ratio


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [  # Newcombe 1998, Table II, method 10
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 20, 0, 10), -0.2775, 0.1611),
        ((10, 10, 0, 20), 0.6791, 1.0000),
        ((10, 10, 0, 10), 0.6075, 1.0000),
    ],
)
def test_the_difference_is_the_one_in_print(counts: tuple[int, int, int, int], low: float, high: float) -> None:
    value, *bounds = difference(*counts)
    assert value == pytest.approx(counts[0] / counts[1] - counts[2] / counts[3])
    assert bounds == pytest.approx([low, high], abs=1e-4)


@pytest.mark.parametrize("counts", [(56, 70, 48, 80), (3, 40, 9, 50), (1, 200, 30, 400), (10, 10, 3, 10)])
def test_the_ratio_turned_round_is_its_inverse(counts: tuple[int, int, int, int]) -> None:
    value, low, high = ratio(*counts)
    other = ratio(*counts[2:], *counts[:2])
    assert (value, low, high) == pytest.approx((1 / other[0], 1 / other[2], 1 / other[1]))
    assert low < value < high


def test_the_ratio_of_equal_shares_holds_one_and_grows_surer_with_more() -> None:
    few, many = ratio(5, 50, 5, 50), ratio(500, 5_000, 500, 5_000)
    assert few[1] < many[1] < 1 < many[2] < few[2]


def test_none_in_the_first_is_a_ratio_of_nought_that_may_be_more() -> None:
    value, low, high = ratio(0, 50, 10, 50)
    assert (value, low) == (0, 0)
    assert 0 < high < 1


@pytest.mark.parametrize("counts", [(5, 50, 0, 50), (5, 0, 5, 50), (5, 50, 0, 0)])
def test_what_cannot_be_computed_is_unknown(counts: tuple[int, int, int, int]) -> None:
    assert np.isnan(ratio(*counts)).all()
    assert np.isnan(difference(*counts)).all() == (0 in counts[1::2])


@pytest.mark.parametrize(("p", "q", "m", "n"), [(0.3, 0.2, 40, 60), (0.1, 0.1, 80, 80), (0.5, 0.25, 30, 200)])
def test_the_true_one_lies_between_about_as_often_as_promised(p: float, q: float, m: int, n: int) -> None:
    """Every outcome weighed by its chance: nothing is drawn."""
    a, b = np.meshgrid(np.arange(m + 1), np.arange(1, n + 1), indexing="ij")  # none in the second: no ratio
    chance = binom.pmf(a, m, p) * binom.pmf(b, n, q)
    for truth, (_, low, high) in ((p - q, difference(a, m, b, n)), (p / q, ratio(a, m, b, n))):
        held = chance[(low <= truth) & (truth <= high)].sum() / chance.sum()
        assert 0.94 < held < 0.97
