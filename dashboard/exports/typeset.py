"""How is punctuation set in a Chinese document?

On screens ours is narrow beside Chinese; on paper the office expects the wide signs. Figures, moments and codes keep
theirs. What proves something (rows of a file, a decision, a statement) is printed as it stands, never through here.
"""

import re
from typing import Final

from casework.text import Language

_HAN: Final = "\u3400-\u9fff、。《》“”〔〕（）："
_BRACKETS: Final = re.compile(rf"(?<=[{_HAN}])\(([^()]*)\)|\(([^()]*[{_HAN}][^()]*)\)")
_AFTER: Final = re.compile(rf"(?<=[{_HAN}])([,:;?!])|([,;])(?=[{_HAN}])")
_WIDE: Final = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}


def typeset(text: str, language: Language) -> str:
    """The text with wide signs beside Chinese; English as it is."""
    if language == "en":
        return text
    bracketed = text
    for _ in range(3):  # brackets within brackets
        bracketed = _BRACKETS.sub(lambda found: f"（{found[1] or found[2] or ''}）", bracketed)
    return _AFTER.sub(lambda found: _WIDE[found[0]], bracketed)
