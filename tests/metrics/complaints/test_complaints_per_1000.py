"""Tests of complaints a year for a thousand recipients, by hand."""

import metrics
from casework.dataset import Tables
from metrics import rollup
from tests.metrics.county import (
    COUNTY,
    POLICY,
    TOWN,
    VILLAGE,
    award,
    complaint,
    covered,
    households,
    number,
    numbers,
    part_whole,
    regions,
)
from tests.worlds import Row, world

METRIC = "complaints_per_1000"
HOMES = households(H1=VILLAGE)


def of(complaints: list[Row], persons: int = 12, since: str = "2024-01") -> Tables:
    return world(
        "2024-03-31",
        region=regions(),
        household=HOMES,
        award=[award("W1", "H1", since)],
        beneficiary=[covered("W1", f"示例{place}", since) for place in range(persons)],
        complaint=complaints,
    )


def test_a_month_is_read_as_if_the_year_went_on_like_it() -> None:
    table = numbers(
        of([complaint("C1", "2024-02-01", VILLAGE), complaint("C2", "2024-02-29 23:59:59", VILLAGE)]), METRIC
    )
    assert part_whole(table, VILLAGE, "2024-02") == (
        2,
        12,
        2000.0,
    )  # 2 in the month of 12 persons: 2 ÷ (12 ÷ 12) × 1000
    assert part_whole(table, COUNTY, "2024-02") == (2, 12, 2000.0)


def test_a_month_without_complaints_has_none() -> None:
    table = numbers(of([complaint("C1", "2024-02-01", VILLAGE)]), METRIC)
    assert part_whole(table, VILLAGE, "2024-03") == (0, 12, 0.0)


def test_months_before_the_first_complaint_on_record_are_unknown_and_in_no_period() -> None:
    data = of([complaint("C1", "2024-02-29", VILLAGE), complaint("C2", "2024-03-01", VILLAGE)])
    assert numbers(data, METRIC)["month"].dt.month().unique().sort().to_list() == [2, 3]
    assert part_whole(numbers(data, METRIC, months=3), COUNTY) == (2, 24, 1000.0)


def test_a_register_without_a_complaint_says_nothing() -> None:
    assert numbers(of([complaint("C1", "2024-04-30", VILLAGE)]), METRIC).is_empty()  # after the data's own day


def test_a_year_has_the_rate_of_its_months() -> None:
    days = ("2024-01-31", "2024-02-01", "2024-02-01")
    data = of([complaint(f"C{place}", day, VILLAGE) for place, day in enumerate(days)])
    table = numbers(data, METRIC, months=3)
    assert part_whole(table, COUNTY) == (3, 36, 1000.0)


def test_what_only_the_town_received_is_in_no_village_and_has_no_rate_there() -> None:
    table = numbers(of([complaint("C1", "2024-02-01", TOWN), complaint("C2", "2024-02-01", None)]), METRIC)
    assert part_whole(table, TOWN, "2024-02") == (1, 12, 1000.0)
    assert part_whole(table, VILLAGE, "2024-02") == (0, 12, 0.0)
    assert part_whole(table, f"{TOWN}/-", "2024-02") == (1, None, None)
    assert part_whole(table, f"{COUNTY}/-", "2024-02") == (1, None, None)
    assert part_whole(table, COUNTY, "2024-02") == (2, 12, 2000.0)


def test_complaints_before_the_first_recipient_have_nobody_to_be_compared_with() -> None:
    data = of([complaint("C1", "2024-01-31", VILLAGE), complaint("C2", "2024-02-01", VILLAGE)], since="2024-02")
    assert rollup.rows(metrics, data, POLICY, METRIC)["subject"].to_list() == ["C2"]
    assert numbers(data, METRIC)["month"].dt.month().unique().sort().to_list() == [2, 3]


def test_a_person_of_two_programmes_is_one_recipient() -> None:
    data = world(
        "2024-01-31",
        region=regions(),
        household=HOMES,
        award=[award("W1", "H1", "2024-01"), award("W2", "H1", "2024-01", programme="destitute")],
        beneficiary=[covered("W1", "示例甲", "2024-01"), covered("W2", "示例甲", "2024-01")],
        complaint=[complaint("C1", "2024-01-02", VILLAGE)],
    )
    assert part_whole(numbers(data, METRIC), COUNTY, "2024-01") == (1, 1, 12_000.0)


def test_few_recipients_are_hidden_over_a_year_as_in_a_month() -> None:
    complaints = [complaint(f"C{place}", "2024-02-01", VILLAGE) for place in range(6)]
    for months, persons, hidden in ((None, 4, True), (3, 4, True), (None, 5, False), (3, 5, False)):
        table = numbers(of(complaints, persons), METRIC, small_cell=None, months=months)
        row = number(table, VILLAGE, "2024-02" if months is None else "2024-03")
        assert (row["suppressed"], row["whole"] is None, row["value"] is None) == (hidden, hidden, hidden)


def test_the_interval_is_garwood_s() -> None:
    row = number(numbers(of([complaint("C1", "2024-02-01", VILLAGE)]), METRIC), COUNTY, "2024-02")
    # One event: 0.0253 to 5.572 (exact Poisson), of one person-year here.
    assert (round(row["low"], 1), round(row["high"], 1)) == (25.3, 5571.6)
