"""Tests of the share of awards in force that ended with the month."""

import metrics
from metrics import rollup
from tests.metrics.county import COUNTY, POLICY, VILLAGE, award, numbers, part_whole
from tests.metrics.coverage.test_net_flow import awards

METRIC = "exit_share"


def test_the_last_month_of_aid_is_the_month_of_the_exit() -> None:
    table = numbers(awards(award("W1", "H1", "2024-01", "2024-03"), award("W2", "H1", "2024-01")), METRIC)
    assert part_whole(table, VILLAGE, "2024-02") == (0, 2, 0.0)
    assert part_whole(table, VILLAGE, "2024-03") == (1, 2, 0.5)
    assert part_whole(table, COUNTY, "2024-04") == (0, 1, 0.0)


def test_every_reason_counts_and_is_shown() -> None:
    dead = {**award("W1", "H1", "2024-01", "2024-03"), "end_reason": "death"}
    found = rollup.rows(metrics, awards(dead), POLICY, METRIC)
    assert found.filter(found["in_part"])["end_reason"].to_list() == ["death"]


def test_without_last_months_it_is_not_measured_and_says_what_lacks() -> None:
    data = awards(award("W1", "H1", "2024-01"))
    data.manifest.columns["award"] = tuple(name for name in data.manifest.columns["award"] if name != "to_month")
    assert rollup.unavailable(metrics, data)[METRIC] == ["award.to_month"]
