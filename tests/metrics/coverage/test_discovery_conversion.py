"""Tests of the share of those found and registered who were helped."""

import pytest

from casework.dataset import Tables
from tests.metrics.county import COUNTY, POLICY, VILLAGE, households, numbers, part_whole, regions
from tests.metrics.coverage.dibao import behind
from tests.worlds import world

METRIC = "discovery_conversion"


def found(*results: str | None, registered: str | None = "2024-03-31") -> Tables:
    rows = [
        {
            "outreach_no": f"O{n}",
            "household_no": "H1",
            "cause": "other",
            "found_at": "2024-02-01",
            "registered_at": registered,
            "result": result,
        }
        for n, result in enumerate(results)
    ]
    return world("2024-06-30", region=regions(), household=households(H1=VILLAGE), outreach=rows)


def test_helped_by_registered_in_the_month_of_registration() -> None:
    table = numbers(found("helped", "applied", "referred", "no_need"), METRIC)
    for region in (VILLAGE, COUNTY):
        assert part_whole(table, region, "2024-03") == (1, 4, 0.25)
    assert table["month"].n_unique() == 1


def test_of_409_registered_275_helped_are_two_thirds() -> None:
    table = numbers(found(*["helped"] * 275, *["no_need"] * 134), METRIC)
    assert part_whole(table, COUNTY, "2024-03") == (275, 409, pytest.approx(0.672, abs=0.0005))


def test_without_a_result_nobody_can_tell_and_not_registered_is_not_counted() -> None:
    data = found("helped", None)
    assert part_whole(numbers(data, METRIC), COUNTY, "2024-03") == (1, 1, 1.0)
    assert behind(data, METRIC, POLICY) == {"O0": True, "O1": None}
    assert behind(found("helped", registered=None), METRIC, POLICY) == {}
