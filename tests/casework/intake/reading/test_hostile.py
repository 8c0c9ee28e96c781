"""Does every faulty or hostile file get its word, quickly, and harm nobody?"""

import time
from pathlib import Path

import pytest

from casework.intake.reading import read
from tests.faults.files import HOSTILE, Hostile

SECONDS = 5  # a second where nothing else runs; these tests share their cores


@pytest.mark.parametrize("case", HOSTILE, ids=str)
def test_each_file_gets_its_code(case: Hostile, tmp_path: Path) -> None:
    folder = tmp_path / "source"
    folder.mkdir()
    source = case.build(folder)
    began = time.monotonic()
    reading = read(source, tmp_path / "staging")
    took = time.monotonic() - began
    told = {(fault.code, fault.kind) for fault in reading.faults}
    if case.reader:
        assert (case.code, case.kind) in told
        assert {code for code, kind in told if kind == "refused"} <= {case.code}
    assert reading.refused == (case.kind == "refused")
    assert took < SECONDS


def test_there_are_more_than_forty_of_them() -> None:
    assert len(HOSTILE) > 40
    assert len({case.name for case in HOSTILE}) == len(HOSTILE)
