"""Tests of the working days that nine of ten decisions do not exceed, by hand."""

import metrics
from metrics import rollup
from tests.metrics.county import (
    COUNTY,
    NEXT_VILLAGE,
    POLICY,
    VILLAGE,
    application,
    households,
    number,
    numbers,
    regions,
)
from tests.worlds import Row, world

METRIC = "p90_working_days"
HOMES = households(H1=VILLAGE, H2=NEXT_VILLAGE)
ONE, FIVE, TWENTY = "2024-03-04", "2024-03-08", "2024-03-29"  # working days after Friday 2024-03-01


def deciding(*decided: str, household: str = "H1") -> list[Row]:
    return [
        application(f"{household}-{place}", "2024-03-01", day, household=household) for place, day in enumerate(decided)
    ]


def of(*cases: Row) -> dict[str, object]:
    return number(numbers(world(region=regions(), household=HOMES, application=list(cases)), METRIC), COUNTY, "2024-03")


def test_the_ninth_of_ten_and_beyond_it_the_middle_of_the_ninth_and_the_tenth() -> None:
    assert of(*deciding(*[ONE] * 8, FIVE, TWENTY))["value"] == 12.5  # 90% of ten is exactly nine: between 5 and 20
    assert of(*deciding(*[ONE] * 9, FIVE, TWENTY))["value"] == 5.0  # of eleven the tenth


def test_a_tier_takes_it_from_its_cases() -> None:
    data = world(
        region=regions(),
        household=HOMES,
        application=deciding(*[ONE] * 9, household="H1") + deciding(FIVE, TWENTY, household="H2"),
    )
    table = numbers(data, METRIC)
    assert number(table, VILLAGE, "2024-03")["value"] == 1.0
    assert number(table, NEXT_VILLAGE, "2024-03")["value"] == 20.0
    assert (number(table, COUNTY, "2024-03")["value"], number(table, COUNTY, "2024-03")["whole"]) == (5.0, 11)


def test_its_rows_are_those_of_the_median() -> None:
    data = world(
        region=regions(),
        household=HOMES,
        application=[*deciding(ONE, FIVE), application("B", "2024-03-31", "2024-03-01")],
    )
    mine, median = (rollup.rows(metrics, data, POLICY, metric) for metric in (METRIC, "median_working_days"))
    assert mine.equals(median)
    assert mine.filter(mine["subject"] == "B")["in_part"].to_list() == [None]
