"""Does every faulty or hostile file get its word, and harm nobody?"""

from pathlib import Path

import pytest

from casework.intake.reading import read
from tests.faults.files import HOSTILE, Hostile


@pytest.mark.parametrize("case", HOSTILE, ids=str)
def test_each_file_gets_its_code(case: Hostile, tmp_path: Path) -> None:
    folder = tmp_path / "source"
    folder.mkdir()
    source = case.build(folder)
    reading = read(source, tmp_path / "staging")
    told = {(fault.code, fault.kind) for fault in reading.faults}
    if case.reader:
        assert (case.code, case.kind) in told
        assert {code for code, kind in told if kind == "refused"} <= {case.code}
    assert reading.refused == (case.kind == "refused")


def test_there_are_more_than_forty_of_them() -> None:
    assert len(HOSTILE) > 40
    assert len({case.name for case in HOSTILE}) == len(HOSTILE)
