"""Is the front what nobody beats?"""

import polars as pl

from metrics.whatif.pareto import front


def best(*points: tuple[float | None, float | None, float | None]) -> list[bool | None]:
    frame = pl.DataFrame(points, schema=["cost_fen", "gap", "exclusion"], orient="row")
    return front(frame, frame.columns)["best"].to_list()


def test_cheaper_with_less_poverty_and_exclusion_beats() -> None:
    assert best((100, 0.2, 0.3), (90, 0.1, 0.2)) == [False, True]


def test_what_is_dearer_but_leaves_less_poverty_stands_beside() -> None:
    assert best((100, 0.2, 0.3), (120, 0.1, 0.3), (130, 0.1, 0.3)) == [True, True, False]


def test_equal_in_all_but_one_is_beaten_and_equals_stand_together() -> None:
    assert best((100, 0.2, 0.3), (100, 0.2, 0.31)) == [True, False]
    assert best((100, 0.2, 0.3), (100, 0.2, 0.3)) == [True, True]


def test_an_unknown_aim_neither_beats_nor_is_beaten() -> None:
    assert best((100, None, 0.3), (120, 0.2, 0.3), (130, float("nan"), 0.1)) == [None, True, None]
