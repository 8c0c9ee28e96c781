"""Tests of who stands out among many whose marked are compared with all others."""

import polars as pl
import pytest

from casework.statistics.exact import excess
from casework.statistics.marked import Bar, able, standing_out, totals

BAR = Bar(q=0.05, lift=2.0, minimum=3)
COLUMNS = ("who", "place", "hits_marked", "hits", "marked", "whole")


def strata(*rows: tuple[int, str, int, int, int, int]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def named(rows: pl.DataFrame, bar: Bar = BAR) -> list[int]:
    return standing_out(able(rows, "who", "place", bar), rows, "who", "place", bar).filter("named")["who"].to_list()


def test_totals_are_those_of_the_exact_test() -> None:
    rows = strata((1, "a", 3, 5, 4, 20), (1, "a", 1, 2, 2, 9), (1, "a", 2, 2, 2, 2))
    (told,) = totals(rows, "who").to_dicts()
    same = excess([3, 1], [5, 2], [4, 2], [20, 9])
    assert told["expected"] == pytest.approx(same.expected)
    assert told["p"] == pytest.approx(same.p)
    assert (told["observed"], told["strata"], told["possible"]) == (4, 2, 6)


def test_who_could_not_be_named_is_no_test() -> None:
    two, most, fit = (1, "a", 2, 9, 2, 30), (2, "a", 9, 25, 9, 30), (3, "a", 3, 5, 3, 30)
    assert able(strata(two, most, fit), "who", "place", BAR)["who"].to_list() == [3]
    assert named(strata(two, most, fit)) == [3]


def test_another_family_changes_nothing() -> None:
    own = (1, "a", 4, 6, 4, 30)
    alone = standing_out(able(strata(own), "who", "place", BAR), strata(own), "who", "place", BAR)
    rows = strata(own, *((number, "b", 1, 12, 6, 40) for number in range(2, 30)))
    beside = standing_out(able(rows, "who", "place", BAR), rows, "who", "place", BAR)
    assert beside.filter(pl.col("place") == "a").rows() == alone.rows()


def test_of_nobody_nothing_is_said() -> None:
    empty = strata((1, "a", 0, 0, 1, 5)).clear()
    assert named(empty) == []


def test_many_marked_do_not_raise_what_is_asked_of_them() -> None:
    assert named(strata((1, "a", 40, 40, 40, 60))) == [1]


def test_whose_interval_holds_one_is_not_named() -> None:
    """3 of 6 by 5 of 24 is 2.4 times, and may be none."""
    anything = Bar(q=1.0, lift=2.0, minimum=3)
    rows = strata((1, "a", 3, 8, 6, 30), (2, "a", 6, 8, 6, 30))
    assert named(rows, anything) == [2]
