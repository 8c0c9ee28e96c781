"""Tests of who in the four circles has any aid, by hand."""

import pytest

from casework.dataset import Tables
from casework.policy import Policy
from tests.metrics.county import COUNTY, VILLAGE, award, covered, households, part_whole
from tests.metrics.coverage.dibao import RULES, behind, counted, homes, lives, stated
from tests.worlds import Row

METRIC = "circle_coverage"


def four(*means: Row, **tables: list[Row]) -> Tables:
    """Homes H1 to H4 of one person each."""
    numbers = [f"H{place}" for place in range(1, 5)]
    return homes(
        **{
            "household": households(**dict.fromkeys(numbers, VILLAGE)),
            "member": [lives(number, f"示例{number}") for number in numbers],
            "means": list(means),
            "award": [award("W1", "H1", "2024-01", programme="old_age")],
            **tables,
        }
    )


def test_any_aid_by_those_in_a_circle_for_all_programmes_together_only() -> None:
    data = four(stated("H1", "0"), stated("H2", "9000"), stated("H3", "21600"))
    table = counted(data, METRIC)
    assert part_whole(table, COUNTY, "2024-06") == (1, 2, 0.5)
    assert table["programme"].unique().to_list() == [""]
    assert behind(data, METRIC) == {"H1": True, "H2": False}


@pytest.mark.parametrize(("yuan", "found"), [("21599.99", {"H2": False}), ("21600", {})])
def test_outside_the_fourth_circle_nobody_is_counted(yuan: str, found: dict[str, bool | None]) -> None:
    assert behind(four(stated("H2", yuan)), METRIC) == found


def test_a_countys_own_multiplier_moves_the_outer_circle() -> None:
    wider = [{"circle": 2, "value": 1.0}, {"circle": 3, "value": 1.5}, {"circle": 4, "value": 3.0}]
    policy = Policy.of(dibao_standard=600, circle_multiplier=wider)
    assert behind(four(stated("H2", "21600")), METRIC, policy) == {"H2": False}


def test_unknown_income_or_line_is_undecidable_and_no_statement_is_not_counted() -> None:
    assert behind(four(stated("H1", None)), METRIC, RULES) == {"H1": None}
    assert behind(four(stated("H1", "0")), METRIC, Policy.shipped()) == {"H1": None}
    assert counted(four(stated("H1", None)), METRIC).is_empty()
    assert behind(four(stated("H1", "0", "2024-07-01")), METRIC) == {}


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [("2024-06", None, True), ("2024-07", None, False), ("2024-01", "2024-06", True), ("2024-01", "2024-05", False)],
)
def test_aid_is_in_force_in_the_month_of_the_data(since: str, until: str | None, expected: bool) -> None:
    data = four(stated("H2", "0"), award=[award("W2", "H2", since, until, programme="medical")])
    assert behind(data, METRIC) == {"H2": expected}


def test_the_aid_of_somebody_who_lives_there_counts() -> None:
    data = four(stated("H2", "0"), beneficiary=[covered("W1", "示例H2", "2024-01")])
    assert behind(data, METRIC) == {"H2": True}
