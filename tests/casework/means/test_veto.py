"""Tests of vetoes: what is owned, when, by whom, and what is exempt."""

import polars as pl
import pytest

from casework.means.veto import findings, vetoes
from casework.policy import Policy
from tests.casework.means.homes import IDS, VILLAGE, home, little, person
from tests.casework.means.test_members import day
from tests.worlds import Row

A, B = "示例甲", "示例乙"
BY = ("key",)


def match(kind: str, value: str | None = None, detail: str | None = None, **cells: str | None) -> Row:
    number = f"M{kind}{detail}{value}{sorted(cells.items())}"
    plain = {"match_no": number, "id_no": IDS[A], "kind": kind, "source": "示例", "value": value, "detail": detail}
    return {**plain, "from_on": "2020-01-01", "to_on": None, "compared_on": "2024-12-01", **cells}


def said(
    *rows: Row, on: str = "2024-06-01", until: str | None = None, policy: Policy | None = None, died: str | None = None
) -> list[tuple[str, str]]:
    """Level and item of every finding, the graver first."""
    people = [person(A, died_on=died), person(B)]
    data = little(household=[home()], person=people, match=list(rows))
    numbers = data.engine.collect(data.derived("person", pl.Schema({"person_id": pl.Int64()})))["person_id"]
    owners = pl.DataFrame({"person_id": numbers}).with_columns(
        key=pl.lit(1),
        region_code=pl.lit(VILLAGE),
        day=pl.lit(day(on), pl.Int32),
        last=pl.lit(day(until or on), pl.Int32),
    )
    asked = policy or Policy.shipped()
    placed = data.engine.place(owners)
    every = data.engine.collect(findings(data, asked, placed, by=BY, until="last" if until else None))
    worst = data.engine.collect(vetoes(data, asked, placed, by=BY, until="last" if until else None))
    known = every.filter(pl.col("level") != "unknown").sort("level", "item", "match_no")
    assert worst.select("level", "item", "match_no").rows() == known.select("level", "item", "match_no").rows()[:1]
    return every.sort("level", "item").select("level", "item").rows()


@pytest.mark.parametrize("detail", ["car", "truck"])
def test_a_car_or_truck_of_any_value_excludes(detail: str) -> None:
    assert said(match("vehicle", "0.01", detail)) == [("exclude", f"vehicle/{detail}")]
    assert said(match("vehicle", "0", detail)) == []


@pytest.mark.parametrize("detail", ["disability", "farm"])
def test_disability_and_farm_vehicles_are_exempt(detail: str) -> None:
    assert said(match("vehicle", "90000", detail)) == []


@pytest.mark.parametrize(
    ("yuan", "kinds"),
    [
        ("0", []),  # whatever it is, it is worth nothing
        ("1", ["car", "truck"]),
        (None, ["car", "motorcycle", "truck"]),
        ("20000.01", ["car", "motorcycle", "truck"]),
    ],
)
def test_a_vehicle_nobody_describes_may_be_any(yuan: str | None, kinds: list[str]) -> None:
    assert said(match("vehicle", yuan)) == [("unknown", f"vehicle/{kind}") for kind in kinds]


def test_a_building_nobody_describes_may_be_the_second_dwelling_or_a_shop() -> None:
    home, what = match("real_estate", "80", "dwelling"), match("real_estate", "70")
    shop = ("unknown", "real_estate/shop")
    assert said(what) == [shop]
    assert said(home, what) == [("unknown", "real_estate/dwelling")] * 2 + [shop]
    second = match("real_estate", "90", "dwelling", id_no=IDS[B])
    sure, guess = ("exclude", "real_estate/dwelling"), ("unknown", "real_estate/dwelling")
    assert said(home, second, what) == [sure, sure, guess, shop]


@pytest.mark.parametrize(("yuan", "expected"), [("20000", []), ("20000.01", [("verify", "vehicle/motorcycle")])])
def test_a_motorcycle_counts_strictly_above_its_limit(yuan: str, expected: list[tuple[str, str]]) -> None:
    assert said(match("vehicle", yuan, "motorcycle")) == expected


@pytest.mark.parametrize(
    ("yuan", "expected"),
    [
        ("30000", []),
        ("30000.01", [("verify", "deposit")]),
        ("50000", [("verify", "deposit")]),
        ("50000.01", [("exclude", "deposit"), ("verify", "deposit")]),
    ],
)
def test_deposits_call_for_a_look_before_they_exclude(yuan: str, expected: list[tuple[str, str]]) -> None:
    assert said(match("deposit", yuan, "示例银行")) == expected


def test_dwellings_of_all_owners_count_together_and_a_ruin_does_not() -> None:
    one, other = match("real_estate", "80", "dwelling"), match("real_estate", "90", "dwelling", id_no=IDS[B])
    assert said(one) == []
    assert said(one, other) == [("exclude", "real_estate/dwelling")] * 2
    assert said(one, match("real_estate", "80", "ruined")) == []


def test_a_shop_an_active_business_and_a_dormant_one() -> None:
    assert said(match("real_estate", "10", "shop")) == [("exclude", "real_estate/shop")]
    assert said(match("business", "1000", "active")) == [("exclude", "business/active")]
    assert said(match("business", None, "dormant")) == [("verify", "business/dormant")]


def test_without_a_value_nobody_can_say_that_it_is_above() -> None:
    assert said(match("vehicle", None, "car")) == [("unknown", "vehicle/car")]
    assert said(match("deposit", None)) == [("unknown", "deposit")] * 2  # of either level


@pytest.mark.parametrize(
    ("on", "expected"), [("2024-05-31", 0), ("2024-06-01", 1), ("2024-08-31", 1), ("2024-09-01", 0)]
)
def test_it_holds_from_its_first_to_its_last_day_whenever_it_was_compared(on: str, expected: int) -> None:
    assert len(said(match("vehicle", "1", "car", from_on="2024-06-01", to_on="2024-08-31"), on=on)) == expected


@pytest.mark.parametrize(
    ("since", "last", "expected"),
    [
        ("2024-06-01", "2024-06-30", 1),
        ("2024-06-02", "2024-06-30", 0),
        ("2024-06-01", "2024-06-29", 0),
        ("2024-06-01", None, 1),
    ],
)
def test_a_whole_month_must_be_covered(since: str, last: str | None, expected: int) -> None:
    car = match("vehicle", "1", "car", from_on=since, to_on=last)
    assert len(said(car, on="2024-06-01", until="2024-06-30")) == expected


def test_without_a_first_day_it_held_when_it_was_compared_and_perhaps_before() -> None:
    car = match("vehicle", "1", "car", from_on=None, compared_on="2024-06-02")
    assert said(car, on="2024-06-01") == [("unknown", "vehicle/car")]
    assert said(car, on="2024-06-02") == [("exclude", "vehicle/car")]
    sold = {**car, "to_on": "2024-05-31"}
    assert said(sold, on="2024-06-01") == []


def test_the_dead_own_nothing() -> None:
    car = match("vehicle", "1", "car")
    assert len(said(car, died="2024-06-01")) == 1
    assert said(car, died="2024-05-31") == []


def test_a_countys_own_table_holds_from_its_day() -> None:
    base = {"kind": "deposit", "level": "exclude", "zh": "存款", "en": "deposits"}
    local = Policy.of(veto=[{**base, "over": 20000.0, "from": "2024-06-01", "region": "990101"}])
    rich = match("deposit", "20000.01")
    assert said(rich, policy=local, on="2024-05-31") == []
    assert said(rich, policy=local) == [("exclude", "deposit")]
