"""How does the steward of a local workspace take leads out at the command line?

Whoever holds the folder holds its key: no role narrows them. What leaves is marked and journalled as on the pages.
"""

from collections.abc import Collection

import polars as pl

from casework.review.scope import Reader
from casework.text import Language
from casework.workspace import Workspace
from dashboard.desk import Desk
from dashboard.exports.file import Form, journalled
from dashboard.exports.rows import chosen
from dashboard.parts import record
from dashboard.session import Reading


def taken(
    workspace: Workspace,
    lead_ids: Collection[str] | None,
    form: Form,
    *,
    who: str,
    language: Language,
    reveal: bool,
) -> bytes:
    """The file of these leads, or of all, scheme by scheme; the journal has its digest."""
    ids = chosen(workspace, lead_ids)["lead_id"].to_list()
    desk = Desk(workspace, workspace.policy(), workspace.calendar(), workspace.tables())
    reading = Reading(desk, Reader(who, "steward"), language)
    leads = desk.board.leads
    beside = record.of(reading, leads.filter(pl.col("lead_id").is_in(ids)), whole=form == "docx")
    return journalled(reading, leads, ids, form, beside=beside, why="mingcha export", reveal=reveal)
