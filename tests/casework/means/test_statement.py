"""Tests of the yearly income of a statement: what counts, what is taken off, what nobody knows."""

from datetime import date
from typing import Any

import pytest

from casework.means.lines import statement_lines, year_fen
from casework.means.statement import statements
from casework.policy import Change, Policy
from tests.casework.means.homes import VILLAGE, home, little, regions, stated
from tests.worlds import Row


def said(rows: list[Row], policy: Policy | None = None) -> list[dict[str, Any]]:
    data = little(household=[home()], means=rows)
    found = data.engine.collect(statements(data, policy or Policy.shipped())).sort("as_of_day")
    return found.rows(named=True)


def y(policy: Policy | None = None, **items: str | None) -> int | None:
    (row,) = said(stated("2024-01-05", **items), policy)
    return row["y_fen"]


def test_income_less_expenses() -> None:
    assert y(wage="12000", business="1000", property_income="100", transfer="10", support="1", land="0.5") == 1311150
    assert y(wage="12000", medical_expense="2000", education_expense="300", insurance_expense="0.01") == 969999


def test_never_below_nothing() -> None:
    assert y(wage="1000", disability_expense="1000.01") == 0


def test_deposits_are_no_income() -> None:
    assert y(wage="100", deposits="90000") == 10000
    assert said(stated("2024-01-05", wage="100", deposits="90000"))[0]["deposits_fen"] == 9000000


def test_the_verified_figure_goes_before_the_declared() -> None:
    row = {"household_no": "H1", "as_of": "2024-01-05", "item": "wage"}
    assert said([{**row, "declared": "100", "verified": "300"}])[0]["y_fen"] == 30000
    assert said([{**row, "declared": "100", "verified": None}])[0]["y_fen"] == 10000
    assert said([{**row, "declared": "100", "verified": "0"}])[0]["y_fen"] == 0


def test_an_absent_item_counts_nothing_and_no_statement_is_none() -> None:
    assert y(deposits="5") == 0
    assert said([]) == []


def test_an_item_without_a_figure_is_unknown() -> None:
    assert y(wage="100", support=None) is None
    assert y(wage="100", medical_expense=None) is None
    assert y(wage="100", deposits=None) == 10000


def test_two_figures_for_one_item_are_unknown() -> None:
    twice = stated("2024-01-05", wage="100") + stated("2024-01-05", wage="200")
    assert said(twice)[0]["y_fen"] is None


@pytest.mark.parametrize("item", ["wage", "medical_expense"])
def test_nothing_and_another_figure_are_two(item: str) -> None:
    twice = stated("2024-01-05", **{item: "0"}) + stated("2024-01-05", **{item: "50000"}, transfer="100")
    assert said(twice)[0]["y_fen"] is None


def test_a_statement_governs_until_the_next() -> None:
    rows = [*stated("2024-03-01", wage="300"), *stated("2023-03-01", wage="200")]
    first, second = said(rows)
    assert (first["y_fen"], first["until_day"]) == (20000, second["as_of_day"])
    assert (second["y_fen"], second["until_day"]) == (30000, None)


@pytest.mark.parametrize(("spent", "expected"), [("2000", 1000000), ("2000.01", 1000000), ("1999.99", 1000001)])
def test_an_expense_counts_up_to_its_cap(spent: str, expected: int) -> None:
    capped = Policy.of(deduction_cap=[{"value": "none"}, {"item": "medical_expense", "value": 2000}])
    assert y(capped, wage="12000", medical_expense=spent) == expected
    assert y(capped, wage="12000", education_expense="9000") == 300000


def test_a_cap_holds_from_its_day_in_its_place() -> None:
    cap = {"item": "medical_expense", "value": 100, "from": "2024-01-06"}
    assert y(Policy.of(deduction_cap=[{"value": "none"}, cap]), wage="500", medical_expense="300") == 20000
    cap["from"] = "2024-01-05"
    assert y(Policy.of(deduction_cap=[{"value": "none"}, cap]), wage="500", medical_expense="300") == 40000
    assert (
        y(Policy.of(deduction_cap=[{"value": "none"}, {**cap, "region": "98"}]), wage="5", medical_expense="3") == 200
    )


def test_what_is_disregarded_of_a_wage_is_taken_off_the_wage_only() -> None:
    local = Policy.of(disregard=100, job_cost=50)
    assert y(local, wage="3000") == 120000
    assert y(local, wage="1799.99", transfer="10") == 1000
    assert y(local, transfer="3000") == 300000
    (row,) = said(stated("2024-01-05", wage="3000"), local)
    assert (row["wage_fen"], row["income_fen"]) == (300000, 120000)


def test_a_share_of_the_rest_of_a_wage_is_disregarded_where_the_rule_has_one() -> None:
    here = [{"value": 100}, {"value": 100, "rate": 0.35, "region": VILLAGE[:6]}]
    assert y(Policy.of(disregard=here, job_cost=50), wage="3000", transfer="10") == 79000
    assert y(Policy.of(disregard={"value": 0, "rate": 0.35}), wage="0.99") == 64  # rounded down to a fen
    elsewhere = [{"value": 100}, {"value": 100, "rate": 0.35, "region": "11"}]
    assert y(Policy.of(disregard=elsewhere), wage="3000") == 180000
    (row,) = said(stated("2024-01-05", wage="3000"), Policy.of(disregard={"value": 0, "rate": 0.3}))
    assert (row["wage_fen"], row["income_fen"]) == (300000, 210000)


@pytest.mark.parametrize(("kind", "fen"), [("rural", 180000), ("urban", 240000), (None, 240000)])
def test_a_village_is_judged_by_the_rules_for_town_or_country(kind: str | None, fen: int) -> None:
    local = Policy.of(disregard=50).adjusted([Change("disregard", add=50, scope={"urban_rural": "rural"})])
    data = little(region=regions(kind), household=[home()], means=stated("2024-01-05", wage="3000"))
    assert data.engine.collect(statements(data, local))["y_fen"].to_list() == [fen]
    assert year_fen(statement_lines(data, local, "H1", date(2024, 1, 5))) == fen


def test_the_share_disregarded_is_that_of_the_statements_day() -> None:
    raised = [{"value": 0, "rate": 0.3}, {"from": date(2024, 7, 1), "value": 0, "rate": 0.35}]
    days = [*stated("2024-06-30", wage="1000"), *stated("2024-07-01", wage="1000")]
    assert [row["y_fen"] for row in said(days, Policy.of(disregard=raised))] == [70000, 65000]


def test_what_the_rules_would_impute_is_not_counted_as_nothing() -> None:
    local = Policy.of(impute_land=[{"value": False}, {"value": True, "region": VILLAGE[:6]}])
    assert y(local, wage="3000") is None
    assert y(local, wage="3000", land="0") == 300000
