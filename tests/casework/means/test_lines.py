"""Tests of the lines of a statement: the same sum as the detectors', step by step."""

from datetime import date

import pytest

from casework.dataset import Tables
from casework.means.lines import statement_lines, year_fen
from casework.means.statement import statements
from casework.policy import Policy
from tests.families import household, means
from tests.worlds import Row, world

DAY = date(2024, 6, 30)


def lines(*rows: Row, policy: Policy | None = None) -> list[tuple[str, int | None, str, int | None]]:
    said = statement_lines(small(*rows), policy or Policy.shipped(), "H1", DAY)
    return said.select("item", "counted_fen", "rules", "running_fen").rows()


def small(*rows: Row) -> Tables:
    return world(means=list(rows), household=[household()])


def test_incomes_come_first_and_expenses_are_taken_off() -> None:
    rows = [means("2000", "medical_expense"), means("9000"), means("500.50", "transfer"), means("30000", "deposits")]
    assert lines(*rows) == [
        ("wage", 9000_00, "", 9000_00),
        ("transfer", 500_50, "", 9500_50),
        ("medical_expense", 2000_00, "", 7500_50),
        ("deposits", 30000_00, "", None),
    ]


def test_the_verified_figure_counts_and_the_declared_one_stays_in_sight() -> None:
    row = {**means("9000"), "declared": "6000"}
    said = statement_lines(small(row), Policy.shipped(), "H1", DAY)
    assert said.select("declared_fen", "verified_fen", "counted_fen").row(0) == (6000_00, 9000_00, 9000_00)
    only = {**means("9000"), "declared": "6000", "verified": None}
    assert lines(only) == [("wage", 6000_00, "", 6000_00)]


def test_each_rule_that_changed_a_figure_is_named() -> None:
    policy = Policy.of(disregard=100.0, job_cost=50.0, deduction_cap=[{"item": "medical_expense", "value": 1500.0}])
    rows = [means("9000"), means("2000", "medical_expense"), means("1000", "medical_expense", household="H2")]
    assert lines(*rows, policy=policy) == [
        ("wage", 7200_00, "disregard;job_cost", 7200_00),
        ("medical_expense", 1500_00, "deduction_cap", 5700_00),
    ]


def test_the_share_of_a_wage_that_is_disregarded_is_a_rule_that_changed_it_once() -> None:
    assert lines(means("9000"), policy=Policy.of(disregard={"value": 0.0, "rate": 0.3}))[0][1:3] == (
        6300_00,
        "disregard",
    )
    both = Policy.of(disregard={"value": 100.0, "rate": 0.3}, job_cost=50.0)
    assert lines(means("9000"), policy=both)[0][1:3] == (5040_00, "disregard;job_cost")


@pytest.mark.parametrize(
    ("rows", "policy", "year"),
    [
        ([means("9000"), means("9500.25", "medical_expense")], Policy.shipped(), 0),  # not below nothing
        ([means("9000")], Policy.shipped(), 9000_00),
        ([means("1", "deposits")], Policy.shipped(), 0),
        ([{**means("9000"), "verified": None}], Policy.shipped(), None),  # filed without a figure
        ([means("9000"), means("8000")], Policy.shipped(), None),  # filed twice
        ([means("9000")], Policy.of(impute_land=True), None),
        ([means("9000"), means("0", "land")], Policy.of(impute_land=True), 9000_00),
        ([means("1000")], Policy.of(disregard=100.0), 0),
        ([means("9000")], Policy.of(disregard={"region": "11", "value": 1.0}), None),  # nothing in force here
        ([means("9000")], Policy.of(disregard={"region": "11", "value": 1.0, "rate": 0.3}), None),
        ([means("9000")], Policy.of(disregard={"value": 0.0, "rate": 0.35}), 5850_00),
        ([means("9000")], Policy.of(disregard={"value": 100.0, "rate": 0.3}, job_cost=50.0), 5040_00),
        ([means("0.99")], Policy.of(disregard={"value": 0.0, "rate": 0.35}), 64),  # rounded down to a fen
        ([means("9000")], Policy.of(disregard={"value": 0.0, "rate": 1.5}), 0),
        ([means("9000")], Policy.of(disregard={"value": 0.0, "rate": 0.0}), 9000_00),
        ([means("9000")], Policy.of(disregard="none"), 9000_00),
        ([means("9000", "business")], Policy.of(disregard={"value": 0.0, "rate": 0.35}), 9000_00),
    ],
)
def test_the_last_sum_is_what_the_detectors_reckon(rows: list[Row], policy: Policy, year: int | None) -> None:
    data = small(*rows)
    (reckoned,) = data.engine.collect(statements(data, policy))["y_fen"]
    assert (reckoned, year_fen(statement_lines(data, policy, "H1", DAY))) == (year, year)


def test_without_a_statement_of_that_day_there_is_nothing_to_say() -> None:
    said = statement_lines(small(means("9000")), Policy.shipped(), "H1", date(2024, 7, 1))
    assert (said.height, year_fen(said)) == (0, None)
