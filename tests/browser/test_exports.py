"""Does a click give a file, made in that moment, that the journal knows?"""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from casework.workspace import Workspace
from tests.browser.served import Reader, serving


@pytest.fixture
def own(browser: Browser, county: Path, tmp_path: Path) -> Iterator[tuple[Reader, Path]]:
    """A reader of a county whose journal may grow."""
    workspace = Path(shutil.copytree(county, tmp_path / "own"))
    with serving(workspace) as address:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
        reader = Reader(context.new_page(), address)
        yield reader, workspace
        context.close()
        assert reader.wrong == []


@pytest.mark.parametrize(
    ("language", "label", "name"), [("zh", "下载清单", "线索清单"), ("en", "Download list", "leads")]
)
def test_the_list_of_the_queue_is_made_when_it_is_clicked(
    own: tuple[Reader, Path], tmp_path: Path, language: str, label: str, name: str
) -> None:
    reader, workspace = own
    reader.open(f"/queue?role=inspector&lang={language}&family=delay")
    before = Workspace(workspace).journal.entries()
    with reader.page.expect_download() as waiting:
        reader.page.get_by_role("button", name=label).click()
    file = tmp_path / "taken.xlsx"
    waiting.value.save_as(file)
    assert waiting.value.suggested_filename.startswith(name)
    assert waiting.value.suggested_filename.endswith(".xlsx")
    entries = Workspace(workspace).journal.entries()
    assert len(entries) == len(before) + 1
    assert (entries[-1].who, entries[-1].what, entries[-1].subject) == ("T-01", "export", "export")
    assert entries[-1].new == hashlib.sha256(file.read_bytes()).hexdigest()
