"""Is the file that the catalogue's pages show written only for the whole of it?"""

from pathlib import Path

import pytest

from benchmarks.evaluation import asked
from dashboard.measured import EVALUATION


@pytest.mark.parametrize(
    "part", ["--only over_income", "--regime capture", "--seeds 9", "--persons 19999", "--seeds 10 --regime clean"]
)
def test_a_part_must_name_its_own_file(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        asked(part.split())
    assert "name --out" in capsys.readouterr().err
    assert asked([*part.split(), "--out", "part.csv"]).out == Path("part.csv")


@pytest.mark.parametrize(
    "whole", ["", "--seeds 12 --jobs 2", "--persons 60000", "--regime one_surname needy_kin clean capture"]
)
def test_the_whole_goes_to_the_pages(whole: str) -> None:
    assert asked(whole.split()).out == EVALUATION


@pytest.mark.parametrize("nothing", ["--seeds 0", "--persons 0", "--jobs 0"])
def test_nothing_cannot_be_asked(nothing: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        asked([*nothing.split(), "--out", "part.csv"])
    assert "1 or more" in capsys.readouterr().err
