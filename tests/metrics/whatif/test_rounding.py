"""Is money rounded as whole numbers, to the very half of a fen, as exact fractions say?"""

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.policy import Policy
from metrics.whatif.delivery import MILLIONTHS, proportion
from metrics.whatif.income import counted_income
from metrics.whatif.reckon import reckon
from metrics.whatif.rules import Rules, in_parts
from metrics.whatif.scenario import FALLING, Assumptions
from tests.metrics.whatif.made import AS_OF, population

FEN = st.integers(0, 10**9)  # ten million yuan
YUAN = st.decimals(0, 5000, places=2)


@pytest.mark.parametrize(("written", "fen"), [(2.675, 268), (1.005, 100), (1.115, 112), (555.555, 55_556), (0.29, 29)])
def test_a_number_of_a_rule_is_read_as_it_is_written(written: float, fen: int) -> None:
    assert in_parts(written, 100) == fen  # as floats 2.675 x 100 and 1.115 x 100 are below the half


@given(st.decimals(0, 10_000, places=4), st.sampled_from([100, 1000, MILLIONTHS]))
def test_every_number_of_a_rule(written: Decimal, parts: int) -> None:
    assert in_parts(float(written), parts) == round(Fraction(written) * parts)


@given(FEN, FEN, st.integers(1, 10**9))
def test_what_is_paid_of_what_is_due(amount: int, paid: int, due: int) -> None:
    found = proportion(np.array([amount, -1]), np.array([paid, paid]), np.array([due, due]))
    assert found.tolist() == [floor(Fraction(amount * paid, due) + Fraction(1, 2)), -1]


@given(st.integers(1, 8), st.integers(0, 8), YUAN, YUAN)
def test_the_gap_is_rounded_up_once(n: int, covered: int, standard: Decimal, wage: Decimal) -> None:
    home = {"n": n, "own": True, "covered": min(covered, n), "wage": float(wage), "paid": None}
    found = reckon(population(home), Policy.of(dibao_standard=float(standard)), months=1)
    line, y = 12 * n * Fraction(standard), Fraction(wage)
    gap = min(covered, n) * (Fraction(standard) - y / (12 * n))
    assert found.rule_book.month_fen.tolist() == [ceil(gap) * 100 if y < line else 0]


@given(YUAN.filter(bool), st.decimals(0, 1, places=3), st.integers(1, 5))
def test_a_top_up_is_rounded_down_for_each_person(standard: Decimal, share: Decimal, n: int) -> None:
    law = Policy.of(dibao_standard=float(standard), category_topup={"group": "aged", "value": float(share)})
    found = reckon(population({"n": n, "people": [{"age": 80}] * n}), law, months=1)
    assert found.topup_fen.tolist() == [n * floor(Fraction(share) * Fraction(standard) * 100)]


@given(YUAN, st.integers(1, 12))
def test_a_falling_taper_goes_by_equal_steps_in_whole_yuan(paid: Decimal, months: int) -> None:
    home = {"wage": 6000, "own": True, "paid": float(paid), "above": 0}
    law = Policy.of(dibao_standard=500, taper_months=[{"programme": "dibao", "value": months}])
    found = reckon(population(home), law, Assumptions(taper=FALLING), months=months).rule_book
    steps = [ceil(Fraction(paid) * (months + 1 - k) / (months + 1)) * 100 for k in range(1, months + 1)]
    assert list(found.cost_fen) == steps


@given(YUAN, YUAN, st.decimals(0, 1, places=3))
def test_what_a_rule_leaves_of_a_wage_is_rounded_down_once(wage: Decimal, less: Decimal, rate: Decimal) -> None:
    law = Policy.of(disregard={"value": float(less), "rate": float(rate)})
    who = population({"wage": float(wage)})
    found, _ = counted_income(who, Rules.of(who, law, AS_OF))
    rest = max(Fraction(0), Fraction(wage) - 12 * Fraction(less)) * (1 - Fraction(rate))
    assert found.tolist() == [floor(rest * 100)]
