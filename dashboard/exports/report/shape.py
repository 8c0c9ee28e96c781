"""Of what is a monthly report made, whatever shows it: a page, a document or a workbook?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.exports.printed import Note

Form = Literal["percent", "yuan", "number"]
Stroke = Literal["value", "mean", "limit", "target"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that may be shown: as it is computed with, and as it is read."""

    number: float
    told: str
    form: Form


Cell = str | Figure


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, how wide they are to each other, and rows; its heading."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[float]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart; a month that is hidden or unknown is None."""

    name: str
    values: Sequence[float | None]
    stroke: Stroke


@dataclass(frozen=True, slots=True)
class Course:
    """A metric over the months, with its limits: what a chart draws. `told`: what the chart says, in words."""

    metric: str
    title: str
    told: str
    months: Sequence[str]
    lines: Sequence[Line]
    unusual: Sequence[int]  # places of the months that are no chance
    form: Form


@dataclass(frozen=True, slots=True)
class Courses:
    """Charts that stand together, and how they are read."""

    charts: Sequence[Course]
    note: str


Part = str | Note | Table | Courses


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered part; `sheet`: on which sheet of a workbook it stands."""

    title: str
    parts: Sequence[Part]
    sheet: str


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report; `fields` stand in its head, two to a line."""

    title: str
    subtitle: str
    fields: Sequence[tuple[str, str]]
    sections: Sequence[Section]


def told(cell: Cell) -> str:
    """A cell as it is read."""
    return cell if isinstance(cell, str) else cell.told
