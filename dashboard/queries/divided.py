"""Which counts may be read where the same people stand divided in several ways, by sex, by age, by village?

A count of 1 up to below the limit is hidden, and one whose rest is that small; the others are rounded. So no sum is
exact, and one small group need not hide its whole division: where it suffices, small groups are read as one. What is
left is looked at as the keenest reader would, who knows of each count whether it is none, small or not, and that every
division adds up to the same: as long as a small one has but one solution, one more count of its division is hidden.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import polars as pl

from dashboard.queries.timeliness import rounded
from metrics.evaluation.fairness import COUNTS, COUNTS_SCHEMA, MEASURES, NOT_SAID
from metrics.honest.veil import veiled

MERGED: Final = "merged"  # the group that small ones were put into
_DECIDING: Final = ("units", "flagged")  # by which of the counts groups are merged
EFFECTS: Final = tuple(f"{name}_effect" for name in MEASURES)
_WITHIN: Final = (*MEASURES.values(), ("judged", "reviewed"))
_ENDLESS: Final = 1 << 60
Group = tuple[str, str]
Counts = dict[str, int]
Seen = dict[str, int | None]
Span = tuple[int, int]  # what a count may be, both ends included


def seen(counts: pl.DataFrame, limit: int) -> pl.DataFrame:
    """The counts (`COUNTS_SCHEMA`) as who may read none below the limit reads them; null where hidden."""
    members: dict[Group, list[Counts]] = {}
    for dimension in counts["dimension"].unique(maintain_order=True):
        rows = counts.filter(pl.col("dimension") == dimension).to_dicts()
        for group, together in _merged(rows, limit).items():
            members[dimension, group] = together
    told = {group: _veiled(_sum(rows), limit) for group, rows in members.items()}
    for name in COUNTS:
        while (more := _given_away(members, told, name, limit)) is not None:
            told[more][name] = None
    effects = counts.unique("dimension").select("dimension", *EFFECTS)  # of the whole division, and of no single group
    rows = [
        {"dimension": dimension, "group": group}
        | {name: None if count is None else rounded(count, limit) for name, count in told[dimension, group].items()}
        for dimension, group in members
    ]
    found = pl.DataFrame(rows, schema={name: COUNTS_SCHEMA[name] for name in COUNTS_SCHEMA if name not in EFFECTS})
    return found.join(effects, on="dimension", how="left", maintain_order="left").select(COUNTS_SCHEMA.names())


def _merged(rows: list[dict[str, Any]], limit: int) -> dict[str, list[Counts]]:
    """The groups of one division, the small ones as one where that is enough and another one remains."""
    apart = {str(row["group"]): [row] for row in rows}
    known = [row for row in rows if row["group"] != NOT_SAID]
    small = [row for row in known if _hides([row], limit)]
    if not small:
        return apart
    others = sorted((row for row in known if row not in small), key=lambda row: (row["flagged"], row["units"]))
    together = small
    while others and (len(together) == 1 or _hides(together, limit)):
        together = [*together, others.pop(0)]
    if not others or _hides(together, limit):
        return apart
    names = {str(row["group"]) for row in together}
    return {group: one for group, one in apart.items() if group not in names} | {MERGED: together}


def _hides(rows: list[dict[str, Any]], limit: int) -> bool:
    told = _veiled(_sum(rows), limit)
    return any(told[name] is None for name in _DECIDING)


def _sum(rows: Iterable[Mapping[str, int]]) -> Counts:
    rows = list(rows)
    return {name: sum(row[name] for row in rows) for name in COUNTS}


def _veiled(counts: Counts, limit: int) -> Seen:
    return veiled(counts, limit, within=_WITHIN)


def _given_away(members: dict[Group, list[Counts]], told: dict[Group, Seen], name: str, limit: int) -> Group | None:
    """Which count to hide next; None where each small one has more than one solution, or nothing is left to hide."""
    spans = {group: _span(rows, told[group][name], name, limit) for group, rows in members.items()}
    totals = {dimension: _add(span for group, span in spans.items() if group[0] == dimension) for dimension, _ in spans}
    whole = max(low for low, _ in totals.values()), min(high for _, high in totals.values())
    for group, rows in members.items():
        mine = _left(whole, (span for one, span in spans.items() if one[0] == group[0] and one != group), spans[group])
        parts = [_class(row[name], limit) for row in rows]
        for place, row in enumerate(rows):
            low, high = _left(mine, (part for other, part in enumerate(parts) if other != place), parts[place])
            if 0 < row[name] < limit and low == high:
                return _next(members, told, name, group[0])
    return None


def _next(members: dict[Group, list[Counts]], told: dict[Group, Seen], name: str, dimension: str) -> Group | None:
    """The smallest that is still shown, of this division first."""
    shown = {group: count for group in members if (count := told[group][name])}
    return min(shown, key=lambda group: (group[0] != dimension, shown[group], group), default=None)


def _span(rows: list[Counts], shown: int | None, name: str, limit: int) -> Span:
    """What the reader knows a count to be: of what it consists, and what it is rounded to."""
    low, high = _add(_class(row[name], limit) for row in rows)
    if not shown:
        return low, high
    nearest = rounded(shown, limit)
    same = [count for count in range(nearest - limit, nearest + limit + 1) if count >= limit]
    same = [count for count in same if rounded(count, limit) == nearest]
    return max(low, same[0]), min(high, same[-1])


def _class(count: int, limit: int) -> Span:
    """None, small, or not."""
    if not count:
        return 0, 0
    return (1, limit - 1) if count < limit else (limit, _ENDLESS)


def _add(spans: Iterable[Span]) -> Span:
    spans = list(spans)
    return sum(low for low, _ in spans), sum(high for _, high in spans)


def _left(whole: Span, others: Iterable[Span], own: Span) -> Span:
    """What is left for one of a sum."""
    low, high = _add(others)
    return max(own[0], whole[0] - high), min(own[1], whole[1] - low)
