"""Tests of the funnel limits."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
import pytest
import scipy
from hypothesis import given
from hypothesis import strategies as st

from metrics.honest.funnel import LEAST_AREAS, Funnel, FunnelKind, curve, funnel
from metrics.honest.ranking import discoveries


def areas(counts: Sequence[tuple[int | None, int | None]], **columns: list[Any]) -> pl.DataFrame:
    names = [f"area {number}" for number in range(len(counts))]
    part, whole = ([count[at] for count in counts] for at in (0, 1))
    return pl.DataFrame(
        {"unit": names, "part": part, "whole": whole, **columns},
        schema_overrides={"part": pl.Int64, "whole": pl.Int64},
    )


def verdicts(found: Funnel) -> list[str]:
    return found.frame["verdict"].to_list()


@pytest.mark.parametrize(("middle", "whole"), [(0.5, 100), (0.2, 400), (0.9, 250)])
def test_the_limits_of_a_share_are_near_the_exact_ones_of_the_binomial(middle: float, whole: int) -> None:
    row = funnel(areas([(0, whole)]), "share", centre=middle).frame.row(0, named=True)
    for level, tail in (("95", 0.025), ("998", 0.001)):
        exact = scipy.stats.binom.ppf([tail, 1 - tail], whole, middle) / whole
        assert [row[f"low{level}"], row[f"high{level}"]] == pytest.approx(exact, abs=1.5 / whole)


def test_the_limits_of_a_share_by_hand() -> None:
    # (1 ± sin(2 · 1.96 · 0.05)) / 2, since sin²(π/4 + x) = (1 + sin 2x) / 2
    row = funnel(areas([(50, 100)]), "share").frame.row(0, named=True)
    assert (row["low95"], row["high95"]) == pytest.approx((0.40263, 0.59737), abs=5e-6)
    assert (row["value"], row["z"], row["verdict"]) == (0.5, 0, "inside")


def test_the_limits_of_a_rate_by_hand() -> None:
    # 25 expected: (5 ± 1.96 / 2)² = 16.16 and 35.76; the exact Poisson quantiles are 16 and 35
    row = funnel(areas([(25, 1000)]), "rate", per=1000).frame.row(0, named=True)
    assert (row["low95"], row["high95"]) == pytest.approx((16.1604, 35.7604), abs=1e-3)


def test_a_centre_is_given_in_the_unit_of_the_value() -> None:
    found = funnel(areas([(30, 1000)]), "rate", per=1000, centre=25)
    assert found.centre == 25
    assert found.frame["low95"].to_list() == pytest.approx([16.1604], abs=1e-3)


def test_ten_equal_areas_spread_by_hand() -> None:
    # of equal wholes the estimate of DerSimonian and Laird is the variance of the transformed shares less 1/(4n)
    found = funnel(areas([(40, 100), (60, 100)] * 5), "share")
    spread = np.arcsin(np.sqrt([0.4, 0.6] * 5)).var(ddof=1) - 1 / 400
    assert found.tau2 == pytest.approx(spread)
    assert found.tau2 == pytest.approx(0.0087626, abs=5e-7)
    assert found.phi == pytest.approx(4.0545, abs=5e-5)  # ((asin √0.4 − π/4) / 0.05)² = 2.01358²
    assert found.centre == 0.5
    assert verdicts(found) == ["inside"] * 10  # by chance alone each were outside 95 %


def test_one_wild_area_does_not_widen_its_own_limits() -> None:
    found = funnel(areas([(50, 100)] * 19 + [(99, 100)]), "share", centre=0.5)
    assert found.tau2 == 0
    assert verdicts(found) == ["inside"] * 19 + ["above998"]


def test_each_verdict() -> None:
    found = funnel(areas([(50, 100), (61, 100), (39, 100), (70, 100), (30, 100), (0, 0), (None, 90)]), "share")
    assert verdicts(found) == ["inside", "above95", "below95", "above998", "below998", "unknown", "unknown"]


def test_an_area_without_a_whole_shapes_no_limit() -> None:
    known = [(40, 100), (60, 100)] * 5
    with_unknown = funnel(areas([*known, (0, 0), (None, 70), (3, None)]), "share")
    alone = funnel(areas(known), "share")
    assert with_unknown.frame.head(10).equals(alone.frame)
    assert (with_unknown.centre, with_unknown.tau2) == (alone.centre, alone.tau2)
    last = with_unknown.frame.row(-1, named=True)
    assert (last["value"], last["low95"], last["verdict"]) == (None, None, "unknown")


def test_nine_areas_tell_no_dispersion_and_ten_do() -> None:
    assert LEAST_AREAS == 10
    nine = funnel(areas([(40, 100)] * 9), "share")
    assert (nine.phi, nine.tau2) == (None, None)
    assert funnel(areas([(40, 100)] * 10), "share").tau2 == 0


@pytest.mark.parametrize("counts", [[], [(0, 0), (None, None)]])
def test_of_nothing_known_there_is_no_funnel(counts: list[tuple[int | None, int | None]]) -> None:
    found = funnel(areas(counts), "share")
    assert (found.centre, found.tau2) == (None, None)
    assert verdicts(found) == ["unknown"] * len(counts)
    assert curve(found, [10, 20]).is_empty()


def test_twelve_months_of_the_same_people_are_not_twelve_times_as_many() -> None:
    once = funnel(areas([(30, 1000), (60, 1000)]), "rate", per=1000)
    year = funnel(areas([(360, 12000), (720, 12000)], repeats=[12, 12]), "rate", per=1000)
    for name in ("value", "low95", "high998"):
        assert year.frame[name].to_list() == pytest.approx(once.frame[name].to_list())


def test_the_curve_runs_through_the_limits_of_the_areas() -> None:
    found = funnel(areas([(5, 50), (40, 100), (60, 300)] * 5), "share")
    drawn = curve(found, [50, 100, 300])
    for name in ("low95", "high95", "low998", "high998"):
        assert drawn[name].to_list() == pytest.approx(found.frame[name].head(3).to_list())
    assert drawn["centre"].to_list() == [found.centre] * 3


@pytest.mark.parametrize(("count", "words"), [((3, 2), "none exceeds"), ((-1, 2), "below 0")])
def test_a_count_that_cannot_be_is_refused(count: tuple[int, int], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        funnel(areas([count]), "share")


COUNTS = st.lists(
    st.integers(0, 500).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))), min_size=1, max_size=25
)
KINDS = st.sampled_from(["share", "rate"])


@given(COUNTS, KINDS)
def test_limits_contain_the_centre_and_the_wider_the_narrower(counts: list[tuple[int, int]], kind: FunnelKind) -> None:
    found = funnel(areas(counts), kind)
    centre = found.centre or 0.0
    for row in found.frame.filter(pl.col("verdict") != "unknown").to_dicts():
        assert row["low998"] <= row["low95"] <= centre + 1e-12
        assert centre - 1e-12 <= row["high95"] <= row["high998"]


@given(COUNTS, KINDS, st.randoms(use_true_random=False))
def test_the_order_of_the_areas_means_nothing(counts: list[tuple[int, int]], kind: FunnelKind, chance: Any) -> None:
    order = list(range(len(counts)))
    chance.shuffle(order)
    plain, shuffled = (funnel(frame, kind) for frame in (areas(counts), areas(counts)[order]))
    for name in ("value", "low95", "high998"):
        left, right = (found.frame.sort("unit")[name].fill_null(-1).to_numpy() for found in (plain, shuffled))
        assert left == pytest.approx(right, abs=1e-9)


@pytest.mark.parametrize(
    ("part", "whole", "verdict"),
    [
        (47, 47, "inside"),  # 0.965 ** 47 = 0.19: a perfect record of so few is no surprise
        (0, 3, "below998"),  # 0.035 ** 3 = 0.00004
        (400, 400, "above998"),  # 0.965 ** 400 = 0.0000006
    ],
)
def test_all_or_nobody_of_few_is_outside_only_by_the_exact_chance(part: int, whole: int, verdict: str) -> None:
    found = funnel(pl.DataFrame({"part": [part], "whole": [whole]}), "share", centre=0.965)
    assert found.frame["verdict"].to_list() == [verdict]


def test_what_the_exact_chance_allows_is_not_named_among_many() -> None:
    areas = pl.DataFrame({"part": [0, 900], "whole": [81, 50_000]})
    assert discoveries(funnel(areas, "share", centre=0.018))["named"].to_list() == [False, False]  # 0.982 ** 81 = 0.23
