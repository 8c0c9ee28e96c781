"""Does a statistical question accuse by chance, and does it find what is there? As measured on made-up worlds.

Read from docs/calibration.csv, which `python -m benchmarks.calibration` writes (its `table.py` says the columns). A row
with `power` is about effects that were planted, one without about worlds in which nothing is to be found. A column or
code without words here is shown as it is; where nobody has measured, nothing is said.
"""

import csv
import math
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from casework.text import Language, Text
from dashboard.parts.shown import UNKNOWN

CALIBRATION: Final = Path(__file__).parents[1] / "docs" / "calibration.csv"
OWN: Final = "mingcha"  # the method that is ours; the others are what else could be done
Row = dict[str, str]

NAMES: Final = {
    "method": Text("方法", "method"),
    "kind": Text("世界", "world"),
    "worlds": Text("世界数", "worlds"),
    "tests": Text("检验次数", "tests"),
    "p_below_05": Text("p 低于 0.05 的份额", "share of p below 0.05"),
    "ks_p": Text("p 值均匀性检验 p", "p of the test of uniform p"),
    "named_falsely": Text("误报数", "named falsely"),
    "false_share": Text("误报份额", "false share"),
    "false_low": Text("误报 95% 下限", "false, 95 % low"),
    "false_high": Text("误报 95% 上限", "false, 95 % high"),
    "size": Text("规模(户、件或地区)", "size (households of kin, applications or areas)"),
    "effect": Text("效应(优势比、从宽或倍数)", "effect (odds, favour or times as many)"),
    "power": Text("检出率", "power"),
    "power_low": Text("检出率 95% 下限", "power, 95 % low"),
    "power_high": Text("检出率 95% 上限", "power, 95 % high"),
}
METHODS: Final = {
    OWN: Text("明察", "Mingcha"),
    "lift_1_5": Text("明察(倍数界限 1.5)", "Mingcha (lift 1.5)"),
    "pooled_fisher": Text("合并 Fisher 检验", "pooled Fisher test"),
    "pooled_fisher_same_bar": Text("合并 Fisher 检验(同样的门槛)", "pooled Fisher test (same bar)"),
    "same_surname": Text("按同姓比较(同样的门槛)", "same surname (same bar)"),
}
KINDS: Final = {
    "plain": Text("普通", "plain"),
    "needier": Text("亲属确贫", "kin in greater need"),
    "clan": Text("宗族聚居", "clans live together"),
    "one_surname": Text("单姓村", "villages of one surname"),
    "all": Text("以上各种并存", "all of these together"),
    "clan_ahead": Text("宗族本就占先", "a clan ahead anyway"),
    "mobilised": Text("动员申请", "mobilised to apply"),
    "delegated": Text("他人代办", "handled by others"),
    "urgent": Text("急难先办", "urgent cases first"),
    "generous": Text("普遍从宽", "generous to all"),
    "unregistered": Text("紧急情形未登记", "urgency not registered"),
    "batched": Text("一月内动员、成批办结", "mobilised in one month, decided in batches"),
    "paced": Text("各人快慢不同", "officials of unlike pace"),
    "alike": Text("各地相近", "areas alike"),
    "alike_wide": Text("各地本就悬殊", "areas wide apart"),
    "planted": Text("植入效应", "an effect planted"),
    "planted_wide": Text("植入效应,各地悬殊", "an effect planted, areas wide apart"),
}
_FIRST: Final = ("method", "kind", "size", "effect", "power", "power_low", "power_high")
_CODES: Final = {"method": METHODS, "kind": KINDS}


def unplanted(scheme: str, path: Path = CALIBRATION) -> list[Row]:
    """The rows about worlds in which nothing is to be found, as they stand in the file."""
    return [row for row in _of(scheme, path) if not row.get("power")]


def powers(scheme: str, path: Path = CALIBRATION) -> list[Row]:
    """The rows about planted effects, what was asked and found first."""
    found = [row for row in _of(scheme, path) if row.get("power")]
    return [{name: row[name] for name in _FIRST if name in row} | row for row in found]


def in_words(rows: Iterable[Row], language: Language) -> list[dict[str, str]]:
    """The rows by column, in the reader's words; columns in which no row says anything are left out."""
    rows = list(rows)
    told = [name for name in dict.fromkeys(name for row in rows for name in row) if any(row.get(name) for row in rows)]
    return [
        {title(name, language): code(name, row.get(name, ""), language) for name in told if name != "scheme"}
        for row in rows
    ]


def title(name: str, language: Language) -> str:
    """A column in words."""
    return NAMES[name].say(language) if name in NAMES else name


def code(name: str, value: str, language: Language) -> str:
    """One value of a column: a code in words, a number shortly."""
    known = _CODES.get(name, {})
    return known[value].say(language) if value in known else _cell(value)


def _of(scheme: str, path: Path) -> list[Row]:
    return [row for row in _rows(path) if row.get("scheme") == scheme]


@cache
def _rows(path: Path) -> list[Row]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _cell(value: str) -> str:
    """Whole numbers and words as they are, others with three decimals; unknown is a dash."""
    try:
        number = float(value)
    except ValueError:
        return value or UNKNOWN
    if math.isnan(number):
        return UNKNOWN
    return f"{number:.0f}" if number.is_integer() else f"{number:.3f}"
