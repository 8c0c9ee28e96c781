"""Tests of the stratified exact test: worked numbers, brute force, Simpson's paradox, and what cannot be told."""

import math

import numpy as np
import pytest
import scipy
from hypothesis import given
from hypothesis import strategies as st

from casework.statistics import excess

# Bickel, Hammel and O'Connell, Science 187 (1975) 398–404: applicants to six departments, admitted and not.
MEN_IN, MEN_OUT = np.array([512, 353, 120, 138, 53, 22]), np.array([313, 207, 205, 279, 138, 351])
WOMEN_IN, WOMEN_OUT = np.array([89, 17, 202, 131, 94, 24]), np.array([19, 8, 391, 244, 299, 317])


def test_three_of_five_marked_where_four_of_twenty_are_hit() -> None:
    found = excess([3], [4], [5], [20])
    at_three = math.comb(4, 3) * math.comb(16, 2) / math.comb(20, 5)
    at_four = math.comb(16, 1) / math.comb(20, 5)
    assert found.p == pytest.approx(at_four + at_three / 2)
    assert (found.observed, found.expected, found.lift) == (3, 1.0, 3.0)
    assert found.low < found.lift < found.high


def test_berkeley_pooled_and_stratified_disagree() -> None:
    hits, marked = MEN_IN + WOMEN_IN, MEN_IN + MEN_OUT
    whole = marked + WOMEN_IN + WOMEN_OUT
    pooled = excess([MEN_IN.sum()], [hits.sum()], [marked.sum()], [whole.sum()])
    assert pooled.p < 1e-20
    assert pooled.low > 1.1
    stratified = excess(MEN_IN, hits, marked, whole)
    assert stratified.p > 0.5
    assert stratified.lift < 1
    assert stratified.low < 1 < stratified.high


def test_drawing_lots_in_every_stratum_agrees() -> None:
    hits_marked, hits, marked, whole = [3, 2, 1], [5, 3, 2], [6, 4, 2], [20, 9, 11]
    rng = np.random.default_rng(7)
    drawn = sum(rng.hypergeometric(k, n - k, m, size=200_000) for k, m, n in zip(hits, marked, whole, strict=True))
    brute = float((drawn > 6).mean() + (drawn == 6).mean() / 2)
    p = excess(hits_marked, hits, marked, whole).p
    assert p == pytest.approx(brute, abs=4 * math.sqrt(brute * (1 - brute) / 200_000))


def test_strata_that_tell_nothing_change_nothing() -> None:
    alone = excess([3], [4], [5], [20])
    nobody_else, nobody_hit, everybody_hit = (3, 3, 5, 5), (0, 0, 2, 8), (2, 8, 2, 8)
    more = excess(*zip((3, 4, 5, 20), nobody_else, nobody_hit, everybody_hit, strict=True))
    assert (more.p, more.observed, more.expected, more.strata) == (alone.p, alone.observed, alone.expected, 1)


def test_without_a_telling_stratum_nothing_is_known() -> None:
    found = excess([], [], [], [])
    assert (found.observed, found.strata) == (0, 0)
    assert all(math.isnan(value) for value in (found.expected, found.lift, found.low, found.high, found.p))


def test_counts_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="must fit"):
        excess([5], [4], [6], [20])


@pytest.mark.parametrize(("own", "strata"), [((10, 10, 10, 20), 80), ((10, 10, 10, 20), 100), ((9, 9, 10, 20), 120)])
def test_the_clearest_cases_have_bounds_though_chance_underflows(own: tuple[int, int, int, int], strata: int) -> None:
    """Twice as many as expected, and as many as there can be: under the lower bound's odds five of a hundred are."""
    found = excess(*([number] * strata for number in own))
    assert (found.p, found.high, found.most) == (0.0, math.inf, math.inf)
    assert 1.99 < found.low < found.lift == pytest.approx(2.0)
    k, m, n = own[1:]
    shares = scipy.stats.nchypergeom_fisher.pmf(own[0], n, k, m, math.exp(found.least))
    assert shares**strata == pytest.approx(0.05)


def test_clear_cases_not_at_the_edge_have_two_bounds() -> None:
    found = excess([8] * 500, [9] * 500, [10] * 500, [20] * 500)
    assert found.p == 0
    assert found.low < found.lift < found.high < 2
    # of odds that the observed is the mean of, the bounds lie about as far as 1.96 standard errors
    error = 1 / math.sqrt(500 * scipy.stats.nchypergeom_fisher.var(20, 9, 10, math.exp((found.least + found.most) / 2)))
    assert found.most - found.least == pytest.approx(2 * 1.96 * error, rel=0.02)


def test_clearly_fewer_are_no_failure_either() -> None:
    found = excess([0] * 100, [10] * 100, [10] * 100, [20] * 100)
    assert (found.p, found.low, found.least) == (pytest.approx(1.0), 0.0, -math.inf)
    assert found.high < 0.01


@pytest.mark.parametrize(
    ("strata", "low", "high"),
    [
        (([3], [4], [5], [20]), 1.13518364, 3.94999782),
        (([3, 2, 1], [5, 3, 2], [6, 4, 2], [20, 9, 11]), 1.02464149, 2.62112077),
        ((MEN_IN, MEN_IN + WOMEN_IN, MEN_IN + MEN_OUT, MEN_IN + MEN_OUT + WOMEN_IN + WOMEN_OUT), 0.9674844, 1.00746189),
    ],
)
def test_bounds_are_those_of_the_distribution_tilted_as_a_whole(
    strata: tuple[list[int], ...], low: float, high: float
) -> None:
    """As reckoned before the strata were tilted one by one."""
    found = excess(*strata)
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


@given(st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8), st.integers(2, 20), st.floats(0, 1)), max_size=6))
def test_the_distribution_is_one_and_its_mean_the_expectation(drawn: list[tuple[int, int, int, float]]) -> None:
    strata = [(min(k, n), min(m, n), n, share) for k, m, n, share in drawn]
    low = [max(0, k + m - n) for k, m, n, _ in strata]
    seen = [at + round(share * (min(k, m) - at)) for at, (k, m, _, share) in zip(low, strata, strict=True)]
    found = excess(seen, *([row[column] for row in strata] for column in range(3)))
    assert found.distribution.sum() == pytest.approx(1)
    if found.strata:
        mean = found.first + (found.distribution * np.arange(len(found.distribution))).sum()
        assert mean == pytest.approx(found.expected)
        assert 0 <= found.p <= 1
        assert found.low <= found.lift * (1 + 1e-9)
        assert found.high >= found.lift * (1 - 1e-9)
