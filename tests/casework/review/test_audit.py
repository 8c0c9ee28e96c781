"""Does an audit find whatever was changed behind the journal's back?"""

import json
from pathlib import Path

import pytest

from casework.review.audit import audit
from casework.workspace import Workspace


def problems(path: Path) -> str:
    return " ".join(problem.en for problem in audit(Workspace(path)).problems)


def snapshot(path: Path) -> Path:
    return Workspace(path).snapshot


def test_a_workspace_as_it_was_left_is_whole(county_workspace: Path) -> None:
    result = audit(Workspace(county_workspace))
    assert result.problems == ()
    assert (result.snapshots, result.journal.entries) == (1, 2)


def test_a_changed_table_is_named(county_workspace: Path) -> None:
    table = snapshot(county_workspace) / "payment.parquet"
    table.write_bytes(table.read_bytes()[:-1] + b"x")
    assert "payment.parquet has been changed" in problems(county_workspace)


def test_a_removed_table_is_named(county_workspace: Path) -> None:
    (snapshot(county_workspace) / "award.parquet").unlink()
    assert "award.parquet is missing" in problems(county_workspace)


def test_an_added_table_is_named(county_workspace: Path) -> None:
    (snapshot(county_workspace) / "extra.parquet").write_bytes(b"PAR1")
    assert "extra.parquet has been changed" in problems(county_workspace)


@pytest.mark.parametrize(("name", "value"), [("as_of", "2025-01-31"), ("synthetic", False)])
def test_another_day_or_another_nature_is_another_snapshot(county_workspace: Path, name: str, value: object) -> None:
    manifest = snapshot(county_workspace) / "snapshot.json"
    said = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**said, name: value}), encoding="utf-8")
    assert "its digest does not agree" in problems(county_workspace)


def test_a_manifest_that_speaks_of_other_bytes_is_found_by_the_folder_s_name(county_workspace: Path) -> None:
    folder = snapshot(county_workspace)
    folder.rename(folder.with_name("0" * 64))
    said = problems(county_workspace)
    assert "its digest does not agree" in said
    assert "the snapshot in use is not" in said or f"{folder.name[:12]} is missing" in said


def test_an_unreadable_manifest_is_named(county_workspace: Path) -> None:
    (snapshot(county_workspace) / "snapshot.json").write_text("{", encoding="utf-8")
    assert "snapshot.json is missing or unreadable" in problems(county_workspace)


def test_exchanged_leads_are_not_those_of_the_journal(county_workspace: Path) -> None:
    leads = county_workspace / "leads.parquet"
    leads.write_bytes(leads.read_bytes() + b"x")
    assert "leads.parquet is not what the journal tells of" in problems(county_workspace)


def test_removed_leads_are_missed(county_workspace: Path) -> None:
    (county_workspace / "leads.parquet").unlink()
    assert "leads.parquet is not what the journal tells of" in problems(county_workspace)


@pytest.mark.parametrize("name", ["evidence.parquet", "seen.parquet", "runs.csv"])
def test_a_changed_or_missing_file_beside_the_leads_is_found(county_workspace: Path, name: str) -> None:
    file = county_workspace / name
    file.write_bytes(file.read_bytes() + b"x")
    assert name in problems(county_workspace)
    file.unlink()
    assert name in problems(county_workspace)


def test_a_run_of_before_the_journal_told_of_those_files_is_accepted(county_workspace: Path) -> None:
    workspace = Workspace(county_workspace)
    told = workspace.journal.last(subject="leads")
    assert told is not None
    assert told.why.startswith("detect ")
    with workspace.journal.entry("示例甲", "detect", why="detect polars", subject="leads", new=told.new):
        pass
    (county_workspace / "runs.csv").write_text("scheme\n", encoding="utf-8")
    assert problems(county_workspace) == ""
