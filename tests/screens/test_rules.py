"""Does the rule book say what is in force here on a day, by which document, and what it was before?"""

from datetime import date
from pathlib import Path

import pytest

from casework import policy
from casework.errors import NothingInForceError
from casework.listed import names
from casework.policy import Policy
from dashboard.parts.fields import FIELDS
from dashboard.queries import rulebook
from tests.screens.conftest import Open, said
from tests.screens.test_languages import chinese_of_ours

COUNTY = "990101000000"
LOCAL = """id = "decision_days"
[[value]]
from = 2023-01-01
region = "990101"
programme = "dibao"
value = 15
source = "示例县〔2023〕1号"
"""


def line(policy: Policy, rule: str, on: date, region: str = COUNTY) -> rulebook.Line:
    """What one rule says."""
    return rulebook.line(policy.rules[rule], on, region)


def test_every_rule_of_the_house_is_listed() -> None:
    listed = [one.rule.id for one in rulebook.lines(Policy.shipped(), date(2024, 6, 1), COUNTY)]
    assert sorted(listed) == sorted(Policy.shipped().rules)


def test_what_is_listed_is_what_the_look_up_answers() -> None:
    policy = Policy.shipped()
    for on in (date(2013, 1, 1), date(2021, 7, 1), date(2025, 6, 1)):
        for one in rulebook.lines(policy, on, COUNTY):
            for entry in one.now:
                scope = dict(entry.scope)
                if one.rule.table and set(scope) != set(one.rule.scope):
                    continue
                assert policy.entry(one.rule.id, on=on, region=COUNTY, **scope) == entry


def test_a_local_rule_displaces_the_national_ones_from_its_first_day(tmp_path: Path) -> None:
    (tmp_path / "decision_days.toml").write_text(LOCAL, "utf-8")
    policy = Policy.load(tmp_path)
    before, after = (line(policy, "decision_days", on) for on in (date(2022, 12, 31), date(2024, 6, 1)))
    dibao = {tuple(entry.scope.items()): entry.value for entry in after.now if entry.scope.get("programme") == "dibao"}
    assert not any(rulebook.is_local(entry) for entry in before.now)
    assert before.following == date(2023, 1, 1)
    assert dibao[(("programme", "dibao"),)] == 15
    assert (after.last, after.following) == (date(2023, 1, 1), date(2025, 1, 1))
    elsewhere = line(policy, "decision_days", date(2024, 6, 1), "990202000000")
    assert not any(rulebook.is_local(entry) for entry in elsewhere.now)
    local = next(entry for entry in policy.rules["decision_days"].entries if entry.region)
    assert rulebook.standing(after, local, date(2024, 6, 1), COUNTY) == "in_force"
    assert rulebook.standing(before, local, date(2022, 12, 31), COUNTY) == "future"
    assert rulebook.standing(elsewhere, local, date(2024, 6, 1), "990202000000") == "elsewhere"


def test_a_rule_with_nothing_in_force_says_so(open_page: Open, tmp_path: Path) -> None:
    with pytest.raises(NothingInForceError):
        Policy.shipped().value("dibao_standard", on=date(2024, 6, 1))
    page = open_page(tmp_path / "empty", "rules", role="leader", on="2024-06-01", find="dibao_standard")
    assert "此日没有有效的规定" in said(page)
    assert "共 1 条规则,其中 1 条此日在此地没有有效的规定" in said(page)


@pytest.mark.parametrize("role", ["inspector", "supervisor", "leader", "researcher", "steward", "auditor"])
def test_everyone_may_read_the_rules(open_page: Open, county: Path, role: str) -> None:
    page = open_page(county, "rules", role=role, on="2024-06-01", find="办结时限")
    words = said(page)
    assert "最低生活保障:30 个工作日" in words
    assert "decision_days" in words
    assert "最低生活保障审核确认办法(民发〔2021〕57号)" in words


def test_demo_values_are_marked_and_the_next_change_is_told(open_page: Open, county: Path) -> None:
    page = open_page(county, "rules", role="leader", on="2024-06-01", find="decision_days", rule="decision_days")
    words = said(page)
    assert "演示值 · 30 个工作日" in words
    assert "上次变化 2022-10-20" in words
    assert "下次变化 2025-01-01" in words
    (history,) = page.dataframe
    states = history.value["状态"].to_list()
    assert states.count("尚未施行") == 2
    assert states[0] == "此日有效"
    assert len(states) == len(Policy.shipped().rules["decision_days"].entries)


def test_a_row_opens_and_closes_its_history(open_page: Open, county: Path) -> None:
    page = open_page(county, "rules", role="leader", on="2024-06-01", find="posting_days")
    assert not page.dataframe
    page = page.button(key="open-posting_days").click().run()
    assert page.query_params["rule"] == "posting_days"
    assert len(page.dataframe) == 1
    assert not page.button(key="open-posting_days").click().run().dataframe


def test_a_word_that_no_rule_holds_says_so(open_page: Open, county: Path) -> None:
    page = open_page(county, "rules", role="leader", find="没有这样的字")
    assert "没有这样的规则" in said(page)


@pytest.mark.parametrize("number", ["1", "2", "3", "4"])
def test_an_english_rule_book_holds_no_chinese_but_sources(open_page: Open, township: Path, number: str) -> None:
    page = open_page(township, "rules", role="leader", lang="en", on="2024-06-01", page=number)
    assert not page.exception
    words = "\n".join(str(text.value) for text in page.text)
    for word in sorted(names(Policy.shipped(), "collective_account", "words"), key=len, reverse=True):
        words = words.replace(word, "")  # of addresses, which are Chinese
    assert not chinese_of_ours(words, township)


def test_every_history_shows_in_both_languages(open_page: Open, county: Path) -> None:
    for language in ("zh", "en"):
        for rule in Policy.shipped().rules:
            page = open_page(county, "rules", role="leader", lang=language, on="2024-06-01", find=rule, rule=rule)
            assert not page.exception, rule


def test_every_field_of_a_tuning_has_words_in_both_languages() -> None:
    shipped = Policy.shipped().rules
    folder = Path(policy.__file__).parent / "tuning"
    fields = {name for file in folder.glob("*.toml") for name in shipped[file.stem].shape if name != "value"}
    assert {"superiority", "limit", "history", "words"} <= fields
    assert {name for name in fields if name not in FIELDS or not (FIELDS[name].zh and FIELDS[name].en)} == set()
