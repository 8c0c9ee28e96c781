"""Tests of how many cases one member of staff carries, by hand."""

import pytest

import metrics
from metrics import rollup
from tests.metrics.county import (
    COUNTY,
    NEXT_VILLAGE,
    POLICY,
    TOWN,
    VILLAGE,
    application,
    award,
    households,
    numbers,
    part_whole,
    regions,
)
from tests.worlds import Row, world

METRIC = "cases_per_staff"
AS_OF = "2024-06-30"
HOMES = households(H1=VILLAGE, H2=NEXT_VILLAGE)


def staffed(**staff: str) -> list[Row]:
    """The county; `staff` by tier and place as in `regions`."""
    return [{**row, "staff": known["residents"]} for row, known in zip(regions(), regions(**staff), strict=True)]


def months(*, applications: list[Row], awards: list[Row]) -> dict[str, list[str]]:
    """Each case and the months in which it counts."""
    data = world(AS_OF, region=staffed(), household=HOMES, application=applications, award=awards)
    behind = rollup.rows(metrics, data, POLICY, METRIC)
    return {
        str(number): rows["month"].dt.strftime("%Y-%m").to_list()
        for (number,), rows in behind.partition_by("subject", as_dict=True).items()
    }


def test_an_application_counts_from_acceptance_to_decision_and_an_open_one_to_as_of() -> None:
    applications = [application("A1", "2024-03-31", "2024-05-01"), application("A2", "2024-05-31", None)]
    assert months(applications=applications, awards=[award("W1", "H1", "2024-06")]) == {
        "A1": ["2024-03", "2024-04", "2024-05"],
        "A2": ["2024-05", "2024-06"],
        "W1": ["2024-06"],
    }


@pytest.mark.parametrize(
    ("until", "counted"), [(None, ["2024-05", "2024-06"]), ("2024-05", ["2024-05"]), ("2024-04", [])]
)
def test_an_award_takes_over_in_the_month_after_its_application_s_decision(
    until: str | None, counted: list[str]
) -> None:
    found = months(
        applications=[application("A1", "2024-03-01", "2024-04-30")],
        awards=[{**award("W1", "H1", "2024-04", until), "application_no": "A1"}],
    )
    assert found["A1"] == ["2024-03", "2024-04"]
    assert found.get("W1", []) == counted


def table_of(region: list[Row], reference: list[Row] | None = None) -> dict[str, tuple[object, object, object]]:
    """Part, whole and value of each region in June 2024: six cases in one village, three in the next."""
    more = {} if reference is None else {"reference": reference}
    data = world(
        AS_OF,
        region=region,
        household=HOMES,
        application=[application("A1", "2024-06-01", None)],
        award=[
            *(award(f"W{place}", "H1", "2024-01") for place in range(5)),
            *(award(f"V{place}", "H2", "2024-01") for place in range(3)),
        ],
        **more,
    )
    table = numbers(data, METRIC)
    return {code: part_whole(table, code, "2024-06") for code in table["region_code"].unique()}


def test_cases_by_staff_at_every_tier() -> None:
    found = table_of(staffed(village="2", next_village="1", far_village="1"))
    assert found[VILLAGE] == (6, 2, 3.0)
    assert found[NEXT_VILLAGE] == (3, 1, 3.0)
    assert found[TOWN] == (9, 3, 3.0)
    assert found[COUNTY] == (9, 4, 2.25)


def test_the_office_s_own_staff_is_in_its_unassigned_part() -> None:
    found = table_of(staffed(county="12", town="9", village="2", next_village="1", far_village="1"))
    assert found[TOWN] == (9, 9, 1.0)
    assert found[f"{TOWN}/-"] == (0, 6, None)
    assert found[COUNTY] == (9, 12, 0.75)


def test_without_staff_the_rate_is_unknown_and_the_cases_are_not() -> None:
    found = table_of(staffed(village="2", far_village="1"))
    assert found[VILLAGE] == (6, 2, 3.0)
    assert found[NEXT_VILLAGE] == (3, None, None)
    assert found[TOWN] == (9, None, None)
    assert found[COUNTY] == (9, None, None)


def test_else_staff_is_the_reference_table_s_newest_year_on_or_before() -> None:
    reference = [
        {"region_code": COUNTY, "year": year, "item": "staff", "value": value}
        for year, value in (("2022", "1"), ("2023", "18"), ("2025", "1"))
    ]
    assert table_of(staffed(), reference)[COUNTY] == (9, 18, 0.5)


def test_over_a_period_it_is_the_load_of_the_average_month() -> None:
    data = world(
        AS_OF,
        region=staffed(county="2"),
        household=HOMES,
        application=[application("A1", "2024-06-01", None)],
        award=[award("W1", "H1", "2024-01"), award("W2", "H1", "2024-05")],
    )
    assert part_whole(numbers(data, METRIC, months=2), COUNTY) == (5, 4, 1.25)


def test_an_application_decided_on_no_known_day_is_undecidable() -> None:
    data = world(
        AS_OF,
        region=staffed(county="2"),
        household=HOMES,
        application=[application("A1", "2024-05-01", None, decision="approved")],
        award=[award("W1", "H1", "2024-06")],
    )
    behind = rollup.rows(metrics, data, POLICY, METRIC).select("subject", "in_part").rows()
    assert behind == [("A1", None), ("W1", True)]
