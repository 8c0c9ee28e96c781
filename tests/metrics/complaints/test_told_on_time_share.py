"""Tests of the share of senders told on time, by hand."""

import pytest

import metrics
from casework.dataset import Tables
from casework.policy import Policy
from detectors.delay import late_complaint
from metrics import rollup
from tests.detectors.asking import found
from tests.metrics.county import COUNTY, TOWN, VILLAGE, complaint, judged, numbers, part_whole, regions
from tests.worlds import Row, world

METRIC = "told_on_time_share"
RECEIVED = "2024-01-10"


def of(complaints: list[Row], as_of: str = "2024-12-31") -> Tables:
    return world(as_of, region=regions(), complaint=complaints)


def one(as_of: str = "2024-12-31", **more: str | None) -> dict[str, bool | None]:
    return judged(of([complaint("C1", RECEIVED, **{"told_at": None, "closed_at": None, **more})], as_of), METRIC)


@pytest.mark.parametrize(
    ("told", "kept"),
    [("2024-01-10", True), ("2024-01-25 23:59:59", True), ("2024-01-26", False), ("2024-01-09", None)],
)
def test_the_fifteenth_day_is_on_time_and_the_next_is_not(told: str, kept: bool | None) -> None:
    assert one(told_at=told) == {"C1": kept}  # told before it came in: the dates are out of order


@pytest.mark.parametrize(("as_of", "kept"), [("2024-01-25", None), ("2024-01-26", False)])
def test_not_told_is_late_once_the_limit_is_past_and_unknown_before(as_of: str, kept: bool | None) -> None:
    assert one(as_of) == {"C1": kept}


@pytest.mark.parametrize(("as_of", "kept"), [("2024-01-25", None), ("2024-01-26", True)])
def test_told_counts_once_the_limit_is_past_as_not_told_does(as_of: str, kept: bool | None) -> None:
    assert one(as_of, told_at="2024-01-12") == {"C1": kept}


@pytest.mark.parametrize(("closed", "kept"), [("2024-01-25", True), ("2024-01-26", False)])
def test_who_was_never_told_has_heard_by_the_answer(closed: str, kept: bool) -> None:
    assert one(closed_at=closed) == {"C1": kept}


@pytest.mark.parametrize("more", [{"kind": "enquiry"}, {"named": "否"}])
def test_enquiries_and_unnamed_letters_have_nobody_to_be_told(more: dict[str, str]) -> None:
    assert one(**more) == {}


@pytest.mark.parametrize("kind", ["help", "petition", "report"])
def test_requests_petitions_and_reports_have(kind: str) -> None:
    assert one(kind=kind, told_at="2024-01-12") == {"C1": True}


def test_the_limit_is_that_of_the_day_of_reception() -> None:
    changed = Policy.of(complaint_told_days=[{"value": 30}, {"from": "2022-05-01", "value": 15}])
    rows = [
        complaint("C1", "2022-04-30", told_at="2022-05-20"),
        complaint("C2", "2022-05-01", told_at="2022-05-20"),
    ]
    assert judged(of(rows), METRIC, changed) == {"C1": True, "C2": False}


def test_without_a_limit_in_force_nobody_can_tell() -> None:
    none = Policy.of(complaint_told_days=[{"from": "2025-01-01", "value": 15}])
    assert judged(of([complaint("C1", RECEIVED, told_at="2024-01-12")]), METRIC, none) == {"C1": None}


def test_counted_where_and_when_it_came_in_at_every_tier() -> None:
    rows = [
        complaint("C1", "2024-01-31", VILLAGE, told_at="2024-02-01"),
        complaint("C2", "2024-01-31", VILLAGE, told_at=None),
        complaint("C3", "2024-01-31", TOWN, told_at="2024-02-01"),
        complaint("C4", "2024-02-20", VILLAGE, told_at=None),  # not due on 2024-02-29
    ]
    table = numbers(of(rows, "2024-02-29"), METRIC)
    assert part_whole(table, VILLAGE, "2024-01") == (1, 2, 0.5)
    assert part_whole(table, TOWN, "2024-01") == (2, 3, 2 / 3)
    assert part_whole(table, COUNTY, "2024-01") == (2, 3, 2 / 3)
    assert table["month"].dt.month().unique().to_list() == [1]  # February is unknown, not nil


def test_what_is_not_on_time_is_what_the_detector_raises() -> None:
    days = ["2024-01-12", "2024-01-25", "2024-01-26", "2024-03-01"]
    rows = [complaint(f"C{place}", RECEIVED, told_at=day) for place, day in enumerate(days)]
    late = sorted(subject for subject, kept in judged(of(rows), METRIC).items() if kept is False)
    assert late == found(late_complaint, of(rows)) == ["C2", "C3"]


def test_a_source_that_never_says_when_it_told_is_not_measured() -> None:
    data = of([complaint("C1", RECEIVED)])
    assert rollup.unavailable(metrics, data)[METRIC] == ["complaint.told_at"]
