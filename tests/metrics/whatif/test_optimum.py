"""Does the best of the levers leave the least poverty that the budget can?"""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from metrics.whatif.curve import Candidates
from metrics.whatif.optimum import Question, best, most_topups

# an urban and a rural person without income; an urban one of 700 yuan a month; all lines at 1,000 yuan a month
ROWS = Candidates(
    y_fen=np.array([0, 0, 840_000]),
    n=np.ones(3, np.int64),
    heads=np.ones(3, np.int64),
    standard_fen=np.array([80_000, 50_000, 80_000]),
    topup_thousandths=np.zeros(3),
    weight=np.ones(3),
    open=np.ones(3, np.bool_),
)
QUESTION = Question(
    rows=ROWS,
    urban=np.array([True, False, True]),
    rural=np.array([False, True, False]),
    resources_fen=ROWS.y_fen,
    line_fen=np.full(3, 1_200_000),
    counts=np.ones(3, np.bool_),
)
NOW = 80_000 + 50_000 + 10_000


def levers(question: Question, budget: float) -> dict[str, dict[str, Any]]:
    return {row["lever"]: row for row in best(question, budget).iter_rows(named=True)}


def test_each_lever_alone_takes_the_whole_budget() -> None:
    found = levers(QUESTION, NOW + 20_000)
    assert found["now"]["cost_fen"] == pytest.approx(NOW)
    assert found["urban"]["urban"] == pytest.approx(90_000 / 80_000)
    assert found["rural"]["rural"] == pytest.approx(70_000 / 50_000)
    assert found["both"]["urban"] == pytest.approx(160_000 / 210_000 + 70_000 / 210_000)
    assert all(found[lever]["cost_fen"] == pytest.approx(NOW + 20_000) for lever in ("urban", "rural", "both"))


def test_the_squared_gap_wants_the_poorest_lifted_first() -> None:
    """20,000 fen: all to the rural person, who has 500 of 1,000, as long as the urban ones have 800."""
    found = levers(QUESTION, NOW + 20_000)
    assert found["mix_fgt2"]["urban"] == pytest.approx(1, abs=1e-6)
    assert found["mix_fgt2"]["rural"] == pytest.approx(1.4, abs=1e-6)
    assert found["mix_fgt2"]["fgt2"] == pytest.approx((0.2**2 + 0.2**2 + 0.3**2) / 3, abs=1e-6)


def test_beyond_that_all_rise_together() -> None:
    """Once all live on 800 the next yuan is shared: 3 × 50 yuan lift all to 850."""
    found = levers(QUESTION, NOW + 30_000 + 15_000)
    assert found["mix_fgt2"]["urban"] * 800 == pytest.approx(850, abs=0.01)
    assert found["mix_fgt2"]["rural"] * 500 == pytest.approx(850, abs=0.01)


def test_the_gap_itself_is_indifferent_so_the_lowest_urban_standard_is_told() -> None:
    found = levers(QUESTION, NOW + 20_000)
    assert found["mix_fgt1"]["fgt1"] == pytest.approx(found["urban"]["fgt1"])
    assert found["mix_fgt1"]["urban"] == pytest.approx(1, abs=1e-3)


def test_no_pair_on_a_fine_grid_is_better() -> None:
    found = levers(QUESTION, NOW + 33_000)["mix_fgt2"]
    both = QUESTION.sides(1.0)
    urban = np.linspace(1, 1.3, 301)
    rural = both.rural.inverse(NOW + 33_000 - (both.urban.cost(urban) - both.urban.cost(1.0)))
    assert found["fgt2"] <= both.fgt(urban, rural, 2)[rural >= 1].min() + 1e-12


def test_no_lever_leaves_less_than_paying_each_person_at_will() -> None:
    """All of the money and the 700 yuan that the third has, shared by three."""
    found = levers(QUESTION, NOW + 20_000)
    level = (160_000 + 70_000) / 3
    assert found["levelled"]["fgt2"] == pytest.approx((1 - level / 100_000) ** 2)
    assert found["levelled"]["cost_fen"] == pytest.approx(NOW + 20_000)
    others = [row["fgt2"] for row in found.values() if np.isfinite(row["fgt2"]) and row["lever"] != "levelled"]
    assert len(others) == 6  # now, each standard, both, and two mixes; there are no top-ups
    assert min(others) > found["levelled"]["fgt2"]


def test_top_ups_take_what_the_budget_leaves() -> None:
    rows = replace(ROWS, topup_thousandths=np.array([0.0, 200.0, 0.0]))  # 100 yuan to the rural person
    assert most_topups(rows, NOW + 30_000) == pytest.approx(3)
    found = levers(replace(QUESTION, rows=rows), NOW + 30_000)
    assert found["topups"]["cost_fen"] == pytest.approx(NOW + 30_000)
    assert found["topups"]["fgt2"] == pytest.approx(0.2**2)  # all three on 800


def test_without_top_ups_they_are_no_lever_and_below_todays_least_no_mix() -> None:
    found = levers(QUESTION, NOW - 1)
    assert np.isnan(found["topups"]["topups"])
    assert "mix_fgt2" not in found
