"""Tests of discoveries and of whether areas may be ranked."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.card import Better
from metrics.honest.funnel import funnel
from metrics.honest.ranking import Ranking, discoveries, ranking

Row = tuple[float | None, float | None, float | None, int | None]


def areas(rows: list[Row]) -> pl.DataFrame:
    schema = {"value": pl.Float64, "low": pl.Float64, "high": pl.Float64, "whole": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def ranges(found: Ranking) -> list[tuple[int | None, int | None]]:
    return found.frame.select("best_rank", "worst_rank").rows()


def test_three_areas_apart() -> None:
    apart = areas([(0.9, 0.85, 0.95, 99), (0.5, 0.4, 0.6, 99), (0.7, 0.65, 0.75, 99)])
    found = ranking(apart, 30, "higher")
    assert (found.reason, found.overlapping) == (None, 0)
    assert ranges(found) == [(1, 1), (3, 3), (2, 2)]
    assert ranges(ranking(apart, 30, "lower")) == [(3, 3), (1, 1), (2, 2)]


def test_an_area_that_overlaps_shares_its_ranks() -> None:
    found = ranking(areas([(0.9, 0.85, 0.95, 99), (0.5, 0.4, 0.6, 99), (0.55, 0.45, 0.65, 99)]), 30, "higher")
    assert ranges(found) == [(1, 1), (2, 3), (2, 3)]
    assert (found.reason, found.overlapping) == (None, pytest.approx(1 / 3))


def test_most_pairs_overlapping_is_no_order() -> None:
    found = ranking(areas([(0.9, 0.55, 0.95, 99), (0.5, 0.4, 0.6, 99), (0.3, 0.2, 0.45, 99)]), 30, "higher")
    assert (found.reason, found.overlapping) == ("overlap", pytest.approx(2 / 3))
    assert ranges(found) == [(1, 2), (1, 3), (2, 3)]


def test_half_of_the_pairs_are_not_most() -> None:
    # of the first three areas every pair overlaps, three of six
    found = ranking(areas([(5, 4, 6, 99), (5, 4, 6, 99), (5, 4, 6, 99), (9, 8, 10, 99)]), 30, "higher")
    assert (found.reason, found.overlapping) == (None, 0.5)


def test_intervals_that_touch_overlap() -> None:
    assert ranking(areas([(2, 1, 3, 99), (4, 3, 5, 99)]), 30, "higher").overlapping == 1


def test_who_has_too_few_is_not_ranked_and_takes_no_rank_from_others() -> None:
    found = ranking(
        areas([(1.0, 0.9, 1.0, 29), (0.9, 0.85, 0.95, 30), (None, None, None, 99), (0.5, 0.4, 0.6, 300)]), 30, "higher"
    )
    assert found.frame["reason"].to_list() == ["too_few", None, "unknown", None]
    assert ranges(found) == [(None, None), (1, 1), (None, None), (2, 2)]


def test_one_area_is_no_order() -> None:
    found = ranking(areas([(0.9, 0.85, 0.95, 99), (0.5, 0.4, 0.6, 2)]), 30, "higher")
    assert (found.reason, found.overlapping) == ("too_few_areas", None)


def test_without_a_better_way_there_is_no_rank() -> None:
    found = ranking(areas([(0.9, 0.85, 0.95, 99), (0.5, 0.4, 0.6, 99)]), 30, "neither")
    assert (found.reason, ranges(found)) == ("no_direction", [(None, None)] * 2)


def test_a_bound_that_few_cases_cannot_give_overlaps_everything_on_its_side() -> None:
    found = ranking(areas([(5, None, 6, 99), (9, 8, None, 99), (2, 1, 3, 99)]), 30, "lower")
    assert ranges(found) == [(1, 2), (3, 3), (1, 2)]


def test_benjamini_and_hochberg_name_whom_the_limits_would_not_clear() -> None:
    counts = [(50, 100)] * 30 + [(61, 100), (75, 100)]
    frame = pl.DataFrame(counts, schema=["part", "whole"], orient="row")
    found = discoveries(funnel(frame, "share", centre=0.5))
    usual, slight, far = found.row(0, named=True), found.row(30, named=True), found.row(31, named=True)
    assert (usual["p"], usual["q"], usual["named"]) == (1, 1, False)
    assert (slight["verdict"], slight["named"]) == ("above95", False)
    assert (far["verdict"], far["named"]) == ("above998", True)
    # z = (asin √0.61 − π/4) · 20 = 2.218 would be p = 0.0266; the exact P(X ≥ 61 of 100) is 0.0176
    # second of 32: q = 16 p
    assert slight["p"] == pytest.approx(2 * 0.0176, abs=5e-5)
    assert slight["q"] == pytest.approx(16 * slight["p"])


def test_where_areas_differ_anyway_differing_is_no_discovery() -> None:
    frame = pl.DataFrame([(40, 100), (60, 100)] * 20, schema=["part", "whole"], orient="row")
    found = discoveries(funnel(frame, "share"))
    assert found["z"].abs().min() > 2  # type: ignore[operator]
    assert not found["named"].any()


def test_an_unknown_area_is_no_discovery_and_counts_as_none() -> None:
    frame = pl.DataFrame({"part": [61, None], "whole": [100, 0]})
    found = discoveries(funnel(frame, "share", centre=0.5))
    assert found["q"].to_list() == [found["p"][0], None]
    assert found["named"].to_list() == [True, None]
    assert discoveries(funnel(frame.tail(1), "share"))["named"].to_list() == [None]


ROWS = st.lists(
    st.tuples(st.integers(0, 50), st.integers(0, 10), st.integers(0, 10), st.integers(0, 60)).map(
        lambda at: (float(at[0]), float(at[0] - at[1]), float(at[0] + at[2]), at[3])
    ),
    max_size=15,
)


@given(ROWS, st.sampled_from(["higher", "lower"]))
def test_ranks_are_those_of_a_count_pair_by_pair(rows: list[Row], better: Better) -> None:
    found = ranking(areas(rows), 30, better)
    fit = [(low, high) for _, low, high, whole in rows if whole is not None and whole >= 30]
    turned: list[Any] = fit if better == "higher" else [(-high, -low) for low, high in fit]  # type: ignore[operator]
    expected = [
        (1 + sum(low > own[1] for low, _ in turned), len(turned) - sum(high < own[0] for _, high in turned))
        for own in turned
    ]
    assert found.frame.filter(pl.col("reason").is_null()).select("best_rank", "worst_rank").rows() == expected


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_areas_means_nothing(rows: list[Row], chance: Any) -> None:
    shuffled = list(enumerate(rows))
    chance.shuffle(shuffled)
    plain, other = ranking(areas(rows), 30, "higher"), ranking(areas([row for _, row in shuffled]), 30, "higher")
    assert (plain.reason, plain.overlapping) == (other.reason, other.overlapping)
    assert [ranges(plain)[at] for at, _ in shuffled] == ranges(other)
