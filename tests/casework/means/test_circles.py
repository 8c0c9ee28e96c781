"""Tests of the four circles: both sides of each edge, and who stands in none."""

import pytest

from casework.dataset import Tables
from casework.means.circles import circles
from casework.policy import Policy
from casework.tables import HOUSEHOLD
from tests.families import household, means, member, person
from tests.worlds import Row, world

POLICY = Policy.of(dibao_standard=600.0)  # a year 7200; edge 10 800; third 16 200; fourth 21 600


def circle(rows: list[Row], policy: Policy = POLICY, members: int = 1) -> int | None:
    names = ["示例甲", "示例乙", "示例丙"][:members]
    data: Tables = world(
        household=[household()],
        person=[person(name) for name in names],
        member=[member(name) for name in names],
        means=rows,
    )
    (found,) = circles(data, policy, data[HOUSEHOLD]).collect("polars").get_column("circle").to_list()
    return found if found is None else int(found)


@pytest.mark.parametrize(
    ("yuan", "expected"),
    [
        ("0", 1),
        ("7199.99", 1),
        ("7200", 2),
        ("10799.99", 2),
        ("10800", 3),
        ("16199.99", 3),
        ("16200", 4),
        ("21599.99", 4),
        ("21600", 0),
    ],
)
def test_each_circle_ends_below_its_line(yuan: str, expected: int) -> None:
    assert circle([means(yuan)]) == expected


def test_income_is_shared_by_those_who_live_together() -> None:
    assert circle([means("21599.99")], members=3) == 1
    assert circle([means("21600")], members=3) == 2


def test_without_a_statement_or_a_standard_the_circle_is_unknown() -> None:
    assert circle([means("0", as_of="2025-01-01")]) is None
    assert circle([means("0")], Policy.shipped()) is None


def test_a_countys_own_multiplier_moves_the_outer_circle() -> None:
    wider = [{"circle": 2, "value": 1.0}, {"circle": 3, "value": 1.5}, {"circle": 4, "value": 3.0}]
    policy = Policy.of(dibao_standard=600.0, circle_multiplier=wider)
    assert (circle([means("32399.99")], policy), circle([means("32400")], policy)) == (4, 0)
