"""Which word of a file means which programme?"""

from collections.abc import Mapping

from casework.intake.headers import normalise
from casework.policy import Policy


def programme_words(policy: Policy) -> Mapping[str, str]:
    """Normalised code, label or alias -> code, of the shipped list and a county's own."""
    words: dict[str, str] = {}
    entries = policy.rules["programme"].entries
    for entry in entries:
        for alias in entry.fields.get("aliases") or ():
            words.setdefault(normalise(alias), str(entry.scope["code"]))
    for entry in entries:
        code = str(entry.scope["code"])
        words |= {normalise(str(name)): code for name in (code, entry.fields["zh"], entry.fields["en"])}
    return words
