"""What does the journal look like as a file that an auditor takes along?"""

import csv
import io
from collections.abc import Callable, Sequence
from typing import Final

from casework.review.journal import Entry
from dashboard.exports.plain import harmless

COLUMNS: Final = ("seq", "at", "who", "what", "why", "subject", "old", "new", "previous", "hash")
MOST: Final = 100_000  # entries a file: what a spreadsheet still opens


def text_of(entries: Sequence[Entry], titles: Sequence[str], said: Callable[[Entry], tuple[str, str]]) -> str:
    """The fields as they are, then `said`: what was done and why, in words. The mark of UTF-8 first, for Excel."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(titles)
    for entry in entries:
        fields = (str(getattr(entry, name)) for name in COLUMNS)
        lines.writerow(harmless(text) for text in (*fields, *said(entry)))
    return "\ufeff" + out.getvalue()
