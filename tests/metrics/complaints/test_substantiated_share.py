"""Tests of the share of reports found true, by hand."""

import pytest

from casework.dataset import Tables
from tests.metrics.county import COUNTY, FAR_VILLAGE, VILLAGE, complaint, judged, numbers, part_whole, regions
from tests.worlds import Row, world

METRIC = "substantiated_share"


def of(complaints: list[Row]) -> Tables:
    return world("2024-12-31", region=regions(), complaint=complaints)


def report(number: str, outcome: str | None, region: str = VILLAGE, **more: str | None) -> Row:
    cells = {"kind": "report", "closed_at": "2024-02-01", "outcome": outcome, **more}
    return complaint(number, "2024-01-10", region, **cells)


@pytest.mark.parametrize(
    ("outcome", "true"),
    [("substantiated", True), ("partly", True), ("unsubstantiated", False), ("withdrawn", False), (None, None)],
)
def test_true_in_part_is_true_and_no_outcome_is_unknown(outcome: str | None, true: bool | None) -> None:
    assert judged(of([report("C1", outcome), report("C2", "partly")]), METRIC)["C1"] is true


def test_other_kinds_and_open_reports_are_not_counted() -> None:
    rows = [
        report("C1", "substantiated"),
        report("C2", "substantiated", closed_at=None),
        report("C3", "substantiated", kind="petition"),
        report("C4", None),
        report("C5", "unsubstantiated", FAR_VILLAGE),
    ]
    table = numbers(of(rows), METRIC)
    assert judged(of(rows), METRIC) == {"C1": True, "C4": None, "C5": False}
    assert part_whole(table, VILLAGE, "2024-01") == (1, 1, 1.0)
    assert part_whole(table, COUNTY, "2024-01") == (1, 2, 0.5)


def test_reports_without_any_outcome_make_no_number() -> None:
    assert numbers(of([report("C1", None)]), METRIC).is_empty()
