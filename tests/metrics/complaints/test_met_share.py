"""Tests of the share of closed complaints answered face to face, by hand."""

import metrics
from casework.dataset import Tables
from metrics import rollup
from tests.metrics.county import COUNTY, TOWN, VILLAGE, complaint, judged, numbers, part_whole, regions
from tests.worlds import Row, world

METRIC = "met_share"


def of(complaints: list[Row]) -> Tables:
    return world("2024-12-31", region=regions(), complaint=complaints)


def test_closed_named_matters_with_and_without_a_meeting() -> None:
    closed = {"closed_at": "2024-02-01"}
    data = of(
        [
            complaint("C1", "2024-01-10", met_at="2024-01-20", **closed),
            complaint("C2", "2024-01-10", TOWN, met_at=None, **closed),
            complaint("C3", "2024-01-10", met_at="2024-01-20", closed_at=None),  # still open
            complaint("C4", "2024-01-10", met_at=None, kind="enquiry", **closed),
            complaint("C5", "2024-01-10", met_at=None, named="否", **closed),  # nobody to meet
            complaint("C6", "2024-01-10", met_at=None, kind="report", **closed),
            complaint("C7", "2024-02-10", met_at="2024-03-01", kind="help", closed_at="2024-03-01"),
        ]
    )
    assert judged(data, METRIC) == {"C1": True, "C2": False, "C6": False, "C7": True}
    table = numbers(data, METRIC)
    assert part_whole(table, VILLAGE, "2024-01") == (1, 2, 0.5)
    assert part_whole(table, COUNTY, "2024-01") == (1, 3, 1 / 3)
    assert part_whole(table, COUNTY, "2024-02") == (1, 1, 1.0)


def test_a_source_that_records_no_meetings_is_not_measured() -> None:
    data = of([complaint("C1", "2024-01-10", closed_at="2024-02-01")])
    assert rollup.unavailable(metrics, data)[METRIC] == ["complaint.met_at"]
    assert numbers(data, METRIC).is_empty()
