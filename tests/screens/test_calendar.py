"""Does the calendar's test box count as the contract does, day by day, and guess nothing?"""

from pathlib import Path

import pytest

from casework.workspace import Workspace
from tests.screens.conftest import Open, said


@pytest.mark.parametrize("role", ["inspector", "supervisor", "leader", "researcher", "steward", "auditor"])
def test_everyone_may_count(open_page: Open, county: Path, role: str) -> None:
    page = open_page(county, "calendar", role=role, a="2024-02-02", b="2024-02-20", n="5")
    assert [(box.label, box.value) for box in page.metric] == [
        ("2024-02-02 之后至 2024-02-20(含)", "9 个工作日"),  # the holiday fortnight with two make-up Sundays
        ("自 2024-02-02 起第 5 个工作日", "2024-02-08 周四"),
    ]


def test_every_day_is_listed_with_its_reason(open_page: Open, county: Path) -> None:
    page = open_page(county, "calendar", role="steward", a="2024-02-02", b="2024-02-05")
    assert [tuple(row.values()) for row in page.dataframe[0].value.to_dict("records")] == [
        ("2024-02-02", "周五", "工作日", "起算日,不计", "0"),
        ("2024-02-03", "周六", "周末", "不计", "0"),
        ("2024-02-04", "周日", "调休上班 · 春节", "计入", "1"),
        ("2024-02-05", "周一", "工作日", "计入", "2"),
    ]


def test_an_unpublished_year_is_undecidable_never_a_number(open_page: Open, county: Path) -> None:
    page = open_page(county, "calendar", role="steward", lang="en", a="2026-12-30", b="2027-01-04")
    assert [box.value for box in page.metric] == ["undecidable", "undecidable"]
    assert "Days beyond are not guessed" in said(page)
    assert [row["Running count"] for row in page.dataframe[0].value.to_dict("records")] == [
        "0", "1", "not published", "not published", "not published", "not published",
    ]  # fmt: skip


def test_two_days_in_the_wrong_order_count_backwards(open_page: Open, county: Path) -> None:
    page = open_page(county, "calendar", role="steward", a="2024-02-20", b="2024-02-02")
    assert page.metric[0].value == "-9 个工作日"
    assert page.dataframe[0].value["日期"].to_list()[0] == "2024-02-02"


def test_the_workspaces_own_days_are_shown(open_page: Open, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "workspace", create=True).path
    (workspace / "policy").mkdir()
    (workspace / "policy" / "calendar.csv").write_text("date,is_workday,note\n2024-03-05,否,县庆\n", "utf-8")
    page = open_page(workspace, "calendar", role="leader", a="2024-03-04", b="2024-03-06")
    assert page.metric[0].value == "1 个工作日"
    words = said(page)
    assert "本地放假 · 县庆" in words
    assert "本地改动 · 1" in words


def test_words_that_are_no_day_or_number_fall_back(open_page: Open, county: Path) -> None:
    page = open_page(county, "calendar", role="steward", a="soon", b="2024-02-30", n="many")
    assert not page.exception
    assert page.text_input(key="url-n").value == "20"


def test_a_choice_stands_in_the_address(open_page: Open, county: Path) -> None:
    page = open_page(county, "calendar", role="steward", a="2024-02-02", b="2024-02-20")
    page = page.text_input(key="url-n").set_value("9").run()
    assert page.query_params["n"] == "9"
    assert page.metric[1].value == "2024-02-20 周二"
