"""Tests of the rural by the urban standard around each recipient."""

import pytest

import metrics
from casework.policy import Policy
from metrics import rollup
from tests.metrics.county import COUNTY, NEXT_VILLAGE, VILLAGE, part_whole
from tests.metrics.coverage.dibao import counted
from tests.metrics.coverage.test_standard_adequacy import LAST_YEAR, RULES, recipients

METRIC = "urban_rural_ratio"


def test_both_standards_over_recipients_of_either_kind() -> None:
    table = counted(recipients(*LAST_YEAR), METRIC, RULES)
    assert part_whole(table, VILLAGE, "2024-06") == (2 * 50_000, 2 * 80_000, 0.625)
    assert part_whole(table, NEXT_VILLAGE, "2024-06", "dibao") == (50_000, 80_000, 0.625)
    assert part_whole(table, COUNTY, "2024-06") == (150_000, 240_000, 0.625)


def test_recipients_weigh_areas_with_other_standards() -> None:
    own = [
        {"urban_rural": "rural", "value": 500},
        {"urban_rural": "urban", "value": 800},
        {"urban_rural": "rural", "value": 800, "region": NEXT_VILLAGE},
    ]
    table = counted(recipients(*LAST_YEAR), METRIC, Policy.of(dibao_standard=own))
    assert part_whole(table, NEXT_VILLAGE, "2024-06")[2] == 1.0
    assert part_whole(table, COUNTY, "2024-06") == (180_000, 240_000, 0.75)


def test_the_day_a_standard_changes() -> None:
    dated = [
        {"urban_rural": "rural", "value": 400},
        {"urban_rural": "rural", "value": 600, "from": "2024-05-01"},
        {"urban_rural": "urban", "value": 800},
    ]
    table = counted(recipients(*LAST_YEAR, since="2024-04"), METRIC, Policy.of(dibao_standard=dated))
    assert [part_whole(table, COUNTY, month)[2] for month in ("2024-04", "2024-05")] == [0.5, 0.75]


@pytest.mark.parametrize("only", ["urban", "rural"])
def test_with_one_standard_alone_it_is_unknown(only: str) -> None:
    policy = Policy.of(dibao_standard=[{"urban_rural": only, "value": 500}])
    assert counted(recipients(*LAST_YEAR), METRIC, policy).is_empty()
    assert set(rollup.rows(metrics, recipients(*LAST_YEAR), policy, METRIC)["in_part"]) == {None}
