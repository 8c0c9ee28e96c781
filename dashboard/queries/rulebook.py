"""What does every rule say here, on this day, and what did it say before?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from casework.policy import Entry, Policy, Rule

Standing = Literal["in_force", "displaced", "past", "future", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Line:
    """One rule: what is in force of it, and the nearest days on which it changes."""

    rule: Rule
    now: tuple[Entry, ...]
    last: date | None  # the newest change up to the day asked
    following: date | None

    @property
    def local(self) -> bool:
        """Does any value in force here come from the county's own files, or hold for a region only?"""
        return any(is_local(entry) for entry in self.now)


def is_local(entry: Entry) -> bool:
    """Is it no value of the whole country?"""
    return bool(entry.region or entry.origin)


def lines(policy: Policy, on: date, region: str) -> list[Line]:
    """Every rule, the law first, each in the order of its file."""
    rules = sorted(policy.rules.values(), key=lambda rule: rule.family)
    return [line(rule, on, region) for rule in rules]


def line(rule: Rule, on: date, region: str) -> Line:
    """What one rule says there on that day, for each case that it tells apart."""
    here = [entry for entry in rule.entries if region.startswith(entry.region)]
    governing = [rule.resolve(on, region, dict(entry.place[1])) for entry in here]
    now = [entry for entry in governing if entry is not None]
    starts = {entry.from_ for entry in here}
    ends = {entry.to + timedelta(days=1) for entry in here if entry.to is not None}
    changes = starts | ends
    return Line(
        rule,
        tuple({id(entry): entry for entry in now}.values()),
        max((day for day in changes if day <= on), default=None),
        min((day for day in changes if day > on), default=None),
    )


def standing(said: Line, entry: Entry, on: date, region: str) -> Standing:
    """Where does one dated value stand, seen from here on that day?"""
    if not region.startswith(entry.region):
        return "elsewhere"
    if entry.from_ > on:
        return "future"
    if any(entry is one for one in said.now):
        return "in_force"
    successor = any(other.place == entry.place and entry.from_ < other.from_ <= on for other in said.rule.entries)
    return "past" if successor or not entry.holds(on) else "displaced"


def found(said: Iterable[Line], word: str, shown: Mapping[str, str]) -> list[Line]:
    """The lines that hold a word: in the rule's id, names or sources, or in what is shown of it (by id)."""
    wanted = word.strip().casefold()
    return [one for one in said if wanted in f"{_words(one.rule)}\n{shown.get(one.rule.id, '')}".casefold()]


def _words(rule: Rule) -> str:
    texts = [rule.label, *(text for text in (rule.why, rule.note) if text is not None)]
    sources = [rule.source, *(entry.source for entry in rule.entries)]
    return "\n".join([rule.id, *(text.zh for text in texts), *(text.en for text in texts), *sources])
