"""Is whatever moves nobody named, with where it acts instead, and nothing else?"""

import pytest

from casework.policy import Change, Policy
from metrics.whatif.conflicts import conflicts
from metrics.whatif.idle import idle, moves
from metrics.whatif.outcome import Outcome
from metrics.whatif.reckon import reckon
from metrics.whatif.scenario import Assumptions, Scenario
from tests.metrics.whatif.made import population

POLICY = Policy.of(dibao_standard=[{"region": "990101", "value": 600}])
PEOPLE = population({"own": True, "paid": 300, "transfer": 3600}, {"transfer": 3600}, {"transfer": 12_000})


def kinds(*changes: Change, layer: str = "rule_book", assumptions: Assumptions | None = None) -> list[str]:
    scenario = Scenario("x", changes, assumptions or Assumptions())
    return [kind for kind, _ in told(scenario, layer)]


def told(scenario: Scenario, layer: str = "rule_book") -> list[tuple[str, tuple[int, ...]]]:
    baseline = reckon(PEOPLE, POLICY)

    def under(other: Scenario) -> Outcome:
        return reckon(PEOPLE, POLICY.adjusted(other.changes), other.assumptions, baseline=baseline)

    found = conflicts(scenario, POLICY, PEOPLE)
    found += idle(scenario, baseline, under(scenario), layer, found, under)
    return [(one.kind, one.changes) for one in found]


def test_a_rule_that_nobody_is_judged_by_is_said_to_move_nobody() -> None:
    assert kinds(Change("land_ratio", set=0.9)) == ["no_result"]  # nothing is imputed
    assert kinds(Change("dibao_standard", add=1)) == []


def test_a_limit_of_days_is_said_to_act_on_time_limits_and_not_said_twice() -> None:
    assert kinds(Change("decision_days", scope={"programme": "dibao"}, set=7)) == ["elsewhere"]


def test_of_several_changes_the_one_that_moves_nobody_is_named() -> None:
    aged = Change("category_topup", scope={"group": "aged"}, set=0.1)  # nobody is 70 or older
    assert told(Scenario("x", (Change("dibao_standard", add=10), aged))) == [("no_result", (2,))]
    assert told(Scenario("x", (aged,), Assumptions(quota=1))) == [("no_result", (1,))]
    minor = Change("category_topup", scope={"group": "minor"}, set=0.1)  # nor a child
    assert told(Scenario("x", (aged, minor))) == [("no_result", (1, 2))]


def test_changes_that_act_only_together_are_not_named() -> None:
    switch, share = Change("single_entry", set=True), Change("single_entry", which="share", set=0.7)
    severe = population({"transfer": 8000, "people": [{"grade": 1}]})
    baseline = reckon(severe, POLICY)

    def under(other: Scenario) -> Outcome:
        return reckon(severe, POLICY.adjusted(other.changes), baseline=baseline)

    both = Scenario("x", (switch, share))
    assert not moves(baseline, under(both.without(0)))
    assert idle(both, baseline, under(both), "rule_book", [], under) == []


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
