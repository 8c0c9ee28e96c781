"""Tests of the share of complaints at higher levels, by hand."""

import pytest

from casework.dataset import Tables
from tests.metrics.county import COUNTY, TOWN, VILLAGE, complaint, judged, numbers, part_whole, regions
from tests.worlds import Row, world

METRIC = "higher_level_share"


def of(complaints: list[Row]) -> Tables:
    return world("2024-12-31", region=regions(), complaint=complaints)


@pytest.mark.parametrize(
    ("level", "higher"),
    [("township", False), ("county", False), ("city", True), ("province", True), ("ministry", True)],
)
def test_city_province_and_ministry_are_higher(level: str, higher: bool) -> None:
    assert judged(of([complaint("C1", "2024-01-10", level=level)]), METRIC) == {"C1": higher}


def test_every_kind_counts_open_or_closed_where_it_belongs() -> None:
    rows = [
        complaint("C1", "2024-01-10", level="city", kind="enquiry"),
        complaint("C2", "2024-01-10", level="county"),
        complaint("C3", "2024-01-10", TOWN, level="ministry"),
        complaint("C4", "2024-02-10", level="township"),
    ]
    table = numbers(of(rows), METRIC)
    assert part_whole(table, VILLAGE, "2024-01") == (1, 2, 0.5)
    assert part_whole(table, TOWN, "2024-01") == (2, 3, 2 / 3)
    assert part_whole(table, COUNTY, "2024-02") == (0, 1, 0.0)
