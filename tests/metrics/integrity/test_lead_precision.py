"""Tests of the share of leads confirmed, by hand."""

import pytest

import metrics
from casework.dataset import Tables
from metrics import rollup
from tests.metrics.county import COUNTY, FAR_VILLAGE, POLICY, VILLAGE, judged, number, numbers, part_whole, regions
from tests.metrics.desk import Told, desk, lead
from tests.worlds import world

METRIC = "lead_precision"


def of(told: list[Told]) -> Tables:
    return desk(world("2024-03-31", region=regions()), told)


@pytest.mark.parametrize(
    ("outcome", "confirmed"),
    [
        ("confirmed", True),
        ("confirmed_intentional", True),
        ("confirmed_negligent", True),
        ("unfounded", False),
        ("data_error", False),
        ("objective_deviation", None),
        ("inconclusive", None),
    ],
)
def test_each_conclusion(outcome: str, confirmed: bool | None) -> None:
    assert judged(of([lead("L1", outcome=outcome, decided="2024-02-01")]), METRIC) == {"L1": confirmed}


@pytest.mark.parametrize(("state", "rows"), [("new", {}), ("assigned", {"L1": None}), ("verifying", {"L1": None})])
def test_what_nobody_took_up_is_no_row_and_what_is_in_work_stands_beside(state: str, rows: dict[str, None]) -> None:
    data = of([lead("L1", state=state)])
    assert judged(data, METRIC) == rows
    assert numbers(data, METRIC).is_empty()


def test_counted_in_the_month_of_the_conclusion_raised_still_or_not() -> None:
    told = [
        lead("L1", outcome="confirmed", decided="2024-02-29"),
        lead("L2", outcome="unfounded", decided="2024-02-01", current=False),
        lead("L3", outcome="confirmed", decided="2024-02-01", region_code=FAR_VILLAGE, programme=None),
        lead("L4", outcome="confirmed", decided="2024-05-01"),  # after the data's day
        lead("L5", state="verifying"),
    ]
    table = numbers(of(told), METRIC)
    assert part_whole(table, VILLAGE, "2024-02") == (1, 2, 0.5)
    assert part_whole(table, COUNTY, "2024-02") == (2, 3, 2 / 3)
    assert part_whole(table, COUNTY, "2024-02", "dibao") == (1, 2, 0.5)
    assert part_whole(table, COUNTY, "2024-05") == (1, 1, 1.0)
    beside = rollup.rows(metrics, of(told), POLICY, METRIC, month=2024 * 12 + 2)
    assert beside.select("subject", "in_part", "state").rows() == [("L5", None, "verifying")]


def test_an_earlier_conclusion_that_was_taken_back_is_none_and_stands_in_the_datas_month() -> None:
    reopened = of([lead("L1", decided="2024-01-10", outcome=None, state="verifying")])
    rows = rollup.rows(metrics, reopened, POLICY, METRIC)
    assert [(str(month), part) for month, part in rows.select("month", "in_part").rows()] == [("2024-03-01", None)]


def test_a_conclusion_without_its_day_counts_in_no_month() -> None:
    data = of([lead("L1", outcome="confirmed", state="closed")])
    assert judged(data, METRIC) == {"L1": None}
    assert numbers(data, METRIC).is_empty()


def test_leads_recorded_by_hand_say_nothing_of_the_detectors() -> None:
    assert judged(of([lead("L1", "by_hand", outcome="confirmed", decided="2024-02-01")]), METRIC) == {}


def test_of_conduct_only_the_counts() -> None:
    told = [lead("L1", "kin_handled", "favoritism", outcome="confirmed_negligent", decided="2024-02-01")]
    behind = rollup.rows(metrics, of(told), POLICY, METRIC)
    assert behind.select("subject", "scheme", "in_part").rows() == [(None, None, True)]


def test_four_leads_looked_into_are_hidden() -> None:
    told = [lead(f"L{place}", outcome="unfounded", decided="2024-02-01") for place in range(5)]
    assert number(numbers(of(told[:4]), METRIC, small_cell=None), COUNTY)["suppressed"]
    assert number(numbers(of(told), METRIC, small_cell=None), COUNTY)["value"] == 0.0
