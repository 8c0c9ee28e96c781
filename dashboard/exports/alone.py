"""May these leads leave together? A lead that is only statistical never goes alone.

A rate far from the usual says nothing of one person. It is handed over only beside a lead with evidence of its own
about the same subject or household.
"""

import json
from collections.abc import Mapping
from typing import Any

import polars as pl

from casework.card import Card
from casework.errors import CaseworkError
from casework.text import Text


class AloneError(CaseworkError):
    """A statistical lead would leave without a lead that has evidence of its own."""


def alone(leads: pl.DataFrame, cards: Mapping[str, Card]) -> list[str]:
    """The ids of the statistical leads that no other of these leads goes along with."""
    statistical = {scheme for scheme, card in cards.items() if card.statistical}
    if not leads["scheme"].is_in(statistical).any():
        return []
    rows = leads.select("lead_id", "scheme", "subject", "related", "household_no").to_dicts()
    spoken_of = {name for row in rows if row["scheme"] not in statistical for name in _named(row)}
    return [row["lead_id"] for row in rows if row["scheme"] in statistical and not _own(row) & spoken_of]


def demand_company(leads: pl.DataFrame, cards: Mapping[str, Card]) -> None:
    """Refuse a choice that holds a statistical lead alone.

    Raises:
        AloneError: which leads, and what to do.
    """
    if left := alone(leads, cards):
        raise AloneError(
            Text(
                f"统计类线索 {'、'.join(left)} 不能单独导出:它只说明一组数字偏离常态,不是对任何人的证据。"
                "请把同一对象或同一家庭的具体线索一并选入,或去掉这些线索",
                f"statistical leads {', '.join(left)} cannot be exported alone: they say that figures are unusual and "
                "are evidence against nobody; choose a lead about the same subject or household along with them, or "
                "leave them out",
            )
        )


def _own(row: Mapping[str, Any]) -> set[str]:
    """Whom a lead is about."""
    return {str(name) for name in (row["subject"], row["household_no"]) if name}


def _named(row: Mapping[str, Any]) -> set[str]:
    """Whom a lead is about, and whom else it speaks of: the official of a lead on an application."""
    return _own(row) | {str(name) for name in json.loads(row["related"] or "[]")}
