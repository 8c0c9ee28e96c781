"""Does a backup hold the whole workspace, of one moment, and become it again, absent or whole?"""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from casework.backup.restore import restore
from casework.backup.write import back_up
from casework.errors import BackupError
from casework.review.audit import audit
from casework.review.schema import METADATA
from casework.review.store import Review
from casework.workspace import Workspace
from tests.casework.backup.proof import files, whole
from tests.county import ROOT
from tests.faults.hand import attack
from tests.faults.writers import Load, writing


def said(review: Review) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with review.database.reading() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(table.select())] for table in METADATA.sorted_tables
        }


def test_a_restored_workspace_is_the_one_that_was_backed_up(workspace: Workspace, tmp_path: Path) -> None:
    before = said(workspace.review)
    made = back_up(workspace, tmp_path / "b.zip", who="管理员")
    again = restore(tmp_path / "b.zip", tmp_path / "again", who="管理员")
    assert files(again.path) == files(workspace.path)
    after = said(again.review)
    restored = after["journal"].pop()
    assert after == before
    assert (restored[3], restored[5:8]) == ("restore_backup", ("backup", made.manifest.head, made.digest))
    assert stat.S_IMODE((again.path / "key").stat().st_mode) == 0o600
    assert again.leads().equals(workspace.leads())
    whole(again)


def test_a_backup_is_the_owner_s_alone_and_the_journal_knows_it(workspace: Workspace, tmp_path: Path) -> None:
    made = back_up(workspace, tmp_path / "b.zip", who="管理员")
    entry = workspace.journal.entries()[-1]
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert (entry.who, entry.what, entry.why, entry.new) == ("管理员", "backup", "b.zip", made.digest)
    assert made.manifest.head == f"{entry.seq - 1}:{entry.previous}"
    assert made.manifest.counts == {name: len(rows) for name, rows in said(workspace.review).items()} | {
        "journal": entry.seq - 1
    }


def test_it_moves_house_to_postgresql_and_back(workspace: Workspace, tmp_path: Path, postgres_url: str) -> None:
    before = said(workspace.review)
    back_up(workspace, tmp_path / "1.zip", who="管理员")
    there = restore(tmp_path / "1.zip", tmp_path / "there", who="管理员", database=postgres_url)
    assert there.database.dialect == "postgresql"
    there.review.act("甲", "visit", "L1", {"on": "2024-12-30", "text": "家中无人"}, key="4")
    whole(there)
    back_up(there, tmp_path / "2.zip", who="管理员")
    home = restore(tmp_path / "2.zip", tmp_path / "home", who="管理员")
    assert home.database.dialect == "sqlite"
    after = said(home.review)
    assert after["journal"][: len(before["journal"])] == before["journal"]
    assert after["act"][:-1] == before["act"]
    assert home.review.standing("L1").visits == 1
    assert {name: after[name] for name in ("reader", "saved_view", "workspace")} == {
        name: before[name] for name in ("reader", "saved_view", "workspace")
    }
    assert files(home.path) == files(workspace.path)
    whole(home)


def test_an_empty_workspace_can_be_backed_up_too(tmp_path: Path) -> None:
    back_up(Workspace(tmp_path / "w", create=True), tmp_path / "b.zip", who="管理员")
    whole(restore(tmp_path / "b.zip", tmp_path / "again", who="管理员"))


def test_what_was_changed_before_the_backup_is_restored_as_it_is_and_named(
    workspace: Workspace, tmp_path: Path
) -> None:
    attack(workspace.database.where, "UPDATE journal SET why = '改' WHERE seq = 2")
    back_up(workspace, tmp_path / "b.zip", who="管理员")
    again = restore(tmp_path / "b.zip", tmp_path / "again", who="管理员")
    assert [problem.en for problem in audit(again).problems] == ["journal: entry 2 has been changed"]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_backups_taken_while_others_decide_are_each_of_one_moment(
    workspace: Workspace, tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    if kind == "postgresql":
        back_up(workspace, tmp_path / "moved.zip", who="管理员")
        url = request.getfixturevalue("postgres_url")
        workspace = restore(tmp_path / "moved.zip", tmp_path / "moved", who="管理员", database=url)
    with writing(Load(workspace.database.where, tmp_path / "notes", writers=4)):
        backups = [back_up(workspace, tmp_path / f"{number}.zip", who="管理员") for number in range(3)]
    whole(workspace)
    heads = [int(made.manifest.head.split(":")[0]) for made in backups]
    assert heads == sorted(set(heads))
    for number in range(3):
        whole(restore(tmp_path / f"{number}.zip", tmp_path / f"again{number}", who="管理员"))


def test_a_run_that_changes_places_meanwhile_is_waited_for(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casework.backup.write.PATIENCE", 0.3)
    (workspace.path / ".run=abc").mkdir()
    with pytest.raises(BackupError, match="no backup was made"):
        back_up(workspace, tmp_path / "b.zip", who="管理员")
    assert [file.name for file in tmp_path.iterdir()] == ["county"]


@pytest.mark.parametrize("call", ["casework.backup.restore._load", "casework.backup.restore.settle"])
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_restore_killed_half_way_is_absent_and_can_be_asked_for_again(
    workspace: Workspace, tmp_path: Path, call: str, kind: str, request: pytest.FixtureRequest
) -> None:
    """Killed before the rows are in, and after: the folder has no name yet, the second restore finds the rows done."""
    url = request.getfixturevalue("postgres_url") if kind == "postgresql" else None
    back_up(workspace, tmp_path / "b.zip", who="管理员")
    module, name = call.rsplit(".", 1)
    words = (
        f"import os, signal, {module} as m\n"
        f"m.{name} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"from pathlib import Path\n"
        f"m.restore(Path({str(tmp_path / 'b.zip')!r}), Path({str(tmp_path / 'again')!r}), who='x', database={url!r})"
    )
    ours = {**os.environ, "PYTHONPATH": str(ROOT)}
    killed = subprocess.run([sys.executable, "-c", words], check=False, cwd=ROOT, env=ours)  # noqa: S603 - our own words
    assert killed.returncode == -signal.SIGKILL
    assert not (tmp_path / "again").exists()
    again = restore(tmp_path / "b.zip", tmp_path / "again", who="管理员", database=url)
    whole(again)
    assert [entry.what for entry in again.journal.entries()].count("restore_backup") == 1
    assert not list(tmp_path.glob(".*"))


def test_the_name_of_a_backup_is_forced_onto_the_disk(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: list[tuple[Path, bool]] = []
    monkeypatch.setattr(
        "casework.backup.write.settle", lambda folder: settled.append((folder, (folder / "b.zip").exists()))
    )
    back_up(workspace, tmp_path / "b.zip", who="管理员")
    assert settled == [(tmp_path, True)]
