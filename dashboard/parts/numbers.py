"""How does a metric's number read: its value, its interval, what it rests on, and why it is missing?"""

from collections.abc import Mapping
from typing import Any

from casework.card import MetricCard
from dashboard.parts import labels, shown
from dashboard.session import Viewing


def in_percent(card: MetricCard) -> bool:
    """Is it read as a percentage, as shares and ratios are?"""
    return card.kind in ("share", "ratio")


def value(card: MetricCard, number: float | None) -> str:
    """A value with no unit: shares and ratios as percentages, money in yuan."""
    if number is None:
        return shown.UNKNOWN
    if card.money and card.kind == "sum":
        return shown.yuan(round(number))
    return shown.percent(number) if in_percent(card) else shown.number(round(number, 1))


def within(card: MetricCard, limit: float) -> float:
    """A limit as it is said: a share is never below 0 or above 1, a count never below 0."""
    low = max(limit, 0.0) if card.kind != "sum" else limit
    return min(low, 1.0) if card.kind == "share" else low


def with_unit(viewing: Viewing, card: MetricCard, number: float | None) -> str:
    """The same with its unit, where there is a value."""
    return value(card, number) if number is None else f"{value(card, number)} {viewing.text(card.unit)}".strip()


def headline(viewing: Viewing, card: MetricCard, row: Mapping[str, Any] | None) -> str:
    """What stands large on a card: the value, that it is hidden, or that it is unknown. Never 0 for unknown."""
    if row is not None and row["suppressed"]:
        return viewing.say("overview.hidden")
    if row is None or row["value"] is None:
        return viewing.say("overview.unknown")
    return value(card, row["value"])


def reliable(row: Mapping[str, Any] | None) -> bool:
    """Is there a value to show?"""
    return row is not None and not row["suppressed"] and row["value"] is not None


def interval(viewing: Viewing, card: MetricCard, row: Mapping[str, Any]) -> str:
    """The interval in words; empty where there is none."""
    if row["low"] is None or row["high"] is None:
        return ""
    return viewing.say("overview.interval", low=value(card, row["low"]), high=value(card, row["high"]))


def span(card: MetricCard, row: Mapping[str, Any] | None) -> str:
    """The interval as a cell of a table; empty where there is none."""
    if row is None or row["low"] is None or row["high"] is None:
        return ""
    return f"{value(card, row['low'])} – {value(card, row['high'])}"


def basis(viewing: Viewing, card: MetricCard, row: Mapping[str, Any]) -> str:
    """The counts that the number is made of."""
    if card.kind in ("sum", "ratio"):
        return ""
    if card.kind == "quantile" or row["part"] is None:
        return viewing.say("overview.cases", whole=f"{row['whole']:,}") if row["whole"] is not None else ""
    if row["whole"] is None:
        return viewing.say("overview.part_only", part=f"{row['part']:,}")
    return viewing.say("overview.share_of", part=f"{row['part']:,}", whole=f"{row['whole']:,}")


def why_unknown(viewing: Viewing, card: MetricCard, row: Mapping[str, Any] | None) -> str:
    """What a missing number is missing."""
    if row is not None and row["suppressed"]:
        return viewing.say("overview.hidden_why", most=viewing.desk.counts.minimum - 1)
    lacking = viewing.desk.counts.lacking.get(card.metric)
    if lacking:
        return viewing.say("overview.lacking", needs=labels.named(lacking, viewing.language))
    if row is not None and row["whole"] is None and row["part"] is not None:
        return viewing.say("overview.no_whole", part=f"{row['part']:,}")
    return viewing.say("overview.no_cases")
