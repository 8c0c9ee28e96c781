"""What does the catalogue say of one programme?"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from casework.policy import Entry, Rule
from casework.tables import APPLICATION
from dashboard.parts import due, labels, rules, scopes
from dashboard.queries.catalogue import AMOUNTS, LIMITS, STEPS, Offer
from dashboard.session import Session

_COLUMNS: Final = (2, 6, 5)
Told = tuple[str, str, str]  # what, what it says, by which document


def conditions(session: Session, offer: Offer) -> str:
    """On which conditions, in words; not stated where the rules say none."""
    said = [_value(session, "entitlement", entry) for entry in offer.conditions]
    if offer.means_tested:
        said.append(session.say("programmes.means_tested"))
    return session.say("rules.and").join(dict.fromkeys(said)) or session.say("programmes.unstated")


def limits(session: Session, offer: Offer) -> str:
    """How fast it is decided."""
    said = [
        _case(session, name, entry)
        for name in LIMITS[:2]  # of the decision itself
        for entry in offer.rules.get(name, ())
    ]
    return "\n".join(said) or session.say("programmes.unstated")


def words(session: Session, offer: Offer) -> str:
    """Everything said of it, for the search."""
    return "\n".join("\n".join(told) for told in _told(session, offer, []))


def draw(session: Session, offer: Offer, papers: list[dict[str, Any]]) -> None:
    """All of it, a line each: what, what it says, by which document."""
    say = session.say
    head = (say("programmes.item"), say("programmes.says"), say("programmes.source"))
    for box, title in zip(st.columns(_COLUMNS), head, strict=True):
        box.caption(title)
    for row in _told(session, offer, papers):
        for box, text in zip(st.columns(_COLUMNS), row, strict=True):
            box.text(text)


def _told(session: Session, offer: Offer, papers: list[dict[str, Any]]) -> Iterator[Told]:
    say, policy = session.say, session.desk.policy
    nothing = say("programmes.unstated")
    yield (
        say("programmes.department"),
        rules.word(session, offer.department),
        _source(session, "programme", offer.sources),
    )
    paid = nothing if offer.monthly is None else say("programmes.monthly" if offer.monthly else "programmes.one_off")
    yield say("programmes.paid"), paid, ""
    yield say("programmes.conditions"), conditions(session, offer), _source(session, "entitlement", offer.conditions)
    yield from _excluded(session, offer) or [(say("programmes.excluded"), nothing, "")]
    for names in (LIMITS, AMOUNTS, STEPS):
        found = [(name, entry) for name in names for entry in offer.rules.get(name, ())]
        for name, entry in found:
            yield session.text(policy.rule(name).label), _case(session, name, entry), _source(session, name, [entry])
        if not found:
            yield say(_TITLES[names]), nothing, ""
    for stage in dict.fromkeys(row["stage"] for row in papers):
        joint = say("rules.joint").join(str(row[session.language]) for row in papers if row["stage"] == stage)
        demo = any(row["demo"] for row in papers if row["stage"] == stage)
        yield (
            say("programmes.papers"),
            say("rulebook.case", case=rules.word(session, stage), value=joint),
            say("programmes.demo") if demo else "",
        )
    channels = say("rules.joint").join(session.text(option.label) for option in APPLICATION["channel"].options)
    yield say("programmes.channels"), channels, say("programmes.channels_what")


def _excluded(session: Session, offer: Offer) -> list[Told]:
    """With which others it does not go together, those of one document and one rule in a line."""
    say = session.say
    found: dict[tuple[str, str], list[str]] = {}
    for other, entry in offer.excluded:
        key = (_value(session, "exclusive", entry), _source(session, "exclusive", [entry]))
        found.setdefault(key, []).append(_name(session, other))
    return [
        (say("programmes.excluded"), say("rulebook.case", case=say("rules.joint").join(names), value=value), source)
        for (value, source), names in found.items()
    ]


_TITLES: Final = {LIMITS: "programmes.limits", AMOUNTS: "programmes.amounts", STEPS: "programmes.steps"}


def _name(session: Session, code: str) -> str:
    """Another programme by name, whether the data know it or only the rules do."""
    known = rules.word(session, code)
    return due.programme(session, code) if known == code and session.desk.tables is not None else known


def _rule(session: Session, name: str) -> Rule:
    return session.desk.policy.rule(name)


def _value(session: Session, name: str, entry: Entry) -> str:
    return scopes.value(session, _rule(session, name), entry)


def _case(session: Session, name: str, entry: Entry) -> str:
    """The value, and for which of the programme's cases; the programme itself need not be said."""
    rest = {key: said for key, said in entry.scope.items() if key != "programme"}
    value = _value(session, name, entry)
    if not rest:
        return value
    return session.say(
        "rulebook.case", case=scopes.scope(session, _rule(session, name), replace(entry, scope=rest)), value=value
    )


def _source(session: Session, name: str, entries: Iterable[Entry]) -> str:
    """The documents; a demo value says that it is one."""
    said = []
    for entry in entries:
        source = labels.half(entry.source or _rule(session, name).source, session.language)
        said.append(f"{session.say('rulebook.demo')}{source}" if entry.demo else source)
    return session.say("rules.and").join(dict.fromkeys(filter(None, said)))
