"""Does the auditor find who did what, quickly, with nobody's data in it, and can nobody change it?"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from casework.review.journal import Asked, append
from casework.workspace import Workspace
from dashboard.exports import entries as file_of
from dashboard.parts.entries import about, change, why
from dashboard.queries.journal import Known
from dashboard.rights import ROLES
from dashboard.words import Words
from tests.county import imported
from tests.faults.hand import attack, bare
from tests.screens.conftest import Open, said

LEAD = {"lead": {"scheme": "deceased_paid", "content_digest": "d1", "conduct": False}}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace in which two people worked on two leads in March."""
    path = imported(tmp_path / "county", detected=False)
    opened = Workspace(path)
    said_of_march = [
        ("01", "示例甲", "enter", "", "door", "", "inspector"),
        ("01", "示例甲", "look", "", "a1b2", "", ""),
        ("02", "示例乙", "unmask", "电话核对 990101195505051019", "a1b2", "", ""),
        ("03", "示例乙", "leave", "turned_away", "door", "", ""),
        ("03", "示例乙", "something", "", "scheme:deceased_paid", "", ""),
    ]
    with opened.database.writing() as connection:
        for day, who, what, reason, subject, old, new in said_of_march:
            at = f"2099-03-{day}T09:00:00.000000+08:00"
            append(connection, who, what, why=reason, subject=subject, old=old, new=new, at=at)
    opened.review.act("示例甲", "take", "L1", LEAD, key="1")
    opened.review.act(
        "示例甲", "decide", "L1", {**LEAD, "outcome": "unfounded", "reason": "innocent", "text": "补发的月份"}, key="2"
    )
    return path


def rows(page: AppTest) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.dataframe[0].value.to_dict("records")
    return found


def journal(open_page: Open, workspace: Path, **params: str) -> AppTest:
    return open_page(workspace, "journal", role="auditor", **params)


# -- reading ---------------------------------------------------------------------------------------------------------


def test_entries_stand_in_words_the_newest_first(open_page: Open, workspace: Path) -> None:
    page = journal(open_page, workspace)
    assert not page.exception
    shown = rows(page)
    assert [row["seq"] for row in shown] == ["8", "7", "6", "5", "4", "3", "2", "1"]
    newest = {name: shown[0][name] for name in ("who", "what", "why", "about")}
    assert newest == {"who": "示例甲", "what": "作出结论", "why": "属于所列正常情形", "about": "L1"}
    assert shown[0]["change"].startswith("已分派 → ")
    assert [row["what"] for row in shown[2:]] == ["something", "离开", "解除遮盖", "查看", "进入", "导入数据"]
    assert (shown[3]["why"], shown[2]["about"]) == ("登记已不再有效", "身故后仍发放(待核实)")
    assert (shown[6]["about"], shown[6]["change"]) == ("入口", "纪检监察")
    assert shown[6]["at"] == "2099-03-01 09:00:00"


def test_no_citizen_number_is_shown_whoever_wrote_one(open_page: Open, workspace: Path) -> None:
    words = said(journal(open_page, workspace))
    assert "990101195505051019" not in words
    assert "电话核对 990101********1019" in words


def test_the_page_speaks_english(open_page: Open, workspace: Path) -> None:
    page = journal(open_page, workspace, lang="en")
    assert [row["what"] for row in rows(page)][:2] == ["Decided", "Taken"]
    assert rows(page)[0]["why"] == "One of the innocent explanations listed"
    assert "Entries: 8; page 1 of 1, the newest first" in said(page)


@pytest.mark.parametrize(
    ("params", "seqs"),
    [
        ({"who": "示例乙"}, ["6", "5", "4"]),
        ({"what": "look"}, ["3"]),
        ({"about": "a1"}, ["4", "3"]),
        ({"from": "2099-03-02", "to": "2099-03-03"}, ["6", "5", "4"]),
        ({"from": "2099-03-03"}, ["6", "5"]),
        ({"who": "示例乙", "about": "door"}, ["5"]),
        ({"who": "示例乙", "from": "2099-02-30"}, ["6", "5", "4"]),
    ],
)
def test_the_link_says_which_entries(open_page: Open, workspace: Path, params: dict[str, str], seqs: list[str]) -> None:
    assert [row["seq"] for row in rows(journal(open_page, workspace, **params))] == seqs


def test_a_day_that_does_not_exist_is_said(open_page: Open, workspace: Path) -> None:
    for day in ("2099-02-30", "1066-10-14", "yesterday"):
        page = journal(open_page, workspace, **{"from": day})
        assert not page.exception
        assert "日期不存在或不合理" in page.warning[0].value
    assert not journal(open_page, workspace, **{"from": "2099-02-28"}).warning


def test_a_filter_writes_itself_into_the_link_and_begins_at_the_first_page(open_page: Open, workspace: Path) -> None:
    page = journal(open_page, workspace, page="3")
    page.selectbox(key="url-who").set_value("示例乙").run()
    assert page.query_params["who"] == "示例乙"
    assert "page" not in page.query_params
    page.text_input(key="url-about").set_value("door").run()
    assert [row["seq"] for row in rows(page)] == ["5"]
    page.date_input(key="url-to").set_value(date(2099, 3, 1)).run()
    assert page.query_params["to"] == "2099-03-01"
    assert "没有符合条件的记录" in said(page)


def test_filters_offer_whoever_and_whatever_is_there(open_page: Open, workspace: Path) -> None:
    page = journal(open_page, workspace)
    assert {"示例甲", "示例乙"} <= set(page.selectbox(key="url-who").options)
    assert {"作出结论", "进入", "something"} <= set(page.selectbox(key="url-what").options)


def test_fifty_stand_on_a_page(open_page: Open, workspace: Path) -> None:
    with Workspace(workspace).database.writing() as connection:
        for number in range(50):
            append(connection, "示例丙", "look", subject=f"L{number}")
    first, second = (rows(journal(open_page, workspace, page=page)) for page in ("1", "2"))
    assert (len(first), first[0]["seq"], len(second), second[-1]["seq"]) == (50, "58", 8, "1")


def test_an_empty_journal_says_what_will_stand_there(open_page: Open, tmp_path: Path) -> None:
    assert "日志还是空的" in said(open_page(tmp_path / "empty", "journal", role="auditor"))


@pytest.mark.parametrize("role", [role for role in ROLES if role != "auditor"])
def test_only_the_auditor_reads_it(open_page: Open, workspace: Path, role: str) -> None:
    page = open_page(workspace, "journal", role=role)
    assert "无权查看或办理此项" in said(page)
    assert not page.dataframe


def test_reading_writes_nothing(open_page: Open, workspace: Path) -> None:
    head = Workspace(workspace).journal.head()
    journal(open_page, workspace, who="示例乙").run()
    assert Workspace(workspace).journal.head() == head


# -- is it whole? ----------------------------------------------------------------------------------------------------


def verify(page: AppTest, kept: str = "") -> AppTest:
    next(field for field in page.text_input if "链首" in field.label).set_value(kept)
    next(button for button in page.button if button.label == "核验整条链").click().run()
    return page


def tamper(workspace: Path, statement: str) -> None:
    attack(workspace / "mingcha.sqlite", statement)


def test_the_head_stands_there_to_be_copied_and_a_whole_chain_is_said_to_be(open_page: Open, workspace: Path) -> None:
    page = journal(open_page, workspace)
    assert page.code[0].value == str(Workspace(workspace).journal.head())
    assert not page.success
    assert "完好:8 条逐条相接" in verify(page).success[0].value
    page.run()
    assert page.success  # stays until it is asked again


def test_the_first_bad_entry_is_named(open_page: Open, workspace: Path) -> None:
    tamper(workspace, "UPDATE journal SET who = '示例丁' WHERE seq = 4")
    page = verify(journal(open_page, workspace))
    assert "从第一条起 3 条完好" in page.error[0].value
    assert "第 4 条内容被改动" in said(page)


def test_a_cut_tail_shows_against_a_head_kept_elsewhere(open_page: Open, workspace: Path) -> None:
    kept = str(Workspace(workspace).journal.head())
    tamper(workspace, "DELETE FROM journal WHERE seq = 8")
    page = journal(open_page, workspace)
    assert verify(page).success
    assert "末尾被截去" in said(verify(page, kept))
    assert not page.success
    assert "不是链首" in said(verify(page, "latest"))


# -- the file --------------------------------------------------------------------------------------------------------


def test_the_file_holds_every_field_harmless_for_a_spreadsheet(workspace: Path) -> None:
    with Workspace(workspace).database.writing() as connection:
        append(connection, "=HYPERLINK(1)", "look", why="+1", subject="L9")
    found = Workspace(workspace).journal.page(Asked(), 1, size=2).entries
    titles = [*file_of.COLUMNS, "said", "why_said"]
    text = file_of.text_of(found, titles, lambda entry: (entry.what.upper(), ""))
    assert text.startswith("\ufeffseq,at,who,what,why,subject,old,new,previous,hash,said,why_said\n")
    line = text.splitlines()[1].split(",")
    assert (line[0], line[2], line[4], line[9], line[10]) == ("9", "'=HYPERLINK(1)", "'+1", found[0].hash, "LOOK")


# -- words -----------------------------------------------------------------------------------------------------------


def test_names_and_kinds_are_read_once_and_then_only_what_is_new(workspace: Path) -> None:
    known, record = Known(), Workspace(workspace).journal
    assert known.of(record)[0][-2:] == ["示例乙", "示例甲"]
    with record.entry("示例丙", "export", subject="export"):
        pass
    names, kinds = known.of(record)
    assert "示例丙" in names
    assert "export" in kinds


def test_roles_and_people_are_called_by_their_names(workspace: Path) -> None:
    entry = Workspace(workspace).journal.entries()[0]
    say = Words("en")
    assert why(entry, say) == "county"  # the source's own name
    assert about("snapshot", say, None) == "Snapshot of the data"  # type: ignore[arg-type]  # no scheme is asked for
    assert about("reader:示例甲", say, None) == "Person 示例甲"  # type: ignore[arg-type]
    assert change(entry, say) == entry.new[:8]


def test_a_changed_standing_is_found_too_and_what_is_not_compared_is_said(open_page: Open, workspace: Path) -> None:
    page = verify(journal(open_page, workspace))
    assert "都与日志相符" in said(page)
    assert "mingcha verify" in said(page)
    with bare(workspace / "mingcha.sqlite") as connection:
        connection.execute("UPDATE standing SET state = 'new'")
    verify(page)
    assert "与日志不符 1 处" in page.error[0].value
    assert "线索 L1 的办理状态与操作记录不符" in said(page)
    assert "完好" in page.success[0].value
