"""Tests of the workspace: everything is there whole, or not at all."""

import json
import shutil
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pytest

from casework.errors import WorkspaceError
from casework.lead import EVIDENCE_SCHEMA, LEAD_SCHEMA
from casework.tables import HOUSEHOLD
from casework.workspace import Workspace, file_digest, others_told

MANIFEST = {
    "as_of": "2024-12-31",
    "name": "示范",
    "synthetic": True,
    "tables": {"household": {"rows": 1, "columns": ["household_no"]}},
    "sources": {},
}


def import_one(workspace: Workspace, household_no: str, *, policy: str | None = None) -> str:
    with workspace.stage() as staged:
        pl.DataFrame({"household_no": [household_no]}).write_parquet(staged / "household.parquet")
        if policy is not None:
            (staged / "policy").mkdir()
            (staged / "policy" / "calendar.csv").write_text(policy, encoding="utf-8")
        return workspace.commit(staged, MANIFEST, who="示例甲", what="import", why="")


def keep(workspace: Workspace) -> None:
    workspace.keep_run(
        pl.DataFrame(schema=LEAD_SCHEMA),
        pl.DataFrame(schema=EVIDENCE_SCHEMA),
        pl.DataFrame({"scheme": ["late_decision"], "status": ["ran"], "reason": [""]}),
        who="示例甲",
    )


def test_a_missing_workspace_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="mingcha import"):
        Workspace(tmp_path / "none")


def test_an_empty_workspace_has_no_tables_and_says_what_to_do(tmp_path: Path) -> None:
    empty = Workspace(tmp_path / "w", create=True)
    assert empty.current is None
    with pytest.raises(WorkspaceError, match="mingcha import"):
        empty.tables()


def test_the_key_is_readable_by_its_owner_only_and_never_made_anew(tmp_path: Path) -> None:
    first = Workspace(tmp_path / "w", create=True)
    assert stat.S_IMODE((first.path / "key").stat().st_mode) == 0o600
    assert Workspace(tmp_path / "w").key == first.key
    (first.path / "key").unlink()
    with pytest.raises(WorkspaceError, match="key"):
        Workspace(tmp_path / "w")


def test_a_commit_is_named_by_its_content_and_journalled(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "w", create=True)
    one = import_one(workspace, "H1")
    two = import_one(workspace, "H2")
    assert one != two
    assert workspace.current == two
    assert import_one(workspace, "H1") == one
    assert [(entry.old, entry.new) for entry in workspace.journal.entries()] == [("", one), (one, two), (two, one)]
    assert workspace.journal.verify().whole
    assert file_digest(workspace.snapshot / "household.parquet") == workspace.manifest()["files"]["household.parquet"]


def test_an_import_that_fails_leaves_nothing(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "w", create=True)
    half = b"half"

    def die() -> None:
        with workspace.stage() as staged:
            (staged / "household.parquet").write_bytes(half)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        die()
    assert list((workspace.path / "snapshots").iterdir()) == []
    assert workspace.journal.entries() == []


def test_what_a_killed_import_left_is_swept_by_the_next(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "w", create=True)
    left = workspace.path / "snapshots" / ".stage-killed"
    left.mkdir(parents=True)
    import_one(workspace, "H1")
    assert not left.exists()


def test_two_imports_at_once_are_one_too_many(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "w", create=True)
    with workspace.stage(), pytest.raises(WorkspaceError, match="under way"):
        import_one(Workspace(workspace.path), "H1")


def test_a_process_killed_after_the_journal_is_completed_by_the_next(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "w", create=True)
    one = import_one(workspace, "H1")
    two = import_one(workspace, "H2", policy="date,is_workday,note\n")
    (workspace.path / "current").write_text(one, encoding="ascii")  # the pointer had not moved yet
    shutil.rmtree(workspace.path / "policy")
    again = Workspace(workspace.path)
    assert again.current == two
    assert (again.path / "policy" / "calendar.csv").exists()


def test_a_run_prepared_but_not_journalled_is_swept_away(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "w", create=True)
    import_one(workspace, "H1")
    keep(workspace)
    left = workspace.path / ".run=0123"
    left.mkdir()
    (left / "leads.parquet").write_bytes(b"never told")
    again = Workspace(workspace.path)
    assert not left.exists()
    assert again.leads().height == 0


def test_a_run_killed_after_the_journal_is_completed_by_the_next(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "w", create=True)
    import_one(workspace, "H1")
    keep(workspace)
    told = workspace.journal.last(subject="leads")
    assert told is not None
    ready = workspace.path / f".run={told.new}.{others_told(told)}"
    ready.mkdir()
    for name in ("leads.parquet", "evidence.parquet", "runs.csv"):
        (workspace.path / name).rename(ready / name)
    again = Workspace(workspace.path)
    assert again.runs()["scheme"].to_list() == ["late_decision"]
    assert not ready.exists()


def test_a_run_that_another_process_is_keeping_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder has its name and the journal does not know it yet, when somebody else opens the workspace."""
    workspace = Workspace(tmp_path / "w", create=True)
    import_one(workspace, "H1")
    entry, waited = workspace.journal.entry, []

    def opened_meanwhile(*words: str, **more: str) -> object:
        Workspace(workspace.path)
        waited.extend(workspace.path.glob(".run=*"))
        return entry(*words, **more)

    monkeypatch.setattr(workspace.journal, "entry", opened_meanwhile)
    keep(workspace)
    assert len(waited) == 1
    assert workspace.runs()["scheme"].to_list() == ["late_decision"]
    assert not [*workspace.path.glob(".run[-=]*")]


def test_what_a_run_killed_while_writing_left_is_swept_by_the_next(tmp_path: Path) -> None:
    left = Workspace(tmp_path / "w", create=True).path / ".run-killed"
    left.mkdir()
    Workspace(tmp_path / "w")
    assert not left.exists()


def test_two_runs_at_once_both_keep_what_they_have_seen(tmp_path: Path) -> None:
    path = Workspace(tmp_path / "w", create=True).path
    leads = [
        pl.DataFrame({"lead_id": [name], "content_digest": [name]}, schema_overrides=LEAD_SCHEMA) for name in "abcdef"
    ]
    runs = pl.DataFrame({"scheme": ["late_decision"], "status": ["ran"], "reason": [""]})

    def run(found: pl.DataFrame) -> None:
        Workspace(path).keep_run(found, pl.DataFrame(schema=EVIDENCE_SCHEMA), runs, who="示例甲")

    with ThreadPoolExecutor(6) as at_once:
        list(at_once.map(run, leads))
    assert sorted(Workspace(path).seen()["lead_id"]) == [*"abcdef"]


def test_tables_complete_what_the_source_lacked(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "w", create=True)
    import_one(workspace, "H1")
    data = workspace.tables()
    assert data.has(HOUSEHOLD, "household_no")
    assert not data.has(HOUSEHOLD, "phone")
    rows = data.engine.collect(data[HOUSEHOLD])
    assert rows.columns == HOUSEHOLD.schema.names()
    assert rows["phone"].to_list() == [None]
    assert json.loads((workspace.snapshot / "snapshot.json").read_text(encoding="utf-8"))["name"] == "示范"
