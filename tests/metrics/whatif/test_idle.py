"""Is whatever moves nobody named, with where it acts instead, and nothing else?"""

import pytest

from casework.policy import Change, Policy
from metrics.whatif.conflicts import conflicts
from metrics.whatif.idle import idle
from metrics.whatif.reckon import reckon
from metrics.whatif.scenario import Assumptions, Scenario
from tests.metrics.whatif.made import population

POLICY = Policy.of(dibao_standard=[{"region": "990101", "value": 600}])
PEOPLE = population({"own": True, "paid": 300, "transfer": 3600}, {"transfer": 3600}, {"transfer": 12_000})


def kinds(*changes: Change, layer: str = "rule_book", assumptions: Assumptions | None = None) -> list[str]:
    scenario = Scenario("x", changes, assumptions or Assumptions())
    baseline = reckon(PEOPLE, POLICY)
    outcome = reckon(PEOPLE, POLICY.adjusted(changes), scenario.assumptions, baseline=baseline)
    found = conflicts(scenario, POLICY, PEOPLE)
    return [one.kind for one in found + idle(scenario, baseline, outcome, layer, found)]


def test_a_rule_that_nobody_is_judged_by_is_said_to_move_nobody() -> None:
    assert kinds(Change("land_ratio", set=0.9)) == ["no_result"]  # nothing is imputed
    assert kinds(Change("dibao_standard", add=1)) == []


def test_a_limit_of_days_moves_no_household() -> None:
    assert kinds(Change("decision_days", scope={"programme": "dibao"}, set=7)) == ["no_result"]


def test_what_is_named_already_is_not_named_again() -> None:
    assert kinds(Change("taper_months", set=6)) == ["same_value"]
    assert kinds(Change("taper_months", set=6), Change("land_ratio", set=0.9)) == ["same_value", "no_result"]


@pytest.mark.parametrize(("layer", "said"), [("rule_book", ["elsewhere"]), ("delivered", [])])
def test_take_up_acts_on_what_is_delivered_alone(layer: str, said: list[str]) -> None:
    assert kinds(layer=layer, assumptions=Assumptions(take_up=1.0)) == said


def test_staff_and_steps_act_on_cases_alone() -> None:
    assert kinds(assumptions=Assumptions(staff=2.0)) == ["elsewhere", "no_result"]


def test_nothing_asked_is_nothing_said() -> None:
    assert kinds() == []
