"""Whom does a budget reach first, measure by measure? The six persons of Bourguignon and Fields' propositions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.whatif.levelling import levelled

SIX = np.array([100.0, 200, 300, 450, 600, 900])
LINE, BUDGET = 500.0, 300.0


def fgt(resources: np.ndarray, alpha: int) -> float:
    gap = (LINE - resources) / LINE
    return float((gap[gap > 0] ** alpha).sum() / len(resources))


def test_the_poorest_are_lifted_to_one_common_level() -> None:
    paid = levelled(SIX, LINE, BUDGET)
    assert paid.tolist() == [200, 100, 0, 0, 0, 0]
    assert fgt(SIX + paid, 2) == pytest.approx(0.0816667, abs=5e-8)


def test_the_gap_is_indifferent_to_who_is_paid_while_nobody_passes_the_line() -> None:
    for paid in ([300, 0, 0, 0, 0, 0], [100, 100, 100, 0, 0, 0], [0, 100, 150, 50, 0, 0], levelled(SIX, LINE, BUDGET)):
        assert fgt(SIX + np.array(paid), 1) == pytest.approx(0.2166667, abs=5e-8)


def test_lifting_the_poorest_takes_none_of_them_out_of_poverty() -> None:
    assert fgt(SIX + levelled(SIX, LINE, BUDGET), 0) == pytest.approx(4 / 6)


def test_where_lines_differ_the_next_yuan_goes_where_the_gap_by_the_squared_line_is_widest() -> None:
    """Lines of 1,000 and 500, nothing to live on: 1/1000 against 1/500, so the second is lifted first, by 250."""
    lines = np.array([1000.0, 500.0])
    assert levelled(np.zeros(2), lines, 250).tolist() == [0, 250]
    assert levelled(np.zeros(2), lines, 500) == pytest.approx([200, 300])  # gaps 800 : 200 as the squares, 4 : 1
    rng = np.random.default_rng(3)
    least = float(np.square(1 - levelled(np.zeros(2), lines, 500) / lines).sum())
    splits = 500 * rng.dirichlet(np.ones(2), 2_000)
    assert np.square(1 - splits / lines).sum(axis=1).min() >= least


def test_a_row_that_stands_for_several_costs_so_many_times_as_much() -> None:
    twice = levelled(np.array([100.0, 200, 600]), LINE, BUDGET, np.array([1.0, 2, 5]))
    each = levelled(np.array([100.0, 200, 200, 600]), LINE, BUDGET)
    assert twice.tolist() == [each[0], each[1], each[3]]


def test_no_split_drawn_by_chance_leaves_less() -> None:
    rng = np.random.default_rng(7)
    least = fgt(SIX + levelled(SIX, LINE, BUDGET), 2)
    assert all(fgt(SIX + BUDGET * split, 2) >= least for split in rng.dirichlet(np.full(6, 0.3), 5_000))


def test_nobody_is_lifted_above_the_line_and_nothing_is_paid_from_nothing() -> None:
    assert (SIX + levelled(SIX, LINE, 1e6)).tolist() == [500, 500, 500, 500, 600, 900]
    assert not levelled(SIX, LINE, 0).any()
    assert not levelled(np.array([]), LINE, 5).any()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 1000), min_size=1, max_size=9), st.integers(0, 3000))
def test_the_budget_is_spent_or_everybody_is_at_the_line(resources: list[int], budget: int) -> None:
    has = np.array(resources, np.float64)
    paid = levelled(has, LINE, budget)
    assert paid.sum() == pytest.approx(min(budget, np.maximum(LINE - has, 0).sum()))
    assert np.ptp((has + paid)[paid > 0]) < 1e-9 if (paid > 0).any() else True
