"""From which day does a workbook count its unformatted dates?

Asked only of a file the reading child has already passed: a bounded read of one part and one pattern, no parser.
"""

import re
import zipfile
from pathlib import Path
from typing import Final

PART: Final = "xl/workbook.xml"
BYTES: Final = 1 << 20
_SAYS_1904: Final = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*[\"'](?:1|true|on)[\"']")


def counts_from_1904(source: Path, file: str) -> bool:
    """Does the workbook of that name in the source (or the source itself) use the 1904 date system?"""
    path = source / file if source.is_dir() else source
    if path.suffix.lower() != ".xlsx":
        return False
    with zipfile.ZipFile(path) as book:
        if PART not in book.namelist():
            return False
        with book.open(PART) as part:
            return _SAYS_1904.search(part.read(BYTES)) is not None
