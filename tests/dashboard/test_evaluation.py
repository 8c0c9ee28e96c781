"""Does `mingcha evaluate` find the workspace's leads again in a truth, and say so readably?"""

from pathlib import Path

import polars as pl
import pytest

from casework.workspace import Workspace
from tests.commands import Mingcha

NUMBER = "990101195505051019"  # of the county


@pytest.fixture
def truth(county_workspace: Path, tmp_path: Path) -> Path:
    """What a first scheme raised, as if all of it had been planted, and an award that no lead names, as a twin."""
    leads = Workspace(county_workspace).leads().filter(pl.col("scheme") == "late_decision")
    assert leads.height
    rows = [("late_decision", "application", subject, False, "slow") for subject in leads["subject"]]
    rows += [
        ("late_decision", "application", "NOBODY", False, "lost"),
        ("deceased_paid", "award", "NONE", True, "arrears"),
    ]
    path = tmp_path / "truth.parquet"
    names = ("scheme", "subject_kind", "subject", "twin", "variant")
    pl.DataFrame(rows, schema=names, orient="row").write_parquet(path)
    return path


def test_the_screen_shows_a_table_in_both_languages(mingcha: Mingcha, county_workspace: Path, truth: Path) -> None:
    said = mingcha("evaluate", county_workspace, "--truth", truth)
    assert said.code == 0
    assert "查全率" in said.out
    assert "recall" in said.out
    (line,) = [line for line in said.out.splitlines() if line.startswith("late_decision ") and "lost" in line]
    assert "0.000 [0.000, 0.793]" in line
    assert "未知 unknown" in said.out  # deceased_paid: nothing planted
    assert "…" not in said.out  # nothing is cut


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
