"""Tests of the XmR chart, against the published examples of NHSRplotthedots (nhs-r-community, MIT).

Named in each test: the file of that repository the expected figures were read from.
"""

from collections.abc import Sequence
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.card import Better
from metrics.honest.control import LEAST_POINTS, Chart, Phase, _assurance, _in_seven, _two_of_three, chart

JANUARY = 2024 * 12
# R's set.seed(123); rnorm(20), as printed in tests/testthat/_snaps/ptd_spc_standard.md
NORMAL = [
    -0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621, -1.26506123, -0.68685285,
    -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272, -0.55584113, 1.78691314, 0.49785048, -1.96661716,
    0.70135590, -0.47279141,
]  # fmt: skip
# Accident and emergency attendances in England, April 2016 to March 2019 (NHSRdatasets::ae_attendances, summed), as
# stored in tests/testthat/_snaps/integration_tests.md
ATTENDANCES = [
    1867781, 2070340, 1958802, 2079034, 1932901, 1952464, 2001816, 1907871, 1944567, 1895272, 1735619, 2015834,
    1949762, 2066789, 1994056, 2073944, 1924663, 1925961, 2044137, 1976971, 2003954, 2000086, 1820012, 2049785,
    1984369, 2164458, 2093942, 2179896, 1997854, 2005695, 2079492, 2037847, 2047518, 2113413, 1954947, 2167550,
]  # fmt: skip


def drawn(
    values: Sequence[float | None], better: Better = "higher", rebase: Sequence[int] = (), target: float | None = None
) -> Chart:
    months = range(JANUARY, JANUARY + len(values))
    series = pl.DataFrame(
        {"month_index": months, "value": values}, schema={"month_index": pl.Int32, "value": pl.Float64}
    )
    return chart(series, better, [JANUARY + month for month in rebase], target)


def limits(phase: Phase) -> list[float | None]:
    return [phase.mean, phase.low, phase.high]


def points(made: Chart) -> list[str]:
    return made.frame["point"].to_list()


# As "it returns expected values" has it in ptd_spc_standard.md


def test_twenty_normal_values() -> None:
    made = drawn(NORMAL)
    assert limits(made.phases[0]) == pytest.approx([0.1416238, -3.01138, 3.294627], rel=1e-6)
    assert points(made) == ["common_cause"] * 20  # ptd_spc.md: n 20, common_cause 20


def test_a_wild_moving_range_does_not_widen_the_limits() -> None:
    made = drawn([*NORMAL[:14], 10, *NORMAL[15:]])
    assert limits(made.phases[0]) == pytest.approx([0.6694159, -2.383666, 3.722497], rel=1e-6)
    assert made.frame["outside"].to_list() == [False] * 14 + [True] + [False] * 5


def test_ten_values_each() -> None:
    # ptd_spc.md, facets 0 and 1: the same limits as of two phases
    made = drawn(NORMAL, rebase=[10])
    first, second = made.phases
    assert limits(first) == pytest.approx([0.0746, -2.60, 2.75], abs=5e-3)
    assert limits(second) == pytest.approx([0.209, -3.28, 3.70], abs=5e-3)
    assert first.provisional
    assert second.provisional


# As integration_tests.md has the attendances, without rebasing and with it


def test_attendances_of_england() -> None:
    made = drawn(ATTENDANCES)
    assert limits(made.phases[0]) == pytest.approx([2000538.9444444445, 1731844.3644444444, 2269233.5244444446])
    assert points(made) == ["common_cause"] * 36
    assert not made.phases[0].provisional


def test_attendances_of_england_rebased_in_april_2017() -> None:
    made = drawn(ATTENDANCES, rebase=[12])
    first, second = made.phases
    assert limits(first) == pytest.approx([1946858.4166666667, 1639947.374848485, 2253769.4584848485])
    assert limits(second) == pytest.approx([2027379.2083333333, 1772921.0639855072, 2281837.3526811595])
    assert (first.points, second.points) == (12, 24)
    assert (first.last_month, second.first_month) == (JANUARY + 11, JANUARY + 12)
    assert points(made) == ["common_cause"] * 36


# test-ptd_calculate_point_type.R


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        ([1] * 6, [0] * 6),
        ([1] * 6 + [-1], [0] * 7),
        ([1] * 8 + [-1], [1] * 8 + [0]),
        ([-1] + [1] * 8 + [-1], [0] + [1] * 8 + [0]),
        ([1] * 3 + [0] + [1] * 4, [0] * 8),
        ([1] * 6 + [float("nan"), 1], [0] * 8),
    ],
)
def test_seven_on_one_side(sides: list[float], expected: list[int]) -> None:
    assert _in_seven(pl.Series(sides, dtype=pl.Float64).to_numpy(), 7, 7).astype(int).tolist() == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2, 3, 4, 5, 6], [0] * 6),
        ([1, 2, 3, 3, 4, 5, 6], [0] * 7),
        ([1, 2, 3, 4, 5, 6, 7], [1] * 7),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], [0] + [1] * 7 + [0]),
        ([7, 6, 5, 4, 3, 2, 1], [1] * 7),
        ([2, 7, 6, 5, 4, 3, 2, 1, 3], [0] + [1] * 7 + [0]),
        ([1, 2, 3, None, 5, 6, 7, 8], [0] * 8),  # ours: no run passes a gap
    ],
)
def test_seven_rising_or_falling(values: list[float | None], expected: list[int]) -> None:
    assert drawn(values).frame["trend"].cast(int).to_list() == expected


@pytest.mark.parametrize(
    ("close", "expected"),
    [
        ([0, 0, 0], [0, 0, 0]),
        ([1, 0, 1], [1, 1, 1]),
        ([1, 1, 0], [1, 1, 1]),
        ([0, 0, 1, 0, 1, 0, 0], [0, 0, 1, 1, 1, 0, 0]),
        ([0, 0, 1, 1, 0, 0, 0], [0, 1, 1, 1, 1, 0, 0]),
        ([1, 0, 0, 1], [0, 0, 0, 0]),
    ],
)
def test_two_of_three_on_one_side(close: list[int], expected: list[int]) -> None:
    flags = pl.Series(close).cast(pl.Boolean).to_numpy()
    sides = pl.Series([1.0] * len(close)).to_numpy()
    assert _two_of_three(flags, sides).astype(int).tolist() == expected


def test_two_near_opposite_limits_are_no_special_cause() -> None:
    # test-ptd_spc_standard.R: "only reports special cause for 2 of 3 points … on the same side of the mean"
    made = drawn([1, -1] * 7 + [5.5, -5.5])
    assert points(made)[-2:] == ["common_cause", "common_cause"]


def test_two_near_the_same_limit_are_one() -> None:
    made = drawn([1, -1] * 7 + [5.5, 1, 5.5])
    assert made.frame["near_limit"].to_list()[-3:] == [True, False, True]
    assert points(made)[-3:] == ["special_cause_improvement", "common_cause", "special_cause_improvement"]


# test-ptd_calculate_assurance_type.R: limits 1–3, 5–7, 1–5 and a target of 4


@pytest.mark.parametrize(
    ("low", "high", "higher", "lower"),
    [(1, 3, "never", "always"), (5, 7, "always", "never"), (1, 5, "hit_or_miss", "hit_or_miss")],
)
def test_assurance(low: float, high: float, higher: str, lower: str) -> None:
    phase = Phase(0, 11, 12, (low + high) / 2, low, high, provisional=False)
    assert _assurance(phase, "higher", 4) == higher
    assert _assurance(phase, "lower", 4) == lower
    assert _assurance(phase, "neither", 4) == "none"
    assert _assurance(phase, "higher", None) == "none"


def test_assurance_is_of_the_limits_now_in_force() -> None:
    assert drawn([1, 2] * 6 + [11, 12] * 6, rebase=[12], target=5).assurance == "always"


def test_seven_months_above_the_mean_are_a_change_though_none_is_outside() -> None:
    made = drawn([1, 3] * 8 + [3, 4, 3, 4, 3, 4, 3], "lower")
    assert not made.frame["outside"].any()
    assert not made.frame["trend"].any()
    assert made.frame["one_side"].to_list() == [False] * 15 + [True] * 8
    assert points(made)[-8:] == ["special_cause_concern"] * 8


def test_seven_rising_months_are_a_change_on_either_side_of_the_mean() -> None:
    made = drawn([7, 1, 7, 1, 7, 1, 2, 3, 4, 5, 6, 7, 1], "higher")
    # the 4 lies on the mean itself: a concern, as in the reference code
    assert points(made)[5:12] == ["special_cause_concern"] * 4 + ["special_cause_improvement"] * 3


# Which way is better


@pytest.mark.parametrize(
    ("better", "point", "variation"),
    [
        ("higher", "special_cause_improvement", "improvement_high"),
        ("lower", "special_cause_concern", "concern_high"),
        ("neither", "special_cause_neither_high", "neither_high"),
    ],
)
def test_a_high_last_point(better: Better, point: str, variation: str) -> None:
    made = drawn([1, 2] * 6 + [30], better)
    assert (points(made)[-1], made.variation) == (point, variation)


@pytest.mark.parametrize(
    ("better", "variation"), [("higher", "concern_low"), ("lower", "improvement_low"), ("neither", "neither_low")]
)
def test_a_low_last_point(better: Better, variation: str) -> None:
    assert drawn([11, 12] * 6 + [-30], better).variation == variation


# Gaps, and too little to say


def test_no_moving_range_is_taken_across_a_gap() -> None:
    made = drawn([1, 2, None, 12, 11])
    assert limits(made.phases[0]) == pytest.approx([6.5, 6.5 - 2.66, 6.5 + 2.66])
    assert points(made)[2] == "unknown"
    assert made.phases[0].points == 4


def test_a_month_left_out_is_a_gap_like_a_null() -> None:
    series = pl.DataFrame({"month_index": [JANUARY + 3, JANUARY, JANUARY + 1], "value": [12.0, 1.0, 2.0]})
    assert chart(series, "higher").frame.equals(drawn([1, 2, None, 12]).frame)


def test_the_icon_speaks_of_the_last_known_month() -> None:
    made = drawn([1, 2] * 6 + [30, None])
    assert (made.variation, made.last_month) == ("improvement_high", JANUARY + 12)


def test_a_phase_without_two_neighbours_has_no_limits() -> None:
    made = drawn([1, None, 3], target=2)
    assert limits(made.phases[0]) == [2, None, None]
    assert points(made) == ["unknown"] * 3
    assert (made.variation, made.assurance) == ("unknown", "none")


def test_nothing_known_nothing_said() -> None:
    made = drawn([None, None])
    assert (limits(made.phases[0]), made.variation, made.last_month) == ([None] * 3, "unknown", None)
    assert drawn([]).phases == ()


def test_a_number_that_never_moves_is_common_cause() -> None:
    made = drawn([0.1] * 20)
    assert limits(made.phases[0]) == [0.1, 0.1, 0.1]
    assert points(made) == ["common_cause"] * 20


def test_eleven_points_are_provisional_and_twelve_are_not() -> None:
    assert LEAST_POINTS == 12
    assert drawn([1, 2] * 5 + [None, 1]).phases[0].provisional
    assert not drawn([1, 2] * 6).phases[0].provisional


def test_a_month_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        chart(pl.DataFrame({"month_index": [1, 1], "value": [1.0, 2.0]}), "higher")


SERIES = st.lists(st.one_of(st.none(), st.integers(-1000, 1000).map(float)), max_size=40)


@given(SERIES, st.lists(st.integers(0, 40), max_size=3))
def test_limits_contain_the_mean_and_months_are_whole(values: list[float | None], rebase: list[int]) -> None:
    made = drawn(values, rebase=rebase)
    assert made.frame["value"].to_list() == values
    assert all(before.last_month + 1 == after.first_month for before, after in pairwise(made.phases))
    for phase in made.phases:
        if phase.mean is not None and phase.low is not None and phase.high is not None:
            assert phase.low <= phase.mean <= phase.high


@given(SERIES)
def test_turned_upside_down_the_same_months_stand_out(values: list[float | None]) -> None:
    turned = drawn([None if value is None else -value for value in values], "lower")
    assert points(turned) == points(drawn(values, "higher"))
