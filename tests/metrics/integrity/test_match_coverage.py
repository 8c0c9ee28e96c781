"""Tests of the share of recipients compared with other registers, by hand."""

import pytest

import metrics
from casework.dataset import Tables
from casework.policy import Policy
from metrics import rollup
from tests.metrics.county import (
    COUNTY,
    FAR_VILLAGE,
    POLICY,
    VILLAGE,
    award,
    covered,
    households,
    numbers,
    part_whole,
    regions,
)
from tests.worlds import Row, person_no, world

METRIC = "match_coverage"


def compared(number: str, who: str, on: str, kind: str = "none") -> Row:
    return {"match_no": number, "id_no": person_no(who), "kind": kind, "source": "示例部门", "compared_on": on}


def of(matches: list[Row], as_of: str = "2024-03-31") -> Tables:
    return world(
        as_of,
        region=regions(),
        household=households(H1=VILLAGE, H3=FAR_VILLAGE),
        award=[award("W1", "H1", "2024-01"), award("W2", "H3", "2024-01", programme="destitute")],
        beneficiary=[
            covered("W1", "示例甲", "2024-01"),
            covered("W1", "示例乙", "2024-01"),
            covered("W1", "示例丙", "2024-01", "2024-02"),  # no longer covered
            covered("W2", "示例丁", "2024-01"),
        ],
        match=matches,
    )


def share(matches: list[Row], policy: Policy = POLICY) -> tuple[int, int]:
    table = rollup.measure(metrics, of(matches), policy, only=[METRIC], small_cell=0)
    part, whole, _ = part_whole(table, COUNTY, "2024-03")
    return part, whole


@pytest.mark.parametrize(
    ("day", "part"),
    [("2024-01-01", 1), ("2023-12-31", 0), ("2024-03-31", 1), ("2024-04-01", 0)],
)
def test_ninety_days_up_to_the_datas_day(day: str, part: int) -> None:
    assert share([compared("M1", "示例甲", day)]) == (part, 3)


def test_a_comparison_that_found_nothing_is_one_and_one_of_a_stranger_is_none() -> None:
    rows = [
        compared("M1", "示例甲", "2024-03-01", "vehicle"),
        compared("M2", "示例甲", "2024-03-02"),
        compared("M3", "示例丙", "2024-03-01"),
        compared("M4", "示例外人", "2024-03-01"),
        compared("M5", "示例丁", "2024-03-01"),
    ]
    table = numbers(of(rows), METRIC)
    assert table["month"].dt.month().unique().to_list() == [3]
    assert part_whole(table, VILLAGE) == (1, 2, 0.5)
    assert part_whole(table, COUNTY) == (2, 3, 2 / 3)
    assert part_whole(table, COUNTY, programme="destitute") == (1, 1, 1.0)


def test_an_old_comparison_is_shown_and_does_not_count() -> None:
    rows = [compared("M1", "示例甲", "2023-06-01")]
    behind = rollup.rows(metrics, of(rows), POLICY, METRIC, region=VILLAGE)
    assert behind["in_part"].to_list() == [False, False]
    assert [str(day) for day in behind["compared_on"].drop_nulls()] == ["2023-06-01"]


def test_the_days_are_the_rules() -> None:
    rows = [compared("M1", "示例甲", "2023-12-31")]
    assert share(rows, Policy.of(match_freshness_days=91)) == (1, 3)


def test_without_comparisons_it_is_not_measured_rather_than_nil() -> None:
    data = world(region=regions(), award=[award("W1", "H1", "2024-01")], beneficiary=[covered("W1", "甲", "2024-01")])
    assert rollup.unavailable(metrics, data)[METRIC] == ["match"]
    assert numbers(data, METRIC).is_empty()
