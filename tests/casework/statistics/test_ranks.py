"""Tests of the stratified rank sum: scipy's single stratum, brute force, ties, and what cannot be told."""

import itertools
import math

import numpy as np
import pytest
import scipy
from hypothesis import given
from hypothesis import strategies as st

from casework.statistics import rank_sum, ranks, shift

# Three villages of unlike speed, ties in each.
VALUES = np.array([3, 3, 5, 7, 9, 1, 12, 12, 14, 18, 18, 21, 25, 4, 4, 6, 6, 6, 8, 9, 9, 11])
STRATA = np.repeat([0, 1, 2], [6, 7, 9])
MARKED = np.array([0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0], dtype=bool)


def statistic(marked: np.ndarray) -> float:
    """Van Elteren's sum as the books write it."""
    found = 0.0
    for stratum in range(3):
        here = stratum == STRATA
        found += scipy.stats.rankdata(VALUES[here])[marked[here]].sum() / (here.sum() + 1)
    return found


def every_choice() -> list[float]:
    """The statistic of every way to mark as many of each stratum."""
    own = []
    for stratum in range(3):
        here = stratum == STRATA
        rank = scipy.stats.rankdata(VALUES[here]) / (here.sum() + 1)
        own.append([sum(chosen) for chosen in itertools.combinations(rank, int(MARKED[here].sum()))])
    return [sum(sums) for sums in itertools.product(*own)]


def mid(all_of_them: np.ndarray, seen: float) -> float:
    return float((all_of_them > seen + 1e-9).mean() + (abs(all_of_them - seen) < 1e-9).mean() / 2)


def test_all_choices_gone_through_are_the_p() -> None:
    found = rank_sum(VALUES, MARKED, STRATA)
    assert found.exact
    assert found.p == pytest.approx(mid(np.array(every_choice()), statistic(MARKED)))
    assert (found.marked, found.whole, found.strata) == (7, 22, 3)


def test_the_curve_comes_near_where_choices_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranks, "MOST_STATES", 0)
    found = rank_sum(VALUES, MARKED, STRATA)
    assert not found.exact
    assert found.p == pytest.approx(mid(np.array(every_choice()), statistic(MARKED)), abs=0.01)


def test_shuffling_marks_in_every_stratum_agrees() -> None:
    rng = np.random.default_rng(5)
    values = np.sort(rng.integers(0, 9, (8, 30)) ** 2, axis=1)  # eight strata, skewed, many ties
    marked = np.zeros((8, 30), dtype=bool)
    marked[:, [1, 9, 17, 22, 28]] = True
    found = rank_sum(values.ravel(), marked.ravel(), np.repeat(np.arange(8), 30))
    scores = scipy.stats.rankdata(values, axis=1) / 31
    drawn = rng.permuted(np.broadcast_to(scores, (20_000, 8, 30)), axis=2)[:, :, :5].sum(axis=(1, 2))
    brute = mid(drawn, float(scores[marked].sum()))
    assert not found.exact
    assert found.p == pytest.approx(brute, abs=4 * math.sqrt(brute * (1 - brute) / 20_000))


@pytest.mark.parametrize("marked", [3, 30, 120])
def test_a_few_unlike_values_among_many_alike_are_gone_through(marked: int) -> None:
    values = np.repeat([0, 1], [380, 20])
    marks = np.zeros(400, dtype=bool)
    marks[[-1, -2, *range(marked - 2)]] = True
    found = rank_sum(values, marks, np.zeros(400))
    above = scipy.stats.hypergeom(400, 20, marked)
    assert found.exact
    assert found.p == pytest.approx(above.sf(2) + above.pmf(2) / 2)


@given(st.lists(st.floats(0, 40), min_size=30, max_size=60, unique=True), st.integers(8, 14), st.integers(0, 9))
def test_one_stratum_is_mann_and_whitneys_test(values: list[float], marked: int, apart: int) -> None:
    one, other = np.array(values[:marked]) + apart, np.array(values[marked:])
    found = rank_sum(np.concatenate([one, other]), np.arange(len(values)) < marked, np.zeros(len(values)))
    known = scipy.stats.mannwhitneyu(one, other, alternative="greater", method="asymptotic", use_continuity=False)
    assert found.p == pytest.approx(known.pvalue, abs=0.01)
    assert found.p == pytest.approx(scipy.stats.ranksums(one, other, "greater").pvalue, abs=0.01)
    assert found.superiority == pytest.approx(known.statistic / (len(one) * len(other)))
    assert found.low <= found.superiority + 1e-12
    assert found.high >= found.superiority - 1e-12


def test_a_large_stratum_is_read_off_the_curve() -> None:
    values = np.arange(3000) % 7
    found = rank_sum(values, np.arange(3000) % 2 == 0, np.zeros(3000))
    assert not found.exact
    assert found.p == pytest.approx(0.5, abs=0.02)


def test_without_ties_the_exact_p_is_scipys_less_half_of_what_was_seen() -> None:
    one, other = [9.0, 4.5, 8.0], [1.0, 2.0, 3.0, 5.0, 7.0]
    found = rank_sum([*one, *other], [1] * 3 + [0] * 5, ["v"] * 8)
    as_great = scipy.stats.mannwhitneyu(one, other, alternative="greater", method="exact").pvalue
    greater = scipy.stats.mannwhitneyu(one, other, alternative="greater", method="exact").statistic + 1
    counts = [
        sum(a > b for a in chosen for b in set(range(8)) - set(chosen))
        for chosen in itertools.combinations(range(8), 3)
    ]
    above = sum(count >= greater for count in counts) / len(counts)
    assert found.p == pytest.approx((as_great + above) / 2)


def test_the_test_of_the_other_side_is_the_rest() -> None:
    for limit in (ranks.MOST_STATES, 0):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(ranks, "MOST_STATES", limit)
            one, other = rank_sum(VALUES, MARKED, STRATA), rank_sum(-VALUES, MARKED, STRATA)
        assert one.p + other.p == pytest.approx(1)
        assert one.superiority + other.superiority == pytest.approx(1)
        assert one.low + other.high == pytest.approx(1)


def test_neither_order_nor_the_names_of_strata_nor_the_unit_change_anything() -> None:
    turned = np.random.default_rng(3).permutation(len(VALUES))
    names = np.array(["丙", "甲", "乙"])[STRATA]
    found = rank_sum(VALUES, MARKED, STRATA)
    again = rank_sum(VALUES[turned] * 100 + 7, MARKED[turned], names[turned])
    assert again.p == pytest.approx(found.p, abs=1e-12)
    assert again.superiority == pytest.approx(found.superiority, abs=1e-12)
    assert again.low == pytest.approx(found.low, abs=1e-9)


def test_strata_of_marked_or_of_others_only_change_nothing() -> None:
    values, marked = [*VALUES, 1, 2, 3], [*MARKED, 1, 1, 0]
    assert rank_sum(values, marked, [*STRATA, 7, 7, 8]) == rank_sum(VALUES, MARKED, STRATA)


def test_a_stratum_of_equals_changes_no_p_and_makes_the_effect_smaller() -> None:
    few = rank_sum([9, 1, 1], [1, 0, 0], [0, 0, 0])
    many = rank_sum([9, 1, 1, 5, 5, 5], [1, 0, 0, 1, 0, 0], [0, 0, 0, 1, 1, 1])
    assert many.p == few.p
    assert (few.superiority, many.superiority) == (1, 0.75)
    assert (many.marked, many.whole, many.strata) == (2, 6, 2)
    assert math.isnan(rank_sum([5, 5], [1, 0], [0, 0]).p)


def test_a_confounded_whole_is_not_taken_for_a_difference() -> None:
    values = np.concatenate([np.arange(20) + 40, np.arange(20)])  # a slow village and a quick one
    strata = np.repeat([0, 1], 20)
    marked = np.zeros(40, dtype=bool)
    marked[[0, 3, 5, 8, 10, 12, 15, 17, 19, 29]] = True  # most of the marked live in the slow one
    assert rank_sum(values, marked, np.zeros(40)).p < 0.02
    assert rank_sum(values, marked, strata).p > 0.4


def test_without_a_telling_stratum_nothing_is_known() -> None:
    found = rank_sum([], [], [])
    assert (found.marked, found.whole, found.strata) == (0, 0, 0)
    assert all(math.isnan(value) for value in (found.superiority, found.low, found.high, found.p))
    assert math.isnan(shift([], [], []).value)
    assert math.isnan(shift([1, 2], [1, 1], [0, 0]).value)


def test_an_unknown_value_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown"):
        rank_sum([1, float("nan")], [1, 0], [0, 0])


def test_the_shift_is_the_median_difference() -> None:
    found = shift([10, 11, 12, 1, 2, 3, 4], [1, 1, 1, 0, 0, 0, 0], [0] * 7)
    assert found.value == np.median(np.subtract.outer([10, 11, 12], [1, 2, 3, 4]))
    assert found.low <= found.value <= found.high
    assert shift([5, 1], [1, 0], [0, 0]).low == -math.inf


def test_a_shift_that_is_there_lies_in_the_intervals() -> None:
    rng = np.random.default_rng(11)
    inside = ahead = 0
    true = 0.6  # normal values one shift apart: chance of being ahead below
    for _ in range(300):
        strata = np.repeat(np.arange(8), 12)
        marked = np.tile(np.arange(12) < 4, 8)
        values = rng.normal(size=96) + strata * 5 + true * marked
        moved, found = shift(values, marked, strata), rank_sum(values, marked, strata)
        inside += moved.low <= true <= moved.high
        ahead += found.low <= scipy.stats.norm.cdf(true / math.sqrt(2)) <= found.high
    assert 0.92 <= inside / 300 <= 0.98
    assert 0.92 <= ahead / 300 <= 0.98
