"""Tests of the money in doubt, by hand."""

import pytest

from casework.dataset import Tables
from tests.metrics.county import COUNTY, FAR_VILLAGE, TOWN, VILLAGE, judged, number, numbers, part_whole, regions
from tests.metrics.desk import Told, desk, lead
from tests.worlds import world

METRIC = "amount_in_doubt"


def of(told: list[Told]) -> Tables:
    return desk(world("2024-03-31", region=regions()), told)


def test_the_amounts_of_wrong_and_duplicate_assistance_add_up() -> None:
    told = [
        lead("L1", amount_fen=10_000),
        lead("L2", "double_payment", "duplicate", amount_fen=2_50, region_code=FAR_VILLAGE),
        lead("L3", "deceased_paid", amount_fen=40_000, region_code=TOWN, programme=None),
    ]
    table = numbers(of(told), METRIC)
    assert part_whole(table, VILLAGE, "2024-03") == (10_000, None, 10_000.0)
    assert part_whole(table, COUNTY, "2024-03") == (50_250, None, 50_250.0)
    assert part_whole(table, COUNTY, "2024-03", "dibao") == (10_250, None, 10_250.0)
    assert (number(table, COUNTY)["low"], number(table, COUNTY)["high"]) == (None, None)


@pytest.mark.parametrize(
    ("outcome", "stands"),
    [
        (None, True),
        ("confirmed", True),
        ("inconclusive", True),
        ("objective_deviation", True),
        ("unfounded", False),
        ("data_error", False),
    ],
)
def test_what_was_refuted_is_no_longer_in_doubt(outcome: str | None, stands: bool) -> None:
    decided = None if outcome is None else "2024-02-01"
    data = of([lead("L1", amount_fen=100, outcome=outcome, decided=decided)])
    assert judged(data, METRIC) == ({"L1": True} if stands else {})


def test_an_unknown_amount_is_listed_and_not_counted_as_nothing() -> None:
    data = of([lead("L1", amount_fen=100), lead("L2", amount_fen=None)])
    assert judged(data, METRIC) == {"L1": True, "L2": None}
    assert part_whole(numbers(data, METRIC), COUNTY) == (100, None, 100.0)
    assert numbers(of([lead("L2", amount_fen=None)]), METRIC).is_empty()


def test_other_families_areas_and_leads_no_longer_raised_are_left_out() -> None:
    told = [
        lead("L1", "underpaid", "missed", amount_fen=1),
        lead("L2", "special_grant", "favoritism", amount_fen=1),
        lead("L3", "never_exit", amount_fen=1, subject_kind="region"),
        lead("L4", amount_fen=1, current=False),
    ]
    assert judged(of(told), METRIC) == {}


def test_the_money_of_four_leads_is_hidden() -> None:
    told = [lead(f"L{place}", amount_fen=100) for place in range(5)]
    four, five = (number(numbers(of(some), METRIC, small_cell=None), COUNTY) for some in (told[:4], told))
    assert (four["suppressed"], four["part"], four["value"]) == (True, None, None)
    assert (five["suppressed"], five["part"]) == (False, 500)
