"""Which workspaces do the browser's readers stand before?"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.served import CHROMIUM, Reader, launched, serving
from tests.county import COUNTY, imported

HERE = Path(__file__).parent
HOSTILE = "<img src=x onerror=alert(1)>**粗** [链接](http://example.invalid/x) :material/home: $x$"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies here, and let it come last: its loop goes on in the process; without Chromium say so."""
    items.sort(key=lambda item: HERE in item.path.parents)
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine (apt-get install chromium)"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launched(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example county, only read."""
    return imported(tmp_path_factory.mktemp("county") / "workspace")


@pytest.fixture(scope="session")
def county_pages(county: Path) -> Iterator[str]:
    with serving(county) as address:
        yield address


def _reader(browser: Browser, address: str) -> Iterator[Reader]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    reader = Reader(context.new_page(), address)
    yield reader
    context.close()
    assert reader.wrong == []


@pytest.fixture
def reader(browser: Browser, county_pages: str) -> Iterator[Reader]:
    """A reader of the example county; whatever went wrong on the way fails the test at its end."""
    yield from _reader(browser, county_pages)


@pytest.fixture
def at_empty(browser: Browser, tmp_path: Path) -> Iterator[Reader]:
    """A reader of a workspace without data."""
    (tmp_path / "empty").mkdir()
    with serving(tmp_path / "empty") as address:
        yield from _reader(browser, address)


@pytest.fixture
def at_hostile(browser: Browser, tmp_path: Path) -> Iterator[Reader]:
    """A reader of the county whose imported words try to be HTML and markdown."""
    source, workspace = tmp_path / "source", tmp_path / "hostile"
    source.mkdir()
    for file in COUNTY.glob("*"):
        if file.is_file():
            text = file.read_text(encoding="utf-8")
            text = text.replace("示例柏村", HOSTILE).replace("示范县(虚构)", HOSTILE)
            (source / file.name).write_text(text.replace("示例甲镇", HOSTILE), encoding="utf-8")
    imported(workspace, source)
    with serving(workspace) as address:
        yield from _reader(browser, address)
