"""Do the scenarios that come with the program load, say their sources, and do something or say why not?"""

from pathlib import Path

import pytest

from casework.policy import Policy
from metrics.whatif.conflicts import Conflict, conflicts
from metrics.whatif.difference import differences, sentences
from metrics.whatif.readers import OF_TIME
from metrics.whatif.scenario import Scenario
from metrics.whatif.scenario_file import read
from metrics.whatif.shares import Figures, settled
from metrics.whatif.shipped import shipped
from tests.metrics.whatif.made import population

POLICY = Policy.of(dibao_standard=[{"urban_rural": "urban", "value": 800}, {"urban_rural": "rural", "value": 600}])
PEOPLE = population({"village": "990101001001", "urban_rural": "urban"}, {"village": "990101002001"})
FIGURES: Figures = {("99", 2024, "consumption_urban"): 34_500_00, ("99", 2024, "consumption_rural"): 19_300_00}
ALREADY_LAW = {"work_months", "land_ratio", "support_rate", "emergency_hours", "decision_days"}  # equal what ships


def test_the_local_rule_sets_of_the_sources_ship() -> None:
    assert {path.split("_")[0] for path in shipped()} == {"pingyuan", "xx", "balin", "disregard", "taper"}


@pytest.mark.parametrize("path", shipped().values(), ids=lambda path: path.stem)
def test_each_is_named_explained_and_sourced_in_both_languages(path: Path) -> None:
    scenario = read(path, policy=POLICY)
    for text in (scenario.name, scenario.note, *scenario.sources):
        zh, joint, en = text.partition(" / ")
        assert joint
        assert any("\u4e00" <= sign <= "\u9fff" for sign in zh)
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in en)
    (english, *_) = sentences(differences(scenario, POLICY, PEOPLE, FIGURES), "en")
    assert scenario.sources[0].partition(" / ")[0] not in english


@pytest.mark.parametrize("path", shipped().values(), ids=lambda path: path.stem)
def test_each_loads_with_a_source_for_every_change_and_changes_something(path: Path) -> None:
    scenario = read(path, policy=POLICY)
    assert scenario.note
    assert all(scenario.source(place) for place in range(len(scenario.changes)))
    POLICY.adjusted(settled(scenario, FIGURES, PEOPLE.as_of).changes)
    found = [one for one in conflicts(scenario, POLICY, PEOPLE, FIGURES) if not _of_time(scenario, one)]
    for one in found:
        assert one.kind == "same_value", one.message
        assert {scenario.changes[place - 1].id for place in one.changes} <= ALREADY_LAW
    assert len(found) < len(scenario.changes)
    assert not differences(scenario, POLICY, PEOPLE, FIGURES).is_empty()


def _of_time(scenario: Scenario, one: Conflict) -> bool:
    """Is it that a change of a limit acts on time limits?"""
    return one.kind == "elsewhere" and {scenario.changes[place - 1].id for place in one.changes} <= {*OF_TIME}
