"""Tests of the share of decisions on time, by hand."""

import pytest

import metrics
from casework.policy import Policy
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
    part_whole,
    regions,
)
from tests.worlds import world

METRIC = "on_time_share"
HOMES = households(H1=VILLAGE, H2=NEXT_VILLAGE, H3=FAR_VILLAGE)
IN_TIME = ("2024-03-01", "2024-03-29")  # 20 working days
TOO_LATE = ("2024-03-01", "2024-05-29")  # 61 working days


def test_one_of_two_and_ninety_eight_of_ninety_eight_make_ninety_nine_percent() -> None:
    data = world(
        region=regions(),
        household=HOMES,
        application=[
            application("A1", *IN_TIME),
            application("A2", "2024-01-02", "2024-03-29"),
            *applications("B", 98, *IN_TIME, household="H2"),
        ],
    )
    table = numbers(data, METRIC)
    assert part_whole(table, VILLAGE, "2024-03") == (1, 2, 0.5)
    assert part_whole(table, NEXT_VILLAGE, "2024-03") == (98, 98, 1.0)
    assert part_whole(table, TOWN, "2024-03") == (99, 100, 0.99)
    assert part_whole(table, COUNTY, "2024-03") == (99, 100, 0.99)


@pytest.mark.parametrize(("decided", "part"), [("2024-04-15", 1), ("2024-04-16", 0)])
def test_the_last_day_of_the_limit_is_on_time_and_the_next_is_not(decided: str, part: int) -> None:
    # Thirty working days after 2024-03-01 end on 04-15: Qingming frees 04-04 and 04-05, 04-07 is worked.
    data = world(region=regions(), household=HOMES, application=[application("A1", "2024-03-01", decided)])
    assert part_whole(numbers(data, METRIC), COUNTY, "2024-04")[:2] == (part, 1)


def test_a_decision_counts_in_the_month_in_which_it_was_taken() -> None:
    data = world(
        region=regions(), household=HOMES, application=[application("A1", *IN_TIME), application("A2", *TOO_LATE)]
    )
    table = numbers(data, METRIC)
    assert part_whole(table, COUNTY, "2024-03") == (1, 1, 1.0)
    assert part_whole(table, COUNTY, "2024-05") == (0, 1, 0.0)
    with pytest.raises(KeyError):
        number(table, COUNTY, "2024-04")


def test_a_limit_that_the_source_states_governs() -> None:
    stated = [
        application("A1", *IN_TIME, due_at="2024-03-28"),
        application("A2", *IN_TIME, due_at="2024-03-29"),
        application("A3", *IN_TIME, due_at="2024-03-29", programme="heating"),
    ]
    table = numbers(world(region=regions(), household=HOMES, application=stated), METRIC)
    assert part_whole(table, COUNTY, "2024-03") == (2, 3, 2 / 3)
    assert part_whole(table, COUNTY, "2024-03", "heating") == (1, 1, 1.0)


def test_open_withdrawn_emergency_and_unlimited_applications_are_not_counted() -> None:
    data = world(
        region=regions(),
        household=HOMES,
        application=[
            application("A1", *IN_TIME),
            application("A2", "2024-03-01", None),
            application("A3", *IN_TIME, decision="withdrawn"),
            application("A4", *IN_TIME, programme="temporary_emergency"),
            application("A5", *IN_TIME, programme="heating"),
        ],
    )
    assert part_whole(numbers(data, METRIC), COUNTY, "2024-03") == (1, 1, 1.0)
    assert rollup.rows(metrics, data, POLICY, METRIC)["subject"].to_list() == ["A1"]


def test_an_undecidable_case_is_neither_part_nor_whole_but_among_the_rows() -> None:
    data = world(
        region=regions(),
        household=HOMES,
        application=[application("A1", *IN_TIME), application("A2", "2021-06-30", "2024-03-29")],
    )
    assert part_whole(numbers(data, METRIC), COUNTY, "2024-03") == (1, 1, 1.0)
    behind = rollup.rows(metrics, data, POLICY, METRIC).select("subject", "in_part").rows()
    assert behind == [("A1", True), ("A2", None)]


def test_a_month_with_undecidable_cases_only_has_no_number() -> None:
    data = world(region=regions(), household=HOMES, application=[application("A2", "2021-06-30", "2024-03-29")])
    assert numbers(data, METRIC).is_empty()


def test_rows_count_in_the_household_s_village_and_without_it_in_the_region_in_charge() -> None:
    data = world(
        region=regions(),
        household=[*households(H1=VILLAGE), {"household_no": "H9", "region_code": None}],
        application=[application("A1", *IN_TIME), application("A2", *TOO_LATE[:1], "2024-03-28", household="H9")],
    )
    table = numbers(data, METRIC)
    assert part_whole(table, VILLAGE, "2024-03") == (1, 1, 1.0)
    assert part_whole(table, f"{TOWN}/-", "2024-03") == (1, 1, 1.0)
    assert part_whole(table, TOWN, "2024-03") == (2, 2, 1.0)


def test_another_policy_makes_another_share() -> None:
    data = world(region=regions(), household=HOMES, application=applications("A", 5, *IN_TIME))
    short = rollup.measure(metrics, data, Policy.of(decision_days=19), only=[METRIC], small_cell=0)
    assert part_whole(short, COUNTY, "2024-03") == (0, 5, 0.0)


def test_the_interval_is_wilson_s() -> None:
    data = world(
        region=regions(),
        household=HOMES,
        application=applications("A", 3, *IN_TIME) + applications("B", 7, "2024-01-02", "2024-03-29"),
    )
    row = number(numbers(data, METRIC), COUNTY, "2024-03")
    assert (row["part"], row["whole"], row["value"]) == (3, 10, 0.3)
    assert row["low"] == pytest.approx(0.1078, abs=5e-5)  # statistics: 3 of 10
    assert row["high"] == pytest.approx(0.6032, abs=5e-5)
