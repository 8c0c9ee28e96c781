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


def in_company(leads: pl.DataFrame, cards: Mapping[str, Card]) -> tuple[pl.DataFrame, int]:
    """The leads that may leave, in their order, and how many statistical ones stay behind.

    Raises:
        AloneError: none may leave.
    """
    left = alone(leads, cards)
    if left and len(left) == leads.height:
        raise AloneError(
            Text(
                "统计类线索只说明一组数字偏离常态,不是对任何人的证据,不能单独导出。"
                "请在线索台把同一对象或同一家庭的具体线索一并列出,从那里下载清单",
                "statistical leads cannot be exported alone: they say that figures are unusual and are evidence "
                "against nobody; list them in the queue along with a lead about the same subject or household, and "
                "download the list there",
            )
        )
    return leads.filter(~pl.col("lead_id").is_in(left)), len(left)


def _own(row: Mapping[str, Any]) -> set[str]:
    """Whom a lead is about."""
    return {str(name) for name in (row["subject"], row["household_no"]) if name}


def _named(row: Mapping[str, Any]) -> set[str]:
    """Whom a lead is about, and whom else it speaks of: the official of a lead on an application."""
    return _own(row) | {str(name) for name in json.loads(row["related"] or "[]")}
