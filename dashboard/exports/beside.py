"""What does a file say of leads that the run of the detectors does not know?

Plain words of the office, already in the reader's language; whoever asks for the file brings them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision on a lead: who, when, what, why, and what the competent office did."""

    who: str
    at: datetime
    state: str
    outcome: str = ""  # empty: unset
    reason: str = ""
    next_step: str = ""
    amount_fen: int | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What the subject says of it; or, in the same words, that they refused or were not reached."""

    words: str
    on: date | None = None
    taken_by: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """All of it, by lead."""

    decided: Mapping[str, Sequence[Decided]] = field(default_factory=dict)
    statements: Mapping[str, Sequence[Statement]] = field(default_factory=dict)
    standing: Mapping[str, str] = field(default_factory=dict)  # state and outcome in words
    narrowed: Sequence[tuple[str, str]] = ()  # what a list was narrowed to: label, value


NOTHING = Beside()
