"""What may leave as the data of a chart, and what does the journal keep of it?

Counts only, as the reader sees them: what is hidden on the screen is empty in the file.
"""

import hashlib

import polars as pl

from dashboard.exports.csv import table_text
from dashboard.session import Session


def taken(session: Session, table: pl.DataFrame, name: str) -> bytes:
    """The table as CSV (UTF-8 with its mark, for Excel), journalled before it is given out."""
    content = table_text(table).encode("utf-8-sig")
    digest = hashlib.sha256(content).hexdigest()
    why = f"csv {name} {session.view.region} {session.view.period.since:%Y-%m} {session.view.period.until:%Y-%m}"
    with session.desk.workspace.journal.entry(session.who, "export", why=why, subject="figures", new=digest):
        pass
    return content
