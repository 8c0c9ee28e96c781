"""Does the list say who may come in, and can only a steward change it, and never themself?"""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from casework.review.register import registered
from casework.workspace import Workspace
from tests.county import imported
from tests.screens.conftest import Open, read, said
from tests.screens.enrolled import TOWNSHIP, put, told, with_people
from tests.screens.test_entry import at_the_door, press, stand
from tests.worlds import person_no

NUMBER = "990101195505051019"  # in the example county
LEAD = {"lead": {"scheme": "deceased_paid", "content_digest": "d1", "conduct": False}}


@pytest.fixture
def enrolled(county: Path, tmp_path: Path) -> Path:
    return with_people(county, tmp_path)


def steward(open_page: Open, workspace: Path, **params: str) -> AppTest:
    return stand(open_page(workspace, "people", **params), "示例管理员", "steward")


def fill(page: AppTest, label: str, value: str, place: int = -1) -> None:
    """Write into the field of that label: the last one is the form for someone new."""
    fields = [field for field in [*page.text_input, *page.selectbox] if field.label == label]
    fields[place].set_value(value)


def people(workspace: Path) -> dict[str, tuple[str, str, bool, bool]]:
    """Role, region, whether there is a number, whether active."""
    known = registered(Workspace(workspace).review).values()
    return {one.name: (one.role, one.region_code, one.person_id is not None, one.active) for one in known}


# -- reading ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "role"), [("示例负责人", "supervisor"), ("示例审计", "auditor")])
def test_supervisors_and_auditors_read_the_list_and_change_nothing(
    open_page: Open, enrolled: Path, name: str, role: str
) -> None:
    page = stand(open_page(enrolled, "people", person="示例乙"), name, role)
    (table, _history) = page.dataframe
    assert table.value["name"].to_list() == ["示例乙", "示例审计", "示例甲", "示例管理员", "示例负责人"]
    assert list(table.value.iloc[0])[:9] == ["示例乙", "纪检监察", "示例甲镇", "在用", "无", "0", "0", "0", "0"]
    assert {button.label for button in page.button} == {"离开,换人"}
    assert not [form for form in page.text_input if "身份证号" in form.label]


@pytest.mark.parametrize(("name", "role"), [("示例甲", "inspector"), ("示例领导", "leader")])
def test_others_do_not(open_page: Open, enrolled: Path, name: str, role: str) -> None:
    put(enrolled, "示例领导", "leader")
    page = stand(open_page(enrolled, "people"), name, role)
    assert "无权查看或办理此项" in said(page)
    assert not page.dataframe


def test_what_lies_on_each_desk_is_counted(open_page: Open, enrolled: Path) -> None:
    review = Workspace(enrolled).review
    for lead_id in ("L1", "L2", "L3"):
        review.act("示例甲", "take", lead_id, LEAD, key=lead_id)
    review.act("示例甲", "plan", "L3", {**LEAD, "step": "visit"}, key="plan")
    page = stand(open_page(enrolled, "people", person="示例甲"), "示例负责人", "supervisor")
    row = page.dataframe[0].value.set_index("name").loc["示例甲"]
    assert list(row[["assigned", "verifying", "decided", "waiting"]]) == ["2", "1", "0", "0"]
    assert "名下还有 3 条线索未办结" in said(page)


def test_a_name_in_the_link_that_is_nobody_s_says_so(open_page: Open, enrolled: Path) -> None:
    assert "没有登记这个人" in said(stand(open_page(enrolled, "people", person="示例丙"), "示例审计", "auditor"))


def test_the_history_tells_every_registration_and_by_whom(open_page: Open, enrolled: Path) -> None:
    put(enrolled, "示例乙", "supervisor", TOWNSHIP)
    put(enrolled, "示例乙", "supervisor", TOWNSHIP, active=False)
    page = stand(open_page(enrolled, "people", person="示例乙"), "示例审计", "auditor")
    history = page.dataframe[1].value
    assert history["做了什么"].to_list() == ["停用人员", "登记人员", "登记人员"]
    assert history["登记内容"].to_list()[0] == "监察负责人 · 示例甲镇 · 无回避号码 · 已停用"
    assert set(history["经手"]) == {"另一管理员"}


def test_the_page_speaks_english(open_page: Open, enrolled: Path) -> None:
    words = read(steward(open_page, enrolled, lang="en", person="示例乙"))
    ours = re.sub("示例甲镇|示例乙|示例审计|示例甲|示例管理员|示例负责人|另一管理员|明察", "", words)
    assert "Inspector" in ours
    assert not re.search(r"[\u4e00-\u9fff]", ours.replace("合成数据", ""))


# -- nobody yet ------------------------------------------------------------------------------------------------------


def test_without_anybody_the_page_explains_and_the_first_one_is_a_steward(open_page: Open, tmp_path: Path) -> None:
    workspace = imported(tmp_path / "county", detected=False)
    page = open_page(workspace, "people", role="steward")
    assert "还没有登记人员" in said(page)
    assert page.text_input[0].value == "T-01"
    press(page, "登记为数据管理员")
    assert people(workspace) == {"T-01": ("steward", "", False, True)}
    assert "已登记 T-01:数据管理员 · 全部地区" in said(page)
    assert "登记新人员" in said(page)


def test_one_who_registers_another_name_first_is_turned_away(open_page: Open, tmp_path: Path) -> None:
    workspace = imported(tmp_path / "county", detected=False)
    page = open_page(workspace, "people", role="steward")
    page.text_input[0].set_value("示例管理员")
    press(page, "登记为数据管理员")
    assert at_the_door(page)
    assert page.selectbox(key="door-name").options == ["示例管理员"]


def test_without_anybody_a_supervisor_reads_how_it_is_done(open_page: Open, county: Path) -> None:
    page = open_page(county, "people", role="supervisor")
    assert "mingcha user add" in said(page)
    assert not page.text_input


# -- changing --------------------------------------------------------------------------------------------------------


def test_a_steward_registers_someone_and_the_number_is_seen_nowhere(open_page: Open, enrolled: Path) -> None:
    page = steward(open_page, enrolled)
    fill(page, "姓名或工号", " 示例丙 ")
    fill(page, "身份", "leader")
    fill(page, "地区", TOWNSHIP)
    fill(page, "身份证号(仅供回避,可不填)", NUMBER)
    press(page, "登记")
    assert people(enrolled)["示例丙"] == ("leader", TOWNSHIP, True, True)
    assert "已登记 示例丙:民政领导 · 示例甲镇 · 有回避号码 · 在用" in said(page)
    assert "没有出现" not in said(page)
    assert [field.value for field in page.text_input] == ["", ""]  # the form is empty again
    assert told(enrolled, "enrol")[-1][0] == "示例管理员"
    journal = "".join(map(str, Workspace(enrolled).journal.entries()))
    assert NUMBER not in journal
    assert NUMBER not in said(page)
    assert NUMBER.encode() not in (enrolled / "mingcha.sqlite").read_bytes()


def test_a_number_that_the_data_do_not_know_is_taken_and_said_to_be_without_effect(
    open_page: Open, enrolled: Path
) -> None:
    page = steward(open_page, enrolled)
    fill(page, "姓名或工号", "示例丙")
    fill(page, "身份证号(仅供回避,可不填)", person_no("示例丙", "1990-03-07"))
    press(page, "登记")
    assert people(enrolled)["示例丙"][2]
    assert "该号码在当前数据中没有出现" in said(page)


@pytest.mark.parametrize(
    ("name", "number", "why"),
    [
        ("", "", "姓名应为 1 至 40 个字"),
        ("示例甲", "", "已登记“示例甲”;如需更改,请在名单中点选"),
        ("示例 甲", "", "已登记“示例甲”"),
        ("示例丙", NUMBER[:-1] + "0", "校验位不对"),
        (NUMBER, "", "姓名里不得写身份证号"),
    ],
)
def test_what_cannot_be_registered_is_said_and_kept_in_the_form(
    open_page: Open, enrolled: Path, name: str, number: str, why: str
) -> None:
    before = people(enrolled)
    page = steward(open_page, enrolled)
    fill(page, "姓名或工号", name)
    fill(page, "身份证号(仅供回避,可不填)", number)
    press(page, "登记")
    assert why in said(page)
    assert page.text_input[0].value == name
    assert people(enrolled) == before


def test_a_steward_changes_a_role_and_what_changed_is_said(open_page: Open, enrolled: Path) -> None:
    page = steward(open_page, enrolled, person="示例乙")
    fill(page, "身份", "supervisor", 0)
    fill(page, "地区", "", 0)
    press(page, "更改登记")
    assert people(enrolled)["示例乙"] == ("supervisor", "", False, True)
    assert "已更改 示例乙 的登记:纪检监察 → 监察负责人;示例甲镇 → 全部地区" in said(page)
    press(page, "更改登记")
    assert "与原登记相同,没有改动" in said(page)
    assert len(told(enrolled, "enrol")) == 6


def test_a_number_stays_unless_it_is_taken_away(open_page: Open, enrolled: Path) -> None:
    page = steward(open_page, enrolled, person="示例乙")
    fill(page, "身份证号(仅供回避,可不填)", NUMBER, 0)
    press(page, "更改登记")
    fill(page, "身份", "supervisor", 0)
    press(page, "更改登记")
    assert people(enrolled)["示例乙"] == ("supervisor", TOWNSHIP, True, True)
    page.checkbox[0].check()
    press(page, "更改登记")
    assert people(enrolled)["示例乙"] == ("supervisor", TOWNSHIP, False, True)
    assert "有回避号码 → 无回避号码" in said(page)


def test_who_changes_what_another_has_just_changed_is_told(open_page: Open, enrolled: Path) -> None:
    page = steward(open_page, enrolled, person="示例乙")
    fill(page, "身份", "leader", 0)
    put(enrolled, "示例乙", "supervisor", TOWNSHIP)
    press(page, "更改登记")
    assert people(enrolled)["示例乙"] == ("supervisor", TOWNSHIP, False, True)
    assert "登记刚被他人改动" in said(page)
    assert next(box.value for box in page.selectbox if box.label == "身份") == "leader"  # what was chosen stays
    press(page, "更改登记")
    assert people(enrolled)["示例乙"][0] == "leader"


def test_retiring_is_asked_first_and_can_be_taken_back(open_page: Open, enrolled: Path) -> None:
    page = steward(open_page, enrolled, person="示例乙")
    press(page, "停用")
    assert people(enrolled)["示例乙"][3]
    press(page, "取消")
    assert people(enrolled)["示例乙"][3]
    press(page, "停用")
    press(page, "确认停用")
    assert not people(enrolled)["示例乙"][3]
    assert "在用 → 已停用" in said(page)
    press(page, "撤销停用")
    assert people(enrolled)["示例乙"] == ("inspector", TOWNSHIP, False, True)
    assert [kind for _, kind, _ in told(enrolled, "enrol", "retire")][-2:] == ["retire", "enrol"]


def test_a_retired_one_can_be_let_in_again_later(open_page: Open, enrolled: Path) -> None:
    put(enrolled, "示例乙", "inspector", TOWNSHIP, active=False)
    page = steward(open_page, enrolled, person="示例乙")
    assert page.dataframe[0].value["name"].to_list()[-1] == "示例乙"
    press(page, "恢复进入")
    assert people(enrolled)["示例乙"][3]


def test_nobody_changes_their_own_registration(open_page: Open, enrolled: Path) -> None:
    page = steward(open_page, enrolled, person="示例管理员")
    assert "不能改动自己的登记" in said(page)
    assert not {"更改登记", "停用"} & {button.label for button in page.button}


def test_a_steward_who_loses_the_role_meanwhile_changes_nothing_more(open_page: Open, enrolled: Path) -> None:
    page = steward(open_page, enrolled, person="示例乙")
    fill(page, "身份", "auditor", 0)
    put(enrolled, "示例管理员", "auditor")
    press(page, "更改登记")
    assert people(enrolled)["示例乙"][0] == "inspector"
