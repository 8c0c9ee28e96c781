"""Do the pages show the known numbers of a real case log?"""

from pathlib import Path

import pytest

from dashboard.cli import app
from dashboard.terminal import ended
from tests.county import ROOT
from tests.screens.conftest import Open, said

LOG = ROOT.parent / "shared" / "data" / "receipt.csv"
MAPPING = ROOT / "docs" / "examples" / "receipt.toml"


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not LOG.is_file():
        pytest.skip("the real case log is not here: ../shared/data/receipt.csv")
    workspace = tmp_path_factory.mktemp("receipt") / "workspace"
    assert ended(app, ["import", str(LOG), str(workspace), "--mapping", str(MAPPING)]) == 0
    assert ended(app, ["detect", str(workspace)]) == 0
    return workspace


@pytest.mark.parametrize(
    ("scheme", "found"), [("late_decision", 377), ("open_overdue", 39), ("impossible_timing", 2), ("", 418)]
)
def test_the_queue_holds_the_known_leads(open_page: Open, log: Path, scheme: str, found: int) -> None:
    words = said(open_page(log, "queue", role="inspector", scheme=scheme))
    assert f"共 {found} 条线索" in words
    assert "信访件逾期(待核实):需要 信访举报 (complaint)" in words


def test_the_overview_counts_377_late_of_1329_decided(open_page: Open, log: Path) -> None:
    words = said(open_page(log, "overview", role="leader"))
    assert "依据 952 / 1,329" in words
    assert "71.6%" in words
    assert "每千常住人口保障人数 未知" in words  # no such table, and never 0
    assert "信访按期办结率 未知" in words


def test_the_records_behind_are_the_very_1329(open_page: Open, log: Path) -> None:
    words = said(open_page(log, "rows", role="leader", metric="on_time_share"))
    assert "共 1,329 行,其中计入分子 952 行,无法判断 0 行" in words


def test_a_limit_of_the_source_itself_is_said_to_be_one(open_page: Open, log: Path) -> None:
    page = open_page(log, "queue", role="inspector", scheme="late_decision")
    assert "来源系统写明应于" in said(page)


def test_the_page_on_timeliness_counts_the_open_cases_in_the_sources_own_days(open_page: Open, log: Path) -> None:
    words = said(open_page(log, "timeliness", role="inspector"))
    assert "共 1,432 件:已办结 1,327,未办结 105;另有 2 件时长无法计算" in words
    assert "期限 56 天(1,078 件):只看已办结,28.2% 超过;连未办结一起算,31.1% 超过" in words
