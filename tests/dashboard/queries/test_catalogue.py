"""Does the catalogue say what the rules say, here and on this day, and nothing else?"""

from datetime import date
from pathlib import Path

import pytest

from casework.policy import Policy
from dashboard.queries import catalogue
from dashboard.queries.catalogue import Offer

TODAY = date(2024, 12, 31)

LOCAL = """
id = "programme"
[[value]]
from = 2024-01-01
region = "990101"
code = "milk"
zh = "学童牛奶"
en = "School milk"
department = "教育"
kind = "monthly"
means_tested = false
situations = ["pupil"]
source = "示例甲县(合成)文件"
"""
ENTITLED = """
id = "entitlement"
[[value]]
from = 2024-01-01
region = "990101"
programme = "milk"
age_below = 12
source = "示例甲县(合成)文件"
"""


def offer(code: str, policy: Policy | None = None, on: date = TODAY, region: str = "") -> Offer:
    return next(one for one in catalogue.offers(policy or Policy.shipped(), on, region) if one.code == code)


def test_the_limit_told_is_the_one_in_force_on_the_day() -> None:
    before, after = offer("dibao", on=date(2022, 10, 19)), offer("dibao", on=date(2022, 10, 20))
    assert sorted(entry.value for entry in before.rules["decision_days"]) == [30, 45]  # type: ignore[type-var]
    assert sorted(entry.value for entry in after.rules["decision_days"]) == [20, 30, 45]  # type: ignore[type-var]
    assert "decision_days" not in offer("dibao", on=date(2021, 6, 30)).rules  # stages, no total


def test_the_others_it_excludes_are_told_from_both_sides() -> None:
    assert [code for code, _ in offer("orphan").excluded] == [
        "destitute",
        "de_facto_orphan",
        "disability_living",
        "dibao",
    ]
    assert "orphan" in [code for code, _ in offer("dibao").excluded]


def test_a_rule_that_names_no_programme_is_told_of_those_it_speaks_of() -> None:
    assert [entry.value for entry in offer("temporary_emergency").rules["emergency_hours"]] == [24]
    assert "emergency_hours" not in offer("dibao").rules


def test_what_no_rule_says_is_not_there() -> None:
    medical = offer("medical")
    assert (medical.conditions, medical.excluded, "decision_days" in medical.rules) == ((), (), False)


@pytest.mark.parametrize(
    ("code", "situations"),
    [("old_age", {"aged"}), ("de_facto_orphan", {"child"}), ("disability_care", {"disabled"}), ("medical", {"ill"})],
)
def test_a_programme_is_found_by_the_situation_its_rules_tell(code: str, situations: set[str]) -> None:
    assert offer(code).situations == situations


def test_a_countys_own_programme_shows_up_in_the_county_only(tmp_path: Path) -> None:
    (tmp_path / "programme.toml").write_text(LOCAL, encoding="utf-8")
    (tmp_path / "entitlement.toml").write_text(ENTITLED, encoding="utf-8")
    policy = Policy.load(tmp_path)
    milk = offer("milk", policy, region="990101001001")
    assert (milk.name.zh, milk.department, milk.monthly) == ("学童牛奶", "教育", True)
    assert milk.situations == {"pupil", "child"}  # written down, and told by its condition
    assert "milk" not in [one.code for one in catalogue.offers(policy, TODAY, "990201000000")]
    assert "milk" not in [one.code for one in catalogue.offers(policy, date(2023, 12, 31), "990101001001")]


@pytest.mark.parametrize(
    ("department", "situation", "word", "codes"),
    [
        ("教育", "", "", ["education"]),
        ("", "aged", "", ["destitute", "old_age"]),
        ("", "", "低保", ["dibao", "dibao_edge"]),  # by alias
        ("", "", "第九条", ["dibao"]),  # by what is told of it
        ("民政", "winter", "", ["heating"]),
        ("", "", "no such word", []),
    ],
)
def test_the_list_is_narrowed_by_department_situation_and_word(
    department: str, situation: str, word: str, codes: list[str]
) -> None:
    found = catalogue.offers(Policy.shipped(), TODAY, "")
    texts = {one.code: "社会救助暂行办法 第九条" if one.code == "dibao" else "" for one in found}
    assert [one.code for one in catalogue.narrowed(found, department, situation, word, texts)] == codes
