"""How is one thing said in both languages?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One phrase in Chinese and English; both are mandatory, so a missing translation is a type error."""

    zh: str
    en: str

    def say(self, language: Language, facts: Mapping[str, object] | None = None) -> str:
        """The phrase in one language, its `{names}` filled from `facts`."""
        phrase = self.zh if language == "zh" else self.en
        return phrase.format(**facts) if facts is not None else phrase
