"""How does one number of a what-if read: in its unit, hidden, or unknown?"""

import math
from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from dashboard.parts import shown
from dashboard.session import Viewing
from metrics.whatif.measure import BY_ID
from metrics.whatif.scenario_file import BASELINE

_WAN_FEN: Final = 1_000_000  # 万元
_FEN: Final = 100  # in a yuan
_STEP: Final = 5  # to which counts are rounded
_UNITS: Final = {"households": "whatif.households", "persons": "whatif.persons"}

Row = Mapping[str, Any]


def find(frame: pl.DataFrame, scenario: str, region: str, measure: str, group: str = "") -> Row | None:
    """The row of one number; None where it is not told."""
    found = frame.filter(
        pl.col("scenario") == scenario,
        pl.col("region_code") == region,
        pl.col("measure") == measure,
        pl.col("group") == group,
    )
    return found.row(0, named=True) if found.height else None


def change(letter: str) -> str:
    """What the difference of a scenario to the rules in force is called in the tables."""
    return f"{letter}-{BASELINE}"


def number(viewing: Viewing, row: Row | None, *, signed: bool = False) -> str:
    """The value with its unit; hidden and unknown in words, never 0."""
    if row is None:
        return viewing.say("overview.unknown")
    if row.get("hidden"):
        return viewing.say("overview.hidden")
    value = row["value"]
    if value is None:
        return viewing.say("overview.unknown")
    return viewing.say("whatif.none") if signed and not value else bare(viewing, row["measure"], value, signed=signed)


def rounded(viewing: Viewing, measure: str, value: object) -> str:
    """A number of the headline as a range of reckonings tells it, counts to five; unknown in words, never 0."""
    if not isinstance(value, float) or math.isnan(value):
        return shown.UNKNOWN
    if measure == "cost_fen":
        return money(viewing, value)
    if measure in _UNITS:
        return viewing.say(_UNITS[measure], number=f"{round(value / _STEP) * _STEP:,}")
    return shown.percent(value)


def bare(viewing: Viewing, measure: str, value: float, *, signed: bool = False) -> str:
    """A value with its unit: money in 万元, shares in per cent (their differences in points)."""
    unit = BY_ID[measure].unit
    if unit == "fen":
        return money(viewing, value, signed=signed)
    if unit in _UNITS:
        return viewing.say(_UNITS[unit], number=_signed(value, 0, signed=signed))
    if unit == "share":
        points = _signed(value * 100, 2 if signed else 1, signed=signed)
        return viewing.say("whatif.points", number=points) if signed else f"{points}%"
    return _signed(value, 4, signed=signed)


def money(viewing: Viewing, fen: float, *, signed: bool = False) -> str:
    """A sum as the language counts large ones: 万元, or whole yuan."""
    if viewing.language == "zh":
        return viewing.say("whatif.wan", number=_signed(fen / _WAN_FEN, 2, signed=signed))
    return viewing.say("whatif.yuan", number=_signed(fen / _FEN, 0, signed=signed))


def percent(viewing: Viewing, change_row: Row | None, base: Row | None) -> str:
    """A change as a share of what it was; empty where there is none to tell."""
    if change_row is None or base is None or not change_row["value"] or not base["value"]:
        return ""
    return viewing.say("whatif.percent", number=f"{change_row['value'] / base['value'] * 100:+.1f}")


def interval(viewing: Viewing, row: Row | None) -> str:
    """Its interval; a dash where it has none."""
    if row is None or row["low"] is None or row["high"] is None:
        return shown.UNKNOWN
    return f"{bare(viewing, row['measure'], row['low'])} – {bare(viewing, row['measure'], row['high'])}"


def _signed(value: float, digits: int, *, signed: bool) -> str:
    rounded = round(value, digits)
    if not rounded:
        return "0" if not digits or signed else f"{0:.{digits}f}"
    return f"{rounded:+,.{digits}f}" if signed else f"{rounded:,.{digits}f}"
