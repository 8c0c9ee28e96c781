"""Does the dossier of every kind of lead speak the reader's language, codes and all?"""

import json
import re
from pathlib import Path

import polars as pl
import pytest

import detectors
from casework.policy import Policy
from casework.registry import found
from dashboard.parts.fields import CODES, FIELDS
from dashboard.words import phrases
from synthetic.world.planting import catalogue
from tests.screens.conftest import Open, read

CARDS = {module.CARD.scheme: module.CARD for module in found(detectors)}
SCHEMES = sorted(set(CARDS) - {one.scheme for one in catalogue() if one.least})  # a township is too small for these
KEYS = re.compile("|".join(sorted(re.escape(key) for key in phrases("zh"))))
PROGRAMMES = {str(entry.scope["code"]) for entry in Policy.shipped().rule("programme").entries}
LETTERS = re.compile(r"[A-Za-z]{2,}[A-Za-z_>.]*")
CODED = re.compile(r"[a-z][a-z_>/]{2,}")  # a Chinese page has no small letters but in numbers of the imported files


def leads(workspace: Path) -> pl.DataFrame:
    return pl.read_parquet(workspace / "leads.parquet").with_columns(case=pl.col("facts").str.json_path_match("$.case"))


def one_of_each(workspace: Path, scheme: str) -> list[str]:
    """A lead of each case of a scheme."""
    mine = leads(workspace).filter(pl.col("scheme") == scheme)
    return mine.unique("case", keep="first", maintain_order=True)["lead_id"].to_list()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_dossier_shows_no_code_to_a_chinese_reader(open_page: Open, township: Path, scheme: str) -> None:
    wanted = one_of_each(township, scheme)
    assert wanted
    for lead_id in wanted:
        page = open_page(township, "dossier", role="inspector", lang="zh", lead=lead_id)
        assert not page.exception
        words = read(page)
        assert not CODED.findall(words), (scheme, sorted(set(CODED.findall(words))))
        assert "待核实" in page.title[0].value


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_dossier_is_whole_in_english(open_page: Open, township: Path, scheme: str) -> None:
    page = open_page(township, "dossier", role="inspector", lang="en", lead=one_of_each(township, scheme)[0])
    assert not page.exception
    words = read(page)
    assert not KEYS.findall(words)
    assert "to verify" in page.title[0].value
    assert not {word for word in LETTERS.findall(words) if "_" in word}


def test_what_a_household_may_have_been_denied_is_shown_together(open_page: Open, township: Path) -> None:
    children = leads(township).filter((pl.col("scheme") == "missed_entitlement") & (pl.col("amount_fen") == 11_040_00))
    texts = [read(open_page(township, "dossier", role="inspector", lead=one)) for one in children["lead_id"]]
    both = [text for text in texts if "同户 2 条合计应得 22,080.00 元" in text]
    assert len(both) >= 2
    assert all("11,040.00" in text for text in both)
    queue = read(open_page(township, "queue", role="inspector", scheme="missed_entitlement"))
    assert queue.count("同户 2 条合计应得 22,080.00 元") == len(both) // 2  # one visit a household
    assert "按困难指数从高到低" in queue


def test_an_unknown_value_of_a_facet_is_said_and_left_out(open_page: Open, township: Path) -> None:
    page = open_page(township, "queue", role="inspector", scheme="nosuch", level="grave", sort="luck")
    assert not page.exception
    assert page.warning[0].value == "链接中的筛选“nosuch、grave、luck”不存在,未采用。"
    total = leads(township).height
    assert f"共 {total} 条线索" in read(page)
    page = open_page(township, "queue", role="inspector", scheme="late_step")
    assert not page.warning


def test_only_the_rules_of_a_leads_own_causes_are_shown(open_page: Open, township: Path) -> None:
    mine = leads(township).filter(pl.col("scheme") == "impossible_timing")
    causes = mine.with_columns(causes=pl.col("facts").str.json_path_match("$.causes[*]"))
    alone = causes.filter(pl.col("causes") == "decided_first")["lead_id"]
    for lead_id in alone:
        words = read(open_page(township, "dossier", role="inspector", lead=lead_id))
        assert "必经环节:" not in words
        assert "短时集中" not in words


def test_every_field_and_code_of_the_rules_has_words() -> None:
    rules = Policy.shipped().rules
    named = {rule for card in CARDS.values() for rule in card.rules}
    whole_tables = {"programme", "hardship_weight", "household_tag", "document_checklist", "veto"}  # not shown by row
    for rule in (rules[name] for name in sorted(named - whole_tables)):
        assert set(rule.shape) - {"value"} <= set(FIELDS), rule.id
        for entry in rule.entries:
            coded = [value for name, value in entry.fields.items() if name not in {"zh", "en"}]
            for value in coded:
                for one in value if isinstance(value, tuple) else (value,):
                    if isinstance(one, str) and one.isascii() and not one.replace(".", "").isdigit():
                        assert one in CODES or one in PROGRAMMES, (rule.id, one)


def test_a_lead_on_kin_shows_its_path_and_what_the_official_calls_the_member(open_page: Open, township: Path) -> None:
    mine = leads(township).filter(pl.col("scheme") == "kin_unfiled")
    paths = mine.with_columns(path=pl.col("facts").str.json_path_match("$.path")).unique("path", keep="first")
    words = {
        path: read(open_page(township, "dossier", role="inspector", lead=one))
        for one, path in paths.select("lead_id", "path").iter_rows()
    }
    assert all("亲属关系" in text for text in words.values())
    assert "干部称该成员" in words["parent"]
    assert "父亲" in words["parent"] or "母亲" in words["parent"]


def test_an_account_of_an_officials_kin_shows_the_path_to_its_holder(open_page: Open, township: Path) -> None:
    mine = leads(township).filter((pl.col("scheme") == "shared_account") & pl.col("case").is_in(["official", "both"]))
    assert mine.height
    for lead_id in mine["lead_id"]:
        words = read(open_page(township, "dossier", role="inspector", lead=lead_id))
        assert "干部称开户人" in words or "即开户人" in words


@pytest.mark.parametrize("scheme", ["over_income", "hidden_wage", "overpaid"])
def test_a_lead_on_means_shows_the_sum_line_by_line(open_page: Open, township: Path, scheme: str) -> None:
    mine = leads(township).filter(
        (pl.col("scheme") == scheme) & pl.col("case").ne_missing("fixed")
    )  # that rests on no income
    page = open_page(township, "dossier", role="inspector", lead=mine["lead_id"][0])
    words = read(page)
    assert "算账单" in words
    (table, *_) = [one.value for one in page.dataframe if "累计" in one.value.columns]
    last = [text for text in table["累计"] if text][-1]
    assert f"家庭年收入(不低于 0):{last} 元" in words
    assert set(table["加减"]) <= {"加", "减", "不计入"}


@pytest.mark.parametrize(
    ("scheme", "answer"),
    [("overpaid", "低于收入线"), ("approved_ineligible", "达到或高于收入线"), ("missed_entitlement", "低于收入线")],
)
def test_what_follows_from_the_sum_is_drawn_with_its_rules(
    open_page: Open, township: Path, scheme: str, answer: str
) -> None:
    mine = leads(township).filter((pl.col("scheme") == scheme) & pl.col("case").str.starts_with("income"))
    lead_id = mine["lead_id"][0]
    page = open_page(township, "dossier", role="inspector", lead=lead_id)
    (table, *_) = [one.value for one in page.dataframe if "步骤" in one.value.columns]
    said = dict(zip(table["步骤"], table["结果"], strict=True))
    facts = json.loads(mine["facts"][0])
    assert said["家庭年收入"] == f"{facts['y_fen'] / 100:,.2f} 元"
    assert said["共同生活人数"] == f"{facts['n']} 人"
    assert answer in said.values()
    assert ("月应发金额(不含增发)" in said) is (scheme != "approved_ineligible")
    if "due_fen" in facts:
        assert said["月应发金额(不含增发)"] == f"{facts['due_fen'] / 100:,.2f} 元"
    assert f"低保标准(每人每月);{Policy.shipped().rule('dibao_standard').label.zh};" in read(page)
    english = open_page(township, "dossier", role="inspector", lang="en", lead=lead_id)
    assert any("Step" in one.value.columns for one in english.dataframe)


def test_a_missed_household_is_shown_in_its_circle_and_nobody_else_is(open_page: Open, township: Path) -> None:
    missed = leads(township).filter(pl.col("scheme") == "missed_entitlement")
    (poor, *_) = missed.filter(pl.col("subject_kind") == "household")["lead_id"]  # dibao: below the line by its rule
    words = read(open_page(township, "dossier", role="inspector", lang="zh", lead=poor))
    assert "四级信息圈:一级(低保线以下)" in words
    assert "家庭标签:" in words
    (doubted, *_) = one_of_each(township, "over_income")
    assert "信息圈" not in read(open_page(township, "dossier", role="inspector", lang="zh", lead=doubted))


@pytest.mark.parametrize(
    "scheme", ["missed_entitlement", "wrong_refusal", "wrong_exit", "unanswered_risk", "underpaid"]
)
def test_the_hardship_that_orders_the_missed_is_told_item_by_item(open_page: Open, township: Path, scheme: str) -> None:
    told = 0
    for lead_id in one_of_each(township, scheme):
        (lead,) = leads(township).filter(pl.col("lead_id") == lead_id).to_dicts()
        points = json.loads(lead["facts"])["points"]
        page = open_page(township, "dossier", role="inspector", lang="zh", lead=lead_id)
        tables = [frame.value for frame in page.dataframe if "分值" in frame.value.columns]
        assert len(tables) == (points > 0)
        told += len(tables)
        assert sum(float(cell) for table in tables for cell in table["分值"]) == points
    assert told


def test_no_dossier_tells_of_health_what_its_evidence_masks(open_page: Open, township: Path) -> None:
    mine = leads(township).filter(pl.col("scheme").is_in(["missed_entitlement", "wrong_refusal", "wrong_exit"]))
    asked = mine.filter(pl.col("case").str.starts_with("disability") | pl.col("case").str.starts_with("parents"))
    assert asked.height
    for lead_id in asked["lead_id"]:
        words = read(open_page(township, "dossier", role="inspector", lead=lead_id))
        assert re.search(r"疑似[^\n]*\(已遮盖\)", words)
        assert not re.search(r"残疾等级 \d 级|级残疾成员|重病成员|成员在押", words)
