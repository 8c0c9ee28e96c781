"""What does an entry of the journal say in words? Codes by their names, digests short, no citizen number ever."""

import re
from typing import Final

from casework.intake.fault import hidden
from casework.review.identity import PAIRS
from casework.review.journal import Entry
from casework.review.scope import ROLES, Role
from casework.review.store import READERS, SCHEMES
from casework.review.vocabulary import ENTRIES, IDENTITIES, OUTCOMES, REASONS, STATES
from casework.text import Language, Text
from casework.workspace import without_digest
from dashboard.desk import Desk
from dashboard.parts import labels, titles
from dashboard.words import Words

_ABOUT: Final = {
    "door": "journal.door",
    "snapshot": "journal.snapshot",
    "leads": "journal.leads",
    "export": "journal.exported",
    "journal": "journal.itself",
    "report": "report.title",
    "sample": "lab.sample",
}
_CLOSED: Final[dict[str, Text]] = {
    str(code): text for words in (STATES, OUTCOMES, IDENTITIES) for code, text in words.items()
}
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_SHORT: Final = 8  # signs of a digest that a reader compares
_DRAWN_FROM: Final = 3  # words: region, month, how many
_TURNED_AWAY: Final = "turned_away"


def what(code: str, language: Language) -> str:
    """What was done; an unknown code stays as it is."""
    return ENTRIES[code].say(language) if code in ENTRIES else code


def why(entry: Entry, say: Words) -> str:
    """The reason, where one was given."""
    if entry.what == "leave" and entry.why == _TURNED_AWAY:
        return say("journal.turned_away")
    if entry.what in {"enrol", "retire"}:
        return _role(entry.why, say)
    if entry.what == "judge":
        return _state(entry.why, say)
    if entry.what == "sample":
        return " ".join(entry.why.split()[:_DRAWN_FROM])  # the households are for whoever proves the list
    reason = REASONS.get(entry.why)
    return hidden(without_digest(entry.why)) if reason is None else reason.say(say.language)


def about(subject: str, say: Words, desk: Desk) -> str:
    """About what: a person, a scheme, a lead by its number, or a part of the workspace."""
    if subject in _ABOUT:
        return say(_ABOUT[subject])
    if subject.startswith(READERS):
        return say("journal.person", name=subject.removeprefix(READERS))
    if subject.startswith(PAIRS):
        return say("journal.pair", digest=subject.removeprefix(PAIRS)[:_SHORT])
    if subject.startswith(SCHEMES):
        return labels.scheme(subject.removeprefix(SCHEMES), say.language, desk)
    return hidden(subject)


def change(entry: Entry, say: Words) -> str:
    """How it stood before and what came of it."""
    old, new = (_state(side, say) for side in (entry.old, entry.new))
    return f"{old} → {new}" if old and new else old or new


def _state(said: str, say: Words) -> str:
    if _DIGEST.fullmatch(said):
        return said[:_SHORT]
    parts = said.split(":")
    if all(part in _CLOSED for part in parts):
        return say("journal.dot").join(_CLOSED[part].say(say.language) for part in parts)
    return _role(said, say)


def _role(said: str, say: Words) -> str:
    named: dict[str, Role] = {role: role for role in ROLES}
    return say(titles.ROLES[named[said]]) if said in named else hidden(said)
