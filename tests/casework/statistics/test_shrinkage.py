"""Tests of empirical Bayes."""

import math
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.statistics import poisson_interval, wilson
from casework.statistics.shrinkage import Shrunk, shrunk_rates, shrunk_shares

NAN = float("nan")


def column(found: Shrunk, name: str = "value") -> list[float | None]:
    return found.frame[name].to_list()


def test_boys_in_families_of_twelve() -> None:
    # Geissler's families in Saxony, 1876–1885: the fit printed in Wikipedia, "Beta-binomial distribution"
    families = [3, 24, 104, 286, 670, 1033, 1343, 1112, 829, 478, 181, 45, 7]
    boys = np.repeat(np.arange(13), families)
    prior = shrunk_shares(boys, np.full(len(boys), 12)).prior
    assert prior is not None
    assert prior.mean * prior.strength == pytest.approx(34.09558, rel=2e-3)
    assert (1 - prior.mean) * prior.strength == pytest.approx(31.5715, rel=2e-3)


def test_claims_of_insured_drivers() -> None:
    # Efron and Hastie, "Computer Age Statistical Inference", table 6.1, row "Gamma MLE"
    drivers = [7840, 1317, 239, 42, 14, 4, 4, 1]
    claims = np.repeat(np.arange(8), drivers)
    found = shrunk_rates(claims, np.ones(len(claims)))
    expected = [found.frame["value"][int(np.flatnonzero(claims == count)[0])] for count in range(7)]
    assert expected == pytest.approx([0.164, 0.398, 0.633, 0.87, 1.10, 1.34, 1.57], abs=6e-3)


def test_the_fit_is_the_top_of_the_likelihood() -> None:
    counts = [(3, 10), (9, 12), (40, 90), (0, 7), (22, 30), (5, 40)]

    def likely(alpha: float, beta: float) -> float:
        def log_beta(a: float, b: float) -> float:
            return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)

        return sum(log_beta(k + alpha, n - k + beta) - log_beta(alpha, beta) for k, n in counts)

    part, whole = zip(*counts, strict=True)
    prior = shrunk_shares(part, whole).prior
    assert prior is not None
    alpha, beta = prior.mean * prior.strength, (1 - prior.mean) * prior.strength
    for turn in range(16):
        up, right = 1 + 0.01 * math.sin(turn), 1 + 0.01 * math.cos(turn)
        assert likely(alpha, beta) >= likely(alpha * up, beta * right)


def test_few_cases_move_far_and_many_hardly() -> None:
    found = shrunk_shares([1, 100, 60, 20], [1, 100, 200, 200])
    small, large = (found.frame["raw"][at] - found.frame["value"][at] for at in (0, 1))
    assert small > 10 * large > 0


def test_an_area_without_a_whole_is_unknown_and_changes_nothing() -> None:
    with_unknown = shrunk_shares([3, 9, NAN, 0, 40], [10, 12, 8, 0, 90])
    assert [row for row in with_unknown.frame.rows() if row[0] is None] == [(None, None, None, None)] * 2
    known = with_unknown.frame.filter(pl.col("raw").is_not_null())
    assert known.equals(shrunk_shares([3, 9, 40], [10, 12, 90]).frame)


@pytest.mark.parametrize("counts", [[], [(3, 10)], [(3, 10), (9, 12)]])
def test_with_fewer_than_three_areas_nothing_is_shrunk(counts: list[tuple[int, int]]) -> None:
    part, whole = ([count[at] for count in counts] for at in (0, 1))
    shares, rates = shrunk_shares(part, whole), shrunk_rates(part, whole, per=10)
    assert (shares.prior, rates.prior) == (None, None)
    assert column(shares) == column(shares, "raw") == [k / n for k, n in counts]
    assert column(shares, "low") == wilson(part, whole)[0].tolist()
    assert column(rates, "high") == (poisson_interval(part, whole)[1] * 10).tolist()


def test_areas_all_the_same_are_at_the_mean_and_about_as_sure_as_everything_together() -> None:
    found = shrunk_shares([10] * 5, [20] * 5)
    assert found.prior is not None
    assert found.prior.strength == pytest.approx(100, rel=1e-3)
    assert column(found) == pytest.approx([0.5] * 5)
    # Beta(60, 60): half of the hundred of the prior and of the twenty of its own; 0.5 ± 1.96 √(0.25 / 121)
    assert found.frame.row(0)[2:] == pytest.approx((0.411, 0.589), abs=1e-3)


@pytest.mark.parametrize(("part", "low", "high"), [(0, 0, 0.03), (40, 0.97, 1)])
def test_nobody_or_everybody_is_not_certainty(part: int, low: float, high: float) -> None:
    found = shrunk_shares([part] * 4, [40] * 4)
    for row in found.frame.to_dicts():
        assert low <= row["low"] < row["value"] < row["high"] <= high


def test_no_event_anywhere_is_not_certainty() -> None:
    found = shrunk_rates([0, 0, 0], [1000, 2000, 500], per=1000)
    assert found.prior is not None
    assert found.prior.mean == pytest.approx(0.5 / 3500)
    assert all(value is not None and 0 < value < 1 for value in column(found, "high"))


@pytest.mark.parametrize(("part", "whole"), [([1.5, 2, 3], [4, 4, 4]), ([-1, 2, 3], [4, 4, 4]), ([5, 2, 3], [4, 4, 4])])
def test_a_count_that_cannot_be_is_refused(part: list[float], whole: list[float]) -> None:
    with pytest.raises(ValueError, match="whole"):
        shrunk_shares(part, whole)


COUNTS = st.lists(
    st.integers(1, 400).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))), min_size=3, max_size=12
)


@settings(max_examples=40)
@given(COUNTS, st.sampled_from([shrunk_shares, shrunk_rates]))
def test_a_shrunk_value_lies_between_the_raw_one_and_the_mean(counts: list[tuple[int, int]], shrink: Any) -> None:
    found = shrink(*zip(*counts, strict=True))
    for row in found.frame.to_dicts():
        least, most = sorted([row["raw"], found.prior.mean])
        assert least - 1e-9 <= row["value"] <= most + 1e-9
        assert row["low"] <= row["high"]


@settings(max_examples=20)
@given(COUNTS, st.sampled_from([shrunk_shares, shrunk_rates]))
def test_the_order_of_the_areas_means_nothing(counts: list[tuple[int, int]], shrink: Any) -> None:
    there = shrink(*zip(*counts, strict=True)).frame["value"].to_numpy()
    back = shrink(*zip(*counts[::-1], strict=True)).frame["value"].to_numpy()
    assert there == pytest.approx(back[::-1], abs=1e-3)
