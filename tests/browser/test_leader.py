"""Does every page for a leader stand in the real browser, wide and narrow, in both languages, and stay light?"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dashboard.cli import app
from dashboard.terminal import ended
from tests.browser.served import Reader, serving
from tests.county import imported

MEGABYTE = 1_000_000
WIDTHS = (1280, 1920)
PARTS = ("circles", "adequacy", "flows", "funnel", "watched", "hardest", "overlap")
PAGES = (
    "overview",
    "areas",
    "trends",
    "timeliness",
    *(f"coverage&part={part}" for part in PARTS),
    "complaints",
    "integrity",
    "reform",
    "programmes",
    "report",
    "rows&metric=on_time_share",
)
CUT = """() => [...document.querySelectorAll(`[data-testid=stMain] :is([data-testid=stMetricValue], h1, h3,
    [data-testid=stText], button p)`)]
    .filter(one => one.scrollWidth > one.clientWidth + 2 && getComputedStyle(one).overflowX !== 'visible')
    .map(one => one.textContent)"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A made-up county of a few thousand people."""
    place = tmp_path_factory.mktemp("leader")
    assert ended(app, ["synthesize", str(place / "source"), "--persons", "6000", "--seed", "3"]) == 0
    with serving(imported(Path(place) / "workspace", place / "source")) as address:
        yield address


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_stands_whole_and_light(browser: Browser, pages: str, language: str) -> None:
    reader = Reader(browser.new_page(), pages)
    for page in PAGES:
        name, _, more = page.partition("&")
        reader.page.set_viewport_size({"width": WIDTHS[0], "height": 1000})
        reader.open(f"/{name}?role=leader&lang={language}&{more}")
        assert sum(reader.counted) < MEGABYTE, page
        reader.counted.clear()
        for width in WIDTHS:
            reader.page.set_viewport_size({"width": width, "height": 1000})
            reader.settle()
            body = reader.page.evaluate("document.documentElement.scrollWidth")
            assert body <= width, f"{page}: {body} pixels wide"
            assert reader.page.evaluate(CUT) == [], f"{page} at {width}"
    reader.page.close()
    assert reader.wrong == []


def test_a_researcher_has_the_counts_and_no_way_to_rows(browser: Browser, pages: str) -> None:
    reader = Reader(browser.new_page(viewport={"width": 1280, "height": 1000}), pages)
    for page in ("overview", "areas", "trends", "timeliness", "coverage", "complaints", "integrity", "reform"):
        reader.open(f"/{page}?role=researcher")
        assert reader.page.locator("a[href*='/rows']").count() == 0, page
    reader.open("/rows?role=researcher&metric=on_time_share")
    assert "无权查看或办理此项" in reader.words()
    reader.page.close()
    assert reader.wrong == []
