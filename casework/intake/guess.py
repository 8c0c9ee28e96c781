"""Which column of the contract may an unknown header mean, and which table an unknown sheet?

A guess is an offer to a person, never used by itself: the likeness of the words, helped or hindered by what the cells
are like.
"""

from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import cache
from typing import Final

from casework.intake.headers import normalise, unit_of
from casework.intake.look import Content, Found, Seen
from casework.tables import TABLES, Column, Table

LIKELY: Final = 0.62  # below it nothing is offered
_WITHIN: Final = 0.85  # one name holds the other
_FITS: Final = 0.12
_CLASH: Final = 0.3
_MISSING_KEY: Final = 0.5  # what a table loses for each key column that no header means
_KINDS: Final[Mapping[Content, frozenset[str]]] = {  # what a column of such cells may be
    "id_no": frozenset({"id_no"}),
    "region": frozenset({"region", "number"}),
    "date": frozenset({"date", "moment", "month"}),
    "month": frozenset({"month", "date", "moment"}),
    "number": frozenset({"money", "quantity", "integer", "number", "enum", "boolean"}),
    "boolean": frozenset({"boolean", "enum"}),
    "words": frozenset({"enum", "programme", "text", "number", "codes", "boolean"}),
    "text": frozenset({"text", "number", "enum", "programme", "codes"}),
}


@cache
def _names(table: str, column: str) -> tuple[str, ...]:
    said = TABLES[table][column]
    return tuple(normalise(name) for name in (said.name, said.label.zh, said.label.en, *said.aliases))


def likeness(table: Table, column: Column, seen: Seen) -> float:
    """How likely does this header mean this column? 0 to 1 and a little more."""
    header = unit_of(normalise(seen.header))[0]
    if not header:
        return 0
    words = max(_alike(header, name) for name in _names(table.name, column.name))
    if seen.content == "empty":
        return words
    if column.kind not in _KINDS[seen.content]:
        return words - _CLASH
    return words + _FITS + (_FITS if seen.words and _known(column, seen.words) else 0)


def _alike(header: str, name: str) -> float:
    if header == name:
        return 1
    ratio = SequenceMatcher(None, header, name).ratio()
    short, long = sorted((header, name), key=len)
    return max(ratio, _WITHIN if len(short) > 1 and long.endswith(short) else 0)


def _known(column: Column, words: tuple[str, ...]) -> bool:
    """Are most of the words codes, labels or aliases of the column's closed list?"""
    known = {
        normalise(name)
        for option in column.options
        for name in (option.code, option.label.zh, option.label.en, *option.aliases)
    }
    return 2 * sum(normalise(word) in known for word in words) > len(words)


def matches(table: Table, found: Found) -> dict[str, int]:
    """The likeliest header (by its place) of each column; no header is offered twice, no column either."""
    scored = [
        (likeness(table, column, seen), -place, column.name)
        for place, seen in enumerate(found.columns)
        for column in table.columns
    ]
    offered: dict[str, int] = {}
    for score, minus, name in sorted(scored, reverse=True):
        if score >= LIKELY and name not in offered and -minus not in offered.values():
            offered[name] = -minus
    return offered


def tables(found: Found) -> list[str]:
    """Every table, the likeliest first: the one that the sheet's name means, then by its headers."""
    return sorted(TABLES, key=lambda name: (name != found.table, -_worth(TABLES[name], found)))


def _worth(table: Table, found: Found) -> float:
    offered = matches(table, found)
    worth = sum(likeness(table, table[name], found.columns[place]) for name, place in offered.items())
    return worth - _MISSING_KEY * sum(column.name not in offered for column in table.key)
