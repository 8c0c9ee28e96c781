"""How does a rule reach a million rows without an as-of join?

The rule is resolved here, in Python, for every combination of region prefix, scope value and stretch of time that it
mentions: a small complete table. Each row then finds its place in that table by plain expressions, and one equi-join
brings the value. Only what narwhals says alike on Polars and Spark is used.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import product

import narwhals as nw
import polars as pl

from casework.engine import Frame, beside
from casework.policy.rule import Entry, Rule, Value
from casework.policy.scope import FLAGS, NAMING
from casework.policy.shape import token

IN_FORCE, UNDECIDABLE, OUTSIDE = 1, 0, -1

_EPOCH = date(1970, 1, 1)
_OTHER, _UNKNOWN = "*", "?"  # a scope value the rule does not mention; none at all


def in_force(
    rule: Rule,
    frame: Frame,
    *,
    on: str | date,
    into: str,
    columns: Mapping[str, str | nw.Expr],
    field: str,
    holding: str | int | None,
) -> Frame:
    """See `Policy.in_force`."""
    names = frame.collect_schema().names()
    mentioned = _mentioned(rule)
    prefixes = sorted({place.region for place in rule.dated} - {""})
    breaks, case = _time(rule, on, names)  # one number for a row's time and scope: one key, one cheap join
    stride = len(breaks) + 1
    for key, values in mentioned.items():
        case = case + _bucket(_column(columns.get(key, key), key, names), key, values) * stride
        stride *= len(_buckets(key, values))

    keys = {f"__{into}_case": case.cast(nw.Int32)}
    if prefixes:
        keys[f"__{into}_region"] = _prefix(_column(columns.get("region", "region_code"), "region", names), prefixes)
    value, state = f"__{into}_value", f"__{into}_state"
    small = pl.DataFrame(
        [
            (case, region, *answer)
            for region in ["", *prefixes]
            for case, *answer in _cases(rule, region, mentioned, breaks, field, holding)
        ],
        schema={
            f"__{into}_case": pl.Int32(),
            f"__{into}_region": pl.String(),
            value: _dtype(rule, field),
            state: pl.Int8(),
        },
        orient="row",
    )
    placed = {key: f"{key}_in_force" for key in keys}
    joined = frame.with_columns(**keys).join(
        beside(frame, small.rename(placed).select(*placed.values(), value, state)),
        left_on=list(placed),
        right_on=list(placed.values()),
        how="left",
    )
    known = nw.when(nw.col(state).is_null()).then(nw.lit(UNDECIDABLE)).otherwise(nw.col(state)).cast(nw.Int8)
    return joined.with_columns(nw.col(value).alias(into), known.alias(f"{into}_state")).drop(*placed, value, state)


def found(rule: Rule, day: date, region: str, scope: Mapping[str, str]) -> tuple[Entry | None, int]:
    """What `in_force` says of one case, its scope given as tokens: the entry, None where there is none, and the state.

    Any code of the region or the longest prefix of it that the rule mentions: they answer alike.
    """
    told = {}
    for key, values in _mentioned(rule).items():
        if key in scope or key not in NAMING:
            said = scope.get(key, _OTHER)
            told[key] = said if said in values else _OTHER
    if outside(rule, rule.ordered(told)):
        return None, OUTSIDE
    entry = rule.resolve(day, region, told)
    if entry is None:
        return None, UNDECIDABLE
    return (None, OUTSIDE) if entry.none else (entry, IN_FORCE)


def outside(rule: Rule, scope: Mapping[str, str]) -> bool:
    """Does the rule not speak of such a case at all, on any day and anywhere?

    A programme or step that no entry names; in a table, a combination that is no row of it.
    """
    if rule.table:
        return not any(entry.admits(rule.ordered(scope)) for entry in rule.entries)
    return any(_nameless(rule, key, scope[key]) for key in NAMING if key in scope)


def _nameless(rule: Rule, key: str, code: str) -> bool:
    """Is every entry about something else? A rule without entries speaks of nothing that its scope would name."""
    if not rule.entries:
        return key in rule.scope
    return all(key in entry.scope and token(entry.scope[key]) != code for entry in rule.entries)


def _mentioned(rule: Rule) -> dict[str, list[str]]:
    """Which values of which scope keys does the rule tell apart?"""
    found: dict[str, set[str]] = {key: set() for key in rule.scope if rule.table or key in NAMING}
    for place in rule.dated:
        for key, value in place.scope.items():
            found.setdefault(key, set()).add(token(value))
    if rule.pair:
        both = set().union(*found.values())
        found = dict.fromkeys(found, both)
    return {key: sorted(found[key]) for key in sorted(found)}


def _time(rule: Rule, on: str | date, names: list[str]) -> tuple[list[date], nw.Expr]:
    """The first days of the stretches of time, the number of a row's stretch (0: before all, or no date)."""
    starts = {entry.from_ for entry in rule.entries}
    starts |= {change.from_ for change in rule.changes if change.from_ is not None}
    for end in (place.to for place in rule.dated):
        if end is not None and end != date.max:
            starts.add(end + timedelta(days=1))
    if isinstance(on, date):
        breaks = sorted(starts)
        return breaks, nw.lit(sum(start <= on for start in breaks)).cast(nw.Int32)
    if f"{on}_day" in names:
        breaks = sorted(starts)
        return breaks, _stretch(nw.col(f"{on}_day"), [(start - _EPOCH).days for start in breaks])
    if f"{on}_index" in names:  # the value in force on the first day of the month
        months = sorted({_month(start) for start in starts})
        return [date(m // 12, m % 12 + 1, 1) for m in months], _stretch(nw.col(f"{on}_index"), months)
    raise KeyError(f"{on}_day or {on}_index: the frame has {', '.join(names)}")


def _month(start: date) -> int:
    """The first month whose first day is not before `start`, as year x 12 + month - 1."""
    return start.year * 12 + start.month - 1 + (start.day > 1)


def _stretch(when: nw.Expr, starts: list[int]) -> nw.Expr:
    number: nw.Expr = nw.lit(0)
    for n, start in enumerate(starts, 1):
        number = nw.when(when >= start).then(nw.lit(n)).otherwise(number)
    return number.cast(nw.Int32)


def _column(said: str | nw.Expr, key: str, names: list[str]) -> nw.Expr:
    if isinstance(said, str):
        return nw.col(said) if said in names else nw.lit(None, dtype=nw.Boolean if key in FLAGS else nw.String)
    return said


def _prefix(code: nw.Expr, prefixes: list[str]) -> nw.Expr:
    """The longest mentioned prefix of a row's division code."""
    found: nw.Expr = nw.lit("")
    for length in sorted({len(prefix) for prefix in prefixes}):
        head = code.str.slice(0, length)
        found = nw.when(head.is_in([p for p in prefixes if len(p) == length])).then(head).otherwise(found)
    return found


def _buckets(key: str, values: list[str]) -> list[str]:
    """What a row's scope value may be told apart as, by number."""
    return [_OTHER, *values, _UNKNOWN] if key in NAMING else [_OTHER, *values]


def _bucket(column: nw.Expr, key: str, values: list[str]) -> nw.Expr:
    """The number of a row's scope value among `_buckets`."""
    number: nw.Expr = nw.lit(0)
    text = column if key in FLAGS else column.cast(nw.String)
    if key in NAMING:
        number = nw.when(text.is_null()).then(nw.lit(len(values) + 1)).otherwise(number)
    for n, value in enumerate(values, 1):
        same = (text if value == "true" else ~text) if key in FLAGS else text == nw.lit(value)
        number = nw.when(same).then(nw.lit(n)).otherwise(number)
    return number


def _dtype(rule: Rule, field: str) -> pl.DataType:
    scaled = any(change.set is None for change in rule.changes)
    if rule.shape[field].kind == "whole" and scaled:
        return pl.Float64()  # a scaled limit may be half a day
    return rule.shape[field].dtype() or pl.Boolean()


def _cases(
    rule: Rule,
    region: str,
    mentioned: Mapping[str, list[str]],
    breaks: list[date],
    field: str,
    holding: str | int | None,
) -> Iterator[tuple[int, Value, int]]:
    """The number, value and state of every case that has a value there or lies outside the rule.

    What is missing here is undecidable.
    """
    near = [entry for entry in rule.entries if region.startswith(entry.region)]
    buckets = [_buckets(key, values) for key, values in mentioned.items()]
    # the first key varies fastest, as in the rows' own number
    for number, combination in enumerate(product(*reversed(buckets))):
        said = zip(mentioned, reversed(combination), strict=True)
        scope = rule.ordered({key: value for key, value in said if value != _UNKNOWN})
        first = number * (len(breaks) + 1)
        if outside(rule, scope):
            yield from ((first + time, None, OUTSIDE) for time in range(len(breaks) + 1))
            continue
        fitting = [entry for entry in near if entry.admits(scope)]
        for time, start in enumerate(breaks, 1):
            entry = rule.govern(fitting, start, region, scope)
            if entry is None:
                continue
            value = entry.fields.get(field)
            if rule.shape[field].kind == "list" and value is not None:
                value = token(holding) in {token(item) for item in value}
            yield (first + time, None, OUTSIDE) if entry.none else (first + time, value, IN_FORCE)
