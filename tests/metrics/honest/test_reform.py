"""Tests of before and after with a comparison group."""

import numpy as np
import pytest
import scipy
from hypothesis import assume, given
from hypothesis import strategies as st

from metrics.honest.reform import MINIMUM, Effect, Share, days_effect, pre_trend, share_effect, shortened

SOME = [float(day) for day in range(10, 50)]
SHARES = st.integers(30, 300).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


def test_a_share_that_rose_beyond_the_others() -> None:
    found = share_effect((50, 100), (80, 100), (50, 100), (60, 100))
    assert (found.value, found.change, found.other_change) == pytest.approx((0.2, 0.3, 0.1))
    # near the normal interval, 0.2 ± 1.96 √((0.25 + 0.16 + 0.25 + 0.24) / 100)
    assert (found.low, found.high) == pytest.approx((0.0141, 0.3859), abs=0.01)


def test_against_a_group_that_cannot_move_the_interval_is_newcombes() -> None:
    # Newcombe 1998, method 10, 56/70 less 48/80: 0.2000 (0.0524 to 0.3339); the others are so many that they are sure
    sure = (5 * 10**11, 10**12)
    found = share_effect((48, 80), (56, 70), sure, sure)
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)


def test_a_share_of_all_is_not_certain() -> None:
    found = share_effect((40, 40), (40, 40), (40, 40), (40, 40))
    assert found.value == 0
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0 < found.high


def test_days_that_fell_beyond_the_others() -> None:
    found = days_effect(SOME, [day - 8 for day in SOME], SOME, [day - 3 for day in SOME])
    assert (found.value, found.change, found.other_change) == pytest.approx((-5, -8, -3))
    # four groups of forty with equal variance: Welch's freedom is 4 · 39
    half = scipy.stats.t.ppf(0.975, 156) * np.sqrt(4 * np.var(SOME, ddof=1) / 40)
    assert (found.low, found.high) == pytest.approx((-5 - half, -5 + half))


def test_too_few_are_unknown_and_say_so() -> None:
    unknown = Effect(None, None, None, None, None, "too_few")
    assert MINIMUM == 30
    assert share_effect((9, 29), (20, 30), (20, 30), (20, 30)) == unknown
    assert share_effect((9, 30), (20, 30), (20, 30), (20, 30)).reason is None
    assert days_effect(SOME, SOME, SOME[:29], SOME) == unknown
    assert share_effect((0, 0), (1, 1), (1, 1), (1, 1), minimum=0) == unknown


def test_a_part_above_its_whole_is_refused() -> None:
    with pytest.raises(ValueError, match="none exceeds"):
        share_effect((41, 40), (1, 40), (1, 40), (1, 40))


def test_thirty_seven_days_pressed_to_seven() -> None:
    found = shortened([37.0] * 30, [7.0] * 30)
    assert (found.before, found.after, found.value) == (37, 7, pytest.approx(30 / 37))
    assert shortened([7.0] * 30, [37.0] * 30).value == pytest.approx(-30 / 7)


def test_nothing_can_be_saved_of_nothing() -> None:
    found = shortened([0.0] * 30, [7.0] * 30)
    assert (found.value, found.reason) == (None, "nothing_before")
    assert shortened([1.0] * 29, [1.0] * 30).reason == "too_few"


def test_groups_that_drifted_apart_before_are_warned_of() -> None:
    found = pre_trend([10, 12, 14.5, 16, 18], [10, 10, 10, 10, 10])
    # least squares by hand: Σ (t − 2)(y − 14.1) / Σ (t − 2)² = 20 / 10
    assert found.value == pytest.approx(2)
    assert found.warns


def test_groups_that_moved_alike_are_not() -> None:
    found = pre_trend([0.3, 0.5, 0.7, 0.9], [0.2, 0.4, 0.6, 0.8])
    assert found.value == pytest.approx(0, abs=1e-12)
    assert not found.warns


def test_a_month_unknown_in_either_is_left_out_of_both() -> None:
    assert pre_trend([1, None, 3, 4, 5, 6], [0, 0, None, 0, 0, 0]).value == pytest.approx(1)
    assert pre_trend([1, None, 3, 4, 5], [0, 0, None, 0, 0]).reason == "too_few_months"


def test_unequal_months_are_refused() -> None:
    with pytest.raises(ValueError, match="1 months"):
        pre_trend([1], [1, 2])


@given(SHARES, SHARES, SHARES, SHARES)
def test_the_interval_holds_the_effect_and_turns_with_the_groups(a: Share, b: Share, c: Share, d: Share) -> None:
    there, back = share_effect(a, b, c, d), share_effect(c, d, a, b)
    assert there.low is not None
    assert there.value is not None
    assert there.high is not None
    assert there.low <= there.value <= there.high
    assert (back.value, back.low, back.high) == pytest.approx((-there.value, -there.high, -there.low))


@given(st.lists(st.integers(0, 90), min_size=30, max_size=60), st.integers(-20, 20))
def test_what_befell_both_groups_is_no_effect(days: list[int], shift: int) -> None:
    assume(len(set(days)) > 1)
    moved = [day + shift for day in days]
    found = days_effect(days, moved, days, moved)
    assert found.value == pytest.approx(0, abs=1e-9)
    assert found.change == pytest.approx(shift)
