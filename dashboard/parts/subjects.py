"""How is a lead said in one sentence, and whom or what is it about, masked?"""

import json
from collections.abc import Mapping
from typing import Any

from dashboard.exports.rows import PERSONS, masked
from dashboard.masking import masked_card
from dashboard.parts import shown
from dashboard.queries import kinfolk
from dashboard.queries.people import Person
from dashboard.session import Session


def sentence(session: Session, lead: Mapping[str, Any]) -> str:
    """What was seen, in one sentence of the reader's language; a relative is called as the official does."""
    card = session.desk.cards.get(lead["scheme"])
    if card is None:
        return str(lead["facts"] or "")
    kin = session.desk.kin.get(lead["lead_id"], [])
    hidden, facts = masked_card(*kinfolk.worded(card, json.loads(lead["facts"] or "{}"), kin))
    return hidden.reads(facts, session.language, session.desk.programmes)


def together(session: Session, lead: Mapping[str, Any]) -> str:
    """The sum of what one household may have been denied, where it has several such leads; else nothing."""
    if lead["together"] < 2:  # noqa: PLR2004 - one lead is its own sum
        return ""
    return session.say("queue.together", count=lead["together"], sum=shown.yuan(lead["together_fen"]))


def subject(lead: Mapping[str, Any], named: Mapping[int, Person]) -> str:
    """Who or what a lead is about: a number of the office, or a person or account masked."""
    if lead["subject_kind"] in PERSONS:
        person = named.get(int(lead["subject"]))
        return "" if person is None else f"{person.name} {person.number}"
    return masked(lead["subject"]) if lead["subject_kind"] == "account" else str(lead["subject"])
