"""Does `mingcha evaluate` find the workspace's leads again in a truth, and say so readably?"""

from pathlib import Path

import polars as pl
import pytest
from rich.cells import cell_len

from casework.workspace import Workspace
from dashboard.evaluation import as_table
from metrics.evaluation import EVALUATION_SCHEMA
from tests.commands import Mingcha

SCREEN = 110


@pytest.fixture
def truth(county_workspace: Path, tmp_path: Path) -> Path:
    """What a first scheme raised, as if all of it had been planted, and an award that no lead names, as a twin."""
    opened = Workspace(county_workspace)
    leads = opened.leads().filter(pl.col("scheme") == "late_decision")
    assert leads.height
    rows = [("late_decision", "application", subject, False, "slow") for subject in leads["subject"]]
    rows += [
        ("late_decision", "application", other(opened, "late_decision", "application"), False, "lost"),
        ("deceased_paid", "award", other(opened, "deceased_paid", "award"), True, "arrears"),
    ]
    path = tmp_path / "truth.parquet"
    names = ("scheme", "subject_kind", "subject", "twin", "variant")
    pl.DataFrame(rows, schema=names, orient="row").write_parquet(path)
    return path


def other(opened: Workspace, scheme: str, table: str) -> str:
    """The number of a row that no lead of the scheme names."""
    raised = opened.leads().filter(pl.col("scheme") == scheme)["subject"].to_list()
    numbers = pl.read_parquet(opened.snapshot / f"{table}.parquet")[f"{table}_no"].sort()
    return str(numbers.filter(~numbers.is_in(raised))[0])


def test_the_screen_shows_a_table_in_both_languages(mingcha: Mingcha, county_workspace: Path, truth: Path) -> None:
    said = mingcha("evaluate", county_workspace, "--truth", truth)
    assert said.code == 0
    assert "查全率" in said.out
    assert "recall" in said.out
    assert [line for line in said.out.splitlines() if line.startswith("late_decision ")]
    assert "未知 unknown" in said.out  # deceased_paid: nothing planted
    assert "…" not in said.out  # nothing is cut
    assert "lost" not in said.out
    assert "--variants" in said.words
    full = mingcha("evaluate", county_workspace, "--truth", truth, "--variants").out
    (lost,) = [line for line in full.splitlines() if line.startswith("  lost ")]
    assert "0.000 [0.000,0.793]" in lost


def test_a_line_a_scheme_fits_the_screen_and_its_columns_stand_under_one_another() -> None:
    names = [name for name in EVALUATION_SCHEMA if name not in {"scheme", "variant", "ran"}]
    big = {name: 1.0 if EVALUATION_SCHEMA[name] == pl.Float64() else 9_999 for name in names}
    rows = [
        {"scheme": "", "variant": "", "ran": True, **big},
        {"scheme": "kin_without_county_visit", "variant": "", "ran": True, **big},
        {"scheme": "kin_without_county_visit", "variant": "a_variant", "ran": True, **big},
        {"scheme": "late_step", "variant": "", "ran": False, "planted": 3, "twins": 2},
    ]
    lines = as_table(pl.DataFrame(rows, schema=EVALUATION_SCHEMA)).splitlines()
    assert len(lines) == 2 + 3  # two lines of header
    assert {cell_len(line) for line in lines[:4]} == {cell_len(lines[0])}
    assert cell_len(lines[0]) <= SCREEN
    assert lines[3].endswith("9999/9999")
    assert lines[4].split() == ["late_step", "3", "未运行", "not", "run", "2"]


def test_a_file_holds_the_same_as_csv_and_unknown_is_empty(
    mingcha: Mingcha, county_workspace: Path, truth: Path, tmp_path: Path
) -> None:
    out = tmp_path / "evaluation.csv"
    assert mingcha("evaluate", county_workspace, "--truth", truth, "--out", out).out == ""
    table = pl.read_csv(out)
    slow = table.row(by_predicate=(pl.col("scheme") == "late_decision") & (pl.col("variant") == "slow"), named=True)
    assert slow["found"] == slow["planted"] > 0
    dead = table.row(by_predicate=(pl.col("scheme") == "deceased_paid") & (pl.col("variant") == ""), named=True)
    assert (dead["recall"], dead["twins"], dead["twins_raised"]) == (None, 1, 0)
    assert dead["leads"] == dead["unexplained"]


def test_a_missing_truth_is_wrong_usage_and_a_broken_one_a_fault(
    mingcha: Mingcha, county_workspace: Path, tmp_path: Path
) -> None:
    assert mingcha("evaluate", county_workspace, "--truth", tmp_path / "nowhere").code == 2
    broken = tmp_path / "truth.parquet"
    broken.write_bytes(b"")
    said = mingcha("evaluate", county_workspace, "--truth", broken)
    assert (said.code, said.words.count("\n")) == (1, 1)
    folder = mingcha("evaluate", county_workspace, "--truth", tmp_path)
    assert (folder.code, folder.words.count("\n")) == (1, 1)
    assert "cannot be read" in folder.words


def test_without_a_run_of_the_data_in_use_it_says_what_to_do_first(
    mingcha: Mingcha, county_workspace: Path, truth: Path
) -> None:
    with Workspace(county_workspace).journal.entry("示例", "import", why="", subject="leads", old="earlier", new="x"):
        pass
    stale = mingcha("evaluate", county_workspace, "--truth", truth)
    assert (stale.code, stale.out) == (1, "")
    assert "run mingcha detect again" in stale.words
    for name in ("runs.csv", "leads.parquet"):
        (county_workspace / name).unlink()
        said = mingcha("evaluate", county_workspace, "--truth", truth)
        assert (said.code, said.out) == (1, "")
        assert said.words == "尚未检测,请先运行 mingcha detect / no leads yet: run mingcha detect first\n"


def test_the_truth_of_another_world_is_refused(mingcha: Mingcha, county_workspace: Path, truth: Path) -> None:
    rows = pl.read_parquet(truth)
    rows.write_parquet(truth, metadata={"mingcha.world": str(Workspace(county_workspace).manifest()["name"])})
    assert mingcha("evaluate", county_workspace, "--truth", truth).code == 0
    rows.write_parquet(truth, metadata={"mingcha.world": "示例乙县"})
    said = mingcha("evaluate", county_workspace, "--truth", truth)
    assert (said.code, said.out, said.words.count("\n")) == (1, "", 1)
    assert "of another world" in said.words
    rows.with_columns(subject=pl.lit("ELSEWHERE")).write_parquet(truth)
    said = mingcha("evaluate", county_workspace, "--truth", truth)
    assert (said.code, said.out, said.words.count("\n")) == (1, "", 1)
    assert "2 of 2 subjects" in said.words
