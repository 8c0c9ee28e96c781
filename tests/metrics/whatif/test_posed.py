"""Do levers, bracket and doubts of a scenario agree with what reckoning anew says?"""

from dataclasses import replace

import numpy as np
import pytest

from casework.policy import Policy
from casework.policy.change import Change
from metrics.whatif import pushed, swept
from metrics.whatif.affordable import changes, moved
from metrics.whatif.doubt import CORRECTED
from metrics.whatif.headline import headline
from metrics.whatif.population import Population
from metrics.whatif.posed import Posed
from metrics.whatif.reckon import reckon
from tests.metrics.whatif.made import population

LAW = Policy.of(dibao_standard=500)
HIGHER = LAW.adjusted([Change("dibao_standard", scale=1.1)])


def homes() -> Population:
    """Two settings, a hundred households each, incomes around the line, every third without an award."""
    rng = np.random.default_rng(4)
    some = [
        {
            "n": 1,
            "wage": int(rng.integers(0, 9_000)),
            "own": place % 3 > 0,
            "covered": 1 if place % 3 else 0,
            "paid": 100 if place % 3 else None,
            "urban_rural": "urban" if place % 2 else "rural",
            "village": f"99010100100{place % 2 + 1}",
            "people": [{"age": 40}],
        }
        for place in range(200)
    ]
    return population(*some)


def posed(policy: Policy = HIGHER, people: Population | None = None) -> Posed:
    some = people or homes()
    baseline = reckon(some, LAW)
    return Posed(
        records=some,
        rules=LAW,
        baseline=baseline,
        people=some,
        policy=policy,
        assumed=None,
        outcome=reckon(some, policy, baseline=baseline),
        there=np.ones(some.households, np.bool_),
    )


def test_asked_again_without_a_change_it_says_the_same() -> None:
    asked = posed()
    assert asked.numbers() == pytest.approx(headline(asked.people, asked.outcome), nan_ok=True)


@pytest.mark.parametrize(("setting", "by"), [("", "yuan"), ("rural", "yuan"), ("urban", "factor")])
def test_the_bracket_is_what_reckoning_at_its_ends_costs(setting: str, by: pushed.Unit) -> None:
    asked = posed()
    budget = int(sum(asked.outcome.rule_book.cost_fen) * 1.07)
    found, now = pushed.largest(asked, budget, setting, by)
    scope = {"urban_rural": setting} if setting else {}
    for value, cost in ((found.low, found.low_cost_fen), (found.high, found.high_cost_fen)):
        assert value is not None
        scaled = [Change("dibao_standard", scope=scope, scale=value)]
        then = changes(moved(now, int(value))) if by == "yuan" else scaled
        again = reckon(asked.people, HIGHER.adjusted(then), baseline=asked.baseline)
        assert sum(again.rule_book.cost_fen) == cost
    assert found.low_cost_fen is not None
    assert found.high_cost_fen is not None
    assert found.low_cost_fen <= budget < found.high_cost_fen
    assert found.width == (1 if by == "yuan" else pytest.approx(0.0007, abs=0.0004))


def test_every_pair_beside_the_front_is_beaten_by_another() -> None:
    table = swept.pairs(posed(), few=1)
    assert len(table) == len(swept.FACTORS) ** 2
    points = table.select("cost_fen", "fgt1", "missed").to_numpy()
    for point, best in zip(points, table["best"], strict=True):
        better = ((points <= point).all(axis=1) & (points < point).any(axis=1)).any()
        if best is False:  # rounded numbers may tie where the exact ones did not, never the other way round
            assert better or (points == point).all(axis=1).sum() > 1
    assert 0 < table["best"].sum() < len(table)


def test_where_a_setting_has_too_few_households_no_pair_is_told() -> None:
    assert swept.pairs(posed(), few=10).height == len(swept.FACTORS) ** 2  # 5 × 10 of each of the 100 suffice
    assert swept.pairs(posed(), few=21).is_empty()
    assert swept.best(posed(), 1e7, few=21).is_empty()


def test_the_share_missed_falls_with_the_standards_and_is_of_the_poor_alone() -> None:
    table = swept.pairs(posed(LAW), few=1)
    low, high = (table.filter(urban=factor, rural=factor)["missed"].item() for factor in (0.8, 1.0))
    some = homes()
    poor = some.items["wage"] < 12 * 50_000
    out = some.items["wage"] >= 12 * 40_000
    assert low == pytest.approx((poor & out).sum() / poor.sum(), abs=0.0005)
    assert high == 0


def test_noise_is_taken_off_against_the_roll_as_it_is() -> None:
    band = next(one for one in pushed.doubts(posed()) if one.source == CORRECTED)
    assert set(band.base) == {"exclusion", "inclusion"}
    for name, value in band.base.items():
        low, high = band.ends(name)
        assert 0 <= low <= high == value  # such noise only makes them look worse


def test_every_reckoning_is_heard() -> None:
    heard = 0

    def hear() -> None:
        nonlocal heard
        heard += 1

    pushed.swings(replace(posed(), heard=hear))
    assert heard == 25  # as it is, and each of twelve rules less and more
