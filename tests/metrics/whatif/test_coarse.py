"""Is a curve never told at two multiples that a few households lie between?"""

import numpy as np
import pytest

from metrics.whatif import coarse
from metrics.whatif.curve import Candidates, Curve, curve

FEW = 10


def homes(*meets: float) -> Curve:
    """One person each, whose income meets its line at this multiple of a standard of 1,000 yuan."""
    many = len(meets)
    one, line = np.ones(many, np.int64), 100_000
    y = np.array([round(each * 12 * line) for each in meets], np.int64)
    return curve(Candidates(y, one, one, one * line, np.zeros(many), np.ones(many), np.ones(many, np.bool_)))


SPREAD = homes(*np.linspace(0.5, 1.49, 100))  # one household at each hundredth


def test_neighbours_are_ten_households_apart_or_none() -> None:
    told = coarse.multiples(SPREAD, 2.0, FEW)
    steps = np.diff(SPREAD.households(told))
    assert set(steps[steps > 0]) == {10}
    assert 1.0 in told
    assert (told[0], told[-1]) == (0.0, 2.0)


@pytest.mark.parametrize(("between", "told"), [(9, False), (10, True)])
def test_nine_households_are_passed_over_and_ten_are_told(between: int, told: bool) -> None:
    found = homes(*[0.7] * 30, *[1.01] * between)
    assert (1.2 in coarse.within(found, 1.0, 1.2, FEW)) is told


def test_whoever_asks_again_and_closer_gets_the_same_multiples() -> None:
    far = coarse.at(SPREAD, np.linspace(0.5, 2.0, 301), FEW)
    near = np.concatenate([coarse.at(SPREAD, np.array([one]), FEW) for one in np.linspace(0.93, 1.07, 57)])
    assert set(near) <= set(far)
    assert coarse.at(SPREAD, np.array([1.0]), FEW).tolist() == [1.0]


def test_a_multiple_that_is_not_told_is_answered_by_the_one_below() -> None:
    told = coarse.within(SPREAD, 1.0, 1.3, FEW)
    asked = (told[1] + told[2]) / 2 if told[2] - told[1] > 0.02 else told[1] + 0.001
    assert coarse.at(SPREAD, np.array([asked]), FEW).tolist() == [told[told <= asked].max()]
