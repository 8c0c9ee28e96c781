"""Who may take which report out as a file, and what does the journal keep of it?"""

import hashlib
from datetime import date, datetime
from typing import Final, Literal

from casework.review.journal import CHINA
from casework.review.scope import Reader
from casework.text import Language
from casework.workspace import Workspace
from dashboard.desk import Desk
from dashboard.exports.report.asked import month_of, region_of, viewing
from dashboard.exports.report.content import marked, report
from dashboard.exports.report.docx import document_of
from dashboard.exports.report.pdf import pdf_of
from dashboard.exports.report.xlsx import workbook_of
from dashboard.rights import demand
from dashboard.session import Reading

Form = Literal["docx", "xlsx", "pdf"]
MIME: Final[dict[Form, str]] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


def made(reading: Reading, region: str, month: date, form: Form) -> bytes:
    """The report of a place that is the reader's, journalled before it is given out.

    Raises:
        NotYoursError: the role makes no reports, or the place is not the reader's.
        WrongUsageError: the data have no such month.
        NoOfficeError: a PDF where LibreOffice cannot make one.
    """
    demand(reading.role, "report")
    return _journalled(reading, region, month, form)


def taken(workspace: Workspace, region: str, month: str, form: Form, *, who: str, language: Language) -> bytes:
    """The same at the command line: whoever holds the folder is its steward, and no role narrows them.

    Raises:
        WrongUsageError: no such region or month; which there are.
    """
    desk = Desk(workspace, workspace.policy(), workspace.calendar(), workspace.tables())
    reading = Reading(desk, Reader(who, "steward"), language)
    return _journalled(reading, region_of(desk, region), month_of(desk.counts, month), form)


def _journalled(reading: Reading, region: str, month: date, form: Form) -> bytes:
    seen, at = viewing(reading, region, month), datetime.now(CHINA)
    said, mark = report(seen, at), marked(seen, at)
    if form == "xlsx":
        content = workbook_of(said, mark, at, reading.say)
    else:
        document = document_of(said, mark, at, reading.language)
        content = document if form == "docx" else pdf_of(document)
    why, digest = f"{form} {region} {month:%Y-%m}", hashlib.sha256(content).hexdigest()
    with reading.desk.workspace.journal.entry(reading.who, "export", why=why, subject="report", new=digest):
        pass
    return content
