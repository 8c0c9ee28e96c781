"""Tests of the share of confirmed money that was recovered, by hand."""

import metrics
from casework.dataset import Tables
from metrics import rollup
from tests.metrics.county import COUNTY, POLICY, TOWN, VILLAGE, judged, number, numbers, part_whole, regions
from tests.metrics.desk import Told, action, desk, lead
from tests.worlds import world

METRIC = "recovered_share"
CONFIRMED = {"outcome": "confirmed", "decided": "2024-02-10"}


def of(told: list[Told], done: list[Told]) -> Tables:
    return desk(world("2024-03-31", region=regions()), told, done)


def test_money_back_by_money_confirmed_in_the_month_of_the_conclusion() -> None:
    told = [
        lead("L1", amount_fen=100_00, **CONFIRMED),
        lead("L2", "double_payment", "duplicate", amount_fen=300_00, region_code=TOWN, **CONFIRMED),
    ]
    done = [
        action("L1", "recover", "2024-03-01", 30_00),
        action("L1", "recover", "2024-05-01", 20_00),  # paid back in parts, later
        action("L1", "stop", "2024-03-01", None),
    ]
    table = numbers(of(told, done), METRIC)
    assert part_whole(table, VILLAGE, "2024-02") == (50_00, 100_00, 0.5)
    assert part_whole(table, COUNTY, "2024-02") == (50_00, 400_00, 0.125)
    assert table["month"].dt.month().unique().to_list() == [2]


def test_only_what_was_confirmed_can_be_recovered() -> None:
    told = [
        lead("L1", amount_fen=100, outcome="unfounded", decided="2024-02-10"),
        lead("L2", amount_fen=100, outcome="objective_deviation", decided="2024-02-10"),
        lead("L3", amount_fen=100),
        lead("L4", "special_grant", "favoritism", amount_fen=100, **CONFIRMED),
        lead("L5", amount_fen=100, current=False, **CONFIRMED),  # put right since, and no longer raised
    ]
    assert judged(of(told, []), METRIC) == {"L5": True}


def test_an_unknown_amount_of_the_lead_or_of_the_recovery_is_unknown_not_nothing() -> None:
    told = [lead("L1", amount_fen=None, **CONFIRMED), lead("L2", amount_fen=100, **CONFIRMED)]
    done = [action("L2", "recover", "2024-03-01", None), action("L2", "recover", "2024-03-02", 10)]
    assert judged(of(told, done), METRIC) == {"L1": None, "L2": None}
    assert numbers(of(told, done), METRIC).is_empty()


def test_what_was_repaid_to_the_under_paid_stands_beside_it() -> None:
    told = [lead("L1", amount_fen=100, **CONFIRMED), lead("L2", "underpaid", "missed", amount_fen=80, **CONFIRMED)]
    done = [action("L2", "adjust", "2024-03-01", 60), action("L2", "re_admit", "2024-03-01", 20)]
    behind = rollup.rows(metrics, of(told, done), POLICY, METRIC)
    assert behind.select("subject", "in_part", "amount_fen", "recovered_fen", "repaid_fen").rows() == [
        ("L1", True, 100, 0, None),
        ("L2", False, 80, None, 80),
    ]
    assert part_whole(numbers(of(told, done), METRIC), COUNTY, "2024-02") == (0, 100, 0.0)


def test_of_few_confirmed_leads_neither_amount_is_shown() -> None:
    told = [lead(f"L{place}", amount_fen=100, **CONFIRMED) for place in range(5)]
    four, five = (number(numbers(of(some, []), METRIC, small_cell=None), COUNTY) for some in (told[:4], told))
    assert (four["suppressed"], four["part"], four["whole"], four["value"]) == (True, None, None, None)
    assert (five["suppressed"], five["part"], five["whole"], five["value"]) == (False, 0, 500, 0.0)
