"""Does the catalogue of programmes read from the rules, with the county's own, and from the data who has them?"""

from pathlib import Path

import pytest

from dashboard.words import phrases
from tests.screens.conftest import Open, read

LOCAL = """
id = "programme"
[[value]]
from = 2020-01-01
region = ""
code = "milk"
zh = "学童牛奶*强调*"
en = "School milk"
department = "示例委"
kind = "monthly"
means_tested = false
source = "示例甲县(合成)文件"
"""


@pytest.mark.parametrize("role", ["leader", "inspector", "researcher"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_programme_of_the_rules_is_listed(county: Path, open_page: Open, role: str, lang: str) -> None:
    page = open_page(county, "programmes", role=role, lang=lang)
    assert not page.exception
    names = {"zh": ("最低生活保障", "医疗救助"), "en": ("Subsistence allowance (dibao)", "Medical assistance")}[lang]
    assert [name for name in names if name not in read(page)] == []


def test_without_data_the_law_that_ships_is_there_and_nobody_is_counted(tmp_path: Path, open_page: Open) -> None:
    page = read(open_page(tmp_path / "workspace", "programmes", role="leader"))
    assert "最低生活保障" in page
    assert phrases("zh")["programmes.no_data"] in page


def test_a_countys_own_programme_stands_in_the_list_as_literal_text(tmp_path: Path, open_page: Open) -> None:
    workspace = tmp_path / "workspace"
    (workspace / "policy").mkdir(parents=True)
    (workspace / "policy" / "programme.toml").write_text(LOCAL, encoding="utf-8")
    page = open_page(workspace, "programmes", role="leader", department="示例委", offer="milk")
    texts = [element.value for element in page.get("text")]
    assert "学童牛奶*强调*" in texts
    assert "最低生活保障" not in texts
    assert "示例甲县(合成)文件" in texts


def test_an_opened_programme_tells_conditions_limits_papers_and_documents(county: Path, open_page: Open) -> None:
    page = read(open_page(county, "programmes", role="leader", offer="dibao"))
    for wanted in ("最低生活保障审核确认办法(民发〔2021〕57号)第二十二条", "20 个工作日", "不得同时享受", "诚信承诺书"):
        assert wanted in page
    assert phrases("zh")["programmes.channels"] in page


def test_what_no_document_prints_is_marked_and_what_no_rule_says_is_not_stated(county: Path, open_page: Open) -> None:
    page = open_page(county, "programmes", role="leader", offer="old_age", situation="aged")
    texts = [element.value for element in page.get("text")]
    assert phrases("zh")["programmes.unstated"] in texts
    assert any(text.startswith(phrases("zh")["rulebook.demo"]) for text in texts)


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ({"find": "孤儿"}, "孤儿基本生活保障", "高龄津贴"),
        ({"situation": "aged"}, "高龄津贴", "孤儿基本生活保障"),
        ({"department": "应急管理"}, "受灾人员救助", "高龄津贴"),
    ],
)
def test_the_url_narrows_the_list(county: Path, open_page: Open, asked: dict[str, str], there: str, gone: str) -> None:
    texts = [element.value for element in open_page(county, "programmes", role="leader", **asked).get("text")]
    assert there in texts
    assert gone not in texts


def test_a_word_that_nothing_holds_is_an_answer(county: Path, open_page: Open) -> None:
    assert phrases("zh")["programmes.nothing"] in read(open_page(county, "programmes", role="leader", find="没有的词"))


def test_small_counts_are_hidden_from_leaders_and_shown_to_inspectors(county: Path, open_page: Open) -> None:
    def counts(role: str) -> list[str]:
        head = phrases("zh")["programmes.covered"].partition("{")[0]
        texts = [element.value for element in open_page(county, "programmes", role=role).get("text")]
        return [text.removeprefix(head) for text in texts if text.startswith(head)]

    few = {"1", "2", "3", "4"}
    assert few & set(counts("inspector"))
    assert not few & set(counts("leader"))
    assert phrases("zh")["coverage.few"] in counts("leader")
