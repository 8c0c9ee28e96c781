"""Do the known traps stay shut: a stranger selected, imported words alive, a trace on the screen?"""

from pathlib import Path
from shutil import copytree

from playwright.sync_api import Browser

from tests.browser.conftest import HOSTILE
from tests.browser.served import Reader, serving
from tests.browser.test_roads import TALL_ROW


def test_a_chosen_lead_never_turns_into_another(reader: Reader) -> None:
    reader.open("/queue?role=inspector")
    reader.click_row(0, 3, height=TALL_ROW)
    reader.page.wait_for_url("**/dossier**")
    reader.settle()
    reader.page.go_back()
    reader.page.wait_for_url("**/queue**")
    reader.settle()
    assert reader.title() == "线索台"  # nothing is chosen any more
    reader.page.get_by_role("button", name="Page 2", exact=True).click()
    reader.page.wait_for_url("**page=2**")
    reader.settle()
    assert reader.title() == "线索台"  # the fourth row of another page is another lead: nothing opens


def test_a_click_on_a_header_opens_nothing_and_sorts_no_single_page(reader: Reader) -> None:
    reader.open("/queue?role=inspector&scheme=late_decision")
    before = reader.table()
    reader.grid().click(position={"x": 660, "y": 17})
    reader.page.wait_for_timeout(500)
    reader.settle()
    assert reader.title() == "线索台"
    assert reader.table() == before


def test_a_leader_at_an_inspectors_address_sees_one_line(reader: Reader) -> None:
    reader.open("/queue?role=leader")
    assert "无权查看或办理此项" in reader.words()
    assert reader.page.locator("[data-testid=stDataFrame]").count() == 0
    reader.open("/overview?role=leader")
    assert reader.page.get_by_role("link", name="线索台").count() == 0


def test_an_empty_workspace_says_how_to_begin(at_empty: Reader) -> None:
    at_empty.open("/overview?role=leader")
    assert "工作区还没有数据" in at_empty.words()
    at_empty.open("/queue?role=inspector&lang=en")
    assert "The workspace holds no data yet" in at_empty.words()


def test_imported_words_stay_words(at_hostile: Reader) -> None:
    at_hostile.page.on("dialog", lambda dialog: at_hostile.wrong.append(f"dialog: {dialog.message}"))
    for path in ("/overview?role=leader&region=990101001000", "/queue?role=inspector", "/data?role=leader"):
        at_hostile.open(path)
        assert at_hostile.page.locator("img[src=x]").count() == 0
        assert at_hostile.page.locator("a[href*='example.invalid']").count() == 0
    assert HOSTILE in at_hostile.words()
    at_hostile.open("/overview?role=leader&region=990101001000")
    assert HOSTILE in at_hostile.words()


def test_a_failure_is_one_line_and_never_a_trace(browser: Browser, county: Path, tmp_path: Path) -> None:
    workspace = Path(copytree(county, tmp_path / "broken"))
    with serving(workspace) as address:
        reader = Reader(browser.new_page(), address)
        reader.open("/queue?role=inspector&scheme=late_decision")
        (workspace / "evidence.parquet").write_bytes(b"not a table")
        reader.click_row(0, 0, height=TALL_ROW)
        reader.page.wait_for_url("**/dossier**")
        reader.settle()
        assert "这一页未能显示" in reader.words()
        reader.open(reader.page.url.removeprefix(address) + "&lang=en")
        assert "This page could not be shown" in reader.words()
        assert reader.wrong == []
        reader.page.close()
