"""How are numbers, money, shares and days written?"""

from datetime import date

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


def days(since: date | None, until: date | None) -> str:
    """A stretch of days; one day once."""
    if since is None and until is None:
        return UNKNOWN
    if since == until or until is None or since is None:
        return str(since or until)
    return f"{since} – {until}"
