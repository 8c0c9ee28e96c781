"""What does a page say when there is nothing to show, or nothing that this reader may see?"""

from pathlib import Path
from shutil import copytree

import pytest

from tests.county import COUNTY, imported
from tests.screens.conftest import Open, said


@pytest.mark.parametrize(
    ("address", "role"),
    [
        ("overview", "leader"),
        ("queue", "inspector"),
        ("data", "leader"),
        ("dossier", "inspector"),
        ("rows", "leader"),
        ("search", "inspector"),
        ("times", "leader"),
    ],
)
def test_an_empty_workspace_says_how_to_import(open_page: Open, tmp_path: Path, address: str, role: str) -> None:
    for language, words in (("zh", "工作区还没有数据"), ("en", "The workspace holds no data yet")):
        page = open_page(tmp_path / "empty", address, role=role, lang=language)
        assert not page.exception
        assert words in said(page)
        assert "mingcha import" in said(page)


def test_data_without_a_run_is_not_nothing_found(open_page: Open, tmp_path: Path) -> None:
    workspace = imported(tmp_path / "county", detected=False)
    words = said(open_page(workspace, "queue", role="inspector"))
    assert "还没有运行过线索规则" in words
    assert "没有符合条件的线索" not in words


def test_a_scheme_that_could_not_run_says_what_it_needs(open_page: Open, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name in ("region.csv", "household.csv", "person.csv", "member.csv", "application.csv", "meta.toml"):
        text = (COUNTY / name).read_text(encoding="utf-8")
        (source / name).write_text(text.split("[totals]")[0], encoding="utf-8")
    imported(tmp_path / "part", source)
    words = said(open_page(tmp_path / "part", "queue", role="inspector"))
    assert "身故后仍发放(待核实):需要 保障记录 (award)" in words
    overview = said(open_page(tmp_path / "part", "overview", role="leader"))
    assert "未知" in overview
    assert "缺少:保障记录 (award)" in overview


def test_an_unknown_lead_is_one_clear_line(open_page: Open, county: Path) -> None:
    page = open_page(county, "dossier", role="inspector", lead="0000")
    assert not page.exception
    assert "没有这条线索" in said(page)


def test_filters_that_leave_nothing_say_so(open_page: Open, county: Path) -> None:
    words = said(open_page(county, "queue", role="inspector", scheme="late_decision", family="wrong"))
    assert "没有待领取的线索" in words
    assert "可放宽筛选条件" in words


def test_a_link_to_a_region_that_is_gone_shows_everything_and_says_so(open_page: Open, county: Path) -> None:
    page = open_page(county, "overview", role="leader", region="110101001001", programme="nosuch")
    assert not page.exception
    assert page.warning[0].value.startswith("链接中的地区、救助类型或月份")
    assert "示范县" in said(page)


@pytest.mark.parametrize(("month", "warned"), [("2099-01", True), ("nonsense", True), ("2024-03", False), ("", False)])
def test_a_link_to_months_that_are_not_there_says_so(open_page: Open, county: Path, month: str, warned: bool) -> None:
    page = open_page(county, "overview", role="leader", since=month)
    assert not page.exception
    assert bool(page.warning) is warned


@pytest.mark.parametrize("address", ["queue", "dossier", "search"])
def test_a_leader_is_refused_what_belongs_to_inspectors(open_page: Open, county: Path, address: str) -> None:
    page = open_page(county, address, role="leader", lead="x")
    assert not page.exception
    assert "无权查看或办理此项" in said(page)
    assert not page.dataframe
    assert not page.title


def test_without_a_role_the_door_stands_before_every_page(open_page: Open, county: Path, tmp_path: Path) -> None:
    page = open_page(copytree(county, tmp_path / "county"), "queue")  # who comes in is journalled
    assert page.radio[0].options == ["纪检监察", "监察负责人", "民政领导", "研究人员", "数据管理员", "审计员"]
    page.text_input[0].set_value("示例检查员")
    page.button[0].click().run()
    assert page.query_params["role"] == "inspector"
    assert [title.value for title in page.title] == ["线索台"]
    assert "示例检查员 · 纪检监察" in said(page)


def test_the_synthetic_banner_stands_on_every_page(open_page: Open, county: Path) -> None:
    for address, role in (("queue", "inspector"), ("overview", "leader"), ("data", "leader")):
        assert "合成数据" in said(open_page(county, address, role=role))
        assert "数据截至 2024-12-31" in said(open_page(county, address, role=role))


def test_a_metric_hidden_for_leaders_is_open_to_inspectors(open_page: Open, county: Path) -> None:
    asked = {"region": "990101001001", "since": "2024-03", "until": "2024-03", "metric": "on_time_share"}
    leader = said(open_page(county, "rows", role="leader", **asked))
    inspector = said(open_page(county, "rows", role="inspector", **asked))
    assert "不显示明细" in leader
    assert "不显示明细" not in inspector
