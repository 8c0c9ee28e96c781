"""Does the calibration of the areas plant what it says and judge as the detectors do?"""

import numpy as np
import pytest

from benchmarks.calibration.areas import COUNTIES, SCHEMES, world


@pytest.mark.parametrize(("scheme", "effect"), [("split_village", 6.0), ("never_exit", 0.0)])
def test_only_a_planted_village_is_another(scheme: str, effect: float) -> None:
    judge, _ = SCHEMES[scheme]
    drawn = [judge(np.random.default_rng(seed), 20, 0.05, effect) for seed in range(2)]
    assert all(planted.tolist() == [False] * 19 + [True] for _, planted in drawn)
    assert sum(int((named & planted).sum()) for named, planted in drawn) >= 1
    _, planted = judge(np.random.default_rng(1), 6, 0.05, 1.0)
    assert not planted.any()


def test_a_world_is_counted_as_drawn_and_the_same_again() -> None:
    one, again = (world("split_village", 10, 0.05, 6.0, counties=4, seed=1) for _ in range(2))
    assert one == again
    assert (one["counties"], one["tested"]) == (4, 40)
    assert one["named"] == one["false"] + 4 * one["power"]
    assert COUNTIES.keys() == SCHEMES.keys()
