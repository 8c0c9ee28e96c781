"""Tests of the bands of need: both sides of an edge, and who is in none."""

import narwhals as nw
import pytest

from casework.dataset import Tables
from casework.means.band import edges, with_band
from casework.policy import Policy
from casework.tables import HOUSEHOLD
from tests.families import household, means, member, person
from tests.worlds import Row, world

POLICY = Policy.of(dibao_standard=600.0)  # a year 7200


def band(rows: list[Row], policy: Policy = POLICY, members: int = 1) -> int | None:
    names = ["示例甲", "示例乙"][:members]
    data: Tables = world(
        household=[household()],
        person=[person(name) for name in names],
        member=[member(name) for name in names],
        means=rows,
    )
    asked = data[HOUSEHOLD].select("household_id", nw.lit(data.as_of_day).cast(nw.Int32).alias("day"))
    (found,) = with_band(data, policy, asked).collect("polars").get_column("band").to_list()
    return found if found is None else int(found)


@pytest.mark.parametrize(
    ("yuan", "expected"),
    [("0", 0), ("1439.99", 0), ("1440", 1), ("6479.99", 7), ("6480", 8), ("7199.99", 8), ("7200", 9), ("14400", 14)],
)
def test_a_household_at_an_edge_is_in_the_band_above(yuan: str, expected: int) -> None:
    assert band([means(yuan)]) == expected


def test_there_are_at_least_six_bands_and_the_line_itself_is_an_edge() -> None:
    assert len(edges(POLICY)) + 1 >= 6
    assert 1000 in edges(POLICY)


def test_income_is_shared_by_those_who_live_together() -> None:
    assert (band([means("7200")], members=1), band([means("7200")], members=2)) == (9, 4)


def test_without_a_statement_or_a_standard_the_band_is_unknown() -> None:
    assert band([means("0", as_of="2026-01-01")]) is None
    assert band([means("0")], Policy.shipped()) is None
