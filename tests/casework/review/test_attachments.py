"""Is an attachment kept as it was, under its hash, and a change found?"""

import hashlib
from pathlib import Path

import pytest

from casework.review.attachments import LARGEST, keep, read
from casework.review.standing import ReviewError


def test_what_is_attached_is_read_back_by_its_hash(tmp_path: Path) -> None:
    said = keep(tmp_path / "attachments", "入户照片.JPG", b"photo")
    assert said == {"name": "入户照片.JPG", "size": 5, "sha256": hashlib.sha256(b"photo").hexdigest()}
    assert read(tmp_path / "attachments", said["sha256"]) == b"photo"
    assert (tmp_path / "attachments" / said["sha256"]).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.exe", b"x", "不能作附件"),
        ("a.html", b"x", "不能作附件"),
        ("", b"x", "不能作附件"),
        ("a.pdf", b"", "为空或超过"),
        ("a.pdf", b"x" * (LARGEST + 1), "为空或超过"),
    ],
)
def test_what_cannot_be_attached_is_said(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    with pytest.raises(ReviewError, match=said):
        keep(tmp_path, name, data)


def test_the_largest_file_is_taken(tmp_path: Path) -> None:
    assert keep(tmp_path, "a.pdf", b"x" * LARGEST)["size"] == LARGEST


def test_a_name_that_leads_elsewhere_is_only_a_name(tmp_path: Path) -> None:
    assert keep(tmp_path, "../../etc/\u202epasswd.txt", b"x")["name"] == ".._.._etc__passwd.txt"


def test_a_changed_or_missing_file_is_not_handed_out(tmp_path: Path) -> None:
    digest = keep(tmp_path, "a.pdf", b"x")["sha256"]
    (tmp_path / digest).chmod(0o600)
    (tmp_path / digest).write_bytes(b"y")
    with pytest.raises(ReviewError, match="已被改动"):
        read(tmp_path, digest)
    (tmp_path / digest).unlink()
    with pytest.raises(ReviewError, match="缺失"):
        read(tmp_path, digest)


def test_the_name_of_a_new_attachment_is_forced_onto_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled: list[tuple[Path, list[str]]] = []
    monkeypatch.setattr(
        "casework.review.attachments.settle",
        lambda folder: settled.append((folder, [file.name for file in folder.iterdir()])),
    )
    said = keep(tmp_path, "a.pdf", b"x")
    keep(tmp_path, "b.pdf", b"x")
    assert settled == [(tmp_path, [said["sha256"]])]
