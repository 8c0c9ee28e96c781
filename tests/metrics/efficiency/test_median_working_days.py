"""Tests of the middle decision's working days, by hand."""

import pytest

import metrics
from metrics import rollup
from tests.metrics.county import (
    COUNTY,
    FAR_VILLAGE,
    NEXT_VILLAGE,
    POLICY,
    TOWN,
    VILLAGE,
    application,
    applications,
    households,
    number,
    numbers,
    regions,
)
from tests.worlds import Row, world

METRIC = "median_working_days"
HOMES = households(H1=VILLAGE, H2=NEXT_VILLAGE, H3=FAR_VILLAGE)
# Accepted on Friday 2024-03-01; decided on the day that takes so many working days.
TOOK = {
    1: "2024-03-04",
    2: "2024-03-05",
    3: "2024-03-06",
    4: "2024-03-07",
    5: "2024-03-08",
    6: "2024-03-11",
    20: "2024-03-29",
}


def taking(prefix: str, household: str, *days: int) -> list[Row]:
    return [application(f"{prefix}{place}", "2024-03-01", TOOK[one], household) for place, one in enumerate(days)]


def of(*cases: Row) -> dict[str, object]:
    return number(numbers(world(region=regions(), household=HOMES, application=list(cases)), METRIC), COUNTY, "2024-03")


@pytest.mark.parametrize(
    ("days", "median"),
    [((4,), 4.0), ((1, 20), 10.5), ((20, 1, 3), 3.0), ((1, 2, 3, 20), 2.5), ((2, 2, 2, 20, 20), 2.0)],
)
def test_the_middle_case_or_the_middle_of_the_two(days: tuple[int, ...], median: float) -> None:
    row = of(*taking("A", "H1", *days))
    assert (row["whole"], row["value"], row["part"]) == (len(days), median, None)


def test_the_median_of_a_tier_is_taken_from_its_cases_not_from_medians() -> None:
    data = world(
        region=regions(),
        household=HOMES,
        application=taking("A", "H1", 20) + taking("B", "H2", 1, 2, 3) + taking("C", "H3", 4, 5, 6),
    )
    table = numbers(data, METRIC)
    assert number(table, VILLAGE, "2024-03")["value"] == 20.0
    assert number(table, NEXT_VILLAGE, "2024-03")["value"] == 2.0
    assert number(table, TOWN, "2024-03")["value"] == 2.5  # of 1 2 3 20; the medians' mean would be 11
    assert number(table, COUNTY, "2024-03")["value"] == 4.0  # of 1 2 3 4 5 6 20


def test_five_cases_bound_no_median_and_six_do() -> None:
    five, six = of(*taking("A", "H1", 1, 2, 3, 4, 5)), of(*taking("A", "H1", 1, 2, 3, 4, 5, 6))
    assert (five["low"], five["high"]) == (None, None)  # the lowest and the highest: 1 - 2 / 32 = 94 % of the time
    assert (six["low"], six["high"]) == (1.0, 6.0)  # 1 - 2 / 64 = 97 %


def test_a_stopped_clock_is_taken_off() -> None:
    data = world(
        region=regions(),
        household=HOMES,
        application=[application("A1", "2024-03-01", "2024-03-29")],
        step=[
            {
                "application_no": "A1",
                "step": "objection",
                "started_at": "2024-03-04",
                "finished_at": "2024-03-08",
            }
        ],
    )
    assert number(numbers(data, METRIC), COUNTY, "2024-03")["value"] == 16.0


@pytest.mark.parametrize("decided", ["2024-03-01", "2024-03-30"])  # on the Saturday it is 0 working days
def test_a_case_decided_on_a_day_before_it_was_accepted_is_left_out_but_among_the_rows(decided: str) -> None:
    impossible = application("B1", "2024-03-31", decided)
    data = world(region=regions(), household=HOMES, application=[*taking("A", "H1", 4), impossible])
    assert number(numbers(data, METRIC), COUNTY, "2024-03")["whole"] == 1
    behind = rollup.rows(metrics, data, POLICY, METRIC).select("subject", "in_part").rows()
    assert sorted(behind) == [("A0", True), ("B1", None)]


def test_a_case_beyond_the_working_calendar_is_left_out() -> None:
    beyond = [application("A1", "2024-03-01", "2090-03-01"), *taking("B", "H1", 3)]
    table = numbers(world("2090-12-31", region=regions(), household=HOMES, application=beyond), METRIC)
    assert table["month"].dt.year().unique().to_list() == [2024]


def test_a_withdrawn_application_is_not_counted() -> None:
    assert of(*taking("A", "H1", 4), application("B", "2024-03-01", "2024-03-29", decision="withdrawn"))["whole"] == 1


def test_over_a_period_the_median_is_taken_from_all_its_cases() -> None:
    data = world(
        "2024-05-31",
        region=regions(),
        household=HOMES,
        application=taking("A", "H1", 1, 2, 3) + applications("B", 4, "2024-03-29", "2024-05-29"),
    )
    assert number(numbers(data, METRIC, months=3), COUNTY, "2024-05")["value"] == 41.0  # 1 2 3 41 41 41 41
    assert number(numbers(data, METRIC, months=2), COUNTY, "2024-05")["whole"] == 4
