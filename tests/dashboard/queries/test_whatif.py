"""Are curves, levers and budgets of a scenario those of the households as its own rules find them?"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import mingcha
from casework.policy import Change
from casework.regions import Regions
from casework.workspace import Workspace
from dashboard.queries.whatif import WhatIf
from dashboard.whatif import County, reckoned
from metrics.whatif import pushed, swept
from metrics.whatif.curve import candidates, curve, with_others
from metrics.whatif.gather import gather
from metrics.whatif.outcome import Outcome
from metrics.whatif.population import Population
from metrics.whatif.reckon import reckon, rules_of_last_month
from metrics.whatif.scenario import Assumptions, Scenario

# Old-age aid alone shuts a household out of dibao, orphans' and destitute aid no longer: others may come in.
OTHERS = Scenario(
    "others", (Change("entitlement", which="not_covered_by", scope={"programme": "dibao"}, set=["old_age"]),)
)


@pytest.fixture
def house(county_workspace: Path) -> WhatIf:
    workspace = Workspace(county_workspace)
    tables = workspace.tables()
    return WhatIf(county_workspace, tables, workspace.policy(), Regions.of(tables))


def test_a_scenario_that_lets_more_in_has_other_households(house: WhatIf) -> None:
    assert (house.people(OTHERS).shut == 1).sum() < (house.population.shut == 1).sum()


def test_the_curve_is_of_the_scenarios_own_households(house: WhatIf, county_workspace: Path) -> None:
    policy = house.policy_of(OTHERS)
    anew = gather(house.tables, policy)
    outcome = reckon(anew, policy, baseline=house.baseline)
    rows = candidates(anew, outcome, rules_of_last_month(anew, policy, 12))
    asked = with_others(curve(rows), rows, outcome.rule_book)
    region = house.regions.codes[0]
    assert swept.rows(house.posed(OTHERS, "rule_book", region)).open.tolist() == rows.open.tolist()
    assert rows.open.sum() > swept.rows(house.posed(None, "rule_book", region)).open.sum()
    notebook = mingcha.open(county_workspace)
    table = notebook.whatif(OTHERS).curve("others", low=1.0, high=1.2, points=3)
    assert table["households"].to_list() == asked.households(np.array([1.0, 1.1, 1.2])).tolist()


def test_the_largest_standard_is_of_its_households_and_of_the_habits_of_those_in_force(
    house: WhatIf, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = set()

    def heard(people: Population, *said: Any, **named: Any) -> Outcome:
        asked.add((people.gathered, named.get("baseline") is None))
        return reckon(people, *said, **named)

    monkeypatch.setattr(pushed, "reckon", heard)
    region = house.regions.codes[0]
    pushed.largest(house.posed(OTHERS, "rule_book", region), 10_000_000)
    theirs = gather(house.tables, house.policy_of(OTHERS)).gathered
    assert asked == {(theirs, False)}


def test_unknown_hardship_is_told_beside_a_cut_on_the_page_and_in_a_notebook(
    house: WhatIf, county_workspace: Path
) -> None:
    cut = Scenario("cut", assumptions=Assumptions(quota=3))
    blind = np.full(house.population.households, np.nan)
    assert [one.kind for one in house.result({"A": cut}, "rule_book").tried[0].warnings] == []
    unseen = WhatIf(house.path, house.tables, house.policy, house.regions)
    unseen.population = replace(house.population, hardship=blind)
    assert [one.kind for one in unseen.result({"A": cut}, "rule_book").tried[0].warnings] == ["unranked"]
    opened = County.opened(county_workspace)
    told = reckoned(replace(opened, population=unseen.population), [cut]).tried[0].warnings
    assert [one.kind for one in told] == ["unranked"]


def test_a_change_that_moves_nobody_beside_one_that_does_is_told(house: WhatIf) -> None:
    both = Scenario("both", (Change("dibao_standard", scale=1.5), Change("land_ratio", set=0.9)))  # nothing is imputed
    (said,) = house.result({"A": both}, "rule_book").tried[0].warnings
    assert (said.kind, said.changes) == ("no_result", (2,))
