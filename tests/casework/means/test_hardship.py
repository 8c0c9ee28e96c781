"""Tests of the hardship index: each kind of item, the three classes, and what is unknown."""

import narwhals as nw
import pytest

from casework.dataset import Tables
from casework.means.hardship import hardship, hardship_items, with_hardship
from casework.policy import Policy
from casework.tables import HOUSEHOLD
from tests.families import household, match, means, member, person
from tests.worlds import Row, world

WEIGHTS = {row["indicator"]: row for row in Policy.shipped().rows("hardship_weight")}
ALONE = 1.0  # one person lives there


def points(data: Tables, policy: Policy | None = None) -> tuple[float, float, float, float]:
    found = hardship(data, policy or Policy.shipped(), data[HOUSEHOLD]).collect("polars")
    ((household_points, income, property_, total),) = found.select(
        "household_points", "income_points", "property_points", "points"
    ).rows()
    return household_points, income, property_, total


def one(born: str = "1980-01-01", as_of: str = "2024-12-31", **tables: list[Row]) -> Tables:
    cells = tables.pop("cells", [{}])
    return world(
        as_of, household=[household()], person=[person("示例甲", born, **cells[0])], member=[member("示例甲")], **tables
    )


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("1954-12-31", ALONE + 3),  # seventy today
        ("1955-01-01", ALONE),  # tomorrow
        ("1944-12-31", ALONE + 3 + 2),
        ("2006-12-31", ALONE),  # eighteen today
        ("2007-01-01", ALONE + 2),
        ("2019-01-01", ALONE + 2 + 2),
    ],
)
def test_ages_are_counted_by_birthdays(born: str, expected: float) -> None:
    assert points(one(born))[0] == expected


def test_a_disability_and_an_illness_count_once_each_however_many_members_bear_them() -> None:
    ill = {"disability_grade": "1", "health": "serious_illness"}
    people = [person("示例甲", **ill), person("示例乙", **ill)]
    data = world(household=[household()], person=people, member=[member("示例甲"), member("示例乙", relation="spouse")])
    assert points(data) == (6 + 5, 0, 0, 11)


def test_the_dead_and_those_who_left_no_longer_count() -> None:
    people = [person("示例甲"), person("示例乙", "1940-01-01", died_on="2024-12-30"), person("示例丙", "1940-01-01")]
    members = [
        member("示例甲"),
        member("示例乙", relation="parent"),
        member("示例丙", relation="parent", left_on="2024-12-31"),
    ]
    assert points(world(household=[household()], person=people, member=members))[0] == ALONE


@pytest.mark.parametrize(
    ("rows", "income", "property_"),
    [
        # nothing earned: no wage 3 (not a low one too), no business 1, no support 1; no deposits 2, no other property 2
        ([means("0")], 5, 4),
        ([means("12000")], 2, 4),
        ([means("11999.99")], 4, 4),
        ([means("12000"), means("9999.99", "medical_expense")], 2, 4),
        ([means("12000"), means("10000", "medical_expense")], 5, 4),
        ([means("12000"), means("30000", "medical_expense")], 8, 4),
        ([means("12000"), means("4999", "deposits")], 2, 3),
        ([means("12000"), means("5000", "deposits")], 2, 2),
        ([], 0, 0),
    ],
)
def test_figures_of_the_statement_count_and_without_one_nothing_does(
    rows: list[Row], income: float, property_: float
) -> None:
    assert points(one(means=rows) if rows else one())[1:3] == (income, property_)


def test_the_newest_statement_on_or_before_the_day_counts_verified_before_declared() -> None:
    old, new = means("0", as_of="2023-12-31"), {**means("20000"), "declared": "0"}
    later = means("0", as_of="2025-01-31")
    assert points(one(means=[old, new, later]))[1] == 2


def test_an_item_filed_without_a_figure_is_unknown() -> None:
    assert points(one(means=[{**means("0"), "verified": None}, means("1", "land")]))[1] == 2


def test_absence_counts_only_where_registers_were_asked() -> None:
    nothing = one(match=[match("示例甲", "none")])
    assert points(nothing)[2] == 1 + 2 + 1 + 1  # no vehicle, real estate, business, housing fund
    assert points(one())[2] == 0
    assert points(one(match=[match("示例甲", "vehicle", "2020-01-01", value="1", detail="car")]))[2] == 4
    sold = match("示例甲", "vehicle", "2020-01-01", to_on="2024-12-30", value="1", detail="car")
    assert points(one(match=[sold]))[2] == 5


def test_small_and_ruined_dwellings_are_hard() -> None:
    def dwelling(size: str, detail: str = "dwelling") -> Row:
        return match("示例甲", "real_estate", "2020-01-01", value=size, detail=detail)

    assert points(one(match=[dwelling("39.99")]))[2] == 3 + 1
    assert points(one(match=[dwelling("40")]))[2] == 3
    assert points(one(match=[dwelling("40", "ruined")]))[2] == 3 + 3


def test_custody_and_unemployment_count_while_they_last() -> None:
    away = match("示例甲", "custody", "2024-01-01", to_on="2024-12-31", detail="prison")
    assert points(one(match=[away]))[0] == ALONE + 1
    assert points(one("1980-01-01", "2025-01-01", match=[away]))[0] == ALONE
    assert points(one(match=[match("示例甲", "unemployment", "2024-05-01")]))[1] == 2


def test_a_county_may_weigh_otherwise() -> None:
    heavier = {**WEIGHTS["aged_70"], "indicator": "aged_70", "from": "2024-01-01", "region": "990101", "weight": 10.0}
    entries = [{k: v for k, v in row.items() if v is not None} for row in (WEIGHTS["aged_70"], heavier)]
    entries[0]["region"] = ""
    policy = Policy.of(hardship_weight=entries)
    assert points(one("1950-01-01"), policy)[0] == 10.0
    elsewhere = world(
        household=[household(region="990102001001")], person=[person("示例甲", "1950-01-01")], member=[member("示例甲")]
    )
    assert points(elsewhere, policy)[0] == 3.0


def test_rows_without_a_household_have_no_points() -> None:
    data = one("1950-01-01")
    rows = nw.concat([data[HOUSEHOLD].select("household_id")] * 1)
    nobody = rows.with_columns(nw.when(nw.lit(value=False)).then(nw.col("household_id")).alias("household_id"))
    both = nw.concat([rows, nobody])
    found = with_hardship(data, Policy.shipped(), both).collect("polars")
    assert sorted(found.get_column("points").to_list()) == [0.0, ALONE + 3]


def test_of_exclusive_items_the_heavier_counts_whatever_a_county_weighs() -> None:
    rows = [
        {k: v for k, v in WEIGHTS[name].items() if v is not None and k != "demo"} for name in ("no_wage", "low_wage")
    ]
    heavier = Policy.of(hardship_weight=[rows[0], {**rows[1], "weight": 9.0}])
    assert points(one(means=[means("0")]), heavier)[1] == 9.0
    assert points(one(means=[means("0")]), Policy.of(hardship_weight=[rows[1]]))[1] == 2.0
    items = hardship_items(one(means=[means("0")]), Policy.shipped(), "H1")
    assert "无工资性收入" in items["zh"].to_list()
    assert "工资性收入较低" not in items["zh"].to_list()
    assert items["weight"].sum() == points(one(means=[means("0")]))[3]


def test_the_items_add_up_to_the_index() -> None:
    data = one("1940-01-01", cells=[{"health": "serious_illness"}])
    items = hardship_items(data, Policy.shipped(), "H1")
    assert items["weight"].sum() == points(data)[3]
    assert {"七十岁以上成员", "八十岁以上成员"} <= set(items["zh"])
    assert hardship_items(data, Policy.shipped(), "H9").is_empty()
