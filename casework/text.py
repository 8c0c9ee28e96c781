"""How is one thing said in both languages?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Language = Literal["zh", "en"]

# What English counts here; one of it loses its s, and the verb that follows agrees. Others stay as written.
_NOUNS: Final = (
    *("areas", "award-years", "awards", "bits", "ends", "peers", "periods", "villages"),
    *("applications", "cases", "causes", "days", "events", "filings", "findings", "groups", "hours", "households"),
    *("household-months", "lanes", "leads", "minutes", "months", "officials", "others", "pages", "payments"),
    *("persons", "points", "rows", "seconds", "statements", "steps", "times", "visits", "years"),
)
_VERBS: Final = {
    "are": "is",
    "exceed": "exceeds",
    "exclude": "excludes",
    "fall": "falls",
    "meet": "meets",
    "remain": "remains",
    "were": "was",
}
_COUNTED: Final = re.compile(
    r"\{(?P<name>\w+)\}"
    rf"(?P<noun>(?: [a-z]+)? (?:{'|'.join(_NOUNS)})\b)?"
    r"(?P<between>(?: from \{\w+\} to \{\w+\}| that)?)"
    rf"(?P<verb> (?:{'|'.join(_VERBS)})\b)?"
)


@dataclass(frozen=True, slots=True)
class Text:
    """One phrase in Chinese and English; both are mandatory, so a missing translation is a type error."""

    zh: str
    en: str

    def say(self, language: Language, facts: Mapping[str, object] | None = None) -> str:
        """The phrase in one language, its `{names}` filled from `facts`."""
        return filled(self.zh if language == "zh" else self.en, language, facts)

    def inside(self) -> "Text":
        """The same in the middle of a sentence: English without the capital of its first word; A and GDP stay."""
        plain = self.en[1:2].islower()
        return Text(self.zh, self.en[:1].lower() + self.en[1:]) if plain else self


def halves(text: str) -> Text:
    """A text kept as "中文 / English"; one in a single language stays whole in both."""
    zh, joint, en = text.partition(" / ")
    return Text(zh, en) if joint else Text(text, text)


def filled(phrase: str, language: Language, facts: Mapping[str, object] | None) -> str:
    """The phrase with its `{names}` filled; without facts as it is. English says 1 month, not 1 months."""
    if facts is None:
        return phrase
    return (phrase if language == "zh" else _agreeing(phrase, facts)).format(**facts)


def counted(number: str, unit: Text, language: Language) -> str:
    """A number with its unit; words in its place (unbounded, unknown) stand alone."""
    if not any(sign.isdigit() for sign in number):
        return number
    return Text(f"{{number}} {unit.zh}", f"{{number}} {unit.en}").say(language, {"number": number}).strip()


def _agreeing(phrase: str, facts: Mapping[str, object]) -> str:
    """The phrase with the noun, and the verb, of each fact that is 1 in the singular."""

    def one(found: re.Match[str]) -> str:
        if str(facts.get(found["name"])) != "1":
            return found[0]
        noun, verb = found["noun"] or "", (found["verb"] or "").strip()
        return f"{{{found['name']}}}{noun.removesuffix('s')}{found['between']}{verb and ' ' + _VERBS[verb]}"

    return _COUNTED.sub(one, phrase)
