"""Do within and between villages make the whole?"""

import numpy as np
import pytest

from metrics.whatif import between, targeting, welfare

RNG = np.random.default_rng(7)
VILLAGE = RNG.integers(0, 6, 400)
W = RNG.integers(1, 5, 400).astype(np.float64)
Y = RNG.lognormal(8, 1, 400) * (1 + VILLAGE)
ONE = np.zeros(6, np.int32)


def by_village(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.bincount(VILLAGE, values, 6)


def test_theil_of_villages_is_theil_of_persons() -> None:
    log = between.theil_l(by_village(W), by_village(W * Y), by_village(W * np.log(Y)), ONE, 1)
    weighed = between.theil_t(by_village(W), by_village(W * Y), by_village(W * Y * np.log(Y)), ONE, 1)
    assert log.whole[0] == pytest.approx(welfare.theil_l(Y, W))
    assert weighed.whole[0] == pytest.approx(welfare.theil_t(Y, W))
    within = sum(W[v == VILLAGE].sum() * welfare.theil_l(Y[v == VILLAGE], W[v == VILLAGE]) for v in range(6)) / W.sum()
    assert log.within[0] == pytest.approx(within)
    for parts in (log, weighed):
        assert parts.within[0] + parts.between[0] == pytest.approx(parts.whole[0])
        assert parts.between[0] > 0


def test_equal_villages_leave_nothing_between() -> None:
    two = np.ones(2)
    parts = between.theil_l(two * 2, two * 4, two * np.log(3), np.zeros(2, np.int32), 1)
    assert parts.between[0] == pytest.approx(0, abs=1e-12)


def test_targeting_splits_as_its_covariance() -> None:
    meant = RNG.random(400) < 0.3
    got = RNG.random(400) < np.where(meant, 0.7, 0.1 + 0.05 * VILLAGE)
    columns = [by_village(W * each) for each in (meant & got, got, meant, np.ones(400))]
    parts = between.targeting_differential(*columns, ONE, 1)
    assert parts.whole[0] == pytest.approx(float(targeting.targeting_differential(*(c.sum() for c in columns))))
    assert parts.within[0] + parts.between[0] == pytest.approx(parts.whole[0])


def test_all_poor_in_one_village_all_reached_is_all_between() -> None:
    persons = np.array([10.0, 10.0])
    meant = np.array([10.0, 0.0])
    parts = between.targeting_differential(meant, meant, meant, persons, np.zeros(2, np.int32), 1)
    assert (parts.whole[0], parts.within[0]) == (pytest.approx(1), pytest.approx(0))


def test_the_lowest_incomes_are_one_percent_of_the_mean() -> None:
    assert between.floored(np.array([0.0, 0.5, 2.0]), 100).tolist() == [1, 1, 2]
