"""What may leave of the network around an official, and what does the journal keep of it?

The table as the reader sees it, nobody named. Who took it, and around whom: the official as a keyed digest.
"""

import hashlib

import polars as pl

from casework.text import Text
from dashboard import looks
from dashboard.exports.csv import table_text
from dashboard.queries import officials
from dashboard.rights import NotYoursError
from dashboard.session import Session

_NOT_YOURS = Text("该干部不在您的范围内,文件未给出", "the official is not yours to see, so the file was not given")


def taken(session: Session, table: pl.DataFrame, official: int, name: str) -> bytes:
    """The table as CSV (UTF-8 with its mark, for Excel), journalled before it is given out.

    Raises:
        NotYoursError: the official is not the reader's any more, or they may take nothing.
    """
    session.demand("export")
    if official not in officials.mine(session.desk, session.reader, session.leads):
        raise NotYoursError(_NOT_YOURS)
    content = table_text(table).encode("utf-8-sig")
    digest = hashlib.sha256(content).hexdigest()
    subject = looks.called(session, "person", str(official))
    with session.desk.workspace.journal.entry(session.who, "export", why=f"csv {name}", subject=subject, new=digest):
        pass
    return content
