"""Tests of membership on a day: who is in, who has left, who has died."""

from datetime import date

import narwhals as nw
import polars as pl
import pytest

from casework.dataset import Tables
from casework.means.members import co_living_on, deaths, members_on
from tests.casework.means.homes import IDS, home, member, person
from tests.worlds import Row, world


def day(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def asked(data: Tables, *days: str) -> dict[str, int]:
    (number,) = data.engine.collect(data.derived("household", pl.Schema({"household_id": pl.Int64()})))["household_id"]
    rows = data.engine.place(pl.DataFrame({"household_id": [number] * len(days), "day": [day(one) for one in days]}))
    found = data.engine.collect(co_living_on(data, rows))
    return dict(zip(found["day"], found["n"], strict=True))


def count(data: Tables, on: str) -> int:
    return asked(data, on)[day(on)]


def small(members: list[Row], people: list[Row] | None = None, match: list[Row] | None = None) -> Tables:
    tables = {"household": [home()], "member": members, "person": people or [person("示例甲"), person("示例乙")]}
    return world(**tables, **({"match": match} if match else {}))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2023-12-31", 1),
        ("2024-01-01", 2),  # the day of joining counts
        ("2024-06-29", 2),
        ("2024-06-30", 1),  # the day of leaving does not
    ],
)
def test_a_member_counts_from_joining_until_the_day_before_leaving(on: str, expected: int) -> None:
    assert count(small([member("示例甲"), member("示例乙", "2024-01-01", "2024-06-30")]), on) == expected


@pytest.mark.parametrize(("on", "expected"), [("2024-03-15", 2), ("2024-03-16", 1)])
def test_a_member_counts_on_the_day_of_death_and_not_after(on: str, expected: int) -> None:
    people = [person("示例甲"), person("示例乙", died_on="2024-03-15")]
    assert count(small([member("示例甲"), member("示例乙")], people), on) == expected


def test_the_earliest_death_known_counts() -> None:
    died = {"match_no": "M1", "id_no": IDS["示例乙"], "kind": "cremation", "source": "示例", "from_on": "2024-02-10"}
    people = [person("示例甲"), person("示例乙", died_on="2024-03-15")]
    data = small([member("示例甲"), member("示例乙")], people, [{**died, "compared_on": "2024-12-01"}])
    assert asked(data, "2024-02-10", "2024-02-11") == {day("2024-02-10"): 2, day("2024-02-11"): 1}
    assert data.engine.collect(deaths(data)).select("death", "death_index").rows() == [(date(2024, 2, 10), 24289)]


def test_who_lives_elsewhere_is_a_member_but_not_counted() -> None:
    data = small([member("示例甲"), member("示例乙", co_living="false")])
    assert count(data, "2024-01-01") == 1
    rows = data.engine.place(data.engine.collect(data.derived("household", pl.Schema({"household_id": pl.Int64()}))))
    every = members_on(data, rows.with_columns(nw.lit(day("2024-01-01")).alias("day")))
    assert data.engine.collect(every).height == 2


def test_one_person_entered_twice_counts_once() -> None:
    assert count(small([member("示例甲"), member("示例甲", "2020-01-01"), member("示例乙")]), "2024-01-01") == 2


def test_nobody_is_none() -> None:
    assert count(small([member("示例甲", "2024-05-01")]), "2024-01-01") == 0
