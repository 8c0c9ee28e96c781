"""Which values in force does a change touch: where, for whom, on which days, and what becomes of them?

Money is looked up on the first day of each month reckoned; what governs cases on the days of the past up to `as_of`,
each stretch of time that the rule tells apart once. What was gathered from whole tables is looked up on `as_of` too:
a change of it that begins later reaches nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Final

from casework.policy import Change, Entry, Policy, Rule
from casework.policy.rule import Value
from casework.policy.shape import token
from metrics.whatif.population import Population
from metrics.whatif.readers import BY_MONTH

_YEAR: Final = 12
Scope = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Touched:
    """One value in force that a change reaches."""

    region: str  # the division code's longest prefix that the rule or the change tells apart
    scope: Scope  # as tokens
    day: date
    entry: Entry  # what is in force before the change
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class Reach:
    """What a change reaches; where nothing, which of place, time and value is to blame."""

    somewhere: bool  # is any village of the population in its region, of its kind (urban, rural)?
    sometime: bool  # is any day looked up in its time?
    values: tuple[Touched, ...]  # of every value in force it reaches, changed or not

    @property
    def changed(self) -> list[Touched]:
        """Those that become another value."""
        return [one for one in self.values if one.old != one.new]


def months_of(as_of: date, months: int) -> list[date]:
    """The first days of the months reckoned: `months` of them from the month after `as_of`."""
    first = as_of.year * _YEAR + as_of.month
    return [date(m // _YEAR, m % _YEAR + 1, 1) for m in range(first, first + months)]


def reach(before: Policy, change: Change, population: Population, *, months: int = _YEAR) -> Reach:
    """What the change reaches when the rules are those of `before`; PolicyError where it is no change of a rule."""
    after = before.adjusted([change])
    old, new = before.rule(change.id), after.rule(change.id)
    change = new.changes[-1]
    field = change.which or old.number_field
    places = [place for place in _places(new, population) if _here(change, *place)]
    when = [day for day in _days(new, population, months) if _then(change, day)]
    found = [
        Touched(region, scope, day, entry, entry.fields.get(field), changed.fields.get(field))
        for region, kind in places
        for scope in scopes(new, kind)
        for day in when
        if (entry := old.resolve(day, region, scope)) is not None
        and change.reaches(day, region, old.ordered(scope), extended="extended" in entry.scope)
        and (changed := new.resolve(day, region, scope)) is not None
    ]
    return Reach(bool(places), bool(when), tuple(found))


def _here(change: Change, region: str, kind: str | None) -> bool:
    return region.startswith(change.region) and change.scope.get("urban_rural", kind) == kind


def _then(change: Change, day: date) -> bool:
    return (change.from_ is None or change.from_ <= day) and (change.to is None or day <= change.to)


def _places(rule: Rule, population: Population) -> list[tuple[str, str | None]]:
    """Every longest prefix that the rule tells apart, with urban or rural where it tells those apart too."""
    said = rule.dated
    prefixes = {one.region for one in said} | {""}
    lengths = sorted({len(prefix) for prefix in prefixes}, reverse=True)
    kinds = any("urban_rural" in one.scope for one in said)
    found = {
        (next(code[:length] for length in lengths if code[:length] in prefixes), kind if kinds else None)
        for code, kind in zip(population.village_code, population.urban_rural, strict=True)
    }
    return sorted(found, key=lambda place: (place[0], place[1] or ""))


def _days(rule: Rule, population: Population, months: int) -> list[date]:
    ahead = months_of(population.as_of, months)
    if rule.id in BY_MONTH:
        return ahead
    past = {day for day in days(rule) if day <= population.as_of} | {population.as_of}
    return sorted(past)


def days(rule: Rule) -> set[date]:
    """The first day of every stretch of time that the rule tells apart."""
    starts = {one.from_ for one in rule.dated if one.from_ is not None}
    ends = {one.to + timedelta(days=1) for one in rule.dated if one.to is not None and one.to != date.max}
    return starts | ends


def scopes(rule: Rule, kind: str | None) -> Iterator[Scope]:
    """Every case the rule tells apart; of a table, every row."""
    here = {} if kind is None else {"urban_rural": kind}
    said = rule.dated
    if rule.table:
        for row in sorted({entry.place[1] for entry in rule.entries}):
            yield dict(row) | here
        return
    mentioned: dict[str, set[str]] = {}
    for one in said:
        for key, value in one.scope.items():
            mentioned.setdefault(key, set()).add(token(value))
    keys = sorted(mentioned.keys() - {"urban_rural"})
    for values in product(*([*sorted(mentioned[key]), None] for key in keys)):
        yield {key: value for key, value in zip(keys, values, strict=True) if value is not None} | here
