"""A whole morning: two inspectors at once, one reading Chinese and one English, from the door to the journal."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser

from casework.review.register import Registered, enrol
from casework.review.scope import Role
from casework.review.store import today as now
from casework.workspace import Workspace
from tests.browser.served import Reader, serving
from tests.county import imported

PEOPLE: tuple[tuple[str, Role], ...] = (
    ("示例甲", "inspector"),
    ("示例乙", "inspector"),
    ("示例审计", "auditor"),
)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The example county with two inspectors and an auditor."""
    workspace = imported(tmp_path / "workspace")
    for name, role in PEOPLE:
        enrol(Workspace(workspace).review, "管理员", Registered(name, role, "", None), key=uuid4().hex)
    return workspace


@pytest.fixture
def three(browser: Browser, office: Path) -> Iterator[tuple[Reader, Reader, Reader]]:
    """Three machines; whatever went wrong on the way fails the test at its end."""
    with serving(office) as address:
        contexts = [browser.new_context(viewport={"width": 1280, "height": 1000}) for _ in PEOPLE]
        readers = [Reader(context.new_page(), address) for context in contexts]
        yield readers[0], readers[1], readers[2]
        for context in contexts:
            context.close()
        assert [reader.wrong for reader in readers] == [[], [], []]


def press(reader: Reader, label: str) -> None:
    reader.page.get_by_role("button", name=label).first.click()
    reader.page.wait_for_timeout(300)
    reader.settle()


def choose(reader: Reader, box: str, option: str) -> None:
    """Choose in one of the boxes of the decision."""
    reader.page.get_by_label(box).first.click()
    reader.page.get_by_role("option", name=option, exact=True).click()


def today(reader: Reader, label: str) -> None:
    """Type the office's day into a box for a day."""
    reader.page.get_by_label(label).first.get_by_role("spinbutton").first.click()
    reader.page.keyboard.type(f"{now():%Y%m%d}", delay=20)
    reader.page.keyboard.press("Tab")


def tab(reader: Reader, name: str) -> None:
    reader.page.get_by_test_id("stButtonGroup").get_by_role("radio", name=name, exact=True).first.click()
    reader.page.wait_for_timeout(300)
    reader.settle()


def pick(reader: Reader, name: str) -> None:
    reader.page.locator("[data-testid=stRadio]").get_by_text(name, exact=True).first.click()
    reader.page.wait_for_timeout(300)
    reader.settle()


def lead_in(reader: Reader) -> str:
    found = re.search(r"[?&]lead=([0-9a-f]+)", reader.page.url)
    assert found is not None
    return found.group(1)


def test_a_whole_morning_of_two_inspectors(three: tuple[Reader, Reader, Reader], office: Path) -> None:
    first, second, auditor = three
    # both come in and take what is next: never the same household
    first.open("/")
    first.come_in("示例甲")
    second.open("/?lang=en")
    second.come_in("示例乙")
    press(first, "领取下一户")
    press(second, "Take the next household")
    for reader in (first, second):
        reader.page.wait_for_url("**/dossier**lead=**")
        reader.settle()
    mine, theirs = lead_in(first), lead_in(second)
    assert mine != theirs
    assert "由 示例甲 办理" in first.words()
    assert "with 示例乙" in second.words()

    # read, unmask with a reason
    for panel in ("时间线", "家庭与资金", "关系网络", "依据与算账"):
        tab(first, panel)
    masked = first.words()
    press(first, "解除遮盖")
    choose(first, "理由", "准备入户")
    first.page.locator("[data-testid=stPopoverBody] button", has_text="解除遮盖").click()
    first.page.wait_for_timeout(500)
    first.settle()
    assert "已解除遮盖并记入日志" in first.words()
    assert "*" in masked

    _decide(first)

    # the second inspector cannot work on it, but is the second name
    pick(first, "处理结果")
    choose(first, "处理方式", "移交")
    today(first, "日期")
    first.page.get_by_label("由哪个机关处理").fill("示例县民政局")
    press(first, "记录")
    pick(first, "申请办结")
    press(first, "申请办结")
    second.open(f"/dossier?lead={mine}&lang=en")
    second.come_in("示例乙")  # a link opens behind the door
    press(second, "Agree")
    assert "Closed · Confirmed" in second.words()

    # export, with what was decided in it
    first.open(f"/dossier?lead={mine}")
    first.come_in("示例甲")
    with first.page.expect_download() as got:
        first.page.get_by_role("button", name="下载移交单").click()
    digest = hashlib.sha256(Path(got.value.path()).read_bytes()).hexdigest()

    _all_on_record(auditor, office, mine, digest)


def _decide(first: Reader) -> None:
    """A visit, the person's own statement, an outcome."""
    tab(first, "核实")
    pick(first, "记录入户")
    today(first, "日期")
    first.page.get_by_label("看到了什么").fill("入户所见与登记不符")
    press(first, "记录")
    pick(first, "本人陈述")
    choose(first, "本人是否陈述", "已陈述")
    today(first, "日期")
    first.page.get_by_label("陈述内容").fill("本人说已向村里报告")
    press(first, "记录")
    tab(first, "结论")
    pick(first, "结论")
    pick(first, "属实")
    choose(first, "理由", "核实的事实与线索一致")
    first.page.get_by_label("用自己的话写明").fill("入户与资料均能印证")
    press(first, "作出结论")
    assert "已有结论 · 属实" in first.words()


def _all_on_record(auditor: Reader, office: Path, mine: str, digest: str) -> None:
    """The auditor sees all of it."""
    auditor.open("/")
    auditor.come_in("示例审计")
    entries = Workspace(office).journal.entries()
    did = [(one.who, one.what) for one in entries if one.subject == mine and one.what != "look"]
    assert did == [
        ("示例甲", "take"),
        ("示例甲", "unmask"),
        ("示例甲", "visit"),
        ("示例甲", "statement"),
        ("示例甲", "decide"),
        ("示例甲", "action"),
        ("示例甲", "ask_close"),
        ("示例乙", "close"),
    ]
    assert [one.new for one in entries if one.what == "export"] == [digest]
    words = auditor.words()
    rows = "\n".join(" ".join(row) for row in auditor.table())
    for said in ("复核同意办结", "申请办结"):  # the newest; further rows of the canvas are not in sight
        assert said in rows + words
    assert Workspace(office).review.problems() == []
