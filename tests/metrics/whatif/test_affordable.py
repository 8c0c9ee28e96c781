"""Is the largest standard within a budget the one that trying every yuan finds?"""

import numpy as np
import pytest

from casework.policy import Policy
from metrics.whatif.affordable import changes, largest, moved, standards
from metrics.whatif.reckon import reckon
from metrics.whatif.rules import Rules
from tests.metrics.whatif.made import population
from tests.metrics.whatif.test_curve_beside_reckon import homes

TWO = Policy.of(dibao_standard=[{"urban_rural": "urban", "value": 800}, {"urban_rural": "rural", "value": 600}])
NOW = {("9901", "rural"): 60_000, ("9901", "urban"): 80_000}


def test_all_move_in_proportion_and_end_in_whole_yuan() -> None:
    assert moved(NOW, 800) == {("9901", "rural"): 600, ("9901", "urban"): 800}
    assert moved(NOW, 801) == {("9901", "rural"): 600, ("9901", "urban"): 801}  # 600.75
    assert moved(NOW, 802) == {("9901", "rural"): 601, ("9901", "urban"): 802}  # 601.5


def test_each_place_that_the_rule_tells_apart_stands_once_and_only_of_the_chosen() -> None:
    some = population(
        {"village": "990101001001", "urban_rural": "rural"},
        {"village": "990101002001", "urban_rural": "rural"},
        {"village": "990101003001", "urban_rural": "urban"},
        {"village": "990102001001", "urban_rural": "rural"},
    )
    law = Policy.of(dibao_standard=[{"region": "990101", "value": 500}, {"region": "990102", "value": 550}])
    fen = reckon(some, law).standard_fen
    every = np.ones(some.households, np.bool_)
    assert standards(some, law, fen, every) == {
        ("990101", "rural"): 50_000,
        ("990101", "urban"): 50_000,
        ("990102", "rural"): 55_000,
    }
    first = np.array([True, False, False, False])
    assert standards(some, law, fen, first, "990101001") == {("990101001", "rural"): 50_000}


def test_the_changes_put_these_standards_in_force() -> None:
    some = homes()
    law = TWO.adjusted(changes({("9901", "rural"): 601, ("9901", "urban"): 802}))
    fen = Rules.of(some, law, some.as_of).whole("dibao_standard")
    assert {kind: int(each) for kind, each in zip(some.urban_rural, fen, strict=True)} == {
        "rural": 60_100,
        "urban": 80_200,
    }


@pytest.mark.parametrize("guess", [1.0, 0.2, 2.9, np.inf, np.nan])  # the curve's, far too low, too high, none
@pytest.mark.parametrize("share", [0.7, 1.0, 1.31])
def test_it_is_the_last_yuan_within_the_budget_wherever_one_begins_to_look(share: float, guess: float) -> None:
    some = homes()
    fen = reckon(some, TWO).standard_fen
    now = standards(some, TWO, fen, np.ones(some.households, np.bool_))

    def cost(yuan: int) -> int:
        return sum(reckon(some, TWO.adjusted(changes(moved(now, yuan)))).rule_book.cost_fen)

    budget = round(cost(800) * share)
    found = largest(cost, now, guess, budget)
    assert found.low is not None
    assert found.high == found.low + 1
    assert (found.low_cost_fen, found.high_cost_fen) == (cost(int(found.low)), cost(int(found.high)))
    assert cost(int(found.low)) <= budget < cost(int(found.high))


def test_a_budget_below_any_standard_and_one_above_all_have_one_end_only() -> None:
    def cost(yuan: int) -> int:
        return yuan * 100

    assert largest(cost, NOW, 1.0, 99).low is None
    most = largest(cost, NOW, 1.0, 10**9)
    assert (most.low, most.high) == (2400, None)  # three times the highest
