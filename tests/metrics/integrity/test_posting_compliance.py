"""Tests of the share of approvals posted as the rules say, by hand."""

import pytest

from casework.dataset import Tables
from casework.policy import Policy
from detectors.delay import short_posting
from tests.detectors.asking import found
from tests.metrics.county import (
    COUNTY,
    FAR_VILLAGE,
    VILLAGE,
    application,
    households,
    judged,
    numbers,
    part_whole,
    regions,
)
from tests.worlds import Row, world

METRIC = "posting_compliance"


def posting(since: str, until: str | None, number: str = "A1") -> Row:
    return {"application_no": number, "step": "posting", "started_at": since, "finished_at": until}


def of(applications: list[Row], steps: list[Row]) -> Tables:
    other = {"application_no": "A1", "step": "accept", "started_at": "2024-03-01", "finished_at": "2024-03-01"}
    return world(
        "2024-12-31",
        region=regions(),
        household=households(H1=VILLAGE, H3=FAR_VILLAGE),
        application=applications,
        step=[other, *steps],
    )


def one(*steps: Row, **more: str) -> Tables:
    return of([application("A1", "2024-03-01", "2024-03-29", **more)], list(steps))


@pytest.mark.parametrize(
    ("until", "enough"),
    [("2024-03-11", True), ("2024-03-10", False)],
)
def test_seven_calendar_days_by_date(until: str, enough: bool) -> None:
    data = one(posting("2024-03-04 23:00:00", f"{until} 01:00:00"))
    assert judged(data, METRIC) == {"A1": enough}
    assert found(short_posting, data) == ([] if enough else ["A1"])


def test_the_longest_of_several_counts() -> None:
    assert judged(one(posting("2024-03-04", "2024-03-06"), posting("2024-03-08", "2024-03-15")), METRIC) == {"A1": True}
    assert judged(one(posting("2024-03-04", "2024-03-06"), posting("2024-03-08", "2024-03-14")), METRIC) == {
        "A1": False
    }


def test_one_without_an_end_is_undecidable_unless_another_was_long_enough() -> None:
    assert judged(one(posting("2024-03-04", None), posting("2024-03-08", "2024-03-09")), METRIC) == {"A1": None}
    assert judged(one(posting("2024-03-04", None), posting("2024-03-08", "2024-03-15")), METRIC) == {"A1": True}
    assert numbers(one(posting("2024-03-04", None)), METRIC).is_empty()


def test_where_it_is_required_none_at_all_is_too_short() -> None:
    assert judged(one(), METRIC) == {"A1": False}


@pytest.mark.parametrize("programme", ["dibao_edge", "rigid_expense", "temporary_emergency", "medical"])
def test_programmes_without_a_posting_are_left_out(programme: str) -> None:
    assert judged(one(posting("2024-03-04", "2024-03-06"), programme=programme), METRIC) == {}


@pytest.mark.parametrize("programme", ["orphan", "de_facto_orphan"])
def test_a_childs_name_may_not_be_posted_at_all(programme: str) -> None:
    assert judged(one(programme=programme), METRIC) == {"A1": True}
    assert judged(one(posting("2024-03-04", "2024-03-20"), programme=programme), METRIC) == {"A1": False}
    assert judged(one(posting("2024-03-04", None), programme=programme), METRIC) == {"A1": False}


@pytest.mark.parametrize("decision", ["refused", "withdrawn"])
def test_only_approvals_count(decision: str) -> None:
    assert judged(one(decision=decision), METRIC) == {}


def test_the_limit_is_that_of_the_day_of_acceptance_and_none_is_kept_by_any_posting() -> None:
    longer = Policy.of(posting_days=[{"value": 7}, {"from": "2024-03-02", "value": 10}])
    rows = [application("A1", "2024-03-01", "2024-03-29"), application("A2", "2024-03-02", "2024-03-29")]
    data = of(rows, [posting("2024-03-04", "2024-03-11"), posting("2024-03-04", "2024-03-11", "A2")])
    assert judged(data, METRIC, longer) == {"A1": True, "A2": False}
    unlimited = Policy.of(posting_days=None)
    assert judged(one(posting("2024-03-04", "2024-03-05")), METRIC, unlimited) == {"A1": True}
    assert judged(one(), METRIC, unlimited) == {"A1": False}


@pytest.mark.parametrize(
    "rule",
    [
        {"required_steps": [{"from": "2025-01-01", "programme": "dibao", "value": ["posting"]}]},
        {"posting_days": [{"from": "2025-01-01", "value": 7}]},
    ],
)
def test_before_its_rules_begin_an_approval_is_undecidable(rule: dict[str, object]) -> None:
    data = one(posting("2024-03-04", "2024-03-20"))
    assert judged(data, METRIC, Policy.of(**rule)) == {"A1": None}


def test_counts_add_up_by_programme_and_place() -> None:
    rows = [
        application("A1", "2024-03-01", "2024-03-29"),
        application("A2", "2024-03-01", "2024-03-29", "H3", programme="orphan"),
        application("A3", "2024-03-01", "2024-04-02", "H3"),
    ]
    table = numbers(of(rows, [posting("2024-03-04", "2024-03-06")]), METRIC)
    assert part_whole(table, VILLAGE, "2024-03") == (0, 1, 0.0)
    assert part_whole(table, COUNTY, "2024-03") == (1, 2, 0.5)
    assert part_whole(table, COUNTY, "2024-03", "orphan") == (1, 1, 1.0)
    assert part_whole(table, COUNTY, "2024-04") == (0, 1, 0.0)
