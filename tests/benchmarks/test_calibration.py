"""Does the calibration draw what it says, and count what it draws?"""

import pytest

from benchmarks.calibration.counting import OURS, seen
from benchmarks.calibration.world import Plan, world
from casework.tables import AWARD, KIN

SMALL = {"villages": 4, "households": 40, "kin": 8}


def test_the_same_plan_and_seed_draw_the_same_county() -> None:
    one, other, third = (world(Plan(**SMALL), seed).tables for seed in (1, 1, 2))
    rows = [tables.engine.collect(tables[AWARD]).rows() for tables in (one, other, third)]
    assert rows[0] == rows[1] != rows[2]


def test_in_a_one_surname_county_nearly_all_are_kin() -> None:
    county = world(Plan("one_surname", **SMALL), 1)
    assert county.tables.engine.collect(county.tables[KIN]).height >= 4 * 32


@pytest.mark.parametrize("odds", [1.0, 60.0])
def test_only_favour_is_named_rightly(odds: float) -> None:
    counted = seen(Plan(odds=odds, favouring=2, villages=6, households=80, kin=10), [1, 2])
    assert counted.worlds == 2
    assert len(counted.mid) == len(counted.randomised) > 0
    assert (counted.true[OURS] > 0) is (odds > 1)  # at odds of 1 they favour in name only
    assert (counted.false[OURS], counted.alarmed[OURS]) == (0, 0)
