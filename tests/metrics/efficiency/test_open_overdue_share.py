"""Tests of the share of undecided applications past their limit, by hand."""

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
    applications,
    households,
    numbers,
    part_whole,
    regions,
)
from tests.worlds import Row, world

METRIC = "open_overdue_share"
HOMES = households(H1=VILLAGE, H2=NEXT_VILLAGE)


def of(as_of: str, *cases: Row) -> tuple[object, object, object]:
    data = world(as_of, region=regions(), household=HOMES, application=list(cases))
    return part_whole(numbers(data, METRIC), COUNTY, as_of[:7])


@pytest.mark.parametrize(("as_of", "part"), [("2024-04-15", 0), ("2024-04-16", 1)])
def test_the_last_day_of_the_limit_is_in_time_and_the_next_is_past(as_of: str, part: int) -> None:
    # Thirty working days after 2024-03-01 end on 04-15.
    assert of(as_of, application("A1", "2024-03-01", None)) == (part, 1, float(part))


@pytest.mark.parametrize(("accepted", "part"), [("2024-04-14 23:59", 1), ("2024-04-15 00:01", 0)])
def test_emergencies_are_judged_by_their_hours(accepted: str, part: int) -> None:
    case = application("A1", accepted, None, programme="temporary_emergency")
    assert of("2024-04-15", case)[:2] == (part, 1)


def test_decided_withdrawn_and_unlimited_applications_are_not_counted() -> None:
    cases = [
        application("A1", "2024-01-02", None),
        application("A2", "2024-01-02", "2024-06-28"),
        application("A3", "2024-01-02", None, decision="withdrawn"),
        application("A4", "2024-01-02", None, programme="heating"),
        application("A5", "2024-01-02", None, programme="temporary_emergency", urgency="green"),
    ]
    assert of("2024-06-30", *cases) == (1, 1, 1.0)


def test_it_is_a_stock_of_the_last_month_at_every_tier() -> None:
    data = world(
        "2024-06-30",
        region=regions(),
        household=HOMES,
        application=[
            application("A1", "2024-01-02", None),
            application("A2", "2024-06-20", None),
            *(application(f"B{place}", "2024-06-20", None, "H2") for place in range(8)),
            *applications("C", 5, "2024-03-01", "2024-03-29"),
        ],
    )
    table = numbers(data, METRIC)
    assert table["month"].dt.strftime("%Y-%m").unique().to_list() == ["2024-06"]
    assert part_whole(table, VILLAGE, "2024-06") == (1, 2, 0.5)
    assert part_whole(table, TOWN, "2024-06") == (1, 10, 0.1)


def test_a_limit_that_cannot_be_told_is_undecidable() -> None:
    # Before 2021-07-01 dibao had no total limit.
    data = world("2024-06-30", region=regions(), household=HOMES, application=[application("A1", "2021-06-30", None)])
    assert numbers(data, METRIC).is_empty()
    assert rollup.rows(metrics, data, POLICY, METRIC)["in_part"].to_list() == [None]


def test_another_policy_makes_another_share() -> None:
    data = world("2024-04-15", region=regions(), household=HOMES, application=[application("A1", "2024-03-01", None)])
    table = rollup.measure(metrics, data, Policy.of(decision_days=29), only=[METRIC], small_cell=0)
    assert part_whole(table, COUNTY)[:2] == (1, 1)
