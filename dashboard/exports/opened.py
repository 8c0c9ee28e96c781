"""What is looked up of one lead before it is said in a file?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from casework.card import Card
from casework.errors import CaseworkError
from casework.text import Text
from dashboard.masking import masked_card
from dashboard.queries import dossier, kinfolk, leads
from dashboard.queries.people import Person
from dashboard.session import Reading


@dataclass(frozen=True)
class Opened:
    """One lead on the desk with everything looked up for it."""

    reading: Reading
    mine: pl.DataFrame
    lead: Mapping[str, Any]
    card: Card
    spoken: Card  # masked, kin by their term
    facts: dict[str, Any]
    told: dict[str, Any]  # the facts, masked
    row: dict[str, Any]
    proof: pl.DataFrame
    kin: list[kinfolk.Relative]
    persons: dict[int, Person]
    reveal: bool


def opened(reading: Reading, mine: pl.DataFrame, lead_id: str, *, reveal: bool) -> Opened:
    """One of the leads `mine`; persons and what is sensitive masked unless revealed.

    Raises:
        CaseworkError: the question of the lead is no longer asked in this version.
    """
    desk = reading.desk
    lead = mine.row(by_predicate=pl.col("lead_id") == lead_id, named=True)
    card, facts = desk.all_cards.get(lead["scheme"]), leads.facts_of(lead)
    if card is None:
        raise CaseworkError(
            Text(
                f"线索 {lead_id} 的规则已不在本版本中;请重新运行规则后再导出",
                f"the question of lead {lead_id} is no longer asked in this version; detect again, then export",
            )
        )
    row = dossier.subject_row(desk.opened, lead)
    proof = desk.workspace.evidence(lead_id)
    kin = kinfolk.path(desk.opened, desk.policy, lead, row, facts, proof)
    worded = kinfolk.worded(card, facts, kin)
    spoken, told = worded if reveal else masked_card(*worded)
    persons = dossier.involved(desk.opened, lead, row, proof, {each.person_id for each in kin}, reveal=reveal)
    return Opened(reading, mine, lead, card, spoken, facts, told, row, proof, kin, persons, reveal)
