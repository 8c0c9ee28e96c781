"""How is a lead said in one sentence, and how is it said whom it is about?"""

import json
from collections.abc import Mapping
from typing import Any

from dashboard.exports.rows import PERSONS, masked
from dashboard.masking import masked_card
from dashboard.parts import shown
from dashboard.queries import kinfolk
from dashboard.queries.people import Person
from dashboard.session import Reading


def sentence(reading: Reading, lead: Mapping[str, Any], *, reveal: bool = False) -> str:
    """What was seen, in one sentence of the reader's language; a relative is called as the official does."""
    card = reading.desk.all_cards.get(lead["scheme"])
    if card is None:
        return str(lead["facts"] or "")
    kin = reading.desk.kin.get(lead["lead_id"], [])
    card, facts = kinfolk.worded(card, json.loads(lead["facts"] or "{}"), kin)
    spoken, told = (card, facts) if reveal else masked_card(card, facts)
    return spoken.reads(told, reading.language, reading.desk.programmes)


def together(reading: Reading, lead: Mapping[str, Any]) -> str:
    """The sum of what one household may have been denied, where it has several such leads; else nothing."""
    if lead["together"] < 2:  # noqa: PLR2004 - one lead is its own sum
        return ""
    return reading.say("queue.together", count=lead["together"], sum=shown.yuan(lead["together_fen"]))


def subject(lead: Mapping[str, Any], named: Mapping[int, Person], *, reveal: bool = False) -> str:
    """Who or what a lead is about: a number of the office, or a person or account masked."""
    if lead["subject_kind"] in PERSONS:
        person = named.get(int(lead["subject"]))
        return "" if person is None else f"{person.name} {person.number}"
    hidden = lead["subject_kind"] == "account" and not reveal
    return masked(lead["subject"]) if hidden else str(lead["subject"])
