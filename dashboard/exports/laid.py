"""How are tables and paragraphs laid on the office's paper?

What we say is typeset, what others said is not.
"""

from collections.abc import Collection, Sequence
from typing import Final

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.shared import Length
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from casework.text import Language
from dashboard.exports.paper import WIDTH, dressed, element, write
from dashboard.exports.plain import plain
from dashboard.exports.printed import Grid, Note, Pairs, Part
from dashboard.exports.typeset import typeset

_NUMBERS: Final = "一二三四五六七八九十"
_SHADE: Final = "F2F2F2"
_HEAD: Final = (1.35, 2.8, 1.35, 2.5)


class Laid:
    """A document in one language, filled from top to bottom."""

    def __init__(self, made: Document, language: Language) -> None:
        """Begin on empty paper."""
        self.made, self.language = made, language

    def heading(self, place: int, title: str) -> None:
        """The title of the section at this place, numbered as the office numbers."""
        number = f"{_NUMBERS[place]}、" if self.language == "zh" else f"{place + 1}. "
        self.write("Mingcha Heading", f"{number}{title}")

    def part(self, part: Part) -> None:
        """A paragraph, a note or a table."""
        match part:
            case Grid():
                self.grid(part)
            case Pairs():
                self.pairs(part.rows)
            case Note():
                self.write("Mingcha Note", part.text)
            case _:
                self.write("Mingcha Text", part)

    def pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Label and value, two to a line."""
        table = self.table(-(-len(pairs) // 2), _HEAD)
        for place, row in enumerate(table.rows):
            both = [*pairs[2 * place : 2 * place + 2], ("", "")][:2]
            self.fill(row, [word for pair in both for word in pair], labels=(0, 2))
        self.write("Mingcha Page", "")

    def grid(self, grid: Grid) -> Table:
        """A table, its head repeated on every page."""
        if grid.heading:
            self.write("Mingcha Caption", grid.heading)
        table = self.table(len(grid.rows) + 1, grid.widths)
        head, *lines = table.rows
        head._tr.get_or_add_trPr().append(element("w:tblHeader"))  # noqa: SLF001 - the library has no way to it
        self.fill(head, grid.columns, labels=range(len(grid.columns)))
        for row, words in zip(lines, grid.rows, strict=True):
            self.fill(row, words, verbatim=grid.verbatim)
        self.write("Mingcha Page", "")
        return table

    def table(self, rows: int, widths: Sequence[float]) -> Table:
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

    def fill(self, row: _Row, words: Sequence[str], *, labels: Collection[int] = (), verbatim: bool = False) -> None:
        """The cells of a row; `labels`: the places of those that name what stands beside them."""
        for place, (cell, word) in enumerate(zip(row.cells, words, strict=True)):
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            paragraph = dressed(cell.paragraphs[0], "Mingcha Label" if place in labels else "Mingcha Cell")
            paragraph.add_run(plain(str(word) if verbatim else typeset(str(word), self.language)))
            if place in labels:
                shade = element("w:shd", val="clear", color="auto", fill=_SHADE)
                cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - the library has no way to it

    def write(self, face: str, text: str) -> Paragraph:
        """One paragraph in one of our faces."""
        return write(self.made, face, typeset(text, self.language))
