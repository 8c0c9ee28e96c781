"""Does the curve lie where real reckonings do, less than a yuan a household below them?"""

import numpy as np
import pytest

from casework.policy import Policy
from casework.policy.change import Change
from metrics.whatif.bisection import largest_factor
from metrics.whatif.curve import Candidates, candidates, curve
from metrics.whatif.population import Population
from metrics.whatif.poverty_curve import poverty_curve
from metrics.whatif.reckon import reckon
from metrics.whatif.rules import Rules
from metrics.whatif.subset import within
from tests.metrics.whatif.made import population

LAW = Policy.of(dibao_standard=500, category_topup=[{"group": "minor", "value": 0.1}])


def homes() -> Population:
    """What else may keep a household out, persons who are not covered, children with a top-up, two settings."""
    rng = np.random.default_rng(9)
    some = [
        {
            "n": 1 + place % 4,
            "wage": int(rng.integers(0, 9000)) * (1 + place % 4),
            "own": place % 3 == 0,
            "covered": 1 + place % 2 if place % 3 == 0 and place % 4 else (1 if place % 3 == 0 else 0),
            "paid": 100 if place % 3 == 0 else None,
            "barred": [0, 0, 0, 0, 1, -1][place % 6],
            "stated": place % 11 != 0,
            "urban_rural": "urban" if place % 5 == 0 else "rural",
            "village": f"9901010010{place % 5:02}",
            "people": [{"age": 10 if one == 1 else 40} for one in range(1 + place % 4)],
        }
        for place in range(120)
    ]
    return population(*some)


def ready(some: Population) -> Candidates:
    return candidates(some, reckon(some, LAW, months=1), Rules.of(some, LAW, some.as_of))


@pytest.mark.parametrize("factor", [0.8, 1.0, 1.1, 1.37, 2.0])
def test_households_and_persons_are_the_same_and_the_cost_less_than_a_yuan_each_below(factor: float) -> None:
    some = homes()
    real = reckon(some, LAW.adjusted([Change("dibao_standard", scale=factor)]), months=1)
    line, eligible = curve(ready(some)), real.eligible
    assert line.households(factor) == eligible.sum()
    assert line.persons(factor) == np.where(some.own, some.covered, some.n)[eligible].sum()
    cost = float(real.rule_book.month_fen[eligible].sum())
    floored = float(np.where(some.own, some.covered, some.n).sum())  # a top-up is cut to a fen, a person
    assert line.cost(factor) - floored <= cost < line.rounded_at_most(factor)


def test_of_chosen_villages_only_their_standard_moves() -> None:
    some = homes()
    urban = within(some, urban_rural="urban")
    change = Change("dibao_standard", scale=1.5, scope={"urban_rural": "urban"})
    real = reckon(some, LAW.adjusted([change]), months=1)
    assert curve(ready(some), urban).households(1.5) == real.eligible.sum()


def test_the_bracket_of_real_reckonings_lies_at_or_below_the_inverse() -> None:
    """Whole yuan only add to the cost, so the real largest multiple is not above the curve's."""
    some = homes()
    line = curve(ready(some))

    def cost(factor: float) -> int:
        real = reckon(some, LAW.adjusted([Change("dibao_standard", scale=factor)]), months=1)
        return int(real.rule_book.month_fen[real.eligible].sum())

    budget = float(line.cost(1.3))
    bracket = largest_factor(cost, 1.0, 2.0, int(budget))
    assert bracket.low is not None
    assert bracket.low <= float(line.inverse(budget)) + 1e-2
    assert float(line.inverse(budget - 100 * float(line.households(1.3)))) <= bracket.low + bracket.width


@pytest.mark.parametrize("factor", [0.8, 1.0, 1.37])
def test_the_poverty_left_is_that_of_real_amounts_but_for_a_yuan_a_month(factor: float) -> None:
    some = homes()
    line, counts = np.full(some.households, 700_000), some.stated
    left = poverty_curve(ready(some), some.resources_fen, line, counts)
    real = reckon(some, LAW.adjusted([Change("dibao_standard", scale=factor)]), months=1)
    paid = np.where(real.eligible, 12 * real.rule_book.month_fen, 0)
    people = some.n * counts
    for alpha in (1, 2):
        gap = np.maximum(1 - (some.resources_fen + paid) / (some.n * line), 0)
        yuan = alpha * 12 * 100 / 700_000  # by how much a share of the line a whole yuan a month can move
        assert left.fgt(factor, alpha)[0] == pytest.approx((people * gap**alpha).sum() / people.sum(), abs=yuan)
