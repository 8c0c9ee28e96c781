"""Is a null calibration read by the names of its columns, whichever there are, and nothing said where there is none?"""

from pathlib import Path

from dashboard.calibrated import calibrated

FILE = """scheme,world,worlds,tests,named,false_share,low,high,uniform_p,novel
kin_excess,clean,200,3100,4,0.0013,0.0005,0.0033,0.41,0.5
kin_excess,needy_kin,200,3100,,,,,,
kin_lenience,clean,200,100,0,0,0,0.036,0.9,x
"""


def written(folder: Path) -> Path:
    path = folder / "calibration.csv"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_every_column_is_told_whole_numbers_whole_and_others_shortly(tmp_path: Path) -> None:
    clean, needy = calibrated("kin_excess", "en", written(tmp_path))
    assert clean == {
        "world": "clean",
        "worlds": "200",
        "tests": "3100",
        "named": "4",
        "false share": "0.001",
        "95 % low": "0.001",
        "95 % high": "0.003",
        "p of the test of uniform p": "0.410",
        "novel": "0.500",
    }
    assert needy["named"] == needy["false share"] == "—"


def test_names_are_in_the_readers_language(tmp_path: Path) -> None:
    (row,) = calibrated("kin_lenience", "zh", written(tmp_path))
    assert (row["误报份额"], row["novel"]) == ("0", "x")


def test_what_nobody_measured_says_nothing(tmp_path: Path) -> None:
    assert calibrated("mutual_favor", "zh", written(tmp_path)) == []
    assert calibrated("kin_excess", "zh", tmp_path / "nowhere.csv") == []
