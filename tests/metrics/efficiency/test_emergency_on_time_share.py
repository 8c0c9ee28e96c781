"""Tests of the share of emergency aid decided within its hours, by hand."""

import pytest

import metrics
from casework.policy import Policy
from metrics import rollup
from tests.metrics.county import (
    COUNTY,
    NEXT_VILLAGE,
    POLICY,
    TOWN,
    VILLAGE,
    application,
    households,
    numbers,
    part_whole,
    regions,
)
from tests.worlds import Row, world

METRIC = "emergency_on_time_share"
HOMES = households(H1=VILLAGE, H2=NEXT_VILLAGE)
NOON = "2024-03-04 12:00"


def emergency(number: str, accepted: str, decided: str | None, household: str = "H1", **more: str) -> Row:
    return application(number, accepted, decided, household, programme="temporary_emergency", **more)


def of(*cases: Row, policy: Policy = POLICY) -> list[bool | None]:
    """`in_part` of each row by number."""
    data = world(region=regions(), household=HOMES, application=list(cases))
    behind = rollup.rows(metrics, data, policy, METRIC)
    return behind.sort("subject")["in_part"].to_list()


@pytest.mark.parametrize(
    ("accepted", "decided", "urgency", "in_part"),
    [
        (NOON, "2024-03-05 12:00", None, True),
        (NOON, "2024-03-05 12:01", None, False),
        (NOON, "2024-03-07 12:00", "yellow", True),
        (NOON, "2024-03-07 12:01", "yellow", False),
        ("2024-03-04", "2024-03-05", None, True),  # bare dates: one day apart
        ("2024-03-04", "2024-03-06", None, False),
        ("2024-03-04", "2024-03-04", None, True),
        (NOON, "2024-03-04 11:59", None, None),  # decided before it was accepted
        ("2024-03-04", "2024-03-03", None, None),
    ],
)
def test_the_last_minute_is_in_time_and_the_next_is_not(
    accepted: str, decided: str, urgency: str | None, in_part: bool | None
) -> None:
    more = {} if urgency is None else {"urgency": urgency}
    assert of(emergency("A1", accepted, decided, **more)) == [in_part]


def test_green_open_withdrawn_and_other_programmes_are_not_among_the_rows() -> None:
    assert of(
        emergency("A1", NOON, "2024-03-05 11:00"),
        emergency("A2", NOON, "2024-03-15 11:00", urgency="green"),
        emergency("A3", NOON, None),
        emergency("A4", NOON, "2024-03-05 11:00", decision="withdrawn"),
        application("A5", NOON, "2024-03-05 11:00"),
    ) == [True]


def test_a_moment_that_the_source_states_governs() -> None:
    assert of(
        emergency("A1", NOON, "2024-03-05 12:01", due_at="2024-03-05 13:00"),
        emergency("A2", NOON, "2024-03-05 11:00", due_at="2024-03-05 10:59"),
    ) == [True, False]


def test_the_hours_in_force_on_acceptance_count_and_before_any_it_is_undecidable() -> None:
    changing = Policy.of(emergency_hours=[{"from": "2024-03-01", "value": 72}, {"from": "2024-03-05", "value": 24}])
    assert of(
        emergency("A1", "2024-03-04 12:00", "2024-03-06 12:00"),
        emergency("A2", "2024-03-05 12:00", "2024-03-07 12:00"),
        emergency("A3", "2024-02-28 12:00", "2024-02-28 13:00"),
        policy=changing,
    ) == [True, False, None]


def test_one_of_two_and_ninety_eight_of_ninety_eight_make_ninety_nine_percent() -> None:
    data = world(
        region=regions(),
        household=HOMES,
        application=[
            emergency("A1", NOON, "2024-03-05 12:00"),
            emergency("A2", NOON, "2024-03-05 12:01"),
            *(emergency(f"B{place}", NOON, "2024-03-05 12:00", "H2") for place in range(98)),
        ],
    )
    table = numbers(data, METRIC)
    assert part_whole(table, VILLAGE, "2024-03") == (1, 2, 0.5)
    assert part_whole(table, TOWN, "2024-03") == (99, 100, 0.99)
    assert part_whole(table, COUNTY, "2024-03") == (99, 100, 0.99)
