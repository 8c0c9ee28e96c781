"""Does the page of the monthly report show what the files say, for the month of the URL, to whom may have it?"""

from pathlib import Path

import pytest

from casework.workspace import Workspace
from dashboard.screens.lead import report
from tests.screens.conftest import Open, said

COUNTY = "990101000000"


def buttons(page: object) -> list[str]:
    return [one.proto.label for one in page.get("download_button")]  # type: ignore[attr-defined]  # an AppTest


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ["示范县社会救助月报(2024-12)", "与上月相比", "主要指标", "下一级地区", "不显示", "怎么算的"]),
        ("en", ["monthly report, 2024-12", "Since last month", "Main metrics", "One tier down", "Not shown"]),
    ],
)
def test_the_page_shows_what_the_files_say(open_page: Open, county: Path, language: str, words: list[str]) -> None:
    page = open_page(county, "report", role="leader", region=COUNTY, lang=language)
    assert not page.exception
    found = said(page)
    assert [one for one in words if one not in found] == []


def test_the_month_stands_in_the_url_and_an_unknown_one_is_the_last_that_is_over(open_page: Open, county: Path) -> None:
    chosen = open_page(county, "report", role="leader", region=COUNTY, month="2024-06")
    assert "月报(2024-06)" in said(chosen)
    assert "2022-07 – 2024-06" in said(chosen)
    assert "月报(2024-12)" in said(open_page(county, "report", role="leader", region=COUNTY, month="2099-01"))


@pytest.mark.parametrize("role", ["leader", "supervisor", "inspector"])
def test_small_counts_are_hidden_for_who_sees_them_elsewhere(open_page: Open, county: Path, role: str) -> None:
    page = open_page(county, "report", role=role, region=COUNTY)
    table = next(one.value for one in page.dataframe if "指标" in one.value and "本月" in one.value)
    row = table[table["指标"] == "按时办结率"].iloc[0]
    assert [row["本月"], row["区间下限"], row["依据"]] == ["不显示", "", ""]


@pytest.mark.parametrize("role", ["researcher", "steward", "auditor"])
def test_who_makes_no_reports_sees_none(open_page: Open, county: Path, role: str) -> None:
    assert buttons(open_page(county, "report", role=role)) == []


def test_without_libreoffice_the_page_says_why_there_is_no_pdf(
    open_page: Open, county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "office", lambda: None)
    page = open_page(county, "report", role="leader", region=COUNTY)
    assert buttons(page) == ["Word 文档", "Excel 工作簿"]
    assert "没有安装 LibreOffice" in said(page)
    monkeypatch.setattr(report, "office", lambda: "/usr/bin/soffice")
    assert buttons(open_page(county, "report", role="leader", region=COUNTY))[-1] == "PDF 文件"


def test_looking_makes_no_file_and_no_entry(open_page: Open, county: Path) -> None:
    before = len(Workspace(county).journal.entries())
    open_page(county, "report", role="leader", region=COUNTY)
    kinds = [entry.what for entry in Workspace(county).journal.entries()[before:]]
    assert "export" not in kinds


def test_an_empty_workspace_says_how_to_begin(open_page: Open, tmp_path: Path) -> None:
    Workspace(tmp_path / "W", create=True)
    assert "mingcha import" in said(open_page(tmp_path / "W", "report", role="leader"))
