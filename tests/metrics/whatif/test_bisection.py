"""Does the bracket hold the largest standard, whole yuan and all?"""

import math

import pytest

from metrics.whatif.bisection import largest_factor, largest_standard


def at_yuan(yuan: int) -> int:
    """Three persons who miss 1,894 of 3 × the standard, as whole yuan: 2 yuan at 632."""
    return max(0, yuan * 3 - 1894) * 100


def at_factor(factor: float) -> int:
    """The same where the standard is 632 × a factor: whole yuan, rounded up."""
    return max(0, math.ceil(632 * factor * 3 - 1894)) * 100


def test_the_largest_whole_yuan_is_within_and_the_next_beyond() -> None:
    found = largest_standard(at_yuan, 600, 700, 10_000)
    assert (found.low, found.high) == (664, 665)
    assert (found.low_cost_fen, found.high_cost_fen) == (9_800, 10_100)


def test_a_cost_of_the_budget_itself_is_within_it() -> None:
    assert largest_standard(at_yuan, 600, 700, 9_800).low == 664
    assert largest_standard(at_yuan, 600, 700, 9_799).low == 663


def test_the_bracket_of_factors_holds_the_step_and_is_narrow() -> None:
    found = largest_factor(at_factor, 1.0, 2.0, 10_000, fine=1e-6)
    step = 1994 / (632 * 3)  # the last factor of 100 yuan
    assert found.low is not None
    assert found.high is not None
    assert found.low <= step < found.high
    assert found.width is not None
    assert found.width <= 1e-6
    assert found.low_cost_fen == 10_000
    assert found.high_cost_fen == 10_100
    assert found.reckonings == 22


def test_where_the_lowest_is_too_much_there_is_no_lower_end() -> None:
    found = largest_standard(at_yuan, 650, 700, 0)
    assert (found.low, found.high, found.width) == (None, 650, None)


def test_where_cost_falls_before_it_rises_the_last_standard_within_the_budget_is_found() -> None:
    """Below 300 yuan whoever drops out is paid through the taper: 1 yuan costs more than 390."""

    def cost(yuan: int) -> int:
        return 900_000 - 1_000 * yuan if yuan < 300 else 2_000 * yuan

    found = largest_standard(cost, 1, 2_000, 780_000)
    assert (found.low, found.high, found.low_cost_fen) == (390, 391, 780_000)
    assert largest_standard(cost, 1, 2_000, 500_000).low is None
    factor = largest_factor(lambda one: cost(int(one * 600)), 0.01, 3.0, 780_000)
    assert factor.low is not None
    assert factor.high is not None
    assert factor.low * 600 <= 391 <= factor.high * 600


def test_where_the_highest_is_affordable_there_is_no_upper_end() -> None:
    found = largest_standard(at_yuan, 600, 610, 0)
    assert (found.low, found.high, found.low_cost_fen) == (610, None, 0)


def test_an_interval_upside_down_is_refused() -> None:
    with pytest.raises(ValueError, match="not below"):
        largest_factor(at_factor, 2.0, 1.0, 0)
    with pytest.raises(ValueError, match="wider than nothing"):
        largest_factor(at_factor, 1.0, 2.0, 0, fine=0)
