"""How right was a question on made-up worlds with known answers, as its page of the documentation says?

Safeguard R9. Read from docs/evaluation.csv, which `python -m benchmarks.evaluation` writes; where nobody has measured,
nothing is said.
"""

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

EVALUATION: Final = Path(__file__).parents[1] / "docs" / "evaluation.csv"
HEADER: Final = (
    "世界 / world",
    "种子 / seeds",
    "植入 / planted",
    "查全率 / recall",
    "线索 / leads",
    "查准率 / precision",
    "孪生误报 / twins raised",
    "每万人线索 / leads per 10 000",
)
NOTE: Final = (
    "在有已知答案的合成世界上测得,括号内为 95% 区间;不代表实地查实率。",
    "Measured on synthetic worlds with known answers, 95 % interval in brackets; not a share confirmed in the field.",
)
WORLDS: Final = {
    "capture": "优亲 capture",
    "clean": "干净 clean",
    "needy_kin": "亲属确贫 needy_kin",
    "one_surname": "单姓村 one_surname",
}
_UNKNOWN: Final = "未知 unknown"


def rows(scheme: str, path: Path = EVALUATION) -> list[dict[str, str]]:
    """What was measured of one scheme, a row a regime, by the file's own columns; "" is unknown."""
    return [row for row in _rows(path) if row["scheme"] == scheme]


def measured(scheme: str, path: Path = EVALUATION) -> list[tuple[str, ...]]:
    """One row of `HEADER` a regime; none where the scheme was never measured."""
    return [tuple(_cells(row)) for row in rows(scheme, path)]


@cache
def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _cells(row: Mapping[str, str]) -> Iterator[str]:
    yield WORLDS.get(row["regime"], row["regime"])
    yield row["seeds"]
    yield row["planted"]
    yield _bounded(row["recall"], row["recall_low"], row["recall_high"], f"n={row['planted']}")
    yield row["leads"]
    yield _bounded(row["precision"], row["precision_low"], row["precision_high"], f"n={row['leads']}")
    yield f"{row['twins_raised']} / {row['twins']}"
    yield _bounded(row["alerts_per_10000"], row["alerts_low"], row["alerts_high"], "")


def _bounded(value: str, low: str, high: str, n: str) -> str:
    if not value:
        return _UNKNOWN
    return " ".join(filter(None, (f"{float(value):.3f} [{float(low):.3f}, {float(high):.3f}]", n)))
