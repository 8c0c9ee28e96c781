"""Does what a lead shows beside chance count what had to be so as seen and expected alike?"""

import numpy as np
import pytest

from casework.statistics import BESIDE_CHANCE, beside_chance, excess


def test_strata_that_tell_are_those_of_the_exact_test() -> None:
    counts = [2, 1], [3, 2], [3, 4], [10, 9]
    test = excess(*counts)
    found = beside_chance(*counts)
    assert tuple(found) == BESIDE_CHANCE
    assert (found["observed"], found["strata"], found["p"]) == (3, 2, test.p)
    assert found["expected"] == round(test.expected, 2)
    assert (found["low"], found["high"]) == (round(test.low, 2), round(test.high, 2))


def test_what_had_to_be_so_draws_the_ratio_towards_one_and_leaves_the_test() -> None:
    told = beside_chance([2], [3], [3], [10])
    both = beside_chance([2, 4], [3, 6], [3, 4], [10, 6])  # everyone of the second stratum was hit
    assert (both["observed"], both["expected"], both["strata"]) == (6, 4.9, 1)
    assert both["p"] == told["p"]
    assert both["lift"] == round(6 / 4.9, 2)
    assert np.sign(float(str(told["low"])) - 1) == np.sign(float(str(both["low"])) - 1)


def test_where_nothing_could_have_been_otherwise_nothing_is_told() -> None:
    found = beside_chance([2], [5], [2], [5])
    assert found == dict.fromkeys(BESIDE_CHANCE) | {"observed": 2, "strata": 0, "expected": 2.0, "lift": 1.0}
    assert beside_chance([], [], [], []) == dict.fromkeys(BESIDE_CHANCE) | {"observed": 0, "strata": 0}


def test_a_bound_that_the_cases_do_not_give_is_none() -> None:
    found = beside_chance([2], [2], [2], [10])  # every hit there was: no odds are too high for that
    bounds = excess([2], [2], [2], [10])
    assert (found["high"], np.isinf(bounds.high)) == (None, True)


@pytest.mark.parametrize("turn", [1, -1])
def test_the_order_of_strata_changes_nothing(turn: int) -> None:
    rows = [(1, 3, 2, 7), (0, 2, 1, 9), (2, 4, 3, 11), (1, 1, 3, 13)]
    columns = list(zip(*rows[::turn], strict=True))
    assert beside_chance(*columns) == beside_chance(*zip(*rows, strict=True))
