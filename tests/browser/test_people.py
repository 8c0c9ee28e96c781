"""Do two registered people work side by side, and is one who is retired turned away at the next click?"""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser

from casework.review.register import Registered, enrol, retire
from casework.review.scope import Role
from casework.workspace import Workspace
from tests.browser.served import Reader, serving
from tests.county import imported

TOWNSHIP = "990101001000"
PEOPLE: tuple[tuple[str, Role, str], ...] = (
    ("示例甲", "inspector", ""),
    ("示例乙", "inspector", TOWNSHIP),
    ("示例管理员", "steward", ""),
    ("示例审计", "auditor", ""),
)


@pytest.fixture(scope="module")
def enrolled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example county in which four people are registered."""
    workspace = imported(tmp_path_factory.mktemp("people") / "workspace")
    for name, role, region in PEOPLE:
        enrol(Workspace(workspace).review, "另一管理员", Registered(name, role, region, None), key=uuid4().hex)
    return workspace


@pytest.fixture
def readers(browser: Browser, enrolled: Path) -> Iterator[list[Reader]]:
    """Three readers at three machines; whatever went wrong on the way fails the test at its end."""
    with serving(enrolled) as address:
        contexts = [browser.new_context(viewport={"width": 1280, "height": 900}) for _ in range(3)]
        there = [Reader(context.new_page(), address) for context in contexts]
        yield there
        for context in contexts:
            context.close()
        assert [reader.wrong for reader in there] == [[], [], []]


def press(reader: Reader, label: str, *, until: str) -> None:
    reader.page.get_by_role("button", name=label, exact=True).click()
    reader.page.get_by_text(until).first.wait_for()
    reader.settle()


def test_two_come_in_side_by_side_and_one_who_is_retired_is_turned_away_at_the_next_click(
    readers: list[Reader], enrolled: Path
) -> None:
    first, second, third = readers
    first.open("/")
    first.come_in("示例甲")
    second.open("/")
    second.come_in("示例乙")
    assert "示例甲 · 纪检监察" in first.words()
    assert "示例甲镇" in second.words()
    assert len(second.table()) < len(first.table())

    third.open("/")
    third.come_in("示例管理员")
    third.page.get_by_role("link", name="人员", exact=True).click()
    third.page.wait_for_url("**/people**")
    third.settle()
    row = [row[0] for row in third.table()].index("示例乙")
    third.click_row(0, row, height=35)
    third.page.wait_for_url("**person=**")
    third.settle()
    press(third, "停用", until="停用 示例乙?")
    press(third, "确认停用", until="在用 → 已停用")

    second.page.get_by_text("English").click()  # any click
    second.page.wait_for_selector(".st-key-door-name")
    second.settle()
    assert "Not let in" in second.words()
    assert "示例乙: what was done before is kept. Ask a data steward: 示例管理员." in second.words()
    first.page.get_by_text("English").click()
    first.page.wait_for_url("**lang=en**")
    first.settle()
    assert first.title() == "Leads"

    press(third, "撤销停用", until="已停用 → 在用")
    second.page.reload()
    second.settle()
    second.come_in("示例乙")
    assert "示例乙 · Inspector" in second.words()
    doors = [(entry.who, entry.what) for entry in Workspace(enrolled).journal.entries() if entry.subject == "door"]
    assert doors == [
        ("示例甲", "enter"),
        ("示例乙", "enter"),
        ("示例管理员", "enter"),
        ("示例乙", "leave"),
        ("示例乙", "enter"),
    ]


def test_the_auditor_takes_the_journal_along_and_that_is_journalled(readers: list[Reader], enrolled: Path) -> None:
    auditor = readers[0]
    retire(Workspace(enrolled).review, "另一管理员", "示例甲", key=uuid4().hex)
    auditor.open("/")
    auditor.come_in("示例审计")
    auditor.page.wait_for_url("**/journal**")
    rows = auditor.table()
    assert rows[0][2:4] == ["示例审计", "进入"]
    assert rows[1][2:4] == ["另一管理员", "停用人员"]
    with auditor.page.expect_download() as download:
        auditor.page.get_by_role("button", name="下载所列记录(CSV)").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + int(rows[0][0].replace(",", ""))
    last = Workspace(enrolled).journal.entries()[-1]
    assert (last.who, last.what, last.subject, last.why) == ("示例审计", "export", "journal", "csv")


@pytest.mark.parametrize("path", ["/people", "/journal"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_fit_the_screen(browser: Browser, county_pages: str, path: str, language: str) -> None:
    reader = Reader(browser.new_page(viewport={"width": 1280, "height": 900}), county_pages)
    reader.open(f"{path}?role=auditor&lang={language}")
    main = reader.page.locator("[data-testid=stMain]")
    for width in (1280, 1920):
        reader.page.set_viewport_size({"width": width, "height": 1000})
        reader.page.wait_for_timeout(200)
        assert main.evaluate("main => main.scrollWidth - main.clientWidth") <= 0
    assert reader.wrong == []
    reader.page.close()
