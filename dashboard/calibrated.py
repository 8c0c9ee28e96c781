"""Does a statistical question accuse by chance? What its null calibration says, as measured on made-up worlds.

Read from docs/calibration.csv, which `python -m benchmarks calibration` writes, by the names of its columns, whichever
there are; where nobody has measured, nothing is said.
"""

import csv
import math
from functools import cache
from pathlib import Path
from typing import Final

from casework.text import Language, Text
from dashboard.parts.shown import UNKNOWN

CALIBRATION: Final = Path(__file__).parents[1] / "docs" / "calibration.csv"
NAMES: Final = {
    "world": Text("世界", "world"),
    "worlds": Text("世界数", "worlds"),
    "tests": Text("检验次数", "tests"),
    "named": Text("被提出", "named"),
    "false_share": Text("误报份额", "false share"),
    "low": Text("95% 下限", "95 % low"),
    "high": Text("95% 上限", "95 % high"),
    "uniform_p": Text("p 值均匀性检验 p", "p of the test of uniform p"),
    "effect": Text("效应", "effect"),
    "applications": Text("申请数", "applications"),
    "power": Text("检出率", "power"),
    "q": Text("错误发现率界限", "level q"),
}


def calibrated(scheme: str, language: Language, path: Path = CALIBRATION) -> list[dict[str, str]]:
    """A row a world by column, in the reader's words; none where the scheme was never measured."""
    return [
        {_name(name, language): _cell(value) for name, value in row.items() if name != "scheme"}
        for row in _rows(path)
        if row.get("scheme") == scheme
    ]


@cache
def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _name(name: str, language: Language) -> str:
    return NAMES[name].say(language) if name in NAMES else name


def _cell(value: str) -> str:
    """Whole numbers and words as they are, others with three decimals; unknown is a dash."""
    try:
        number = float(value)
    except ValueError:
        return value or UNKNOWN
    if math.isnan(number):
        return UNKNOWN
    return value if "." not in value and number.is_integer() else f"{number:.3f}"
