"""Tests of the share of satisfied senders, by hand."""

from casework.dataset import Tables
from tests.metrics.county import COUNTY, TOWN, VILLAGE, complaint, judged, numbers, part_whole, regions
from tests.worlds import Row, world

METRIC = "satisfaction"


def of(complaints: list[Row]) -> Tables:
    return world("2024-12-31", region=regions(), complaint=complaints)


def asked(number: str, satisfied: str | None, region: str = VILLAGE, closed: str | None = "2024-02-01") -> Row:
    return complaint(number, "2024-01-10", region, satisfied=satisfied, closed_at=closed)


def test_silence_is_neither_satisfied_nor_not() -> None:
    rows = [
        asked("C1", "是"),
        asked("C2", "否", TOWN),
        asked("C3", None),
        asked("C4", None, closed=None),  # open, nobody asked yet
        asked("C5", "是", closed=None),  # answered before the matter was closed
    ]
    assert judged(of(rows), METRIC) == {"C1": True, "C2": False, "C3": None, "C5": True}
    table = numbers(of(rows), METRIC)
    assert part_whole(table, VILLAGE, "2024-01") == (2, 2, 1.0)
    assert part_whole(table, COUNTY, "2024-01") == (2, 3, 2 / 3)


def test_without_an_answer_there_is_no_number() -> None:
    assert numbers(of([asked("C1", None)]), METRIC).is_empty()
