"""Tests of the share of applications sent back, by hand."""

import metrics
from metrics import rollup
from tests.metrics.county import COUNTY, POLICY, VILLAGE, application, households, numbers, part_whole, regions
from tests.worlds import Row, world

METRIC = "return_share"
HOMES = households(H1=VILLAGE)


def step(number: str, name: str, started: str) -> Row:
    return {"application_no": number, "step": name, "started_at": started, "finished_at": None}


def test_once_or_twice_returned_is_one_application_and_one_without_steps_is_unknown() -> None:
    data = world(
        region=regions(),
        household=HOMES,
        application=[application(f"A{place}", "2024-03-01", "2024-03-20") for place in range(1, 5)],
        step=[
            step("A1", "return", "2024-03-05"),
            step("A1", "return", "2024-03-09"),
            step("A2", "accept", "2024-03-01"),
            step("A3", "return", "2024-04-02"),  # counts where it was accepted
        ],
    )
    assert part_whole(numbers(data, METRIC), COUNTY, "2024-03") == (2, 3, 2 / 3)
    behind = rollup.rows(metrics, data, POLICY, METRIC).select("subject", "in_part", "returns").rows()
    assert behind == [("A1", True, 2), ("A2", False, 0), ("A3", True, 1), ("A4", None, None)]


def test_a_month_of_applications_without_steps_has_no_number() -> None:
    data = world(
        region=regions(),
        household=HOMES,
        application=[application("A1", "2024-03-01", None), application("A2", "2024-04-01", None)],
        step=[step("A2", "accept", "2024-04-01")],
    )
    assert numbers(data, METRIC)["month"].dt.month().unique().to_list() == [4]


def test_without_steps_it_is_not_measured() -> None:
    data = world(region=regions(), household=HOMES, application=[application("A1", "2024-03-01", None)])
    assert rollup.unavailable(metrics, data)[METRIC] == ["step"]
