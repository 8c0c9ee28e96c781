"""Does a researcher make a small world, see it come, take it along, and can it be imported as any other source?"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Browser

from casework.intake.road import import_source
from casework.workspace import Workspace
from tests.browser.served import Reader, serving


@pytest.fixture
def reader(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    """A reader of a workspace without data, whose server has temporary files of its own."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    (tmp_path / "workspace").mkdir()
    with serving(tmp_path / "workspace") as address:
        there = Reader(browser.new_page(viewport={"width": 1280, "height": 1000}), address)
        yield there
        there.page.close()
    assert there.wrong == []


@pytest.mark.parametrize(
    ("language", "made", "take", "warned"),
    [
        ("zh", "已生成(合成数据)", "下载 ZIP", "真值不得用于调参"),
        ("en", "Made (synthetic data)", "Download the ZIP", "never for tuning"),
    ],
)
def test_a_small_world_is_made_taken_and_imported(
    reader: Reader, tmp_path: Path, language: str, made: str, take: str, warned: str
) -> None:
    reader.open(f"/worlds?role=researcher&scale=village&persons=1000&seed=7&regime=clean&form=parquet&lang={language}")
    reader.page.locator(".st-key-make button").click()
    reader.page.get_by_text(made).wait_for()
    reader.settle()
    assert warned in reader.words()
    with reader.page.expect_download() as download:
        reader.page.get_by_role("button", name=take).click()
    name = "mingcha-synthetic-village-clean-1000-seed7-parquet"
    assert download.value.suggested_filename == f"{name}.zip"
    with zipfile.ZipFile(download.value.path()) as packed:
        packed.extractall(tmp_path / "taken")
    source = tmp_path / "taken" / name / "source"
    workspace = Workspace(tmp_path / "imported", create=True)
    outcome = import_source(source, workspace, who="T-01")
    assert outcome.ok
    assert outcome.faults.filter(pl.col("code").str.starts_with("E_")).is_empty()
    assert workspace.tables().synthetic
    assert (tmp_path / "taken" / name / "truth.parquet").exists()
    assert reader.table()[0][1] == "0"  # nothing is planted in a clean world


def test_one_that_takes_long_is_followed_and_cancelled(reader: Reader, tmp_path: Path) -> None:
    reader.open("/worlds?role=researcher&persons=100000&form=xlsx")
    reader.page.locator(".st-key-make button").click()
    later = reader.page.get_by_text(re.compile("第 [3-9] 步"))
    later.first.wait_for(timeout=120_000)  # it comes on while the page stands
    reader.page.locator(".st-key-cancel button").click()
    reader.page.locator(".st-key-cancel").wait_for(state="detached")
    reader.settle()
    assert [path for parent in tmp_path.glob("mingcha-worlds-*") for path in parent.iterdir()] == []
