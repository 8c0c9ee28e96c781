"""What does a list of leads look like as a workbook?

Numbers and days are typed, words never run, and a second sheet says what the list is, for whom, and what it is not.
"""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import polars as pl
import xlsxwriter

from casework.errors import WrongUsageError
from casework.text import Text
from dashboard.exports.beside import Beside
from dashboard.exports.cells import OPTIONS, Value, forms, height, page, put
from dashboard.exports.mark import Mark, mark
from dashboard.exports.rows import PERSONS
from dashboard.parts import labels
from dashboard.parts.said import sentence, subject, together
from dashboard.queries.people import people
from dashboard.session import Reading

MOST: Final = 1_048_575  # rows of a sheet below its head


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, how wide it is, and its value for a lead."""

    title: str
    width: float
    value: Callable[[Mapping[str, Any]], Value]
    form: str = "words"
    printed: bool = True  # what is not stands on the screen only


def workbook_of(reading: Reading, leads: pl.DataFrame, beside: Beside, at: datetime, *, reveal: bool) -> bytes:
    """The whole file, the leads in the order given.

    Raises:
        WrongUsageError: more leads than a sheet has rows.
    """
    _demand_room(leads.height)
    say, marked = reading.say, mark(reading, at)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    properties = {"title": say("handover.list"), "author": "明察 Mingcha", "comments": marked.notice}
    book.set_properties(properties | {"created": at.replace(tzinfo=None)})
    faces = forms(book)
    listed = book.add_worksheet(say("handover.list"))
    _list(listed, faces, _columns(reading, leads, beside, reveal=reveal), leads)
    notes = book.add_worksheet(say("handover.notes"))
    _notes(notes, faces, _said(reading, leads, beside, marked, reveal=reveal))
    for sheet in (listed, notes):
        page(sheet, marked, say("handover.pages"))
    book.close()
    return out.getvalue()


def _demand_room(leads: int) -> None:
    """The library drops without a word what a sheet cannot hold."""
    if leads > MOST:
        raise WrongUsageError(
            Text(
                f"清单有 {leads:,} 条线索,一个工作表最多 {MOST:,} 条;请按地区、类型或规则缩小范围后分次导出",
                f"the list has {leads:,} leads, a sheet holds {MOST:,}; narrow it by region, programme or scheme and"
                " export in parts",
            )
        )


def _columns(reading: Reading, leads: pl.DataFrame, beside: Beside, *, reveal: bool) -> list[Column]:
    say, desk, language = reading.say, reading.desk, reading.language
    of_persons = leads.filter(pl.col("subject_kind").is_in(PERSONS))["subject"].to_list()
    named = people(desk.opened, [int(one) for one in of_persons], reveal=reveal)

    def code(facet: str, column: str = "") -> Callable[[Mapping[str, Any]], str]:
        return lambda lead: labels.code(facet, lead[column or facet], language, desk)

    def seen(lead: Mapping[str, Any]) -> str:
        return " ".join(filter(None, (sentence(reading, lead, reveal=reveal), together(reading, lead))))

    def yuan(lead: Mapping[str, Any]) -> float | None:
        return None if lead["amount_fen"] is None else lead["amount_fen"] / 100

    def standing(lead: Mapping[str, Any]) -> str:
        return beside.standing.get(lead["lead_id"]) or say("handover.undecided")

    return [
        Column(say("handover.id"), 18, lambda lead: lead["lead_id"], "code"),
        Column(say("queue.lead"), 18, code("scheme")),
        Column(say("queue.level"), 10, code("level")),
        Column(say("queue.severity"), 9, code("severity")),
        Column(say("dossier.confidence"), 10, lambda lead: lead["confidence"], "share"),
        Column(say("queue.sentence"), 46, seen),
        Column(say("queue.subject"), 20, lambda lead: subject(lead, named, reveal=reveal)),
        Column(say("handover.household"), 16, lambda lead: lead["household_no"]),
        Column(say("queue.amount"), 12, yuan, "yuan"),
        Column(say("handover.since"), 11, lambda lead: lead["since"], "day"),
        Column(say("handover.until"), 11, lambda lead: lead["until"], "day"),
        Column(say("queue.region"), 12, lambda lead: reading.place(lead["region_code"])),
        Column(say("handover.standing"), 10, standing),
        Column(say("queue.kind"), 9, code("kind", "subject_kind"), printed=False),
        Column(say("handover.region_code"), 15, lambda lead: lead["region_code"], "code", printed=False),
        Column(say("handover.digest"), 19, lambda lead: lead["content_digest"], "code", printed=False),
    ]


def _list(sheet: Any, faces: Mapping[str, Any], columns: Sequence[Column], leads: pl.DataFrame) -> None:  # noqa: ANN401 - the library is untyped
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        put(sheet, 0, at, column.title, faces["head"])
    sheet.set_row(0, height([column.title for column in columns], [column.width for column in columns]))
    for line, lead in enumerate(leads.iter_rows(named=True), 1):
        values = [column.value(lead) for column in columns]
        sheet.set_row(line, height(values, [column.width for column in columns]))
        for at, (value, column) in enumerate(zip(values, columns, strict=True)):
            put(sheet, line, at, value, faces[column.form])
    sheet.freeze_panes(1, 2)
    sheet.print_area(0, 0, leads.height, sum(column.printed for column in columns) - 1)
    sheet.autofilter(0, 0, leads.height, len(columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _said(
    reading: Reading, leads: pl.DataFrame, beside: Beside, marked: Mark, *, reveal: bool
) -> Iterable[tuple[str, Value]]:
    """What the second sheet says, label and words."""
    say, desk = reading.say, reading.desk
    yield say("handover.what"), marked.notice
    if marked.synthetic:
        yield say("handover.made_up"), marked.synthetic
    yield say("handover.taken_label"), marked.line
    yield say("handover.total"), leads.height
    yield from beside.narrowed or ((say("handover.filters"), say("handover.no_filters")),)
    yield say("handover.masking"), say("handover.revealed" if reveal else "handover.masked")
    yield say("data.as_of"), desk.as_of
    yield say("handover.calendar"), desk.calendar.through
    yield say("handover.rules_digest"), desk.policy.digest
    yield say("data.digest"), desk.opened.digest
    for label, words in _READING.items():
        yield say(label), say(words)


_READING: Final = {
    "queue.level": "handover.about_level",
    "queue.severity": "handover.about_severity",
    "dossier.confidence": "handover.about_confidence",
    "handover.score": "handover.about_score",
    "queue.amount": "handover.about_amount",
    "handover.digest": "handover.about_digest",
}


def _notes(sheet: Any, faces: Mapping[str, Any], said: Iterable[tuple[str, Value]]) -> None:  # noqa: ANN401 - the library is untyped
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 80)
    for line, (label, value) in enumerate(said):
        sheet.set_row(line, height([label, value], [22, 80]))
        put(sheet, line, 0, label, faces["head"])
        form = "day" if isinstance(value, date) else "words" if isinstance(value, str) else "count"
        put(sheet, line, 1, value, faces[form])
    sheet.fit_to_pages(1, 0)
