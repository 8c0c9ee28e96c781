"""Does one sort say of every multiple of the standards what reckoning household by household says?"""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import CaseworkError
from casework.policy import Policy
from casework.policy.change import Change
from metrics.whatif.curve import Candidates, Curve, candidates, curve, with_others
from metrics.whatif.reckon import reckon, rules_of_last_month
from metrics.whatif.subset import within
from tests.metrics.whatif.made import population

FACTORS = np.linspace(0, 3, 61)


def rows(*homes: tuple[int, int, int, int], topups: tuple[int, ...] = (), shut: tuple[int, ...] = ()) -> Candidates:
    """Households of (income a year in fen, n, heads, standard in fen)."""
    y, n, heads, standard = (np.array(part, np.int64) for part in zip(*homes, strict=True))
    count = len(homes)
    extra = np.array(topups or [0] * count, np.int64)
    return Candidates(y, n, heads, standard, extra, np.ones(count), ~np.isin(np.arange(count), shut))


def by_hand(some: Candidates, factor: float) -> tuple[float, float, float]:
    """Cost, households and persons, one household after another."""
    cost = homes = persons = 0.0
    for place in range(len(some.y_fen)):
        n, standard = int(some.n[place]), float(factor) * int(some.standard_fen[place])
        if not some.open[place] or not int(some.y_fen[place]) / (12 * n * int(some.standard_fen[place])) < factor:
            continue
        heads, weight = int(some.heads[place]), float(some.weight[place])
        gap = heads * standard - int(some.y_fen[place]) * heads / (12 * n)
        cost += weight * (gap + standard * int(some.topup_thousandths[place]) / 1000)
        homes += weight
        persons += weight * heads
    return cost, homes, persons


HOME = st.tuples(st.integers(0, 3_000_000), st.integers(1, 6), st.integers(1, 6), st.integers(30_000, 90_000))
HOMES = st.lists(HOME, min_size=1, max_size=12)
TOPUPS = st.lists(st.sampled_from([0, 0, 100, 300]), min_size=12, max_size=12)


def test_income_at_the_line_is_not_below_it_and_a_fen_less_is() -> None:
    at, below = rows((720_000, 1, 1, 60_000)), rows((719_999, 1, 1, 60_000))
    assert curve(at).households(1.0) == 0
    assert curve(below).households(1.0) == 1


def test_equality_at_a_tenth_more_is_not_below_either() -> None:
    """60,000 × 1.1 = 66,000 fen: whole numbers divided once meet the float 1.1 itself."""
    assert curve(rows((792_000, 1, 1, 60_000))).households(1.1) == 0
    assert curve(rows((791_999, 1, 1, 60_000))).households(1.1) == 1


def test_a_household_that_something_else_keeps_out_is_in_at_no_multiple() -> None:
    some = curve(rows((0, 1, 1, 60_000), (0, 2, 2, 60_000), shut=(1,)))
    assert some.persons([0.0, 0.1, 9.0]).tolist() == [0, 1, 1]


def test_covered_and_living_together_may_differ() -> None:
    """A month of 2 covered of 3: 2 × 600 − 7,200 × 2 / 36 = 800 yuan."""
    assert curve(rows((720_000, 3, 2, 60_000))).cost(1.0) == pytest.approx(80_000)


def test_top_ups_come_whole_where_a_household_enters() -> None:
    """At its line nothing; just above it the top-up of 30 %, so a budget between stops at the line."""
    some = curve(rows((720_000, 1, 1, 60_000), topups=(300,)))
    assert some.cost(1.0) == 0
    assert some.cost(np.nextafter(1.0, 2)) == pytest.approx(18_000)
    assert some.inverse(9_000) == 1.0
    assert some.inverse(18_000 + 1.3 * 60_000) == pytest.approx(2.0)


def test_villages_that_were_not_chosen_stay_where_they_are() -> None:
    some = rows((0, 1, 1, 60_000), (360_000, 1, 1, 60_000), (720_000, 1, 1, 60_000))
    rural = curve(some, np.array([True, False, False]))
    assert rural.cost([0.0, 1.0, 2.0]).tolist() == [30_000, 90_000, 150_000]
    assert rural.households([0.0, 1.0, 2.0]).tolist() == [1, 2, 2]


def test_a_budget_that_the_others_alone_exceed_has_no_multiple() -> None:
    rural = curve(rows((0, 1, 1, 60_000), (0, 1, 1, 60_000)), np.array([True, False]))
    assert np.isnan(rural.inverse(59_999))
    assert rural.inverse(60_000) == 0
    assert rural.inverse(120_000) == pytest.approx(1)


def test_a_budget_that_nobody_can_spend_is_no_bound() -> None:
    assert curve(rows((0, 1, 1, 60_000), shut=(0,))).inverse(5) == np.inf


def test_the_real_month_lies_between_the_curve_and_a_yuan_a_household_more() -> None:
    """632 × 3 − 1,894 = 2 whole yuan; three households of it."""
    home = (1_894_00 * 12, 3, 3, 632_00)
    some = curve(rows(home, home, home))
    assert some.cost(1.0) <= 3 * 200 < some.rounded_at_most(1.0)


def test_regions_and_settings_choose_villages() -> None:
    homes = population(
        {"village": "990101001001", "urban_rural": "urban"},
        {"village": "990101001002"},
        {"village": "990102001001"},
    )
    assert within(homes).tolist() == [True, True, True]
    assert within(homes, "990101").tolist() == [True, True, False]
    assert within(homes, "99", "urban").tolist() == [True, False, False]


@settings(deadline=None, max_examples=60)
@given(HOMES, TOPUPS)
def test_the_curve_is_what_reckoning_one_by_one_gives(
    homes: list[tuple[int, int, int, int]], topups: list[int]
) -> None:
    some = rows(*homes, topups=tuple(topups[: len(homes)]))
    whole = curve(some)
    near = np.sort(np.concatenate([FACTORS, some.meets]))  # also at every break itself
    expected = np.array([by_hand(some, float(factor)) for factor in near])
    np.testing.assert_allclose(whole.cost(near), expected[:, 0], rtol=1e-12, atol=1e-6)
    np.testing.assert_array_equal(whole.households(near), expected[:, 1])
    np.testing.assert_array_equal(whole.persons(near), expected[:, 2])


@settings(deadline=None, max_examples=60)
@given(HOMES, TOPUPS)
def test_cost_and_coverage_never_fall(homes: list[tuple[int, int, int, int]], topups: list[int]) -> None:
    some = curve(rows(*homes, topups=tuple(topups[: len(homes)])))
    for values in (some.cost(FACTORS), some.households(FACTORS), some.persons(FACTORS)):
        assert (np.diff(values) >= -1e-6).all()


@settings(deadline=None, max_examples=60)
@given(HOMES)
def test_without_top_ups_the_cost_is_convex(homes: list[tuple[int, int, int, int]]) -> None:
    assert (np.diff(curve(rows(*homes)).cost(FACTORS), 2) >= -1e-6).all()


@settings(deadline=None, max_examples=60)
@given(HOMES, TOPUPS, st.floats(0.01, 3))
def test_the_inverse_of_a_cost_is_its_multiple(
    homes: list[tuple[int, int, int, int]], topups: list[int], factor: float
) -> None:
    some = curve(rows(*homes, topups=tuple(topups[: len(homes)])))
    found = float(some.inverse(some.cost(factor)))
    if some.households(factor):
        assert found == pytest.approx(factor, rel=1e-12)
    else:
        assert found >= factor  # nobody is in yet: every multiple up to the first break costs nothing


@settings(deadline=None, max_examples=60)
@given(HOMES, TOPUPS, st.integers(0, 2_000_000))
def test_nothing_larger_fits_the_budget(homes: list[tuple[int, int, int, int]], topups: list[int], budget: int) -> None:
    some = curve(rows(*homes, topups=tuple(topups[: len(homes)])))
    found = float(some.inverse(budget))
    assert some.cost(found) <= budget * (1 + 1e-12) + 1e-6
    assert some.cost(found * (1 + 1e-9) + 1e-9) > budget


@settings(deadline=None, max_examples=40)
@given(HOMES, TOPUPS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    homes: list[tuple[int, int, int, int]], topups: list[int], random: object
) -> None:
    pairs = list(zip(homes, topups, strict=False))
    mixed = pairs.copy()
    random.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = (curve(rows(*(h for h, _ in p), topups=tuple(t for _, t in p))) for p in (pairs, mixed))
    np.testing.assert_allclose(one.cost(FACTORS), other.cost(FACTORS), rtol=1e-14, atol=1e-7)


@settings(deadline=None, max_examples=40)
@given(HOMES)
def test_twice_the_people_cost_twice(homes: list[tuple[int, int, int, int]]) -> None:
    np.testing.assert_allclose(
        curve(rows(*homes, *homes)).cost(FACTORS), 2 * curve(rows(*homes)).cost(FACTORS), rtol=1e-14
    )


@settings(deadline=None, max_examples=40)
@given(HOMES, st.lists(st.booleans(), min_size=12, max_size=12))
def test_regions_that_share_nobody_add_up(homes: list[tuple[int, int, int, int]], sides: list[bool]) -> None:
    """What each moves beyond today's cost, summed, is what both together move."""
    some, side = rows(*homes), np.array(sides[: len(homes)])
    both, left, right = curve(some), curve(some, side), curve(some, ~side)

    def moved(one: Curve) -> np.ndarray:
        return one.cost(FACTORS) - one.cost(1.0)

    np.testing.assert_allclose(moved(left) + moved(right), moved(both), rtol=1e-12, atol=1e-5)


def test_a_budget_leaves_room_for_single_entries() -> None:
    homes = population(
        {"wage": 0},
        {"wage": 7_000, "n": 2, "own": True, "single": True, "covered": 1, "paid": 400},
    )
    law = Policy.of(dibao_standard=500)
    now = reckon(homes, law)
    rows = candidates(homes, now, rules_of_last_month(homes, law, now.months))
    found = with_others(curve(rows), rows, now.rule_book)
    assert float(found.cost(1.0)) == now.rule_book.cost_fen[-1] == 90_000
    assert (float(found.households(1.0)), float(found.persons(1.0))) == (2, 2)
    factor = float(found.inverse(100_000))
    raised = reckon(homes, law.adjusted([Change("dibao_standard", scale=factor)]), baseline=now)
    assert raised.rule_book.cost_fen[-1] == 100_000


BANDED = {"region": "990102", "value": "bands"}


@pytest.mark.parametrize(("modes", "said"), [([BANDED], "分档"), ([BANDED | {"value": "flat"}], "定额")])
def test_a_curve_is_refused_where_a_chosen_village_is_not_paid_by_the_gap(modes: list[Any], said: str) -> None:
    homes = population({"wage": 0, "village": "990101001001"}, {"wage": 0, "village": "990102001001"})
    law = Policy.of(dibao_standard=500, benefit_mode=[{"value": "gap"}, *modes])
    now = reckon(homes, law)
    rules = rules_of_last_month(homes, law, now.months)
    with pytest.raises(CaseworkError, match=said) as refused:
        candidates(homes, now, rules)
    assert "by the gap" in refused.value.say("en")
    by_gap = candidates(homes, now, rules, within(homes, "990101"))
    assert (by_gap.open.tolist(), float(curve(by_gap).cost(2.0))) == ([True, False], 100_000)
