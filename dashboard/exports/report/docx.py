"""How does the monthly report look on paper?"""

from datetime import datetime
from typing import Final

from docx.shared import Length, Mm
from docx.table import Table as WordTable

from casework.text import Language
from dashboard.exports.laid import Laid
from dashboard.exports.mark import Mark
from dashboard.exports.paper import WIDTH, dressed, element, paper, saved
from dashboard.exports.plain import plain
from dashboard.exports.printed import Grid, Note
from dashboard.exports.report.drawing import draw
from dashboard.exports.report.shape import Courses, Part, Report, Table, told
from dashboard.exports.typeset import typeset

_TWO: Final = 2  # charts beside each other
_TALL: Final = Mm(52)
_AIR: Final = "57"  # twentieths of a point: 1 mm


def document_of(report: Report, mark: Mark, at: datetime, language: Language) -> bytes:
    """The file; every page carries the mark and its number."""
    page = Page(paper(mark, report.title, at, language), language)
    page.write("Mingcha Title", report.title)
    page.pairs(report.fields)
    page.write("Mingcha Note", report.subtitle)
    for place, section in enumerate(report.sections):
        page.heading(place, section.title)
        for part in section.parts:
            page.piece(part)
    return saved(page.made)


class Page(Laid):
    """A document with tables of figures and charts."""

    drawn = 0

    def piece(self, part: Part) -> None:
        """One part of a section."""
        match part:
            case Table():
                rows = [[told(cell) for cell in row] for row in part.rows]
                self._close(self.grid(Grid(part.columns, rows, part.widths, part.heading)))
            case Courses():
                self._charts(part)
            case Note() | str():
                self.part(part)

    def _charts(self, courses: Courses) -> None:
        """Two to a row, their names in the row above; neither is torn from the other."""
        charts = courses.charts
        table = self.made.add_table(2 * -(-len(charts) // _TWO), _TWO)
        for row in table.rows:
            row._tr.get_or_add_trPr().append(element("w:cantSplit"))  # noqa: SLF001 - the library has no way to it
        for place, course in enumerate(charts):
            self.drawn += 1
            above, below = (table.cell(2 * (place // _TWO) + line, place % _TWO) for line in (0, 1))
            name = dressed(above.paragraphs[0], "Mingcha Label")
            name.add_run(plain(typeset(course.title, self.language)))
            said = dressed(above.add_paragraph(), "Mingcha Page")
            said.add_run(plain(typeset(course.told, self.language)))
            name.paragraph_format.keep_with_next = said.paragraph_format.keep_with_next = True
            draw(below.paragraphs[0], course, Length(int(WIDTH / _TWO - Mm(4))), _TALL, self.drawn)
        self.write("Mingcha Note", courses.note)

    def _close(self, table: WordTable) -> None:
        """Less air beside the figures: a number is never broken."""
        margins = element("w:tblCellMar")
        for side in ("left", "right"):
            margins.append(element(f"w:{side}", w=_AIR, type="dxa"))
        table._tblPr.append(margins)  # noqa: SLF001 - the library has no way to it
