"""How does a test put leads of a scheme into a workspace, whether or not its detector exists?"""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from casework.card import Card, Fact
from casework.text import Text
from casework.workspace import Workspace
from dashboard.desk import Desk
from detectors.duplicate.two_places import CARD


def card(scheme: str, *, facts: tuple[str, ...] = (), **more: Any) -> Card:
    """A card that says nothing in particular."""
    plain = {
        "title": Text(f"{scheme}(待核实)", f"{scheme} (to verify)"),
        "reason": Text("待核实", "to verify"),
        "arithmetic": Text("见事实", "see the facts"),
        "facts": {name: Fact(Text(name, name)) for name in facts},
        "cases": {},
        "rests_on": {},
        "protected": {},
    }
    return replace(CARD, scheme=scheme, **plain | more)


def known(monkeypatch: pytest.MonkeyPatch, *cards: Card) -> None:
    """Let every desk know these cards, in place of those that a detector of the name may have."""
    whole = Desk.all_cards.func  # type: ignore[attr-defined]  # a cached property
    more = {one.scheme: one for one in cards}
    monkeypatch.setattr(Desk, "all_cards", property(lambda desk: whole(desk) | more))


def add(workspace: Path, *leads: Mapping[str, Any]) -> None:
    """Another run of the detectors, whose leads also are these; the same id replaces."""
    kept = Workspace(workspace)
    first, ids = kept.leads(), [lead["lead_id"] for lead in leads]
    rows = [_row(first.row(0, named=True), lead) for lead in leads]
    whole = pl.concat([first.filter(~pl.col("lead_id").is_in(ids)), pl.DataFrame(rows, schema=first.schema)])
    kept.keep_run(whole, kept.evidence(), kept.runs(), who="测试")


def _row(like: Mapping[str, Any], lead: Mapping[str, Any]) -> dict[str, Any]:
    plain = {"part": "", "related": [], "facts": {}, "family": "duplicate", "amount_fen": None, "score": 1.0}
    row = {**like, **plain, "content_digest": f"digest of {lead['lead_id']}", **lead}
    return row | {name: json.dumps(row[name], ensure_ascii=False) for name in ("related", "facts")}
