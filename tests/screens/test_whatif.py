"""Does the what-if page say what follows from a scenario, what is wrong with one, and never of whom?"""

import re
import shutil
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import get_args
from urllib.parse import quote

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from casework.review.scope import Role
from casework.workspace import Workspace
from dashboard.queries import appearing
from dashboard.rights import may
from tests.screens.conftest import Open, read, said

RAISED = "dibao_standard;;urban_rural=rural;;scale;1.1"
PARTS = (
    *("curve", "gainers", "regions", "groups", "statement", "measures"),
    *("limits", "kin", "levers", "doubts", "leads", "files"),
)
ROUNDS = 40  # of waiting for what is reckoned beside the page


def whatif(open_page: Open, workspace: Path, **params: str) -> AppTest:
    """The page once its numbers are there."""
    page = open_page(workspace, "whatif", **{"role": "researcher"} | params)
    for _ in range(ROUNDS):
        assert not page.exception
        if "正在测算" not in said(page) and not page.get("progress"):
            return page
        page.run()
    raise TimeoutError


def four(page: AppTest) -> dict[str, tuple[str, str]]:
    return {element.label: (element.value, element.delta) for element in page.metric}


def names(workspace: Path) -> set[str]:
    """What would name somebody: names, numbers, households' numbers."""
    there = workspace / "snapshots" / (workspace / "current").read_text().strip()
    found: set[str] = set()
    for table, column in (("household", "household_no"), ("person", "name"), ("identity", "id_no")):
        found |= set(pl.read_parquet(there / f"{table}.parquet")[column].drop_nulls())
    return {one for one in found if len(one) > 1}


def test_researchers_and_leaders_may_ask_what_if() -> None:
    assert {role for role in get_args(Role) if may(role, "whatif")} == {"researcher", "leader"}


@pytest.mark.parametrize("role", ["inspector", "supervisor", "steward", "auditor"])
def test_others_are_refused(open_page: Open, township: Path, role: str) -> None:
    assert "您的身份无权查看" in said(open_page(township, "whatif", role=role))


def test_a_banner_says_that_it_is_a_scenario(open_page: Open, township: Path) -> None:
    assert "情景测算:按规则测算,不是认定" in said(whatif(open_page, township))
    assert "It decides no case" in said(whatif(open_page, township, lang="en"))


def test_without_a_scenario_the_rules_in_force_stand_alone(open_page: Open, township: Path) -> None:
    page = whatif(open_page, township)
    assert four(page)["新进户 · 人"][0] == "—"
    assert "情景甲(空)" in str(page.get("button_group")[0].proto)


def test_the_rules_unchanged_change_nothing_and_it_is_said(open_page: Open, township: Path) -> None:
    page = whatif(open_page, township, a="dibao_standard;;;;scale;1.0")
    assert four(page)["一年支出"][1] == "不变"
    assert four(page)["新进户 · 人"] == ("0 户 · 0 人", "退出 0 户 · 0 人")
    assert "没有任何现行值因此改变" in read(page)
    assert "未起作用" in read(page)


def test_a_raised_standard_costs_more_and_nobody_loses(open_page: Open, township: Path) -> None:
    page = whatif(open_page, township, a=RAISED)
    assert four(page)["一年支出"][1].startswith("+")
    assert "收入减少" not in read(page)
    assert "→" in read(page)
    assert "贫困线即基线的低保标准" in read(page)  # the warning that the line is the standard itself


def test_a_lowered_standard_warns_of_those_who_would_have_less(open_page: Open, township: Path) -> None:
    page = whatif(open_page, township, a="dibao_standard;;;;scale;0.8")
    assert four(page)["一年支出"][1].startswith("-")
    assert "收入减少" in read(page)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("dibao_standart;;;;scale;1.1", "没有名为"),
        ("dibao_standard;;;;scale;20", "超出合理范围"),
        ("dibao_standard;;;;scale;1.1;2050-01-01", "没有交集"),
        (f"{RAISED}|{RAISED}", "范围重叠"),
        ("taper_months;;;;set;12", "渐退期超过六个月"),
        ("dibao_standard;;;;raise;2", "读不懂"),
        ("@nowhere", "读不懂"),
    ],
)
def test_what_is_odd_about_a_scenario_is_said_at_once(open_page: Open, township: Path, text: str, words: str) -> None:
    page = whatif(open_page, township, a=text)
    told = read(page) + "\n".join(str(one.value) for kind in ("error", "info") for one in page.get(kind))
    assert words in told


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("part", PARTS)
def test_every_part_shows_in_both_languages_and_names_nobody(
    open_page: Open, township: Path, part: str, language: str
) -> None:
    page = whatif(open_page, township, a=RAISED, b="@taper_12", part=part, lang=language, budget="100")
    words = said(page)
    assert not re.search(r"\{\w+\}", words)
    assert not [one for one in names(township) if one in words]


def test_a_link_reproduces_the_page_and_a_change_taken_out_leaves_the_link(open_page: Open, township: Path) -> None:
    page = whatif(open_page, township, a=f"{RAISED}|taper_months;;;;set;9")
    page.button(key="out-a-0").click().run()
    assert page.query_params["a"] == "taper_months;;;;set;9"


def test_the_example_shows_no_income_that_anybody_filed_and_adds_up(open_page: Open, township: Path) -> None:
    page = whatif(open_page, township, a=RAISED, part="statement", kind="gains")
    lines = {row["项目"]: row["现行规定"] for row in page.dataframe[0].value.to_dict("records")}
    yuan = {name: float(value[:-2].replace(",", "")) for name, value in lines.items() if value.endswith(" 元")}
    income = yuan["家庭可计收入(年)"]
    filed = [value for name, value in yuan.items() if list(yuan).index(name) < list(yuan).index("家庭可计收入(年)")]
    assert filed
    assert all(value % 500 == 0 for value in filed)
    assert max(sum(filed), 0) == income
    assert "不是任何人的真实收入" in read(page)


def test_what_is_not_shown_of_a_region_is_explained(open_page: Open, county: Path) -> None:
    page = whatif(open_page, county, a=RAISED, part="regions", mapped="roll_persons")
    assert "“不显示”:变化涉及的户为 1 至小于 10 户" in read(page)
    assert "各自按 5 取整" in read(page)


def test_the_form_writes_the_link(open_page: Open, township: Path) -> None:
    page = whatif(open_page, township)
    assert "现值 → 改后" in read(page)
    page.selectbox(key="scope-dibao_standard-urban_rural-a").set_value("rural").run()
    page.button(key="add-a").click().run()
    assert page.query_params["a"] == RAISED


def test_the_form_offers_every_rule_and_says_what_a_value_may_be(open_page: Open, township: Path) -> None:
    page = whatif(open_page, township)
    offered = page.selectbox(key="law-a").options
    assert len(offered) == len(Workspace(township).policy().rules)
    page.number_input(key="scale-dibao_standard-value-a").set_value(50.0).run()
    assert "超出合理范围" in read(page)


def test_a_link_of_every_shipped_scenario_is_reckoned(open_page: Open, township: Path) -> None:
    for name in ("balin_low", "disregard_30", "xx_ratio_high"):
        page = whatif(open_page, township, a=f"@{quote(name)}")
        assert "情景甲" in said(page)


def test_small_moves_are_hidden_from_who_opens_no_case(open_page: Open, county: Path) -> None:
    """The example county has a few dozen households: nobody may be counted there in ones and twos."""
    page = whatif(open_page, county, a=RAISED, part="measures")
    counts = re.findall(r"(?<![\d,.])([1-9]) (?:户|人)", read(page))
    assert counts == []


def test_a_shorter_limit_makes_cases_late_and_what_is_assumed_is_said(open_page: Open, township: Path) -> None:
    page = whatif(open_page, township, a="@pingyuan_7_days", part="limits")
    assert "将变为超时" in said(page)
    assert "不预测各方行为" in read(page)
    page = whatif(open_page, township, a="taper_months;;;;set;9", part="limits")
    assert "前后相同" in read(page)


def test_staff_and_steps_left_out_are_said_beside_the_times(open_page: Open, township: Path) -> None:
    page = whatif(open_page, township, a='!removed;["democratic_review"]|!staff;2.0', part="limits")
    assert "取消的环节" in read(page)
    assert "人员为现有的 2 倍" in read(page)


def test_kin_is_no_fault_and_small_counts_of_it_are_hidden(open_page: Open, township: Path) -> None:
    page = whatif(open_page, township, part="kin")
    assert "有亲属关系不是问题" in read(page)
    assert "违规" not in said(page)
    assert re.findall(r"(?<![\d,.])([1-9]) 户", read(page)) == []


@pytest.mark.parametrize(
    ("lever", "words"),
    [
        ("front", "不给城乡组合"),
        ("best", "不给城乡组合"),  # a township has too few urban households for both
        ("swings", "每条规则单独"),
        ("responses", "不进入上方数字"),
    ],
)
def test_every_lever_is_drawn(open_page: Open, township: Path, lever: str, words: str) -> None:
    page = whatif(open_page, township, a=RAISED, part="levers", lever=lever, run=lever, budget="200")
    assert words in read(page)
    assert not page.error


def test_what_more_earnings_leave_and_the_cliff_stand_among_the_measures(open_page: Open, township: Path) -> None:
    page = whatif(open_page, township, a=RAISED, part="measures")
    (table,) = [one.value for one in page.dataframe if "指标" in one.value.columns]
    rows = table[table["指标"].str.startswith(("有效边际税率", "悬崖"))]
    assert len(rows) == 4
    assert "—" not in rows.iloc[:, 1].iloc[0]


def test_leads_stand_beside_what_a_months_visits_reach_and_cost(open_page: Open, township: Path) -> None:
    week = "@pingyuan_7_days"
    page = whatif(open_page, township, a=week, part="leads", run="leads", visits="30", price="150")
    told = read(page)
    assert "每月 30 户 × 150 元 = 4,500 元" in told
    tables = [one.value for one in page.dataframe]
    changed = next(one for one in tables if "新出现" in one.columns)
    assert any(count[0].isdigit() and count != "0" for count in changed["新出现"])  # late_decision, under 7 days
    reached = next(one for one in tables if "当月可到(户)" in one.columns)
    assert len(reached) == 2  # the rules in force, and the scenario's
    assert all(int(count.replace(",", "")) <= 30 for count in reached["当月可到(户)"] if count[0].isdigit())


def test_a_question_that_only_one_set_of_rules_can_ask_is_not_comparable(
    open_page: Open, township: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the scenario's rules could not be asked of late_decision: its leads are not said to vanish."""
    real = appearing.run

    def run(*asked: object, **how: object) -> object:
        found = real(*asked, **how)
        if next(calls) % 2 == 0:
            return found
        late = pl.col("scheme") == "late_decision"
        runs = found.runs.with_columns(status=pl.when(late).then(pl.lit("not_run")).otherwise("status"))
        return replace(found, leads=found.leads.filter(~late), runs=runs)

    calls = count()
    monkeypatch.setattr(appearing, "run", run)
    page = whatif(open_page, township, a="@taper_12", part="leads", run="leads")
    assert "不可比" in read(page)
    (table,) = [one.value for one in page.dataframe if "不再出现" in one.value.columns]
    apart = table[table["不再出现"] == "不可比"]
    assert len(apart) == 1
    assert (apart[["新出现", "不再出现", "不变"]] == "不可比").all(axis=None)


@pytest.mark.parametrize("layer", ["rule_book", "delivered"])
@pytest.mark.parametrize("setting", ["", "rural"])
def test_a_budget_is_answered_by_the_last_yuan_that_fits_and_the_first_that_does_not(
    open_page: Open, township: Path, setting: str, layer: str
) -> None:
    page = whatif(open_page, township, a=RAISED, budget="300", setting=setting, layer=layer)
    answer = four(page)["预算 300 万元内的最高标准"][0]
    now, last, first = page.dataframe[0].value.to_dict("records")
    assert answer == f"{last['标准(元/人·月)']} 元/人·月"
    assert now["一年支出"] == four(page)["一年支出"][0]  # the same reckoning as above
    assert last["与预算相差"][0] in "-0"
    assert first["与预算相差"][0] == "+"
    amounts = [[int(one) for one in re.findall(r"\d+", step["标准(元/人·月)"])] for step in (last, first)]
    assert max(amounts[1]) == max(amounts[0]) + 1


def test_a_budget_that_no_standard_keeps_to_says_why(open_page: Open, township: Path) -> None:
    page = whatif(open_page, township, budget="40")
    assert "预算 40 万元不够:" in read(page)
    assert [row["哪一步"] for row in page.dataframe[0].value.to_dict("records")] == ["该情景现在", "第一个超预算的"]


def test_behaviour_is_off_until_it_is_asked_for(open_page: Open, township: Path) -> None:
    page = whatif(open_page, township, a=RAISED, part="levers", lever="responses")
    assert page.button(key="run-responses")
    assert not page.dataframe


def test_an_empty_workspace_says_how_to_begin(open_page: Open, tmp_path: Path) -> None:
    page = open_page(tmp_path, "whatif", role="researcher")
    assert not page.exception
    assert "mingcha demo" in said(page)


def test_a_workspace_without_standards_says_what_to_fill_in(open_page: Open, county: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    shutil.copytree(county, bare)
    for file in (bare / "policy").glob("dibao_standard.toml"):
        file.unlink()
    page = open_page(bare, "whatif", role="researcher")
    assert not page.exception
    assert "policy/dibao_standard.toml" in said(page)


def test_nothing_is_written_into_the_workspace(open_page: Open, township: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in township.rglob("*.parquet")}
    whatif(open_page, township, a=RAISED, part="statement")
    assert {path: path.stat().st_mtime_ns for path in township.rglob("*.parquet")} == before
