"""Which facts of a lead are worth a row of their own, and what does each say?

Not those that are drawn or listed under a heading of their own: the strata (`beside`) are lines of codes, and the
fields of a waterfall are said one by one in the arithmetic.
"""

from collections.abc import Collection, Mapping
from typing import Any, Final

from casework.card import Card
from casework.text import counted
from dashboard.parts import strata
from dashboard.session import Reading

ELSEWHERE: Final = frozenset({strata.FACT, "fields", "field_bits"})


def rows(reading: Reading, card: Card, facts: Mapping[str, Any], *, but: Collection[str] = ()) -> list[tuple[str, str]]:
    """Label and value of each fact that the lead states, in the order of the card."""
    said = card.shown(facts, reading.language, reading.desk.programmes)
    return [
        (reading.text(fact.label), counted(said[name], fact.unit, reading.language))
        for name, fact in card.facts.items()
        if facts.get(name) not in (None, "", []) and name not in ELSEWHERE and name not in but
    ]


__all__ = ["ELSEWHERE", "rows"]
