"""What does the monthly report say, and how does it leave as a file?"""

from datetime import date, datetime
from functools import partial
from typing import Final

import polars as pl
import streamlit as st

from casework.review.journal import CHINA
from dashboard import address
from dashboard.exports.printed import Note
from dashboard.exports.report.asked import usual, viewing
from dashboard.exports.report.content import report
from dashboard.exports.report.file import MIME, Form, made
from dashboard.exports.report.pdf import office
from dashboard.exports.report.shape import Courses, Part, Report, Table, told
from dashboard.parts import download, states, tables
from dashboard.session import Session

_LABELS: Final[dict[Form, str]] = {"docx": "report.word", "xlsx": "report.excel", "pdf": "report.pdf"}
_WRAPS: Final = 3  # lines from which on a row breaks its words at all
_PIXELS: Final = 900  # of a table's columns together: what a page of 1280 has room for


def show(session: Session) -> None:
    """The month, the files, and what they say."""
    session.demand("report")
    say, desk = session.say, session.desk
    st.title(say("report.title"))
    if desk.tables is None:
        states.no_data(say, desk)
        return
    month = _month(session)
    if month is None:
        states.nothing(say("report.no_month"), say("report.no_month_how"))
        return
    _files(session, month)
    with st.spinner(say("report.making")):
        said = report(viewing(session, session.view.region, month), datetime.now(CHINA))
    _preview(session, said)


def _month(session: Session) -> date | None:
    """The month chosen; it stands in the URL."""
    months = {f"{month:%Y-%m}": month for month in reversed(session.desk.counts.months)}
    last = usual(session.desk)
    if last is None:
        return None
    chosen = address.read("month") if address.read("month") in months else f"{last:%Y-%m}"
    key, changed = address.bound("month", chosen)
    with st.container(width=220):
        st.selectbox(session.say("overview.trend_month"), [*months], key=key, on_change=changed)
    return months[chosen]


def _files(session: Session, month: date) -> None:
    """A button a form; where there is no LibreOffice, why there is no PDF."""
    say, region = session.say, session.view.region
    forms: list[Form] = ["docx", "xlsx"]
    if office():
        forms.append("pdf")
    with st.container(border=True, key="report-files"):
        st.caption(say("report.take_what"))
        for column, form in zip(st.columns(len(_LABELS)), forms, strict=False):
            with column:
                download.draw(
                    session,
                    partial(made, region=region, month=month, form=form),
                    say(_LABELS[form]),
                    name=f"report-{region.replace('/', '_')}-{month:%Y-%m}.{form}",
                    key=f"report-{form}",
                    mime=MIME[form],
                    wide=True,
                )
        if "pdf" not in forms:
            st.caption(say("report.no_pdf"))


def _preview(session: Session, said: Report) -> None:
    """The same words and tables as in the files."""
    st.subheader(said.title, anchor=False)
    st.text(" · ".join(f"{label}: {value}" for label, value in said.fields))
    st.text(said.subtitle)
    for section in said.sections:
        st.subheader(section.title)
        for place, part in enumerate(section.parts):
            _part(session, part, f"{section.title} {place + 1}")


def _part(session: Session, part: Part, alt: str) -> None:
    match part:
        case Table():
            if part.heading:
                st.text(part.heading)
            _table(part, part.heading or alt)
        case Courses():
            st.caption(session.say("report.drawn"))
        case Note():
            st.text(part.text)
        case str():
            st.text(part)


def _table(table: Table, alt: str) -> None:
    """As in the files: the same columns, as wide to each other, every row as tall as the longest needs."""
    frame = pl.DataFrame(
        [[told(cell) for cell in row] for row in table.rows],
        schema=dict.fromkeys(table.columns, pl.String),
        orient="row",
    )
    widths = [int(_PIXELS * width / sum(table.widths)) for width in table.widths]
    columns = {
        name: st.column_config.TextColumn(width=width) for name, width in zip(table.columns, widths, strict=True)
    }
    tall = max(
        tables.lines(frame[name], width=width, least=1) for name, width in zip(table.columns, widths, strict=True)
    )
    tables.plain(frame, alt=alt, columns=columns, lines=tall if tall == 1 else max(tall, _WRAPS))
