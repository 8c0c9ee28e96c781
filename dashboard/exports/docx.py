"""How does a hand-over sheet look on paper?"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.shared import Length, Mm
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from dashboard.exports.mark import mark
from dashboard.exports.paper import WIDTH, dressed, element, paper, saved, write
from dashboard.exports.plain import plain
from dashboard.exports.printed import Grid, Note, Pairs, Part, Sheet
from dashboard.exports.typeset import typeset
from dashboard.session import Reading

_NUMBERS: Final = "一二三四五六七八九十"
_SHADE: Final = "F2F2F2"
_BLANK: Final = Mm(12)
_HEAD: Final = (1.35, 2.8, 1.35, 2.5)
_SIGNED: Final = (1.6, 2.4, 1.6, 2.4)


def document_of(reading: Reading, sheets: Sequence[Sheet], at: datetime) -> bytes:
    """One file, each sheet beginning on a page of its own."""
    page = Page(reading, at)
    for place, one in enumerate(sheets):
        page.sheet(one, begins=place > 0)
    return saved(page.made)


class Page:
    """A document in the reader's language; what we say is typeset, what others said is not."""

    def __init__(self, reading: Reading, at: datetime) -> None:
        """Lay out empty paper."""
        self.reading, self.say, self.language = reading, reading.say, reading.language
        self.title = self.say("handover.title")
        self.made = paper(mark(reading, at), self.title, at, self.language)

    def sheet(self, one: Sheet, *, begins: bool) -> None:
        """One lead; `begins` a page of its own."""
        heading = self._write("Mingcha Title", self.title)
        heading.paragraph_format.page_break_before = begins
        reference = (self.say("handover.reference"), self.say("handover.reference_blank"))
        self._pairs([(self.say("handover.id"), one.number), reference, *one.fields])
        self._write("Mingcha Lead", one.seen)
        self._write("Mingcha Text", self.say("handover.not_a_finding"))
        for place, section in enumerate(one.sections):
            number = f"{_NUMBERS[place]}、" if self.language == "zh" else f"{place + 1}. "
            self._write("Mingcha Heading", f"{number}{section.title}")
            for part in section.parts:
                self._part(part)
        self._signatures()
        for line in one.origin:
            self._write("Mingcha Page", line)

    def _part(self, part: Part) -> None:
        match part:
            case Grid():
                self._grid(part)
            case Pairs():
                self._pairs(part.rows)
            case Note():
                self._write("Mingcha Note", part.text)
            case _:
                self._write("Mingcha Text", part)

    def _pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        table = self._table(-(-len(pairs) // 2), _HEAD)
        for place, row in enumerate(table.rows):
            both = [*pairs[2 * place : 2 * place + 2], ("", "")][:2]
            self._fill(row, [word for pair in both for word in pair], labels=(0, 2))
        self._write("Mingcha Page", "")

    def _grid(self, grid: Grid) -> None:
        """A table, its head repeated on every page."""
        if grid.heading:
            self._write("Mingcha Caption", grid.heading)
        head, *lines = self._table(len(grid.rows) + 1, grid.widths).rows
        head._tr.get_or_add_trPr().append(element("w:tblHeader"))  # noqa: SLF001 - the library has no way to it
        self._fill(head, grid.columns, labels=range(len(grid.columns)))
        for row, words in zip(lines, grid.rows, strict=True):
            self._fill(row, words, verbatim=grid.verbatim)
        self._write("Mingcha Page", "")

    def _signatures(self) -> None:
        """Blanks for those who hand over and those who take, all on one page."""
        say = self.say
        self._write("Mingcha Heading", say("handover.signatures"))
        day = say("handover.day_blank")
        lines = (
            (say("handover.handler"), "", say("handover.reviewer"), ""),
            (say("handover.from_office"), "", say("handover.to_office"), ""),
            (say("handover.leader"), "", say("handover.receiver"), ""),
            (say("handover.from_day"), day, say("handover.to_day"), day),
        )
        for row, words in zip(self._table(len(lines), _SIGNED).rows, lines, strict=True):
            row.height = _BLANK
            self._fill(row, words, labels=(0, 2))
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
        self._write("Mingcha Page", "")

    def _table(self, rows: int, widths: Sequence[float]) -> Table:
        """An empty table over the whole width; no row is torn by the end of a page."""
        table: Table = self.made.add_table(rows, len(widths), style="Table Grid")
        table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
        shares = [Length(int(WIDTH * width / sum(widths))) for width in widths]
        for column, share in zip(table.columns, shares, strict=True):
            column.width = share
        for row in table.rows:
            row._tr.get_or_add_trPr().append(element("w:cantSplit"))  # noqa: SLF001 - the library has no way to it
            for cell, share in zip(row.cells, shares, strict=True):
                cell.width = share
        return table

    def _fill(self, row: _Row, words: Sequence[str], *, labels: Collection[int] = (), verbatim: bool = False) -> None:
        for place, (cell, word) in enumerate(zip(row.cells, words, strict=True)):
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            paragraph = dressed(cell.paragraphs[0], "Mingcha Label" if place in labels else "Mingcha Cell")
            paragraph.add_run(plain(str(word) if verbatim else typeset(str(word), self.language)))
            if place in labels:
                shade = element("w:shd", val="clear", color="auto", fill=_SHADE)
                cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - the library has no way to it

    def _write(self, face: str, text: str) -> Paragraph:
        return write(self.made, face, typeset(text, self.language))
