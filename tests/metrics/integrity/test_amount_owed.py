"""Tests of the money that may be owed, by hand."""

import pytest

from casework.dataset import Tables
from tests.metrics.county import COUNTY, TOWN, VILLAGE, judged, numbers, part_whole, regions
from tests.metrics.desk import Told, desk, lead
from tests.worlds import world

METRIC = "amount_owed"


def of(told: list[Told]) -> Tables:
    return desk(world("2024-03-31", region=regions()), told)


@pytest.mark.parametrize(
    ("scheme", "family", "owed"),
    [
        ("underpaid", "missed", True),
        ("missed_entitlement", "missed", True),
        ("wrong_refusal", "missed", True),
        ("wrong_exit", "missed", True),
        ("by_hand", "missed", True),
        ("by_hand", "wrong", False),
        ("unanswered_risk", "missed", False),
        ("overpaid", "wrong", False),
    ],
)
def test_what_was_withheld_is_owed(scheme: str, family: str, owed: bool) -> None:
    assert judged(of([lead("L1", scheme, family, amount_fen=100)]), METRIC) == ({"L1": True} if owed else {})


def test_the_amounts_add_up_beside_the_money_in_doubt() -> None:
    told = [
        lead("L1", "underpaid", "missed", amount_fen=300),
        lead("L2", "missed_entitlement", "missed", amount_fen=1_104_000, region_code=TOWN, programme="de_facto_orphan"),
        lead("L3", amount_fen=70),
    ]
    table = numbers(of(told), METRIC)
    assert part_whole(table, VILLAGE, "2024-03") == (300, None, 300.0)
    assert part_whole(table, COUNTY, "2024-03") == (1_104_300, None, 1_104_300.0)
    assert part_whole(numbers(of(told), "amount_in_doubt"), COUNTY, "2024-03") == (70, None, 70.0)


def test_refuted_leads_and_unknown_amounts_are_not_counted() -> None:
    told = [
        lead("L1", "underpaid", "missed", amount_fen=300, outcome="unfounded", decided="2024-02-01"),
        lead("L2", "wrong_refusal", "missed", amount_fen=None),
        lead("L3", "wrong_exit", "missed", amount_fen=5, current=False),
    ]
    assert judged(of(told), METRIC) == {"L2": None}
    assert numbers(of(told), METRIC).is_empty()
