"""Is the table of calibrations told in words, worlds without an effect apart from power, and nothing where none is?"""

from pathlib import Path

import pytest

from benchmarks.calibration.table import COLUMNS
from casework.text import Language
from dashboard.calibrated import KINDS, METHODS, NAMES, in_words, powers, unplanted

FILE = f"""{",".join(COLUMNS)}
kin_excess,mingcha,plain,100,3100,0.0413,0.41,2,0.02,0.0055,0.07,,,,,
kin_excess,pooled_fisher,clan,33,,,,30,0.9091,0.7643,0.9686,,,,,
kin_excess,mingcha,planted,40,,,,1,0.0131,0.0023,0.07,12.0,3.0,0.75,0.62,0.85
kin_lenience,novel,strange,10,100,0.036,,0,0.0,,,,,,,
"""


def written(folder: Path) -> Path:
    path = folder / "calibration.csv"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_worlds_without_an_effect_stand_apart_and_empty_columns_are_left_out(tmp_path: Path) -> None:
    plain, clan = in_words(unplanted("kin_excess", written(tmp_path)), "en")
    assert plain == {
        "method": "Mingcha",
        "world": "plain",
        "worlds": "100",
        "tests": "3100",
        "share of p below 0.05": "0.041",
        "p of the test of uniform p": "0.410",
        "named falsely": "2",
        "false share": "0.020",
        "false, 95 % low": "0.005",
        "false, 95 % high": "0.070",
    }
    assert clan["method"] == "pooled Fisher test"
    assert clan["tests"] == "—"


def test_a_row_with_power_is_about_a_planted_effect(tmp_path: Path) -> None:
    (row,) = in_words(powers("kin_excess", written(tmp_path)), "zh")
    assert (row["世界"], row["检出率"], row["效应(优势比、从宽或倍数)"]) == ("植入效应", "0.750", "3")
    assert list(row)[:5] == ["方法", "世界", "规模(户、件或地区)", "效应(优势比、从宽或倍数)", "检出率"]


def test_a_code_without_words_is_shown_as_it_is(tmp_path: Path) -> None:
    (row,) = in_words(unplanted("kin_lenience", written(tmp_path)), "zh")
    assert (row["方法"], row["世界"], row["误报份额"]) == ("novel", "strange", "0")


def test_what_nobody_measured_says_nothing(tmp_path: Path) -> None:
    assert unplanted("mutual_favor", written(tmp_path)) == powers("mutual_favor", written(tmp_path)) == []
    assert unplanted("kin_excess", tmp_path / "nowhere.csv") == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_column_method_and_kind_has_words_of_its_own(language: Language) -> None:
    assert set(NAMES) == set(COLUMNS) - {"scheme"}
    for words in (NAMES, METHODS, KINDS):
        assert len({text.say(language) for text in words.values()}) == len(words)
