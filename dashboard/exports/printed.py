"""Of what is a printed sheet made, whatever the program that prints it?"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its columns and how wide they are to each other, its rows, its heading.

    `verbatim`: the rows are somebody else's words, printed sign by sign as they stand.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    heading: str = ""
    verbatim: bool = False


@dataclass(frozen=True, slots=True)
class Pairs:
    """Label and value, two to a line."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Note:
    """What stands small under a paragraph: where a rule is printed."""

    text: str


Part = str | Grid | Pairs | Note


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered part."""

    title: str
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One lead, ready to be printed."""

    number: str
    fields: Sequence[tuple[str, str]]
    seen: str
    sections: Sequence[Section]
    origin: Sequence[str] = ()
