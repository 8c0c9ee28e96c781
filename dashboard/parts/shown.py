"""How are numbers, money, shares and days written?"""

from collections.abc import Mapping
from datetime import date
from typing import Any

UNKNOWN = "—"


def yuan(fen: int | None) -> str:
    """Whole fen as yuan; a dash where unknown."""
    return UNKNOWN if fen is None else f"{fen / 100:,.2f}"


def percent(share: float | None) -> str:
    """A share as a percentage with one decimal."""
    return UNKNOWN if share is None else f"{share:.1%}"


def number(value: float | None) -> str:
    """A number as short as it is exact enough: 1,234 or 12.3."""
    if value is None:
        return UNKNOWN
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"


def stretch(since: date | None, until: date | None, facts: Mapping[str, Any]) -> str:
    """From when to when; months of pay as months, never as their first day."""
    months = {str(value) for name, value in facts.items() if name.endswith("month")}
    monthly = "first_month" in facts
    ends = [
        f"{day:%Y-%m}" if day.day == 1 and (monthly or f"{day:%Y-%m}" in months) else str(day)
        for day in (since, until)
        if day is not None
    ]
    return " – ".join(dict.fromkeys(ends)) or UNKNOWN
