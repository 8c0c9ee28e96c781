"""How does a hand-over sheet look on paper?"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from docx.shared import Mm

from dashboard.exports.laid import Laid
from dashboard.exports.mark import mark
from dashboard.exports.paper import paper, saved
from dashboard.exports.printed import Sheet
from dashboard.session import Reading

_BLANK: Final = Mm(12)
_SIGNED: Final = (1.6, 2.4, 1.6, 2.4)


def document_of(reading: Reading, sheets: Sequence[Sheet], at: datetime) -> bytes:
    """One file, each sheet beginning on a page of its own."""
    page = Page(reading, at)
    for place, one in enumerate(sheets):
        page.sheet(one, begins=place > 0)
    return saved(page.made)


class Page(Laid):
    """A document of hand-over sheets in the reader's language."""

    def __init__(self, reading: Reading, at: datetime) -> None:
        """Lay out empty paper."""
        self.reading, self.say = reading, reading.say
        self.title = self.say("handover.title")
        super().__init__(paper(mark(reading, at), self.title, at, reading.language), reading.language)

    def sheet(self, one: Sheet, *, begins: bool) -> None:
        """One lead; `begins` a page of its own."""
        heading = self.write("Mingcha Title", self.title)
        heading.paragraph_format.page_break_before = begins
        reference = (self.say("handover.reference"), self.say("handover.reference_blank"))
        self.pairs([(self.say("handover.id"), one.number), reference, *one.fields])
        self.write("Mingcha Lead", one.seen)
        self.write("Mingcha Text", self.say("handover.not_a_finding"))
        for place, section in enumerate(one.sections):
            self.heading(place, section.title)
            for part in section.parts:
                self.part(part)
        self._signatures()
        for line in one.origin:
            self.write("Mingcha Page", line)

    def _signatures(self) -> None:
        """Blanks for those who hand over and those who take, all on one page."""
        say = self.say
        self.write("Mingcha Heading", say("handover.signatures"))
        day = say("handover.day_blank")
        lines = (
            (say("handover.handler"), "", say("handover.reviewer"), ""),
            (say("handover.from_office"), "", say("handover.to_office"), ""),
            (say("handover.leader"), "", say("handover.receiver"), ""),
            (say("handover.from_day"), day, say("handover.to_day"), day),
        )
        for row, words in zip(self.table(len(lines), _SIGNED).rows, lines, strict=True):
            row.height = _BLANK
            self.fill(row, words, labels=(0, 2))
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
        self.write("Mingcha Page", "")
