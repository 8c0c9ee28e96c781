"""Under which rules, with which value in force that day, and printed where?"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import streamlit as st

from casework.card import Card
from casework.text import Text, counted
from dashboard.parts import labels
from dashboard.parts.fields import CODES, FIELDS
from dashboard.queries import dossier
from dashboard.session import Session

OPEN: Final = date(2000, 1, 1)  # an entry from this day holds since before the data; it is no law's first day


def draw(
    session: Session, card: Card, lead: Mapping[str, Any], row: Mapping[str, Any], facts: Mapping[str, Any]
) -> None:
    """One block a rule, the card's own first; where the source states the limit itself, that alone."""
    say = session.say
    st.subheader(say("rules.title"))
    if facts.get("case") == "due_at" and row.get("due_at") is not None:
        _block("source", say("rules.by_source", due=f"{row['due_at']:%Y-%m-%d}"), "")
        return
    for ruling in dossier.rulings(session.desk.opened, session.desk.policy, card, lead, row, facts):
        rule, entry = ruling.rule, ruling.entry
        on = str(ruling.on or "")
        if entry is None:
            said = say("rules.a_table") if rule.table else say("rules.nothing", on=on)
        else:
            value = say("rules.no_limit") if entry.none else _value(session, entry.fields, rule.unit_text)
            known = entry.from_ > OPEN
            said = say("rules.in_force" if known else "rules.always", value=value, on=on, since=entry.from_)
        source = (entry.source if entry is not None else "") or rule.source
        if source:
            source = say("rules.source", source=labels.half(source, session.language))
        elif rule.why is not None:
            source = say("rules.judgement", why=session.text(rule.why))
        _block(rule.id, say("rules.line", rule=session.text(rule.label), said=said), source)


def _block(name: str, said: str, source: str) -> None:
    with st.container(key=f"rule-{name}", gap=None):
        st.text(said)
        if source:
            st.text(source)


def _value(session: Session, fields: Mapping[str, Any], unit: Text) -> str:
    """The value with its unit; of several fields those that are set, by name, in the reader's language only."""
    said = []
    for name, value in fields.items():
        if value in (None, ()) or (name in {"zh", "en"} and name != session.language):
            continue
        many = value if isinstance(value, list | tuple) else (value,)
        text = session.say("rules.joint").join(_word(session, one) for one in many)
        title = session.text(FIELDS[name]) if name in FIELDS else name
        said.append(counted(text, unit, session.language) if name == "value" else f"{title} {text}".strip())
    return session.say("rules.and").join(said)


def _word(session: Session, value: object) -> str:
    if isinstance(value, bool):
        return session.say("rules.yes") if value else session.say("rules.no")
    code = f"{value:g}" if isinstance(value, float) else str(value)
    text = session.desk.programmes.get(code) or CODES.get(code)
    return code if text is None else session.text(text)
