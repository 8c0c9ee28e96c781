"""In which rings of mutual favour does an official stand, and whom does a lead take to be in one cluster?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from casework.review.identity import persons_in

MUTUAL: Final = "mutual_favor"
CLUSTER: Final = "favored_cluster"


@dataclass(frozen=True, slots=True)
class Arc:
    """One confirmed for another's kin; how often, where the lead says so."""

    giver: int
    taker: int
    count: int | None
    lead_id: str


def about(leads: pl.DataFrame, scheme: str, official: int) -> pl.DataFrame:
    """The leads of a scheme whose subject is this official."""
    mine = (pl.col("scheme") == scheme) & (pl.col("subject_kind") == "official") & (pl.col("subject") == str(official))
    return leads.filter(mine).sort("lead_id")


def arcs(leads: pl.DataFrame, official: int) -> list[Arc]:
    """Every arc of the rings that these leads tell of; the same arc of two rings once.

    A ring is the lead's part, one person_id after the other, else the official and whom the lead relates to. How often
    say the facts `given` (by the official), `received` (for their kin) and `between` (the other two); what they do not
    say nobody knows here.
    """
    found: dict[tuple[int, int], Arc] = {}
    for lead in about(leads, MUTUAL, official).to_dicts():
        ring = _ring(lead, official)
        facts = json.loads(lead["facts"] or "{}")
        for giver, taker in zip(ring, [*ring[1:], *ring[:1]], strict=True):
            count = facts.get("given" if giver == official else "received" if taker == official else "between")
            if giver != taker:
                times = count if isinstance(count, int) else None
                found.setdefault((giver, taker), Arc(giver, taker, times, lead["lead_id"]))
    return list(found.values())


def _ring(lead: Mapping[str, Any], official: int) -> list[int]:
    told = _persons(str(lead["part"] or "").split("+"))
    if official in told and len(told) > 1:
        return told
    return [official, *(one for one in _persons(_related(lead)) if one != official)]


def members(leads: pl.DataFrame, official: int) -> frozenset[str]:
    """What the leads on clusters around the official relate to: person_ids and household numbers, as they stand."""
    return frozenset(word for lead in about(leads, CLUSTER, official).to_dicts() for word in _related(lead))


def _related(lead: Mapping[str, Any]) -> list[str]:
    return [str(one) for one in json.loads(lead["related"] or "[]")]


def _persons(words: list[str]) -> list[int]:
    return [one for word in words for one in persons_in([word])]
