"""Tests of the share of complaints that had come before, by hand."""

import pytest

from casework.dataset import Tables
from casework.policy import Policy
from tests.metrics.county import COUNTY, TOWN, VILLAGE, complaint, judged, numbers, part_whole, regions
from tests.worlds import Row, world

METRIC = "repeat_share"


def of(complaints: list[Row]) -> Tables:
    return world("2024-12-31", region=regions(), complaint=complaints)


def told(number: str, received: str, repeat_of: str | None = None, **more: str | None) -> Row:
    return complaint(number, received, **{"closed_at": "2024-11-30", "repeat_of": repeat_of, **more})


@pytest.mark.parametrize(
    ("first", "again", "repeat"),
    [
        ("2023-03-15", "2024-03-15", True),  # the same day a year later
        ("2023-03-15", "2024-03-16", False),
        ("2024-02-29 09:00:00", "2024-02-29 08:00:00", True),  # one day, whatever the hour
        ("2023-12-31", "2024-01-01", True),
        ("2024-03-16", "2024-03-15", None),  # the first one is the later one
    ],
)
def test_twelve_months_after_the_first_are_within(first: str, again: str, repeat: bool | None) -> None:
    assert judged(of([told("C1", first), told("C2", again, "C1")]), METRIC) == {"C1": False, "C2": repeat}


def test_of_a_first_complaint_that_is_not_on_record_nobody_knows_when_it_was() -> None:
    rows = [told("C1", "2024-03-01", "C0"), told("C2", "2024-03-01", "C2"), told("C3", "2024-03-01")]
    assert judged(of(rows), METRIC) == {"C1": None, "C2": None, "C3": False}
    assert part_whole(numbers(of(rows), METRIC), COUNTY, "2024-03") == (0, 1, 0.0)


def test_only_closed_ones_are_counted_and_the_first_may_be_open() -> None:
    rows = [
        told("C1", "2024-01-10", closed_at=None),
        told("C2", "2024-03-10", "C1"),
        told("C3", "2024-03-10", "C1", closed_at=None),
        told("C4", "2024-03-10", region=TOWN),
    ]
    assert judged(of(rows), METRIC) == {"C2": True, "C4": False}
    table = numbers(of(rows), METRIC)
    assert part_whole(table, VILLAGE, "2024-03") == (1, 1, 1.0)
    assert part_whole(table, COUNTY, "2024-03") == (1, 2, 0.5)


def test_the_time_is_the_rules() -> None:
    half = Policy.of(complaint_repeat_months=6)
    rows = [told("C1", "2024-01-10"), told("C2", "2024-07-10", "C1"), told("C3", "2024-07-11", "C1")]
    assert judged(of(rows), METRIC, half) == {"C1": False, "C2": True, "C3": False}
