"""Does a cell say yes or no?"""

from typing import Final

from casework.intake.values.cell import Parsed, UnreadableError, certain, plain, seen

_TRUTH: Final = {
    "true": True,
    "是": True,
    "1": True,
    "false": False,
    "否": False,
    "0": False,
    "1.0": True,
    "0.0": False,
}


@certain
def read_boolean(cell: str) -> Parsed[bool]:
    """true/false, 是/否, 1/0; anything else is not guessed at."""
    value = _TRUTH.get(plain(seen(cell)).lower())
    if value is None:
        raise UnreadableError("E_BOOLEAN")
    return Parsed(value)
