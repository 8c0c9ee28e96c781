"""Who is let in, as what, and for how long?"""

import sqlite3
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from casework.workspace import Workspace
from dashboard.entry import ENTERED
from tests.county import imported
from tests.screens.conftest import Open, read, said
from tests.screens.enrolled import TOWNSHIP, put, told, with_people

DOOR = "进入"


@pytest.fixture
def enrolled(county: Path, tmp_path: Path) -> Path:
    return with_people(county, tmp_path)


def come_in(page: AppTest, name: str) -> AppTest:
    page.selectbox(key="door-name").set_value(name)
    return press(page, DOOR)


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click().run()
    return page


def at_the_door(page: AppTest) -> bool:
    return any(button.label == DOOR for button in page.button)


def stand(page: AppTest, name: str, role: str) -> AppTest:
    """Someone who came in before."""
    page.session_state[ENTERED] = (name, role)
    return page.run()


# -- nobody is registered --------------------------------------------------------------------------------------------


def test_where_nobody_is_registered_any_name_comes_in_and_is_journalled_once(open_page: Open, tmp_path: Path) -> None:
    workspace = imported(tmp_path / "county", detected=False)
    page = open_page(workspace, "queue")
    page.text_input[0].set_value("示例检查员")
    press(page, DOOR)
    page.run()
    assert "示例检查员 · 纪检监察" in said(page)
    press(page, "离开,换人")
    assert told(workspace, "enter", "leave") == [("示例检查员", "enter", "inspector"), ("示例检查员", "leave", "")]
    assert {entry.subject for entry in Workspace(workspace).journal.entries()[1:]} == {"door"}


def test_no_name_is_no_entry(open_page: Open, county: Path) -> None:
    page = press(open_page(county, "queue"), DOOR)
    assert at_the_door(page)
    assert "请先填写姓名" in page.warning[0].value


# -- people are registered -------------------------------------------------------------------------------------------


def test_only_active_registered_names_can_be_chosen_and_the_page_says_that_nobody_checks(
    open_page: Open, enrolled: Path
) -> None:
    put(enrolled, "示例乙", "inspector", TOWNSHIP, active=False)
    page = open_page(enrolled, "queue")
    assert page.selectbox(key="door-name").options == ["示例审计", "示例甲", "示例管理员", "示例负责人"]
    assert not page.radio
    assert "姓名未经核验,没有密码" in said(page)
    assert "请联系数据管理员:示例管理员。" in said(page)


def test_a_registered_name_comes_in_as_registered_whatever_the_link_says(open_page: Open, enrolled: Path) -> None:
    page = open_page(enrolled, "queue")
    page.query_params["role"] = "supervisor"
    come_in(page, "示例乙")
    assert "示例乙 · 纪检监察" in said(page)
    assert "示例甲镇" in said(page)
    assert page.query_params["role"] == "inspector"
    page.run()
    assert told(enrolled, "enter") == [("示例乙", "enter", "inspector")]


def test_a_reader_sees_the_leads_of_their_region_only(open_page: Open, enrolled: Path) -> None:
    leads = Workspace(enrolled).leads()
    page = stand(open_page(enrolled, "queue"), "示例乙", "inspector")
    inside = leads.filter(leads["region_code"].str.starts_with(TOWNSHIP[:9]))
    assert 0 < inside.height < leads.height
    assert f"共 {inside.height} 条线索" in said(page)
    outside = next(code for code in leads["lead_id"] if code not in inside["lead_id"].to_list())
    assert "没有这条线索" in said(stand(open_page(enrolled, "dossier", lead=outside), "示例乙", "inspector"))


def test_no_picker_leads_out_of_the_readers_region(open_page: Open, enrolled: Path) -> None:
    put(enrolled, "示例领导", "leader", TOWNSHIP)
    page = stand(open_page(enrolled, "overview"), "示例领导", "leader")
    assert page.selectbox(key="url-region").options[0] == "示例甲镇"
    assert not [button for button in page.button if button.label == "上一级"]


@pytest.mark.parametrize("name", ["示例丙", "示例乙"])
def test_a_name_nobody_registered_or_that_was_retired_is_told_whom_to_ask(
    open_page: Open, enrolled: Path, name: str
) -> None:
    put(enrolled, "示例乙", "inspector", TOWNSHIP, active=False)
    page = stand(open_page(enrolled, "queue"), name, "inspector")
    assert at_the_door(page)
    assert "姓名未登记、登记已停用" in page.warning[0].value
    assert f"{name}:此前的记录都在,没有丢失。请联系数据管理员:示例管理员。" in said(page)
    assert not page.dataframe


def test_one_who_is_retired_meanwhile_is_turned_away_at_the_next_click_and_once(
    open_page: Open, enrolled: Path
) -> None:
    page = come_in(open_page(enrolled, "queue"), "示例甲")
    assert "线索台" in said(page)
    put(enrolled, "示例甲", "inspector", active=False)
    page.run()
    assert at_the_door(page)
    assert "示例甲:此前的记录都在" in said(page)
    page.run()
    assert not page.warning
    assert told(enrolled, "enter", "leave") == [("示例甲", "enter", "inspector"), ("示例甲", "leave", "")]
    put(enrolled, "示例甲", "inspector")
    page.run()
    assert at_the_door(page)  # let in again, they come in again


def test_one_whose_role_or_region_is_changed_meanwhile_has_it_at_the_next_click_and_is_told(
    open_page: Open, enrolled: Path
) -> None:
    page = come_in(open_page(enrolled, "queue"), "示例甲")
    put(enrolled, "示例甲", "supervisor", TOWNSHIP)
    page.run()
    assert "示例甲 · 监察负责人" in said(page)
    assert "示例甲镇" in said(page)
    assert "登记刚有变更" in page.warning[0].value
    page.run()
    assert not page.warning
    put(enrolled, "示例甲", "leader", TOWNSHIP)
    page.run()
    assert "无权查看或办理此项" in said(page)
    assert len(told(enrolled, "enter")) == 1


def test_one_chosen_at_the_door_and_retired_before_the_click_is_not_let_in(open_page: Open, enrolled: Path) -> None:
    page = open_page(enrolled, "queue")
    page.selectbox(key="door-name").set_value("示例甲")
    put(enrolled, "示例甲", "inspector", active=False)
    press(page, DOOR)
    assert at_the_door(page)
    assert "示例甲" not in page.selectbox(key="door-name").options
    assert "名单里没有您" in said(page)
    assert told(enrolled, "enter") == []


def test_the_door_does_not_open_again_when_everybody_is_retired(open_page: Open, county: Path, tmp_path: Path) -> None:
    enrolled = with_people(county, tmp_path)
    for name, role in (("示例甲", "inspector"), ("示例乙", "inspector"), ("示例负责人", "supervisor")):
        put(enrolled, name, role, active=False)  # type: ignore[arg-type]
    for name, role in (("示例管理员", "steward"), ("示例审计", "auditor")):
        put(enrolled, name, role, active=False)  # type: ignore[arg-type]
    page = open_page(enrolled, "queue", role="inspector")
    assert at_the_door(page)
    assert page.selectbox(key="door-name").options == []
    assert "mingcha user add" in said(page)


def test_one_whose_region_is_gone_from_the_data_is_turned_away_but_a_steward_is_not(
    open_page: Open, tmp_path: Path
) -> None:
    workspace = imported(tmp_path / "county", detected=False)
    put(workspace, "示例甲", "inspector", "980101000000")
    put(workspace, "示例管理员", "steward", "980101000000")
    assert at_the_door(stand(open_page(workspace, "queue"), "示例甲", "inspector"))
    page = stand(open_page(workspace, "data"), "示例管理员", "steward")
    assert not at_the_door(page)
    assert "980101000000" in said(page)


def test_the_door_speaks_english(open_page: Open, enrolled: Path) -> None:
    page = open_page(enrolled, "queue", lang="en")
    assert page.selectbox(key="door-name").label == "Who you are"
    assert "Ask a data steward: 示例管理员." in read(page)


def test_a_journal_that_cannot_be_written_lets_nobody_in(open_page: Open, enrolled: Path) -> None:
    page = open_page(enrolled, "queue")
    page.selectbox(key="door-name").set_value("示例甲")
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr("casework.review.journal.append", lambda *_args, **_named: 1 / 0)
        press(page, DOOR)
    assert ENTERED not in page.session_state
    assert at_the_door(page.run())
    assert told(enrolled, "enter") == []


def test_at_the_open_door_one_person_is_one_name_however_it_is_written(open_page: Open, tmp_path: Path) -> None:
    workspace = imported(tmp_path / "county", detected=False)
    for typed in ("Wang 01", "wang01", "Ｗang 01", "Wang 02"):
        page = open_page(workspace, "queue")
        page.text_input[0].set_value(typed)
        press(page, DOOR)
    assert [name for name, _, _ in told(workspace, "enter")] == ["Wang 01", "Wang 01", "Wang 01", "Wang 02"]


@pytest.mark.parametrize("typed", ["示例\u200b甲", "示例甲 990101195505051019"])
def test_the_open_door_takes_no_name_that_could_not_be_registered(open_page: Open, county: Path, typed: str) -> None:
    page = open_page(county, "queue")
    page.text_input[0].set_value(typed)
    press(page, DOOR)
    assert at_the_door(page)
    assert "不能用这个姓名进入" in page.warning[0].value
    assert ENTERED not in page.session_state


def test_an_emptied_table_of_people_opens_no_door(open_page: Open, enrolled: Path) -> None:
    page = come_in(open_page(enrolled, "queue"), "示例甲")
    with sqlite3.connect(enrolled / "mingcha.sqlite") as connection:
        connection.execute("DELETE FROM reader")
    page.run()
    assert not at_the_door(page)
    assert "登记表被改动" in page.error[0].value
    assert "mingcha verify" in said(page)
    assert not page.dataframe
    assert "登记表被改动" in open_page(enrolled, "queue", role="inspector").error[0].value
    put(enrolled, "示例甲", "inspector")
    assert "线索台" in said(stand(open_page(enrolled, "queue"), "示例甲", "inspector"))


def test_the_next_reader_finds_nothing_of_the_one_before(open_page: Open, enrolled: Path) -> None:
    page = come_in(open_page(enrolled, "queue"), "示例甲")
    left = {"unmasked": {"示例甲": {"L1"}}, "looked": {("示例甲", "L1")}, "token-take": "t", "visit-text-L1": "words"}
    for name, value in left.items():
        page.session_state[name] = value
    page.run()
    press(page, "离开,换人")
    assert not [name for name in (*left, ENTERED) if name in page.session_state]
    assert at_the_door(page)
