"""What of a lead's facts is a person's health, disability or custody, and is shown masked (contract §1)?

The evidence masks these columns; the sentence, the arithmetic and the export say no more than it does.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from casework.card import Card, Fact
from casework.text import Text

HIDDEN: Final = Text("(已遮盖)", "(masked)")
SENSITIVE: Final = frozenset({"disability_grade", "parents", "bill_fen"})  # facts that repeat a sensitive column

# Of the departments' findings only these tell what is sensitive; a death or a car is what a lead is about.
QUIET_KINDS: Final = frozenset({"custody", "deposit", "disability_award", "medical_bill", "enrolment"})


def masked_facts(facts: Mapping[str, Any], hidden: str) -> dict[str, Any]:
    """The facts with what is sensitive hidden; the unknown stays unknown."""
    return {name: hidden if name in SENSITIVE and value not in (None, []) else value for name, value in facts.items()}


def masked_card(card: Card, facts: Mapping[str, Any]) -> tuple[Card, dict[str, Any]]:
    """The card and facts as a screen shows them."""
    hidden = masked_facts(facts, HIDDEN.zh)
    plain = {
        name: Fact(fact.label, words={HIDDEN.zh: HIDDEN}, absent=fact.absent) if name in SENSITIVE else fact
        for name, fact in card.facts.items()
    }
    return replace(card, facts=plain), hidden
