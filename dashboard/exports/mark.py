"""What does every page of a file carry, wherever the page goes?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dashboard.exports.plain import plain
from dashboard.session import Reading

_LONGEST: Final = 40  # signs of a name that a page has room for


@dataclass(frozen=True, slots=True)
class Mark:
    """Who took the file and when, what it is not, and whether it is made up."""

    taken: str  # name and moment alone: the watermark
    line: str
    notice: str
    synthetic: str  # empty: real data


def mark(reading: Reading, at: datetime) -> Mark:
    """The mark of one reader at one moment."""
    say, moment = reading.say, f"{at:%Y-%m-%d %H:%M}"
    name = plain(reading.who)
    name = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
    return Mark(
        f"{name} {moment}",
        say("handover.taken", name=name, at=moment),
        say("handover.notice"),
        say("handover.synthetic") if reading.desk.synthetic else "",
    )
