"""Is each rule moved alone, down and up, and the one that moves most put on top?"""

import polars as pl
import pytest

from casework.policy import Policy
from casework.policy.change import Change
from metrics.whatif.tornado import SWINGS, Swing, tornado

NUMBERS = {"dibao_standard": 100.0, "land_ratio": 7.0, "work_months": 8.0}


def ask(changes: tuple[Change, ...]) -> dict[str, float]:
    """Cost is the standard twice, land taken off and months taken off ten times."""
    now = dict(NUMBERS)
    for change in changes:
        now[change.id] = now[change.id] * change.scale if change.scale is not None else now[change.id] + change.add
    return {"cost_fen": 2 * now["dibao_standard"] - now["land_ratio"] - 10 * now["work_months"], "persons": 3.0}


def test_what_moves_the_first_measure_most_comes_first() -> None:
    found = tornado(ask, 0.1, [Swing("land_ratio"), Swing("work_months", whole=True), Swing("dibao_standard")])
    cost = found.filter(pl.col("measure") == "cost_fen")
    assert cost["rule"].to_list() == ["dibao_standard", "work_months", "land_ratio"]
    assert cost["less"].to_list() == pytest.approx([93, 123, 113.7])
    assert cost["more"].to_list() == pytest.approx([133, 103, 112.3])
    assert cost["spread"].to_list() == pytest.approx([40, 20, 1.4])
    assert found["measure"].to_list() == ["cost_fen", "persons"] * 3


def test_months_move_by_one_and_the_rest_by_a_share() -> None:
    found = tornado(ask, 0.25, [Swing("work_months", whole=True), Swing("land_ratio")])
    assert sorted(set(found["step"])) == ["-1 +1", "x0.75 x1.25"]


def test_a_share_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        tornado(ask, 1.0, [])


def test_every_rule_moved_by_default_exists_and_takes_the_change() -> None:
    for swing in SWINGS:
        assert not swing.whole or "months" in swing.id
        Policy.shipped().adjusted([Change(swing.id, which=swing.which, scope=swing.scope, add=1)])
