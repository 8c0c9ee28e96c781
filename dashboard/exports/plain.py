"""What must be taken from imported words before another program opens them in a file?

Signs that do not show (controls, zero-width and direction marks) can hide or turn round what a reader believes to read,
and some break the file. A cell that a spreadsheet would take for a formula is prefixed with an apostrophe.
"""

import re
import unicodedata
from typing import Final

FORMULA_STARTS: Final = tuple("=+-@\t\r\n\0＝＋－＠")
_SIGNS: Final = tuple("=+-@\u2212")
_SPACES: Final = " \u3000\u00a0"
_BREAKS: Final = re.compile("[\t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]+")
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs"})  # controls; zero-width and direction marks; halves of a sign
_LAST_OF_PLANE: Final = 0xFFFE  # with the one after it no sign, in every plane; nor are those below
_NO_SIGNS: Final = range(0xFDD0, 0xFDF0)


def plain(text: str) -> str:
    """The words on one line, without the signs that do not show."""
    return "".join(sign for sign in _BREAKS.sub(" ", text) if _shows(sign))


def harmless(text: str) -> str:
    """The text, neutralised where its first sign after spaces would start a formula, in whatever width."""
    first = unicodedata.normalize("NFKC", text.lstrip()[:1])
    starts = text.lstrip(_SPACES).startswith(FORMULA_STARTS) or first.startswith(_SIGNS)
    return f"'{text}" if starts else text


def cell(text: str) -> str:
    """Imported words as a cell may hold them: first what hides is taken away, then what would run is stopped."""
    return harmless(plain(text))


def _shows(sign: str) -> bool:
    code = ord(sign)
    return (
        unicodedata.category(sign) not in _HIDDEN and code not in _NO_SIGNS and code & _LAST_OF_PLANE != _LAST_OF_PLANE
    )
