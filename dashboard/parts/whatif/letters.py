"""Which scenarios does the link name, and what are they called?"""

from typing import Final

from casework.errors import CaseworkError
from dashboard import address
from dashboard.queries import posed
from dashboard.queries.posed import Draft
from dashboard.session import Viewing
from metrics.whatif.scenario_file import BASELINE

LETTERS: Final = ("a", "b", "c")
_NAMES: Final = {BASELINE: "whatif.baseline", "a": "whatif.name_a", "b": "whatif.name_b", "c": "whatif.name_c"}
COLOURS: Final = {BASELINE: "#5b6b74", "a": "#0072B2", "b": "#D55E00", "c": "#009E73"}  # Okabe and Ito
DASHES: Final = {BASELINE: "dot", "a": "solid", "b": "dash", "c": "dashdot"}


def called(viewing: Viewing, letter: str) -> str:
    """A scenario's name in the reader's language."""
    return viewing.say(_NAMES[letter])


def drafts() -> tuple[dict[str, Draft], list[CaseworkError]]:
    """What each letter stands for, and what of the link could not be read."""
    found, wrong = {}, []
    for letter in LETTERS:
        try:
            found[letter] = posed.read(address.read(letter))
        except CaseworkError as error:
            found[letter] = Draft()
            wrong.append(error)
    return found, wrong


def shown() -> str:
    """The letter that is being written and looked at."""
    asked = address.read("on")
    return asked if asked in LETTERS else "a"


def keep(letter: str, draft: Draft) -> None:
    """Write a scenario into the link."""
    address.write(**{letter: posed.written(draft)})
