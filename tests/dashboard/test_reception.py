"""Tests of where uploaded files wait."""

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from casework.errors import WrongUsageError
from dashboard.reception import FOLDER, Reception, kind_of
from tests.county import ROOT

MAPPING = b'[meta]\nname = "x"\n[[table]]\nname = "award"\nsource = "a.csv"\n[table.columns]\naward_no = "n"\n'


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("application.csv", b"a,b", "data"),
        ("calendar.csv", b"date,is_workday,note", "policy"),
        ("meta.toml", b"as_of = 2024-01-01\n[[table]]", "meta"),
        ("dibao_standard.toml", b'id = "dibao_standard"\n[[value]]', "policy"),
        ("map.toml", MAPPING, "mapping"),
        ("broken.toml", b"\xff\xfe", "mapping"),  # the importer will say what is wrong with it
        ("book.xlsx", b"PK", "data"),
    ],
)  # fmt: skip
def test_a_file_is_known_by_its_name_and_its_first_words(name: str, content: bytes, kind: str) -> None:
    assert kind_of(name, content) == kind


def test_one_file_is_the_source_itself_and_several_are_a_folder(tmp_path: Path) -> None:
    held = Reception(tmp_path, "T-01")
    held.bring([("名册.xlsx", b"PK")])
    assert held.source is not None
    assert held.source.name == "名册.xlsx"
    held.bring([("award.csv", b"a"), ("meta.toml", b"as_of = 2024-01-01"), ("near_kin.toml", b'id = "near_kin"')])
    assert sorted(str(file.relative_to(held.source)) for file in held.source.rglob("*") if file.is_file()) == [
        "award.csv",
        "meta.toml",
        "policy/near_kin.toml",
    ]
    held.close()


def test_a_mapping_is_used_and_may_be_added_to(tmp_path: Path) -> None:
    held = Reception(tmp_path, "T-01")
    held.bring([("a.csv", b"n\n1"), ("map.toml", MAPPING)])
    assert list(held.matched) == [("a.csv", "award")]
    assert held.written.decode().startswith('[meta]\nname = "x"\n')
    held.match(("a.csv", "award"), None)
    assert held.mapping is None
    held.close()


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\x.csv", "/abs.csv", "..", "a\x00b.csv", ""])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    held = Reception(tmp_path, "T-01")
    held.bring([(name, b"x"), ("award.csv", b"a")])
    outside = {path for path in tmp_path.rglob("*") if path.is_file() and held.folder not in path.parents}
    assert outside == set()
    assert held.source is not None
    assert len([path for path in held.source.rglob("*") if path.is_file()]) == 2
    held.close()


def test_two_files_of_one_name_or_two_mappings_are_said(tmp_path: Path) -> None:
    held = Reception(tmp_path, "T-01")
    with pytest.raises(WrongUsageError, match="rename"):
        held.bring([("a.csv", b"1"), ("x/a.csv", b"2")])
    with pytest.raises(WrongUsageError, match="second mapping"):
        held.bring([("a.toml", MAPPING), ("b.toml", MAPPING)])
    held.close()


def test_nobody_else_may_look_and_nothing_stays(tmp_path: Path) -> None:
    held = Reception(tmp_path, "T-01")
    held.bring([("a.csv", b"1")])
    assert (tmp_path / FOLDER).stat().st_mode & 0o777 == 0o700
    assert held.folder.stat().st_mode & 0o777 == 0o700
    folder = held.folder
    del held
    gc.collect()
    assert not folder.exists()


def test_what_a_killed_process_left_is_swept_and_what_lives_is_not(tmp_path: Path) -> None:
    left = (
        "import os, signal; from pathlib import Path; from dashboard.reception import Reception;"
        f"held = Reception(Path({str(tmp_path)!r}), 'x'); held.bring([('a.csv', b'1')]);"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", left], cwd=ROOT, check=False)  # noqa: S603 - our own program
    (killed,) = (tmp_path / FOLDER).iterdir()
    first = Reception(tmp_path, "T-01")
    assert not killed.exists()
    second = Reception(tmp_path, "T-02")
    assert first.folder.exists()
    first.close()
    second.close()
