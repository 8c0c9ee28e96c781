"""What do verify, backup and restore tell at the command line?"""

import hashlib
import re
from pathlib import Path

import pytest

from casework.workspace import Workspace
from dashboard.kept import file_of_now
from tests.commands import Mingcha

CASE = {"lead": {"scheme": "deceased_paid", "content_digest": "d1", "conduct": False}}


def attached(path: Path, content: bytes = b"a photo") -> Path:
    """A workspace with one attachment, which two leads share; where its file lies."""
    workspace, digest = Workspace(path), hashlib.sha256(content).hexdigest()
    file = workspace.attachment(digest)
    file.parent.mkdir()
    file.write_bytes(content)
    for lead in ("L1", "L2"):
        workspace.review.act("甲", "take", lead, CASE, key=f"take {lead}")
        workspace.review.act("甲", "attach", lead, {"what": "photo", "sha256": digest}, key=f"attach {lead}")
    return file


def test_verify_says_what_the_database_promises_and_how_much_was_done(mingcha: Mingcha, county_workspace: Path) -> None:
    attached(county_workspace)
    said = mingcha("verify", county_workspace)
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0].startswith("journal: entries 6, head 6:")
    assert lines[1:4] == ["acts: 4 (take 2, attach 2)", "snapshots: 1", "attachments: 2"]
    assert re.fullmatch(r"database: sqlite 3\.\d+\.\d+, journal_mode (wal|truncate), synchronous full", lines[4])


def test_a_changed_and_a_missing_attachment_are_named(mingcha: Mingcha, county_workspace: Path) -> None:
    file = attached(county_workspace)
    file.write_bytes(b"another photo")
    said = mingcha("verify", county_workspace)
    assert said.code == 1
    assert f"附件 L1 {file.name[:12]} 被改动 / attachment L1 {file.name[:12]} has been changed" in said.words
    file.unlink()
    assert f"attachment L2 {file.name[:12]} is missing" in mingcha("verify", county_workspace).words


def test_an_attachment_whose_act_leads_outside_is_named_and_never_read(
    mingcha: Mingcha, county_workspace: Path
) -> None:
    review = Workspace(county_workspace).review
    review.act("甲", "attach", "L1", {**CASE, "what": "photo", "sha256": "../key"}, key="1")
    said = mingcha("verify", county_workspace)
    assert said.code == 1
    assert "attachment L1 ../key: its act has no digest" in said.words


def test_a_backup_says_its_digest_and_a_restore_its_head(
    mingcha: Mingcha, county_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = mingcha("backup", county_workspace)
    assert made.code == 0
    name, digest, journal, members = made.out.splitlines()
    assert re.fullmatch(r"county-\d{8}-\d{6}\.zip", name)
    assert digest == f"digest: {Workspace(county_workspace).journal.entries()[-1].new}"
    assert journal.startswith("journal: entries 2, head 2:")
    assert members.startswith("members: ")
    assert "keep the digest elsewhere" in made.words
    again = mingcha("restore", name, tmp_path / "again")
    assert again.code == 0
    assert again.out.startswith("journal: entries 3, head 3:")
    assert "restored to" in again.words


def test_a_backup_of_changed_data_is_restored_and_ends_with_1(
    mingcha: Mingcha, county_workspace: Path, tmp_path: Path
) -> None:
    (Workspace(county_workspace).snapshot / "step.parquet").unlink()
    assert mingcha("backup", county_workspace, "--out", tmp_path / "b.zip").code == 0
    said = mingcha("restore", tmp_path / "b.zip", tmp_path / "again")
    assert said.code == 1
    assert "step.parquet is missing" in said.words


def test_what_cannot_be_backed_up_or_restored_is_one_line(
    mingcha: Mingcha, county_workspace: Path, tmp_path: Path
) -> None:
    for words in (
        ("backup", county_workspace, "--out", county_workspace / "key"),
        ("restore", county_workspace / "key", tmp_path / "again"),
        ("restore", tmp_path / "none.zip", tmp_path / "again"),
    ):
        said = mingcha(*words)
        assert (said.code, said.out) == (1, "")
        assert said.words.count("\n") == 1


def test_a_backup_is_named_after_its_workspace_and_the_moment() -> None:
    assert re.fullmatch(r"county-\d{8}-\d{6}\.zip", file_of_now(Path("somewhere/county/")).name)
