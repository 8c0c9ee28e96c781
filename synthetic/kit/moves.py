"""On which day may a planted case begin, and how is one of its steps put on another day?"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import cast

from synthetic.kit.case import Award, Case
from synthetic.kit.months import same_day
from synthetic.kit.people import Household
from synthetic.kit.rows import Row
from synthetic.kit.site import Site

_ONE = timedelta(days=1)
_CLOSED = 100  # days in which a lawful case surely ends, extended ones too


def some_day(site: Site, *, earliest: date | None = None, latest: date | None = None) -> date:
    """A working day on which a case may be accepted so that it is decided before as_of."""
    first = earliest or site.since
    last = latest or site.as_of - timedelta(days=_CLOSED)
    return site.office.open_on(first + timedelta(days=site.whole(0, (last - first).days)))


def working_days_before(site: Site, day: date, working_days: int) -> date:
    """The last working day from which exactly so many working days lie until `day`."""
    found = day
    while site.office.between(found, day) < working_days or site.office.calendar.is_workday(found) is not True:
        found -= _ONE
    return found


def move(row: Row, day: date, *, days: int | None = None) -> None:
    """The step starts on that day at its own hour; it lasts as long as before, or ends `days` days later at 17:00."""
    began, ended = cast("datetime", row["started_at"]), cast("datetime", row["finished_at"])
    start = began.replace(year=day.year, month=day.month, day=day.day)
    end = start + (ended - began)
    if days is not None:
        end = (start + timedelta(days=days)).replace(hour=17, minute=0, second=0)
    row |= {"started_at": start, "finished_at": end}


def finished(row: Row) -> datetime:
    """When the step ended.

    Raises:
        TypeError: it has not.
    """
    moment = row["finished_at"]
    if not isinstance(moment, datetime):
        raise TypeError(f"{row['step']} of {row['application_no']} has no end")
    return moment


def still_open(case: Case, *done: str) -> Case:
    """Only those steps have been taken so far, and nothing is decided."""
    case.without(*{str(row["step"]) for row in case.steps} - set(done))
    case.row |= dict.fromkeys(("decided_at", "decision", "refusal_reason"))
    return case


def past_award(site: Site, household: Household, first: date, last: date, reason: str, *, share: float = 0.5) -> Award:
    """A dibao award of everybody at home from a month to a month, lawfully paid, reviewed half-way, then ended."""
    site.statement(household, first - timedelta(days=20), share=share)
    award = site.award(household, from_month=first, to_month=last, end_reason=reason)
    review = same_day(first, (last.year - first.year) * 6 + (last.month - first.month) // 2)
    site.review(award, site.office.open_on(review))
    site.pay(award)
    return award


def cut(row: Row, fen: int) -> int:
    """Take so many fen off a payment; returns them."""
    row["amount"] = cast("int", row["amount"]) - fen
    return fen


def yuan(fen: Iterable[int]) -> float:
    """The sum in yuan, as a truth gives it."""
    return sum(fen) / 100
