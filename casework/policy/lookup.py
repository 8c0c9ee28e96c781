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
from casework.policy.change import Change
from casework.policy.rule import Entry, Rule
from casework.policy.scope import NAMING
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
    holding: str | None,
) -> Frame:
    """See `Policy.in_force`."""
    names = frame.collect_schema().names()
    mentioned = _mentioned(rule)
    prefixes = sorted({place.region for place in _places(rule)} - {""})
    breaks, when = _time(rule, on, names)

    keys: dict[str, nw.Expr] = {}
    if prefixes:
        keys["region"] = _prefix(_column(columns.get("region", "region_code"), names), prefixes)
    for key, values in mentioned.items():
        keys[key] = _bucket(_column(columns.get(key, key), names), values, key)
    keys["time"] = when

    places = {key: f"__{into}_{key}" for key in keys}
    value, state = f"__{into}_value", f"__{into}_state"
    small = _table(rule, prefixes, mentioned, breaks, field, holding)
    small = small.select(
        *(pl.col(key).alias(f"{place}_in_force") for key, place in places.items()),
        pl.col("value").alias(value),
        pl.col("state").alias(state),
    )
    joined = frame.with_columns(*(keys[key].alias(place) for key, place in places.items())).join(
        beside(frame, small),
        left_on=list(places.values()),
        right_on=[f"{place}_in_force" for place in places.values()],
        how="left",
    )
    return joined.with_columns(
        nw.col(value).alias(into),
        nw.when(nw.col(state).is_null())
        .then(nw.lit(UNDECIDABLE))
        .otherwise(nw.col(state))
        .cast(nw.Int8)
        .alias(f"{into}_state"),
    ).drop(*places.values(), value, state)


def outside(rule: Rule, scope: Mapping[str, str]) -> bool:
    """Does the rule not speak of such a case at all, on any day and anywhere?

    A programme or step that no entry names; in a table, a combination that is no row of it.
    """
    if rule.table:
        return not any(entry.admits(scope) for entry in rule.entries)
    return any(
        key in scope
        and key in {*rule.scope, *_mentioned(rule)}
        and not any(key not in entry.scope or token(entry.scope[key]) == scope[key] for entry in rule.entries)
        for key in NAMING
    )


def _places(rule: Rule) -> tuple[Entry | Change, ...]:
    return *rule.entries, *rule.changes


def _mentioned(rule: Rule) -> dict[str, list[str]]:
    """Which values of which scope keys does the rule tell apart?"""
    found: dict[str, set[str]] = {key: set() for key in rule.scope if rule.table or key in NAMING}
    for place in _places(rule):
        for key, value in place.scope.items():
            found.setdefault(key, set()).add(token(value))
    return {key: sorted(found[key]) for key in sorted(found)}


def _time(rule: Rule, on: str | date, names: list[str]) -> tuple[list[date], nw.Expr]:
    """The first days of the stretches of time, the number of a row's stretch (0: before all, or no date)."""
    starts = {entry.from_ for entry in rule.entries}
    starts |= {change.from_ for change in rule.changes if change.from_ is not None}
    for end in (place.to for place in _places(rule)):
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


def _column(said: str | nw.Expr, names: list[str]) -> nw.Expr:
    if not isinstance(said, str):
        return said
    return nw.col(said) if said in names else nw.lit(None, dtype=nw.String)


def _prefix(code: nw.Expr, prefixes: list[str]) -> nw.Expr:
    """The longest mentioned prefix of a row's division code."""
    found: nw.Expr = nw.lit("")
    for length in sorted({len(prefix) for prefix in prefixes}):
        head = code.str.slice(0, length)
        found = nw.when(head.is_in([p for p in prefixes if len(p) == length])).then(head).otherwise(found)
    return found


def _bucket(column: nw.Expr, values: list[str], key: str) -> nw.Expr:
    """A row's scope value if the rule mentions it; otherwise "other", and "unknown" where that is not the same."""
    text = column.cast(nw.String)
    other: nw.Expr = nw.lit(_OTHER)
    if key in NAMING:
        other = nw.when(text.is_null()).then(nw.lit(_UNKNOWN)).otherwise(other)
    return nw.when(text.is_in(values)).then(text).otherwise(other) if values else other


def _table(
    rule: Rule,
    prefixes: list[str],
    mentioned: Mapping[str, list[str]],
    breaks: list[date],
    field: str,
    holding: str | None,
) -> pl.DataFrame:
    """Every combination that has a value or lies outside the rule; what is missing here is undecidable."""
    rows = list(_rows(rule, prefixes, mentioned, breaks, field, holding))
    dtype: pl.DataType = rule.shape[field].dtype() or pl.Boolean()
    if dtype == pl.Int64() and any(isinstance(row[-2], float) for row in rows):
        dtype = pl.Float64()  # a scaled limit may be half a day
    schema: dict[str, pl.DataType] = {"region": pl.String()} if prefixes else {}
    schema |= {key: pl.String() for key in mentioned}
    return pl.DataFrame(rows, schema={**schema, "time": pl.Int32(), "value": dtype, "state": pl.Int8()}, orient="row")


def _rows(
    rule: Rule,
    prefixes: list[str],
    mentioned: Mapping[str, list[str]],
    breaks: list[date],
    field: str,
    holding: str | None,
) -> Iterator[tuple[object, ...]]:
    buckets = [[*values, _OTHER, _UNKNOWN] if key in NAMING else [*values, _OTHER] for key, values in mentioned.items()]
    for region in ["", *prefixes]:
        near = [entry for entry in rule.entries if region.startswith(entry.region)]
        for combination in product(*buckets):
            place = (region, *combination) if prefixes else combination
            scope = {key: value for key, value in zip(mentioned, combination, strict=True) if value != _UNKNOWN}
            if outside(rule, scope):
                yield from ((*place, number, None, OUTSIDE) for number in range(len(breaks) + 1))
                continue
            fitting = [entry for entry in near if entry.admits(scope)]
            for number, start in enumerate(breaks, 1):
                entry = rule.govern(fitting, start, region, scope)
                if entry is None:
                    continue
                if entry.none:
                    yield (*place, number, None, OUTSIDE)
                    continue
                value = entry.fields.get(field)
                if rule.shape[field].kind == "list":
                    value = None if value is None else holding in value
                yield (*place, number, value, IN_FORCE)
