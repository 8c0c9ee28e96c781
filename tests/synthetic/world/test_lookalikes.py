"""Does a world without fraud hold what only looks like it, so that silence about it says something?"""

from collections import Counter

import pytest

from synthetic.world import source
from tests.synthetic.world.small import Tables, by


@pytest.fixture(scope="module")
def clean() -> Tables:
    """A small county without fraud; what its planted twins add is not looked at."""
    rows, told = source(seed=5, scale="county", persons=12_000, regime="clean")
    twins = {row.truth.subject for row in told.truth}
    rows["award"] = [row for row in rows["award"] if row["award_no"] not in twins]
    return rows


@pytest.fixture(scope="module")
def covered(clean: Tables) -> set[str]:
    """Who was ever on dibao."""
    dibao = {row["award_no"] for row in clean["award"] if row["programme"] == "dibao"}
    return {row["id_no"] for row in clean["beneficiary"] if row["award_no"] in dibao}


def test_registers_know_of_those_on_dibao_what_is_over_exempt_or_small(clean: Tables, covered: set[str]) -> None:
    told = Counter(
        (row["kind"], row["detail"], bool(row["to_on"])) for row in clean["match"] if row["id_no"] in covered
    )
    for find in (
        ("public_payroll", "post", True),
        ("public_payroll", "retired", False),
        ("business", "active", True),
        ("vehicle", "car", True),
        ("real_estate", "shop", True),
        ("social_insurance", "flexible", False),
        ("social_insurance", "employee", True),
        ("social_insurance", "employee", False),
        ("housing_fund", "", True),
        ("custody", "detention", True),
    ):
        assert told[find] >= 2, find


def test_registers_know_of_others_what_would_shut_them_out(clean: Tables, covered: set[str]) -> None:
    told = Counter((row["kind"], row["detail"]) for row in clean["match"] if row["id_no"] not in covered)
    for find in (("business", "active"), ("vehicle", "car"), ("public_payroll", "post"), ("real_estate", "dwelling")):
        assert told[find] >= 10, find


def test_some_accounts_are_not_the_heads_and_some_months_were_returned(clean: Tables) -> None:
    heads = {(row["household_no"], row["id_no"]) for row in clean["member"] if row["relation"] == "head"}
    home = {row["award_no"]: row["household_no"] for row in clean["award"]}
    paid = [row for row in clean["payment"] if row["award_no"] in home]
    others = {row["award_no"] for row in paid if (home[row["award_no"]], row["account_holder_id_no"]) not in heads}
    assert len(others) >= 20
    returned = {(row["award_no"], row["month"]) for row in paid if row["amount"].startswith("-")}
    assert len(returned) >= 5
    again = [row["amount"].lstrip("-") for row in paid if (row["award_no"], row["month"]) in returned]
    assert len(again) == 3 * len(returned)  # paid, taken back, paid again


def test_grown_children_are_registered_with_parents_they_do_not_live_with(clean: Tables) -> None:
    homes = by(clean["member"], "id_no")
    away = [row for row in clean["member"] if row["co_living"] == "false" and len(homes[row["id_no"]]) > 1]
    assert len(away) >= 10
    assert all(any(row["co_living"] == "true" for row in homes[one["id_no"]]) for one in away)


def test_tags_statements_put_right_and_aid_for_another_cause(clean: Tables) -> None:
    assert sum(row["special_tag"] != "" for row in clean["application"]) >= 5
    assert sum(row["declared"] != row["verified"] for row in clean["means"]) >= 20
    items = {row["item"] for row in clean["means"]}
    assert items >= {"business", "property_income", "education_expense", "disability_expense", "insurance_expense"}
    aided = by([row for row in clean["application"] if row["programme"].startswith("temporary")], "household_no")
    assert sum(len(rows) > 1 for rows in aided.values()) >= 3
