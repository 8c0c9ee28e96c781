"""What does a screen say, in Chinese and in English?"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from casework.text import Language, filled

_FOLDER = Path(__file__).parent


@cache
def phrases(language: Language) -> dict[str, str]:
    """Every phrase of one language by its dotted key."""
    tree = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return {f"{group}.{name}": phrase for group, names in tree.items() for name, phrase in names.items()}


@dataclass(frozen=True, slots=True)
class Words:
    """The phrases of one language, called by key."""

    language: Language

    def __call__(self, key: str, **facts: object) -> str:
        """The phrase, its `{names}` filled; an unknown key is a KeyError, never shown to a reader as a key."""
        return filled(phrases(self.language)[key], self.language, facts or None)
