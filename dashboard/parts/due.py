"""What does a board or a notice say of a case that is due soon or overdue?"""

from datetime import datetime
from typing import Any, Final

import polars as pl

from casework.tables import STEP
from dashboard.parts.shown import UNKNOWN
from dashboard.queries import times
from dashboard.session import Session

STEPS: Final = {option.code: option.label for option in STEP["step"].options}
_STATES: Final = {"red": "times.red", "amber": "times.amber"}
_UNITS: Final = {"hours": "times.hours", "days": "times.days"}


def told(session: Session, listed: pl.DataFrame) -> pl.DataFrame:
    """The cases in words: numbers, programme, days and limits, nobody's name."""
    say = session.say
    return pl.DataFrame(
        [
            {
                say("times.state"): say(_STATES[case["state"]]),
                say("times.number"): case["application_no"],
                say("times.programme"): programme(session, case["programme"]),
                say("times.office_short"): session.place(case["office"]),
                say("times.accepted"): UNKNOWN if case["accepted_at"] is None else f"{case['accepted_at']:%Y-%m-%d}",
                say("times.used"): _used(session, case),
                say("times.stopped"): _stopped(session, case),
                say("times.left"): _left(session, case),
                say("times.until"): _until(session, case),
                say("times.step"): _step(session, case),
            }
            for case in listed.to_dicts()
        ]
    )


def _used(session: Session, case: dict[str, Any]) -> str:
    if case["unit"] == "due_at":
        return session.say("times.stated")
    unit = session.say(_UNITS.get(case["unit"], "times.working_days"))
    extended = session.say("times.extended") if case["extended"] else ""
    return f"{case['used']} / {case['limit']} {unit}{extended}"


def _stopped(session: Session, case: dict[str, Any]) -> str:
    days = UNKNOWN if case["stopped"] is None else str(case["stopped"])
    return session.say("times.still", days=days) if case["paused"] else days


def _left(session: Session, case: dict[str, Any]) -> str:
    if case["left"] is None:
        return session.say("times.unpublished")
    unit = session.say(_UNITS.get(case["unit"], "times.working_days"))
    return f"{case['left']} {unit}"


def _until(session: Session, case: dict[str, Any]) -> str:
    last = times.last_day(session.desk.calendar, case)
    if last is None:
        return session.say("times.unpublished")
    return f"{last:%Y-%m-%d %H:%M}" if isinstance(last, datetime) else str(last)


def _step(session: Session, case: dict[str, Any]) -> str:
    if case["step"] is None:
        return session.say("times.no_step")
    name = session.text(STEPS[case["step"]])
    return session.say("times.in_step" if case["begun"] else "times.after_step", step=name)


def programme(session: Session, code: str | None) -> str:
    """A programme by name; a code without one as it is."""
    names = session.desk.programmes
    return session.text(names[code]) if code in names else code or UNKNOWN
