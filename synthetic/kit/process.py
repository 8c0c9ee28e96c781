"""How does a lawful application run: which steps, when, within which limits?

Written from contract §3 and §4 alone, so that world and detectors read the law independently. Slack lies before the
home visit, which has no limit of its own since 2021-07-01.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from synthetic.kit.office import Office

_LONG: Final = ("accept", "authorise", "data_check", "home_visit", "preliminary", "posting", "confirm", "notice")
_SHORT: Final = ("accept", "data_check", "confirm", "notice")
STEPS: Final = {
    "dibao": _LONG,
    "destitute": _LONG,
    "dibao_edge": tuple(step for step in _LONG if step != "posting"),
    "rigid_expense": tuple(step for step in _LONG if step != "posting"),
    "temporary_expenditure": ("accept", "data_check", "home_visit", "confirm", "notice"),
    "temporary_emergency": ("accept", "confirm", "make_up"),
    "de_facto_orphan": ("accept", "data_check", "home_visit", "preliminary", "confirm", "notice"),
    "orphan": ("accept", "data_check", "home_visit", "preliminary", "confirm", "notice"),
}
SEVERAL: Final = ("dibao", "destitute", "dibao_edge", "rigid_expense")  # filing programmes (contract §3)
POSTING_DAYS: Final = 7


def limit(programme: str, *, delegated: bool, extended: bool) -> int | None:
    """Working days allowed for the decision since 2022-10-20; None where the contract sets no limit."""
    match programme:
        case "dibao":
            return 45 if extended else 20 if delegated else 30
        case "rigid_expense":
            return 45 if extended else 30
        case "destitute" | "de_facto_orphan":
            return 30
        case "temporary_expenditure":
            return 10
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Wish:
    """What a case is to be like."""

    programme: str
    decision: str  # approved, refused or withdrawn
    delegated: bool
    county_visit: bool
    slack: int  # working days of waiting before the home visit
    days: int | None  # working days from acceptance to decision, exactly
    hours: float | None  # emergencies: hours from acceptance to decision
    democratic: bool


Course = list[tuple[str, datetime, datetime]]  # step, started, finished


def course(office: Office, accepted: datetime, wish: Wish) -> tuple[Course, datetime]:
    """The steps of a case in order, and the moment of its decision.

    Raises:
        ValueError: the wished number of working days is too small for the steps.
    """
    if wish.programme == "temporary_emergency":
        return _emergency(office, accepted, wish)
    if wish.days is None:
        return _run(office, accepted, wish, wish.slack, None)
    state = office.random.getstate()
    _, decided = _run(office, accepted, wish, 0, None)
    spare = wish.days - office.between(accepted.date(), decided.date())
    confirm = office.after(accepted.date(), wish.days)
    for slack in range(max(0, spare - 1), 0, -1):  # a later posting may cross more working days, or fewer
        office.random.setstate(state)
        try:
            return _run(office, accepted, wish, slack, confirm)
        except ValueError:
            continue
    office.random.setstate(state)
    return _run(office, accepted, wish, 0, confirm)


def _emergency(office: Office, accepted: datetime, wish: Wish) -> tuple[Course, datetime]:
    hours = 2 + 18 * office.random.random() if wish.hours is None else wish.hours
    decided = accepted + timedelta(seconds=round(3600 * hours))
    made_up = office.after(decided.date(), 1 + int(office.random.random() * 4))
    papers = office.moment(made_up)
    steps = [
        ("accept", accepted, accepted + timedelta(minutes=10)),
        ("confirm", accepted + (decided - accepted) / 2, decided),
        ("make_up", papers, papers + timedelta(minutes=20)),
    ]
    return steps, decided


def _run(
    office: Office, accepted: datetime, wish: Wish, slack: int, confirm_on: date | None
) -> tuple[Course, datetime]:
    chance = office.random.random
    named = STEPS.get(wish.programme, _SHORT)
    steps: Course = [("accept", accepted, accepted + timedelta(minutes=5 + int(10 * chance())))]
    start = accepted.date()
    if "authorise" in named:
        signed = accepted + timedelta(minutes=20 + int(20 * chance()))
        steps.append(("authorise", signed, signed + timedelta(minutes=5)))
    checked = office.after(start, 1 + int(2 * chance()))
    reported = office.after(checked, 1 + int(1.5 * chance()))
    steps.append(("data_check", office.moment(checked), office.moment(reported)))
    done = reported
    if wish.decision == "withdrawn":
        decided = office.moment(office.after(done, 1))
        return steps, decided
    if "home_visit" in named:
        visited = office.moment(office.after(start, 2 + slack + int(2 * chance())))
        steps.append(("home_visit", visited, visited + timedelta(minutes=40 + int(50 * chance()))))
        done = max(done, visited.date())
    if wish.democratic:
        met = office.moment(office.after(done, 1))
        steps.append(("democratic_review", met, met + timedelta(minutes=90)))
        done = met.date()
    if "preliminary" in named:
        opinion = office.moment(office.after(done, 1))
        steps.append(("preliminary", opinion, opinion + timedelta(minutes=30)))
        done = opinion.date()
    if "posting" in named and wish.decision == "approved":
        up = office.moment(office.after(done, 1), 9, 11)
        down = datetime(up.year, up.month, up.day, 17) + timedelta(days=POSTING_DAYS)  # noqa: DTZ001 - local time
        steps.append(("posting", up, down))
        done = down.date()
    if wish.county_visit and wish.decision == "approved":
        came = office.moment(office.after(done, 1))
        steps.append(("county_visit", came, came + timedelta(minutes=60)))
        done = came.date()
    last = confirm_on or office.after(done, 1 + int(2 * chance()))
    if last <= done:
        raise ValueError(f"the steps of {wish.programme} accepted {start} need until after {done}, not {last}")
    confirm = office.moment(last)
    decided = confirm + timedelta(minutes=10 + int(30 * chance()))
    steps.append(("confirm", confirm, decided))
    steps += _told(office, wish, decided, "notice" in named)
    return steps, decided


def _told(office: Office, wish: Wish, decided: datetime, notice: bool) -> Course:
    """Notice within three working days; a delegated approval is recorded at the county within five."""
    steps: Course = []
    if notice:
        told = office.moment(office.after(decided.date(), 1 + int(2 * office.random.random())))
        steps.append(("notice", told, told + timedelta(minutes=15)))
    if wish.delegated and wish.decision == "approved" and wish.programme in SEVERAL:
        recorded = office.moment(office.after(decided.date(), 1 + int(3 * office.random.random())))
        steps.append(("record_filing", recorded, recorded + timedelta(minutes=15)))
    return steps
