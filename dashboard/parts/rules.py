"""Under which rules, with which value in force on the days asked, and printed where?"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

import polars as pl
import streamlit as st

from casework.card import Card
from casework.policy import Entry
from casework.text import Text, counted
from dashboard.parts import labels
from dashboard.parts.fields import CODES, FIELDS, SITUATIONS, SQUARE_METRES, UNITS_OF
from dashboard.queries.programmes import known_names
from dashboard.queries.rulings import Ruling, Stretch, rulings
from dashboard.session import Reading, Session

OPEN: Final = date(2000, 1, 1)  # an entry from this day holds since before the data; it is no law's first day


def draw(
    session: Session,
    card: Card,
    lead: Mapping[str, Any],
    row: Mapping[str, Any],
    facts: Mapping[str, Any],
    proof: pl.DataFrame,
) -> None:
    """One block a rule, the card's own first; where the source states the limit itself, that alone."""
    st.subheader(session.say("rules.title"))
    found = told(session, card, lead, row, facts, proof)
    if not found:
        st.text(session.say("rules.none"))
    for place, (said, sources) in enumerate(found):
        with st.container(key=f"rule-{place}", gap=None):
            st.text(said)
            for source in sources:
                st.text(source)


def told(
    reading: Reading,
    card: Card,
    lead: Mapping[str, Any],
    row: Mapping[str, Any],
    facts: Mapping[str, Any],
    proof: pl.DataFrame,
) -> list[tuple[str, list[str]]]:
    """Each rule the lead rests on as a line and the documents it is printed in."""
    say, desk = reading.say, reading.desk
    if facts.get("case") == "due_at" and row.get("due_at") is not None:
        return [(say("rules.by_source", due=f"{row['due_at']:%Y-%m-%d}"), [])]
    lines = []
    for ruling in rulings(desk.opened, desk.policy, card, lead, row, facts, proof):
        said = say("rules.and").join(_in_force(reading, ruling, one) for one in ruling.stretches)
        lines.append((say("rules.line", rule=reading.text(ruling.rule.label), said=said), _sources(reading, ruling)))
    return lines


def _in_force(reading: Reading, ruling: Ruling, one: Stretch) -> str:
    """The value over one stretch of the days asked, and since when it holds."""
    say, entry = reading.say, one.entry
    days = [f"{day:%Y-%m}" if ruling.monthly else str(day) for day in dict.fromkeys((one.since, one.until))]
    on = say("rules.to").join(days)
    if entry is None:
        return say("rules.a_table") if ruling.rule.table else say("rules.nothing", on=on)
    said = say("rules.no_limit") if entry.none else value(reading, entry, ruling.rule.unit_text)
    return say("rules.in_force" if entry.from_ > OPEN else "rules.always", value=said, on=on, since=entry.from_)


def _sources(reading: Reading, ruling: Ruling) -> list[str]:
    """The documents of the values shown, each once; else why the judgement."""
    say, rule = reading.say, ruling.rule
    said = dict.fromkeys((one.entry.source if one.entry else "") or rule.source for one in ruling.stretches)
    if any(said):
        return [say("rules.source", source=labels.half(source, reading.language)) for source in said if source]
    return [] if rule.why is None else [say("rules.judgement", why=reading.text(rule.why))]


def value(reading: Reading, entry: Entry, unit: Text, leave: Collection[str] = ("aliases",)) -> str:
    """The value with its unit; of several fields those that are set, by name, in the reader's language only."""
    said = []
    for name, content in entry.fields.items():
        if content in (None, ()) or name in leave or (name in {"zh", "en"} and name != reading.language):
            continue
        many = content if isinstance(content, list | tuple) else (content,)
        own_words = SITUATIONS if name == "situations" else {}
        text = reading.say("rules.joint").join(
            reading.text(own_words[one]) if one in own_words else word(reading, one) for one in many
        )
        title = reading.text(FIELDS[name]) if name in FIELDS else name.removeprefix("value")
        own = unit if name == "value" else _unit(name, entry)
        said.append(f"{title} {counted(text, own, reading.language)}".strip())
    return reading.say("rules.and").join(said)


def _unit(name: str, entry: Entry) -> Text:
    """What a threshold of a table is counted in."""
    if name == "over" and entry.scope.get("kind") == "real_estate":
        return SQUARE_METRES
    return UNITS_OF.get(name, Text("", ""))


def word(reading: Reading, content: object) -> str:
    """One value as a reader reads it: a code in words, a number as short as it is."""
    if isinstance(content, bool):
        return reading.say("rules.yes") if content else reading.say("rules.no")
    code = f"{content:,.10g}" if isinstance(content, float) else str(content)
    text = known_names(reading.desk.policy).get(code) or CODES.get(code)  # a rule may name one that no row has
    return code if text is None else reading.text(text)
