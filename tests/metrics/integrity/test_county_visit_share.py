"""Tests of the share of near kin's approvals that the county had visited, by hand."""

import pytest

from casework.dataset import Tables
from casework.policy import Policy
from detectors.favoritism import kin_without_county_visit
from tests.detectors.asking import found
from tests.detectors.favoritism.village import VILLAGE, filing, kin, official, small, step
from tests.metrics.county import judged, numbers, part_whole
from tests.worlds import Row

METRIC = "county_visit_share"
BROTHERS = [kin("甲", "乙", "sibling")]
CHIEF = [official("乙")]


def brothers(steps: list[Row] | None = None, **more: str | None) -> Tables:
    """甲 is approved 2024-03-28, whose brother 乙 handles cases of the township."""
    return small(kin=BROTHERS, officials=CHIEF, steps=steps, **more)  # type: ignore[arg-type]  # cells are text


@pytest.mark.parametrize(
    ("started", "finished", "visited"),
    [
        ("2024-03-27", "2024-03-28", True),
        ("2024-03-27", "2024-03-29", False),  # finished after the decision
        ("2024-03-28", None, True),
        ("2024-03-29", None, False),
    ],
)
def test_a_visit_made_by_the_decision(started: str, finished: str | None, visited: bool) -> None:
    data = brothers([step("county_visit", started, finished_at=finished)])
    assert judged(data, METRIC) == {"A1": visited}
    assert found(kin_without_county_visit, data) == ([] if visited else ["A1"])


def test_another_visit_than_the_countys_is_none() -> None:
    assert judged(brothers([step("home_visit")]), METRIC) == {"A1": False}


def test_filed_or_not_the_visit_is_due() -> None:
    filed = small(kin=BROTHERS, officials=CHIEF, filings=[filing("乙", "2024-01-01")])
    assert judged(filed, METRIC) == judged(brothers(), METRIC) == {"A1": False}


@pytest.mark.parametrize("decision", ["refused", "withdrawn", None])
def test_only_approvals_count(decision: str | None) -> None:
    assert judged(brothers(decision=decision), METRIC) == {}


def test_an_approval_without_its_day_counts_in_no_month() -> None:
    assert judged(brothers(decided_at=None), METRIC) == {}


def test_strangers_and_programmes_without_such_a_visit_are_left_out() -> None:
    assert judged(small(officials=CHIEF), METRIC) == {}
    assert judged(brothers(programme="medical"), METRIC) == {}
    own = Policy.of(county_visit_required=[{"value": True}, {"programme": "dibao", "value": False}])
    assert judged(brothers(), METRIC, own) == {}


def test_where_the_village_is_unknown_an_unvisited_tie_is_undecidable() -> None:
    cadre = [official("乙", "village_committee", VILLAGE)]
    assert judged(small(kin=BROTHERS, officials=cadre, home=None), METRIC) == {"A1": None}
    seen = small(kin=BROTHERS, officials=cadre, home=None, steps=[step("county_visit", "2024-03-20")])
    assert judged(seen, METRIC) == {}


def test_of_two_officials_the_application_counts_once() -> None:
    ties = [kin("甲", "乙", "sibling"), kin("甲", "丙", "child")]
    visit = [step("county_visit", "2024-03-20")]
    data = small(kin=ties, officials=[official("乙"), official("丙")], steps=visit)
    assert part_whole(numbers(data, METRIC), "000000000000", "2024-03") == (1, 1, 1.0)
