"""Is a backup that is damaged, forged or has no place there refused, and nothing left of it?"""

import hashlib
import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from casework.backup.archive import MANIFEST
from casework.backup.restore import restore
from casework.backup.write import back_up
from casework.errors import BackupError, WorkspaceError
from casework.workspace import Workspace
from tests.casework.backup.proof import files, whole


def changed(file: Path, change: Callable[[str, bytes], bytes | None], *more: tuple[str, bytes]) -> Path:
    """A backup with other members, its manifest as it was."""
    out = file.with_name("changed.zip")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            if (content := change(info.filename, old.read(info))) is not None:
                new.writestr(info, content)
        for name, content in more:
            new.writestr(name, content)
    return out


def test_a_file_that_is_there_is_never_written_over(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("mine")
    with pytest.raises(BackupError, match="already there"):
        back_up(workspace, tmp_path / "b.zip", who="管理员")
    with pytest.raises(BackupError, match="cannot write"):
        back_up(workspace, tmp_path / "none" / "b.zip", who="管理员")
    assert (tmp_path / "b.zip").read_text() == "mine"


def test_only_a_new_place_is_restored_to(workspace: Workspace, tmp_path: Path, postgres_url: str) -> None:
    back_up(workspace, tmp_path / "b.zip", who="管理员")
    with pytest.raises(BackupError, match="not an empty folder"):
        restore(tmp_path / "b.zip", workspace.path, who="管理员")
    with pytest.raises(BackupError, match="not an empty folder"):
        restore(tmp_path / "b.zip", tmp_path / "b.zip", who="管理员")
    restore(tmp_path / "b.zip", tmp_path / "one", who="管理员", database=postgres_url).database.close()
    back_up(workspace, tmp_path / "c.zip", who="管理员")
    with pytest.raises(BackupError, match="already holds something"):
        restore(tmp_path / "c.zip", tmp_path / "two", who="管理员", database=postgres_url)
    assert not (tmp_path / "two").exists()
    (tmp_path / "empty").mkdir()
    whole(restore(tmp_path / "b.zip", tmp_path / "empty", who="管理员"))
    assert not list(tmp_path.glob(".*"))


def test_a_place_that_cannot_be_written_to_is_one_line(workspace: Workspace, tmp_path: Path) -> None:
    back_up(workspace, tmp_path / "b.zip", who="管理员")
    with pytest.raises(BackupError, match=r"cannot restore to .*: File exists"):
        restore(tmp_path / "b.zip", tmp_path / "b.zip" / "again", who="管理员")


def test_a_url_with_a_password_restores_nothing(workspace: Workspace, tmp_path: Path) -> None:
    back_up(workspace, tmp_path / "b.zip", who="管理员")
    with pytest.raises(WorkspaceError, match="must not hold a password"):
        restore(tmp_path / "b.zip", tmp_path / "again", who="管理员", database="postgresql://a:geheim@db/mingcha")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", "county"]


def test_a_truncated_file_is_refused_wherever_it_ends(workspace: Workspace, tmp_path: Path) -> None:
    size = back_up(workspace, tmp_path / "b.zip", who="管理员").size
    content = (tmp_path / "b.zip").read_bytes()
    for kept in (0, 1, size // 3, size // 2, size - 30, size - 1):
        (tmp_path / "cut.zip").write_bytes(content[:kept])
        with pytest.raises(BackupError, match="no whole backup"):
            restore(tmp_path / "cut.zip", tmp_path / "again", who="管理员")
    assert not (tmp_path / "again").exists()


def test_a_changed_byte_is_named_or_the_file_refused(workspace: Workspace, tmp_path: Path) -> None:
    size = back_up(workspace, tmp_path / "b.zip", who="管理员").size
    content = bytearray((tmp_path / "b.zip").read_bytes())
    places = range(0, size, size // 41)
    for place in places:
        changed_bytes = content.copy()
        changed_bytes[place] ^= 0x55
        (tmp_path / "bad.zip").write_bytes(changed_bytes)
        try:
            again = restore(tmp_path / "bad.zip", tmp_path / f"again{place}", who="管理员")
        except BackupError:
            assert not (tmp_path / f"again{place}").exists()
        else:  # a date or a mode in the zip's own headers: nothing of ours
            assert files(again.path) == files(workspace.path)


@pytest.mark.parametrize(
    "name", ["runs.csv", "leads.parquet", "tables/act.jsonl", "tables/journal.jsonl", "key", "current"]
)
def test_a_member_with_other_content_is_named(workspace: Workspace, tmp_path: Path, name: str) -> None:
    back_up(workspace, tmp_path / "b.zip", who="管理员")
    file = changed(tmp_path / "b.zip", lambda member, content: content[:-1] + b"x" if member == name else content)
    with pytest.raises(BackupError, match=f"{name}: damaged or changed"):
        restore(file, tmp_path / "again", who="管理员")
    file = changed(tmp_path / "b.zip", lambda member, content: None if member == name else content)
    with pytest.raises(BackupError, match=f"{name}: the backup and its manifest do not agree"):
        restore(file, tmp_path / "again", who="管理员")
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/etc/evil",
        "policy/../../evil",
        "policy/..",
        "policy\\..\\evil",
        "snapshots/../evil.parquet",
        f"snapshots/{'0' * 64}/policy/../../../evil",
        "C:evil",
        ".ssh/authorized_keys",
        "database",
        "mingcha.sqlite",
        "policy/.hidden",
        "attachments/evil.exe",
    ],
)
def test_a_path_that_leads_outside_or_has_no_place_is_refused(workspace: Workspace, tmp_path: Path, name: str) -> None:
    back_up(workspace, tmp_path / "b.zip", who="管理员")
    file = changed(tmp_path / "b.zip", lambda _, content: content, (name, b"evil"))
    with pytest.raises(BackupError, match="has no place in a backup"):
        restore(file, tmp_path / "deep" / "again", who="管理员")
    assert not list(tmp_path.rglob("*evil*"))
    assert not (tmp_path / "deep" / "again").exists()


def test_a_link_a_name_that_comes_twice_and_one_more_member_are_refused(workspace: Workspace, tmp_path: Path) -> None:
    back_up(workspace, tmp_path / "b.zip", who="管理员")
    with zipfile.ZipFile(tmp_path / "b.zip", "a") as file:
        link = zipfile.ZipInfo("policy/link.toml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(link, "/etc/passwd")
    with pytest.raises(BackupError, match="has no place"):
        restore(tmp_path / "b.zip", tmp_path / "again", who="管理员")
    with pytest.warns(UserWarning, match="Duplicate"):
        twice = changed(tmp_path / "b.zip", lambda n, c: None if n == "policy/link.toml" else c, ("key", b"x"))
    with pytest.raises(BackupError, match="comes twice"):
        restore(twice, tmp_path / "again", who="管理员")
    more = changed(tmp_path / "b.zip", lambda n, c: None if n == "policy/link.toml" else c, ("policy/x.toml", b"x"))
    with pytest.raises(BackupError, match=r"policy/x\.toml: the backup and its manifest"):
        restore(more, tmp_path / "again", who="管理员")


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("format", 99, "newer Mingcha"),
        ("step", "9999", "newer Mingcha"),
        ("format", "x", "manifest.json: damaged"),
        ("members", [], "manifest.json: damaged"),
        ("counts", {}, "do not agree"),
    ],
)
def test_a_manifest_that_says_something_else_is_refused(
    workspace: Workspace, tmp_path: Path, name: str, value: object, message: str
) -> None:
    back_up(workspace, tmp_path / "b.zip", who="管理员")
    file = changed(
        tmp_path / "b.zip",
        lambda member, content: (
            json.dumps({**json.loads(content), name: value}).encode() if member == MANIFEST else content
        ),
    )
    with pytest.raises(BackupError, match=message):
        restore(file, tmp_path / "again", who="管理员")


def forged(file: Path, table: str, rows: bytes, count: int) -> Path:
    """A backup with a table of other rows, its manifest forged to agree."""
    name = f"tables/{table}.jsonl"
    with zipfile.ZipFile(file) as old:
        said = json.loads(old.read(MANIFEST))
    said["counts"][table] = count
    said["members"][name] = [len(rows), hashlib.sha256(rows).hexdigest()]
    manifest = json.dumps(said).encode()
    return changed(
        file,
        lambda member, content: None if member in {name, MANIFEST} else content,
        (name, rows),
        (MANIFEST, manifest),
    )


@pytest.mark.parametrize(
    ("table", "rows", "why"),
    [
        ("saved_view", b'{"owner":"a","name":"b","params":"{}","colour":"red"}\n', "cannot be taken in"),
        ("saved_view", b"5\n", "cannot be taken in"),
        ("alembic_version", b'{"version_num":"0001"}\n', "has no place in a backup"),
        ("sqlite_master", b"{}\n", "has no place in a backup"),
    ],
)
def test_a_column_or_a_table_that_is_none_of_ours_is_refused(
    workspace: Workspace, tmp_path: Path, table: str, rows: bytes, why: str
) -> None:
    back_up(workspace, tmp_path / "b.zip", who="管理员")
    with pytest.raises(BackupError, match=why):
        restore(forged(tmp_path / "b.zip", table, rows, 1), tmp_path / "again", who="管理员")
    assert not (tmp_path / "again").exists()
