"""Tests of entries less exits, by hand."""

import pytest

import metrics
from casework.dataset import Tables
from metrics import rollup
from tests.metrics.county import (
    COUNTY,
    NEXT_VILLAGE,
    POLICY,
    TOWN,
    VILLAGE,
    award,
    households,
    number,
    numbers,
    part_whole,
    regions,
)
from tests.worlds import Row, world

METRIC = "net_flow"


def awards(*rows: Row) -> Tables:
    return world("2024-06-30", region=regions(), household=households(H1=VILLAGE, H2=NEXT_VILLAGE), award=list(rows))


def test_entries_less_exits_by_month_at_every_tier() -> None:
    table = numbers(
        awards(
            award("W1", "H1", "2024-01", "2024-03"),
            award("W2", "H1", "2024-03"),
            award("W3", "H2", "2024-02", "2024-03", programme="destitute"),
        ),
        METRIC,
    )
    assert part_whole(table, COUNTY, "2024-01") == (1, None, 1.0)
    assert part_whole(table, COUNTY, "2024-03") == (-1, None, -1.0)
    assert part_whole(table, VILLAGE, "2024-03") == (0, None, 0.0)
    assert part_whole(table, NEXT_VILLAGE, "2024-03", "destitute") == (-1, None, -1.0)
    assert part_whole(table, TOWN, "2024-03", "dibao") == (0, None, 0.0)


def test_a_month_without_either_is_nil_while_awards_are_in_force_and_unknown_before() -> None:
    table = numbers(awards(award("W1", "H1", "2024-02", "2024-05")), METRIC)
    assert part_whole(table, VILLAGE, "2024-03") == (0, None, 0.0)
    for month in ("2024-01", "2024-06"):
        with pytest.raises(KeyError):
            part_whole(table, VILLAGE, month)


def test_an_award_of_one_month_is_an_entry_and_an_exit() -> None:
    data = awards(award("W1", "H1", "2024-03", "2024-03"))
    assert part_whole(numbers(data, METRIC), VILLAGE, "2024-03") == (0, None, 0.0)
    found = rollup.rows(metrics, data, POLICY, METRIC)
    assert found.select("subject", "in_part", "flow").rows() == [("W1", True, 0)]


def test_over_a_period_flows_add_up() -> None:
    table = numbers(awards(*(award(f"W{n}", "H1", f"2024-0{n}") for n in range(1, 7))), METRIC, months=3)
    assert part_whole(table, COUNTY) == (3, None, 3.0)


def test_it_is_hidden_where_fewer_than_five_awards_moved_though_the_sum_is_nil() -> None:
    moves = [award(f"W{n}", "H1", "2024-03", "2024-03") for n in range(5)]
    two, ten = (
        number(numbers(awards(*rows), METRIC, small_cell=None), VILLAGE, "2024-03")
        for rows in ([award("W1", "H1", "2024-03"), award("W2", "H1", "2024-01", "2024-03")], moves)
    )
    assert (two["suppressed"], two["part"]) == (True, None)
    assert (ten["suppressed"], ten["part"]) == (False, 0)


def test_other_programmes_are_not_counted() -> None:
    assert numbers(awards(award("W1", "H1", "2024-03", programme="old_age")), METRIC).is_empty()


def test_the_picture_reaches_three_years_back() -> None:
    months = numbers(awards(award("W1", "H1", "2015-01")), METRIC)["month"].dt.strftime("%Y-%m").sort()
    assert (months[0], months[-1]) == ("2021-07", "2024-06")
