"""Is the design effect what drawing whole villages shows, and unknown where nothing can show it?"""

import math

import numpy as np
import pytest
import scipy

from casework.statistics import design_effect, wilson


def few(free: int) -> float:
    """How much less so few villages tell."""
    return float((scipy.stats.t.ppf(0.975, free) / scipy.stats.norm.ppf(0.975)) ** 2)


def test_by_hand() -> None:
    # share 0.5 of 40: villages 10, 10, 0, 10 short or over by 5 -> 4 / 3 * 4 * 25 over 40 * 0.25
    assert design_effect([10, 10, 0, 0], [10] * 4, [1] * 4) == pytest.approx(4 / 3 * 100 / 10 * few(3))


def test_villages_all_or_nothing_tell_no_more_than_as_many_cases() -> None:
    found = design_effect([50, 0] * 40, [50] * 80, [1] * 80)
    assert found == pytest.approx(50, rel=0.05)


def test_even_villages_tell_no_more_than_independent_cases() -> None:
    assert design_effect([5] * 30, [10] * 30, [0] * 30) == pytest.approx(few(29))


def test_groups_may_differ() -> None:
    part, whole, group = [9] * 15 + [1] * 15, [10] * 30, [0] * 15 + [1] * 15
    assert design_effect(part, whole, group) == pytest.approx(few(28))
    assert design_effect(part, whole, [0] * 30) > 5


@pytest.mark.parametrize(
    ("part", "whole", "group"),
    [
        ([], [], []),
        ([3], [10], [0]),
        ([3, 4], [10, 10], [0, 1]),  # one village each
        ([3, 0], [10, 0], [0, 0]),  # one with anybody
        ([0, 0, 0], [10, 10, 10], [0, 0, 0]),  # none: no difference can be seen
    ],
)
def test_where_villages_cannot_be_compared_it_is_unknown(part: list[int], whole: list[int], group: list[int]) -> None:
    assert math.isnan(design_effect(part, whole, group))


def test_the_interval_of_effective_cases_holds_the_true_share_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(3)
    plain = held = 0
    worlds = 400
    for _ in range(worlds):
        shares = rng.beta(0.2 * 8, 0.8 * 8, 12)
        whole = rng.integers(20, 80, 12)
        part = rng.binomial(whole, shares)
        effect = design_effect(part, whole, [0] * 12)
        sums = part.sum(), whole.sum()
        low, high = wilson(*sums)
        plain += bool(low <= 0.2 <= high)
        low, high = wilson(*(each / effect for each in sums))
        held += bool(low <= 0.2 <= high)
    assert plain / worlds < 0.75
    assert held / worlds > 0.91
