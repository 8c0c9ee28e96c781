"""What does the monthly report look like as a workbook: typed figures, and charts that Excel draws?"""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import xlsxwriter

from dashboard.exports.cells import OPTIONS, Value, forms, height, page, put
from dashboard.exports.mark import Mark
from dashboard.exports.plain import cell
from dashboard.exports.printed import Note
from dashboard.exports.report.drawing import FORMATS, STROKES, UNUSUAL
from dashboard.exports.report.shape import Course, Courses, Figure, Line, Report, Section, Table
from dashboard.words import Words

_WIDEST: Final = 26  # signs that the widest column of a sheet has
_NARROWEST: Final = 11
_ACROSS: Final = 4  # columns that a paragraph runs over at least
_HIGH, _WIDE = 260, 520  # pixels of a chart
_ROWS: Final = 14  # of the sheet that a chart takes, its name included
_BESIDE: Final = 6  # columns between two charts


def workbook_of(report: Report, mark: Mark, at: datetime, say: Words) -> bytes:
    """The file, a sheet for each group of sections; every printed page carries the mark."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties(
        {"title": report.title, "author": "明察 Mingcha", "comments": mark.notice, "created": at.replace(tzinfo=None)}
    )
    faces = forms(book)
    sheets = {}
    for name in dict.fromkeys(section.sheet for section in report.sections):
        sheets[name] = Sheet(book.add_worksheet(name), faces, [one for one in report.sections if one.sheet == name])
    first, *_ = sheets.values()
    first.begin(report, mark)
    for sheet in sheets.values():
        sheet.fill()
    charts = [
        course for one in report.sections for part in one.parts if isinstance(part, Courses) for course in part.charts
    ]
    if charts:
        _draw(book, charts, faces, say)
    for made in book.worksheets():
        made.fit_to_pages(1, 0)
        page(made, mark, say("handover.pages"))
    book.close()
    return out.getvalue()


class Sheet:
    """A sheet written from top to bottom; its columns are as wide as the widest table on it wants them."""

    def __init__(self, sheet: Any, faces: dict[str, Any], sections: Sequence[Section]) -> None:  # noqa: ANN401 - the library is untyped
        """Set the widths."""
        self.sheet, self.faces, self.sections, self.line = sheet, faces, sections, 0
        tables = [part for one in sections for part in one.parts if isinstance(part, Table)]
        across = max([_ACROSS, *(len(table.columns) for table in tables)])
        self.widths = [_NARROWEST * 1.0] * across
        for table in tables:
            widest = max(table.widths)
            for at, width in enumerate(table.widths):
                self.widths[at] = max(self.widths[at], width / widest * _WIDEST)
        for at, width in enumerate(self.widths):
            sheet.set_column(at, at, width)
        sheet.set_landscape()

    def begin(self, report: Report, mark: Mark) -> None:
        """What it is a report of, and what it is not."""
        self._across(report.title, "title")
        for words in filter(None, (mark.synthetic, mark.notice, mark.line, report.subtitle)):
            self._across(words, "note")
        for label, value in report.fields:
            put(self.sheet, self.line, 0, label, self.faces["head"])
            put(self.sheet, self.line, 1, value, self.faces["code"])
            self.line += 1
        self.line += 1

    def fill(self) -> None:
        """Every section; charts stand on a sheet of their own."""
        for section in self.sections:
            self._across(section.title, "title")
            for part in section.parts:
                match part:
                    case Table():
                        self._table(part)
                    case Note():
                        self._across(part.text, "note")
                    case Courses():
                        self._across(part.note, "note")
                    case str():
                        self._across(part, "text")
            self.line += 1

    def _table(self, table: Table) -> None:
        if table.heading:
            self._across(table.heading, "title")
        self._row(table.columns, head=True)
        for row in table.rows:
            self._row(row, head=False)
        self.line += 1

    def _row(self, cells: Sequence[str | Figure], *, head: bool) -> None:
        words: list[Value] = [one.number if isinstance(one, Figure) else one or None for one in cells]
        self.sheet.set_row(self.line, height(words, self.widths[: len(words)]))
        for at, (one, value) in enumerate(zip(cells, words, strict=True)):
            form = "head" if head else one.form if isinstance(one, Figure) else "words"
            put(self.sheet, self.line, at, value, self.faces[form])
        self.line += 1

    def _across(self, words: str, form: str) -> None:
        wide = len(self.widths)
        self.sheet.merge_range(self.line, 0, self.line, wide - 1, "", self.faces[form])
        put(self.sheet, self.line, 0, words, self.faces[form])
        self.sheet.set_row(self.line, height([words], [sum(self.widths)]) + 4)
        self.line += 1


def _draw(book: Any, charts: Sequence[Course], faces: dict[str, Any], say: Words) -> None:  # noqa: ANN401 - the library is untyped
    """The charts on one sheet, the figures they draw on the next."""
    drawn, kept = book.add_worksheet(say("report.sheet_charts")), book.add_worksheet(say("report.sheet_figures"))
    kept.set_column(0, 60, 13)
    line = 0
    for place, course in enumerate(charts):
        kept.write_string(line, 0, cell(course.title), faces["title"])
        for at, title in enumerate([say("overview.trend_month"), *(one.name for one in course.lines)]):
            put(kept, line + 1, at, title, faces["head"])
        for at, month in enumerate(course.months):
            put(kept, line + 2 + at, 0, month, faces["words"])
        for column, one in enumerate(course.lines, 1):
            for at, value in enumerate(one.values):
                put(kept, line + 2 + at, column, value, faces[course.form])
        chart = _chart(book, course, kept.get_name(), line + 2)
        chart.set_title({"name": f"{cell(course.title)}\n{cell(course.told)}", "name_font": {"size": 10, "bold": True}})
        drawn.insert_chart(
            place // 2 * _ROWS, place % 2 * _BESIDE, chart, {"description": f"{course.title}: {course.told}"}
        )
        line += len(course.months) + 4
    drawn.set_column(0, 2 * _BESIDE, 12)
    drawn.set_landscape()


def _chart(book: Any, course: Course, sheet: str, first: int) -> Any:  # noqa: ANN401 - the library is untyped
    chart = book.add_chart({"type": "line"})
    last = first + len(course.months) - 1
    for column, one in enumerate(course.lines, 1):
        chart.add_series(
            {
                "name": [sheet, first - 1, column],
                "categories": [sheet, first, 0, last, 0],
                "values": [sheet, first, column, last, column],
                **_look(one, course),
            }
        )
    chart.set_size({"width": _WIDE, "height": _HIGH})
    chart.set_legend({"position": "bottom", "font": {"size": 8}})
    chart.set_x_axis(
        {"num_font": {"size": 8}, "interval_unit": max(1, -(-len(course.months) // 6)), "label_position": "low"}
    )
    chart.set_y_axis(
        {
            "num_format": FORMATS[course.form],
            "num_font": {"size": 8},
            "major_gridlines": {"visible": True, "line": {"color": "#E3E7E9"}},
        }
    )
    chart.show_blanks_as("gap")
    return chart


def _look(one: Line, course: Course) -> dict[str, Any]:
    colour, points, dash = STROKES[one.stroke]
    line = {"color": f"#{colour}", "width": points, "dash_type": {"sysDot": "round_dot"}.get(dash, dash)}
    if one.stroke != "value":
        return {"line": line, "marker": {"type": "none"}}
    usual = {"type": "circle", "size": 5, "fill": {"color": f"#{colour}"}, "border": {"none": True}}
    unusual = {"fill": {"color": f"#{UNUSUAL}"}, "border": {"color": f"#{UNUSUAL}"}}
    marked = [unusual if at in course.unusual else None for at in range(len(course.months))]
    return {"line": line, "marker": usual, **({"points": marked} if course.unusual else {})}
