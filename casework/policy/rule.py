"""What is a rule, and what is one dated value of it?"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, TypeAlias

from casework.policy.change import Change
from casework.policy.shape import Shape, token
from casework.text import Text

Value: TypeAlias = Any  # int, float, bool, str, a tuple of these, or None for "none": the rule's shape tells which
Scope: TypeAlias = Mapping[str, str | bool | int]

UNITS: Mapping[str, Text] = {
    "": Text("", ""),
    "working_days": Text("个工作日", "working days"),
    "days": Text("天", "days"),
    "hours": Text("小时", "hours"),
    "months": Text("个月", "months"),
    "minutes": Text("分钟", "minutes"),
    "yuan": Text("元", "yuan"),
    "yuan_month": Text("元/月", "yuan a month"),
    "yuan_person_month": Text("元/人·月", "yuan a person a month"),
    "yuan_year": Text("元/年", "yuan a year"),
    "yuan_household": Text("元/户", "yuan a household"),
    "times": Text("倍", "times"),
    "share": Text("(占比)", "(share)"),
    "persons": Text("人", "persons"),
    "count": Text("次", "times"),
    "points": Text("分", "points"),
    "bits": Text("比特", "bits"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated value of a rule: from when, where, for which cases, what, and who says so."""

    from_: date
    region: str = ""  # prefix of the division code; "" is national
    scope: Scope = field(default_factory=dict)  # a key left out means any; `extended` left out means false
    fields: Mapping[str, Value] = field(default_factory=dict)
    to: date | None = None  # the last day, for a rule that was repealed
    none: bool = False  # from this day on nothing is limited here
    source: str = ""
    demo: bool = False  # printed in no document: ships as a labelled demonstration
    note: str = ""
    origin: str = ""  # the local file that said so; "" is shipped

    @property
    def value(self) -> Value:
        """The value itself; None where nothing is limited."""
        return self.fields.get("value")

    @property
    def place(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Region and scope: two entries of one place replace one another."""
        return self.region, tuple(sorted((key, token(value)) for key, value in self.scope.items()))

    @property
    def rank(self) -> tuple[bool, int, int, date, str]:
        """Which of several fitting entries governs: the greatest.

        An extended one before all others, then the longest region prefix, the most specific scope, the newest.
        """
        return "extended" in self.scope, len(self.region), len(self.scope), self.from_, str(self.place)

    def admits(self, scope: Mapping[str, str]) -> bool:
        """Does a case of that scope (tokens) fall under this entry?"""
        return all(scope.get(key) == token(value) for key, value in self.scope.items())

    def holds(self, day: date) -> bool:
        """Is that day within its time?"""
        return self.from_ <= day and (self.to is None or day <= self.to)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of law or judgement: its words, shape, source and every dated value."""

    id: str
    label: Text
    unit: str
    source: str
    family: Literal["statute", "tuning"]
    shape: Mapping[str, Shape]  # field -> what it holds
    scope: tuple[str, ...] = ()
    table: bool = False  # every combination of scope keys is a row of its own
    pair: bool = False  # the two scope keys may be named in either order
    entries: tuple[Entry, ...] = ()
    why: Text | None = None  # judgement: why this default
    note: Text | None = None
    ranges: Mapping[str, tuple[float, float]] = field(
        default_factory=dict
    )  # field -> what a scenario may try, sensibly
    changes: tuple[Change, ...] = ()  # what `adjusted` added, in order

    @property
    def unit_text(self) -> Text:
        """The unit in words."""
        return UNITS[self.unit]

    @property
    def dated(self) -> tuple[Entry | Change, ...]:
        """Every entry and every change: what has a region, a scope and days."""
        return *self.entries, *self.changes

    @property
    def demo(self) -> bool:
        """Is any value of it a labelled demonstration?"""
        return any(entry.demo for entry in self.entries)

    @property
    def digest(self) -> str:
        """What this rule says and what was changed in it, as SHA-256; no labels, no file names, no order of entries."""
        content = [self.id, self.unit, sorted(map(_content, self.entries)), [repr(change) for change in self.changes]]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()

    def resolve(self, day: date, region: str, scope: Mapping[str, str]) -> Entry | None:
        """The entry in force on that day, there, for such a case (scope as tokens); None where there is none."""
        near = [entry for entry in self.entries if region.startswith(entry.region)]
        return self.govern(near, day, region, self.ordered(scope))

    def ordered(self, scope: Mapping[str, str]) -> Mapping[str, str]:
        """The scope as the entries write it: the two keys of a pair in alphabetical order."""
        if not self.pair or not set(self.scope) <= set(scope):
            return scope
        return dict(zip(self.scope, sorted(scope[key] for key in self.scope), strict=True))

    def govern(self, entries: list[Entry], day: date, region: str, scope: Mapping[str, str]) -> Entry | None:
        """The same among entries already known to cover the region."""
        found = max(
            (entry for entry in entries if entry.holds(day) and entry.admits(scope)),
            key=lambda entry: entry.rank,
            default=None,
        )
        if found is None or not self.changes:
            return found
        fields, none = dict(found.fields), found.none
        for change in self.changes:
            if change.reaches(day, region, scope, extended="extended" in found.scope):
                name = change.which or self.number_field
                fields[name] = change.applied(fields.get(name), self.shape[name])
                none = none and fields[name] is None
        return replace(found, fields=fields, none=none)

    @property
    def number_field(self) -> str:
        """The field that a change means when it names none: `value`, else the only number."""
        if "value" in self.shape:
            return "value"
        numbers = [name for name, shape in self.shape.items() if shape.is_number]
        return numbers[0] if len(numbers) == 1 else ""


def _content(entry: Entry) -> str:
    fields = sorted(entry.fields.items())
    said = [str(entry.from_), str(entry.to), entry.place, fields, entry.none, entry.source, entry.demo]
    return json.dumps(said, ensure_ascii=False)
