"""Who counts as a winner, at the edges?"""

import numpy as np
import pytest

from metrics.whatif import equity, welfare, winners


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (1000, 1051, "gain_more"),
        (1000, 1050, "gain_less"),  # exactly 5 %
        (1000, 1001, "gain_less"),
        (1000, 1000, "same"),
        (1000, 999, "lose_less"),
        (1000, 950, "lose_less"),
        (1000, 949, "lose_more"),
        (0, 1, "gain_more"),
        (0, 0, "same"),
    ],
)
def test_five_percent_is_the_edge(before: float, after: float, kind: str) -> None:
    found = winners.classes(np.array([float(before)]), np.array([float(after)]))
    assert winners.CLASSES[found[0]] == kind


def test_ten_persons_are_ten_deciles_and_equals_stand_together() -> None:
    low, high = welfare.standing(np.arange(10.0), np.ones(10))
    assert winners.deciles(low, high).tolist() == list(range(10))
    low, high = welfare.standing(np.array([0.0, 0, 0, 0, 5]), np.ones(5))
    assert winners.deciles(low, high).tolist() == [4, 4, 4, 4, 9]


def test_weights_make_an_interval_of_fewer() -> None:
    plain = equity.interval(5.0, 20.0, 20.0)
    same = equity.interval(10.0, 40.0, 80.0)  # twenty rows of weight 2
    assert (float(plain[0]), float(plain[1])) == pytest.approx((float(same[0]), float(same[1])))


def test_the_best_group_is_one_of_enough_households() -> None:
    share, whole = np.array([0.1, 0.2, 0.4]), np.array([3.0, 50.0, 50.0])
    assert equity.to_best(share, whole, 10) == pytest.approx([0.5, 1, 2])
    assert np.isnan(equity.to_best(np.array([0.0, 0.4]), np.array([50.0, 50.0]), 10)).all()
