"""Is the file that the catalogue's pages show written only for the whole of it?"""

from pathlib import Path

import polars as pl
import pytest

from benchmarks.evaluation import asked, measured_on
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


def test_the_figures_say_what_they_were_measured_on() -> None:
    pooled = pl.DataFrame({"regime": ["capture", "capture", "clean"], "scheme": ["", "over_income", ""]})
    worlds = {"regime": ["capture", "capture", "clean"], "worlds": ["a", "b", "a"], "policy": ["p", "p", "p"]}
    table = measured_on(pooled, pl.DataFrame(worlds))
    assert table["worlds"].n_unique() == 2  # one of each regime, from both its seeds
    assert table["policy"].n_unique() == table["code"].n_unique() == 1
    again = measured_on(pooled, pl.DataFrame(worlds).reverse())
    assert again.equals(table)
    changed = measured_on(pooled, pl.DataFrame(worlds | {"worlds": ["a", "c", "a"]}))
    assert (changed["worlds"] != table["worlds"]).to_list() == [True, True, False]
