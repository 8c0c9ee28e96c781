"""Does a clerk before the real pages find the faults of a workbook in its own rows, mend it, and store it?"""

from pathlib import Path

from casework.workspace import Workspace
from tests.books import YI, households
from tests.browser.served import Reader

UPLOADER = "[data-testid=stFileUploaderDropzoneInput]"


def check(reader: Reader, book: Path) -> None:
    """Upload a workbook and have it checked."""
    reader.page.set_input_files(UPLOADER, [str(book)])
    reader.page.locator(".st-key-check button").click()
    reader.page.wait_for_selector("[class*=st-key-ending-]")
    reader.settle()


def test_a_faulty_workbook_is_mended_and_stored(at_empty: Reader, tmp_path: Path) -> None:
    workspace = tmp_path / "empty"
    at_empty.open("/import?role=steward")
    check(at_empty, households(tmp_path / "bad.xlsx", faulty=True))
    assert "有行被退回,未存入任何内容" in at_empty.words()
    rows = [row for place in range(6) for row in at_empty.table(place) if "bad.xlsx" not in row[0]]
    told = {(row[3], row[0]) for row in rows if len(row) > 4 and row[1] == "退回"}
    assert told == {
        ("E_REQUIRED", "4"), ("E_ID_MASKED", "3"), ("E_DATE_INVALID", "3"), ("E_ENUM", "4"), ("E_ORPHAN", "5"),
    }  # fmt: skip
    assert any("【2024-13】" in row for row in rows)
    assert "bad.xlsx [保障记录]" in at_empty.words()
    assert YI not in at_empty.words()
    assert at_empty.page.locator(".st-key-import button").is_disabled()
    assert Workspace(workspace).current is None
    at_empty.page.locator(".st-key-again button").click()
    at_empty.settle()
    check(at_empty, households(tmp_path / "good.xlsx", faulty=False))
    assert "检查通过" in at_empty.words()
    at_empty.page.locator(".st-key-import button").click()
    at_empty.page.wait_for_selector(".st-key-ending-stored")
    at_empty.settle()
    assert Workspace(workspace).manifest()["name"] == "good"
    at_empty.page.locator(".st-key-run button").click()
    at_empty.page.get_by_text("线索规则已在这份数据上运行过").wait_for()
    at_empty.settle()
    assert [(entry.who, entry.what) for entry in Workspace(workspace).journal.entries()] == [
        ("T-01", "enter"),
        ("T-01", "import"),
        ("T-01", "detect"),
    ]
    assert max(at_empty.counted) < 1_000_000
