"""Tests of against_peers: brute force, scipy, what few peers can tell, and that nobody is their own peer."""

import numpy as np
import pytest
import scipy

from casework.statistics.peers import LEAST_PEERS, SCHEMA, against_peers, chances


def others(count: int) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Everybody else is a peer."""
    return ~np.eye(count, dtype=np.bool_)


@pytest.mark.parametrize(("mean", "strength"), [(0.02, 5.0), (0.3, 40.0), (0.5, 2500.0), (0.9, 1.0)])
def test_the_chances_of_one_pair_are_the_beta_binomial_ones_of_scipy(mean: float, strength: float) -> None:
    found = chances(60, np.array([mean]), np.array([strength]), np.zeros(1))
    there = scipy.stats.betabinom.pmf(np.arange(61), 60, mean * strength, (1 - mean) * strength)
    np.testing.assert_allclose(found, there, rtol=1e-9, atol=1e-15)


def test_pairs_count_by_their_weights() -> None:
    mixed = chances(8, np.array([0.1, 0.5]), np.array([4.0, 9.0]), np.log([0.25, 0.75]))
    one, other = (chances(8, np.array([mean]), np.array([of]), np.zeros(1)) for mean, of in ((0.1, 4.0), (0.5, 9.0)))
    np.testing.assert_allclose(mixed, 0.25 * one + 0.75 * other, rtol=1e-12)


def test_agrees_with_drawing_the_peers_and_the_area_from_one_model() -> None:
    """Brute force: of drawn counties whose five peers show just these counts, how many does the sixth show?"""
    rng = np.random.default_rng(7)
    draws = 400_000
    spread = rng.uniform(0.02, 2.0, draws)
    common = 5.5 / 25
    shift = rng.uniform(-3.0, 3.0, draws)
    mean = scipy.special.expit(scipy.special.logit(common) + shift)
    strength = 1 / np.minimum(spread**2 * common * (1 - common), 0.8) - 1
    shares = rng.beta((mean * strength)[:, None], ((1 - mean) * strength)[:, None], (draws, 6))
    drawn = rng.binomial(4, shares)
    alike = (np.sort(drawn[:, :5], axis=1) == [0, 0, 1, 1, 2]).all(axis=1)
    sixth = drawn[alike, 5]
    found = against_peers([0, 0, 1, 1, 2, 1], [4] * 6, others(6)).row(5, named=True)
    assert alike.sum() > 1000
    error = 4 / np.sqrt(alike.sum())
    assert found["many"] == pytest.approx((sixth >= 1).mean(), abs=error)
    assert found["few"] == pytest.approx((sixth <= 1).mean(), abs=error)
    assert found["expected"] == pytest.approx(sixth.mean(), abs=2 * error)


def test_its_own_count_shapes_no_expectation_but_its_own() -> None:
    usual = [3, 4, 2, 3, 5, 4, 3]
    one, other = (against_peers([own, *usual], [30] * 8, others(8)) for own in (0, 30))
    assert one["expected"][0] == pytest.approx(other["expected"][0], rel=0.1)
    assert other["many_mid"][0] < 0.001 < one["few"][0]


def test_mid_chances_count_half_of_what_was_seen() -> None:
    found = against_peers([2, 3, 4, 3, 2, 9], [30] * 6, others(6)).row(5, named=True)
    own = found["few"] + found["many"] - 1
    assert found["few_mid"] == pytest.approx(found["few"] - own / 2)
    assert found["many_mid"] == pytest.approx(found["many"] - own / 2)
    assert found["few_mid"] + found["many_mid"] == pytest.approx(1)


def test_villages_that_differ_more_make_an_odd_one_less_odd() -> None:
    alike = against_peers([3] * 9 + [12], [30] * 10, others(10))["many"][9]
    apart = against_peers([0, 9, 1, 7, 0, 5, 1, 0, 4, 12], [30] * 10, others(10))["many"][9]
    assert alike < 0.005
    assert apart > 0.01


@pytest.mark.parametrize(("peers", "told"), [(LEAST_PEERS - 1, False), (LEAST_PEERS, True)])
def test_with_fewer_than_five_peers_nothing_is_said(peers: int, told: bool) -> None:
    found = against_peers([1] * (peers + 1), [10] * (peers + 1), others(peers + 1))
    assert found["peers"].to_list() == [peers] * (peers + 1)
    for name in list(SCHEMA)[2:]:
        assert found[name].is_not_null().to_list() == [told] * (peers + 1)


def test_an_area_without_a_whole_is_nobodys_peer_and_has_no_answer() -> None:
    found = against_peers([1] * 6 + [0], [10] * 6 + [0], others(7))
    assert found["peers"].to_list() == [5] * 6 + [6]
    assert found.row(6)[2:] == (None,) * (len(SCHEMA) - 2)


def test_who_is_out_of_line_is_no_peer_of_the_others() -> None:
    usual = [3, 4, 2, 3, 5, 4, 3, 3, 2, 4]
    alone = against_peers(usual, [40] * 10, others(10))
    beside = against_peers([*usual, 36], [40] * 11, others(11))
    assert beside["odd"].to_list() == [False] * 10 + [True]
    assert beside["peers"].to_list() == [9] * 10 + [10]
    assert beside["high"].to_list()[:10] == pytest.approx(alone["high"].to_list(), abs=1)


def test_only_who_asks_is_answered() -> None:
    found = against_peers([1] * 6, [10] * 6, others(6), asked=[True] + [False] * 5)
    assert found["few"].is_not_null().to_list() == [True] + [False] * 5
    assert against_peers([1] * 6, [10] * 6, others(6), asked=[False] * 6)["few"].is_null().all()


def test_a_base_moves_what_is_expected_of_each() -> None:
    base = [0.1] * 5 + [0.5] * 6
    found = against_peers([2] * 5 + [10] * 6, [20] * 11, others(11), base)
    assert found["expected"][0] == pytest.approx(2, abs=0.5)
    assert found["expected"][10] == pytest.approx(10, abs=1)


def test_the_order_of_areas_changes_nothing() -> None:
    part, whole = [0, 3, 1, 7, 2, 4], [20, 33, 25, 60, 31, 40]
    here = against_peers(part, whole, others(6)).rows()
    assert against_peers(part[::-1], whole[::-1], others(6)).rows()[::-1] == here


def test_no_area_gives_no_row_and_nonsense_is_refused() -> None:
    assert against_peers([], [], []).rows() == []
    with pytest.raises(ValueError, match="whole"):
        against_peers([2], [1], [[False]])
    with pytest.raises(ValueError, match="own peer"):
        against_peers([1], [1], [[True]])
