"""Does a scheme's page say how right it was, with n, and nothing where nobody measured?"""

from pathlib import Path

import polars as pl

from dashboard.measured import HEADER, measured
from metrics.evaluation import over_seeds


def committed(folder: Path) -> Path:
    """What the benchmark writes, of one found and one clean world."""
    plain = {
        "variant": "",
        "ran": True,
        "scheme": "over_income",
        "seed": 1,
        "persons": 10_000,
        "amounts": 0,
        "amount_exact": None,
        "pr_auc": None,
        "precision_at_k": None,
        "twins": 3,
    }
    found = {"regime": "capture", "planted": 4, "found": 4, "leads": 5, "explained": 4, "twins_raised": 0}
    clean = {"regime": "clean", "planted": 0, "found": 0, "leads": 0, "explained": 0, "twins_raised": 0}
    table = over_seeds(pl.DataFrame([plain | found, plain | clean]))
    path = folder / "evaluation.csv"
    table.write_csv(path)
    return path


def test_a_measured_scheme_says_its_figures_with_n_and_what_is_unknown(tmp_path: Path) -> None:
    capture, clean = measured("over_income", committed(tmp_path))
    said = dict(zip(HEADER, capture, strict=True))
    assert said["查全率 / recall"] == "1.000 [0.510, 1.000] n=4"
    assert said["查准率 / precision"] == "0.800 [0.376, 0.964] n=5"
    assert said["孪生误报 / twins raised"] == "0 / 3"
    said = dict(zip(HEADER, clean, strict=True))
    assert said["查全率 / recall"] == said["查准率 / precision"] == "未知 unknown"
    assert said["每万人线索 / leads per 10 000"] == "0.000 [0.000, 3.689]"


def test_a_scheme_nobody_measured_says_nothing(tmp_path: Path) -> None:
    assert measured("mass_exit", committed(tmp_path)) == []
    assert measured("over_income", tmp_path / "nowhere.csv") == []
