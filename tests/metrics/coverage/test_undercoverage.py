"""Tests of who of the eligible goes without dibao."""

from tests.metrics.county import COUNTY, part_whole
from tests.metrics.coverage.dibao import behind, counted, homes, stated
from tests.metrics.coverage.test_take_up import BOTH

METRIC = "undercoverage"


def test_eligible_without_dibao_by_eligible() -> None:
    for programme in ("", "dibao"):
        assert part_whole(counted(homes(**BOTH), METRIC), COUNTY, "2024-06", programme) == (1, 2, 0.5)
    assert behind(homes(**BOTH), METRIC) == {"H1": False, "H2": True}


def test_it_is_the_other_side_of_take_up_row_by_row_and_unknown_with_it() -> None:
    data = homes(**{**BOTH, "means": [stated("H1", "0"), stated("H2", None)]})
    assert behind(data, METRIC) == {"H1": False, "H2": None}
    assert behind(data, "take_up") == {"H1": True, "H2": None}
    assert part_whole(counted(data, METRIC), COUNTY) == (0, 1, 0.0)
