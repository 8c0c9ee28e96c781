"""Does the command line give out sheets and lists, journalled, and never to a screen?"""

import hashlib
import sys
from pathlib import Path

import pytest

from casework.workspace import Workspace
from tests.commands import Mingcha


@pytest.mark.parametrize(("form", "start"), [("xlsx", b"PK"), ("docx", b"PK")])
def test_a_file_is_written_and_journalled(
    mingcha: Mingcha, county_workspace: Path, tmp_path: Path, form: str, start: bytes
) -> None:
    ids = Workspace(county_workspace).leads()["lead_id"].to_list()[:2]
    out = tmp_path / f"out.{form}"
    said = mingcha("export", county_workspace, "--lead", *ids, "--format", form, "--out", out)
    assert (said.code, said.out) == (0, "")
    assert out.read_bytes().startswith(start)
    last = Workspace(county_workspace).journal.entries()[-1]
    assert (last.what, last.new) == ("export", hashlib.sha256(out.read_bytes()).hexdigest())
    assert all(one in last.why for one in ids)


def test_a_screen_is_refused_before_anything_is_made(
    mingcha: Mingcha, county_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    said = mingcha("export", county_workspace, "--all", "--format", "xlsx")
    assert (said.code, said.out) == (2, "")
    assert "--out" in said.words
    assert [entry.what for entry in Workspace(county_workspace).journal.entries()] == ["import", "detect"]


@pytest.mark.parametrize("out", [".", "nowhere/leads.xlsx"])
def test_a_place_that_cannot_be_written_is_one_line_and_not_journalled(
    mingcha: Mingcha, county_workspace: Path, tmp_path: Path, out: str
) -> None:
    said = mingcha("export", county_workspace, "--all", "--format", "xlsx", "--out", tmp_path / out)
    assert said.code == 1
    assert said.words.count("\n") == 1
    assert "cannot write" in said.words
    assert [entry.what for entry in Workspace(county_workspace).journal.entries()] == ["import", "detect"]


def test_an_unknown_lead_is_named(mingcha: Mingcha, county_workspace: Path, tmp_path: Path) -> None:
    said = mingcha("export", county_workspace, "--lead", "nobody", "--format", "docx", "--out", tmp_path / "x.docx")
    assert said.code == 1
    assert "nobody" in said.words
    assert not (tmp_path / "x.docx").exists()
