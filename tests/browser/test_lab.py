"""Does a researcher measure the last run against its truth, and a head of inspection take the control sample along?"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from casework.workspace import Workspace
from dashboard.cli import app
from dashboard.terminal import ended
from tests.browser.served import Reader, serving
from tests.county import imported


@pytest.fixture(scope="module")
def township(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up township with its truth beside it."""
    place = tmp_path_factory.mktemp("lab")
    assert ended(app, ["synthesize", str(place / "source"), "--persons", "1200", "--seed", "7"]) == 0
    return imported(place / "workspace", place / "source")


@pytest.fixture
def reader(browser: Browser, township: Path) -> Iterator[Reader]:
    """A reader whose page did nothing that it should not."""
    with serving(township) as address:
        there = Reader(browser.new_page(viewport={"width": 1280, "height": 1000}), address)
        yield there
        there.page.close()
    assert there.wrong == []


def test_a_truth_brought_tells_what_visits_would_find(reader: Reader, township: Path) -> None:
    reader.open("/lab?role=researcher&part=truth")
    reader.page.locator("input[type=file]").set_input_files(township.parent / "truth.parquet")
    reader.page.get_by_text("依据真值文件 truth.parquet").wait_for()
    reader.settle()
    assert reader.table()[0][0] == "全部规则"
    reader.page.get_by_role("radio", name="入户与花费").click()
    reader.page.wait_for_url("**part=visits**")
    reader.settle()
    reader.page.get_by_text("请先选一条规则").wait_for()
    reader.page.locator(".st-key-url-scheme input").click()
    reader.page.get_by_role("option", name="超时办结(待核实)").click()
    reader.page.wait_for_url("**scheme=late_decision**")
    reader.settle()
    assert "依据您上传的真值" in reader.words()
    assert reader.page.locator(".js-plotly-plot").count() == 1


def test_the_list_of_the_control_sample_is_journalled_and_has_no_household_with_a_lead(
    reader: Reader, township: Path
) -> None:
    reader.open("/lab?role=supervisor&part=sample")
    with reader.page.expect_download() as download:
        reader.page.get_by_role("button", name="下载抽样名单(CSV)").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("户编号,村,乡镇")
    assert len(lines) == 21
    drawn = {line.split(",")[0] for line in lines[1:]}
    workspace = Workspace(township)
    assert not drawn & set(workspace.leads()["subject"])
    last = workspace.journal.entries()[-1]
    assert (last.who, last.what, last.subject) == ("T-01", "sample", "sample")
    assert " 20 snapshot:" in last.why
    assert all(name in last.why for name in drawn)
    assert len(last.new) == 64
