"""Is what stands in an address a whole number?"""

import re
from typing import Final

_WHOLE: Final = re.compile(r"-?[0-9]{1,19}")
_LEAST, _MOST = -(2**63), 2**63 - 1  # what a table's column of ids can hold


def whole(text: str) -> int | None:
    """The number that ASCII digits spell, if a table could hold it; `²`, `--5` and a hundred digits are none."""
    if not _WHOLE.fullmatch(text):
        return None
    found = int(text)
    return found if _LEAST <= found <= _MOST else None
