"""Who may take which leads out as a file, and what does the journal keep of it?"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, Literal

import polars as pl

from casework.errors import WrongUsageError
from casework.review.journal import CHINA
from casework.text import Text
from dashboard.exports.alone import in_company
from dashboard.exports.beside import NOTHING, Beside
from dashboard.exports.docx import document_of
from dashboard.exports.sheet import sheet
from dashboard.exports.xlsx import workbook_of
from dashboard.rights import NotYoursError, demand
from dashboard.session import Reading

Form = Literal["docx", "xlsx"]
MIME: Final[dict[Form, str]] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_NAMED: Final = 50  # leads that the journal names one by one


def made(reading: Reading, lead_ids: Sequence[str], form: Form, *, beside: Beside = NOTHING, why: str = "") -> bytes:
    """The file of leads that are the reader's, in the order given, journalled before it is given out.

    Raises:
        NotYoursError: the role may not export, or one of the leads is not the reader's; it is not said which.
        AloneError: there are only statistical leads, which never go alone.
    """
    demand(reading.role, "export")
    mine = reading.leads
    if set(lead_ids) - set(mine["lead_id"]):
        raise NotYoursError(
            Text(
                "所选线索不全在您的范围内,未导出任何内容;请返回线索台重新选择",
                "not all of these leads are yours, nothing was exported; go back to the queue and choose again",
            )
        )
    return journalled(reading, mine, lead_ids, form, beside=beside, why=why, reveal=False)


def journalled(
    reading: Reading,
    mine: pl.DataFrame,
    lead_ids: Sequence[str],
    form: Form,
    *,
    beside: Beside,
    why: str,
    reveal: bool,
) -> bytes:
    """The file of some of the leads `mine`; its digest is in the journal before anybody has a byte of it.

    Statistical leads without company stay behind; the file and the journal say how many.
    """
    if not lead_ids:
        raise WrongUsageError(Text("没有选择任何线索", "no lead was chosen"))
    order = pl.DataFrame({"lead_id": list(dict.fromkeys(lead_ids))})
    chosen = order.join(mine, on="lead_id", how="inner", maintain_order="left")
    chosen, left = in_company(chosen, reading.desk.all_cards)
    if left:
        kept_back = (reading.say("handover.kept_back"), reading.say("handover.kept_back_count", count=left))
        beside = replace(beside, narrowed=[*beside.narrowed, kept_back])
    at = datetime.now(CHINA)
    if form == "docx":
        sheets = [sheet(reading, mine, one, beside, reveal=reveal) for one in chosen["lead_id"]]
        content = document_of(reading, sheets, at)
    else:
        content = workbook_of(reading, chosen, beside, at, reveal=reveal)
    digest = hashlib.sha256(content).hexdigest()
    said = "; ".join(
        filter(None, (f"{form} {_which(chosen)}", *(f"{name} {value}" for name, value in beside.narrowed), why))
    )
    what = "reveal" if reveal else "export"
    with reading.desk.workspace.journal.entry(reading.who, what, why=said, subject="export", new=digest):
        pass
    return content


def _which(chosen: pl.DataFrame) -> str:
    """The leads by their ids; of a long list how many, and a digest by which a list at hand can be compared."""
    ids = chosen["lead_id"].to_list()
    if len(ids) <= _NAMED:
        return " ".join(ids)
    return f"{len(ids)} leads, ids sha256 {hashlib.sha256(' '.join(sorted(ids)).encode()).hexdigest()}"
