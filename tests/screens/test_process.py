"""When do a metric's limits begin anew, what is its target, and which whole month is the last?"""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from casework.policy import Policy
from dashboard.desk import Desk
from dashboard.queries import process
from tests.screens.conftest import Open, said

CARDS = Desk.metric_cards.func(None)  # type: ignore[attr-defined]  # the cards need no workspace
ON_TIME = CARDS["on_time_share"]
COUNTY, FAR = "990101000000", "980101000000"


def law(*entries: dict[str, object]) -> Policy:
    return Policy.of(decision_days=[{"programme": "dibao", "value": 30}, *entries])


@pytest.mark.parametrize(
    ("day", "month"),
    [("2024-05-01", date(2024, 5, 1)), ("2024-05-02", date(2024, 6, 1)), ("2024-12-15", date(2025, 1, 1))],
)
def test_limits_begin_anew_with_the_first_whole_month_under_the_new_rule(day: str, month: date) -> None:
    policy = law({"from": date.fromisoformat(day), "programme": "dibao", "value": 20})
    turns = process.turns(policy, ON_TIME, COUNTY, date(2024, 1, 1), date(2025, 12, 1))
    assert [(turn.month, turn.rule) for turn in turns] == [(month, "decision_days")]


def test_a_rule_of_another_place_or_another_time_turns_nothing() -> None:
    policy = law(
        {"from": date(2024, 5, 1), "region": "9802", "programme": "dibao", "value": 20},
        {"from": date(2020, 5, 1), "programme": "dibao", "value": 25},
    )
    assert process.turns(policy, ON_TIME, COUNTY, date(2024, 1, 1), date(2024, 12, 1)) == []
    assert process.turns(policy, ON_TIME, "980201000000", date(2024, 1, 1), date(2024, 12, 1)) != []


def test_a_target_says_its_source_and_a_metric_without_one_has_none() -> None:
    found = process.target(Policy.shipped(), ON_TIME, COUNTY, date(2024, 1, 1))
    assert found is not None
    assert (found.low, found.high, bool(found.source)) == (1.0, None, True)
    assert process.target(Policy.shipped(), CARDS["coverage_per_1000"], COUNTY, date(2024, 1, 1)) is None


def test_a_hidden_month_is_a_gap_of_the_chart_not_a_zero() -> None:
    months = pl.DataFrame({"month": [date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)], "value": [0.9, None, 0.8]})
    chart = process.chart(months, "higher", [], 1.0)
    assert chart.frame["value"].to_list() == [0.9, None, 0.8]
    assert chart.assurance == "none"  # no two months beside one another: no limits


@pytest.mark.parametrize(("role", "opens"), [("leader", True), ("inspector", True), ("researcher", False)])
def test_the_way_to_the_rows_stands_only_before_those_who_may_read_them(
    county: Path, open_page: Open, role: str, opens: bool
) -> None:
    page = open_page(county, "trends", role=role, metric="on_time_share")
    assert ("看数字背后的记录" in said(page)) is opens


@pytest.mark.parametrize("metric", ["complaints_per_1000", "filing_share"])
def test_rows_that_are_for_discipline_are_not_offered_to_a_leader(township: Path, open_page: Open, metric: str) -> None:
    pages = {role: said(open_page(township, "trends", role=role, metric=metric)) for role in ("leader", "inspector")}
    assert {role: "看数字背后的记录" in page for role, page in pages.items()} == {"leader": False, "inspector": True}
