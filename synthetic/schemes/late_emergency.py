"""Emergency aid that came too late, or whose papers did, and aid that was in time."""

from datetime import datetime, time, timedelta

from synthetic.kit import Plant, Planted, Site, Truth
from synthetic.kit.case import Case
from synthetic.kit.moves import move, some_day
from synthetic.kit.rows import Cell

SCHEME = "late_emergency"


def _aid(site: Site, *, hours: float, **cells: Cell) -> Case:
    """One emergency, helped after so many hours, the papers made up in time, paid once."""
    family = site.family(("head", 44), ("spouse", 43), ("child", 13))
    accepted = datetime.combine(some_day(site), time(9, site.whole(0, 59)))
    cells.setdefault("cause", "accident")
    case = site.case(family, "temporary_emergency", accepted=accepted, hours=hours, **cells)  # type: ignore[arg-type]  # columns of application
    site.pay_once(case, 1500)
    return case


def _truth(case: Case) -> Planted:
    return [Truth(SCHEME, "application", case.no)]


def _by_the_date(site: Site, days: int) -> Case:
    """The source tells only the dates of acceptance and decision."""
    case = _aid(site, hours=24.0 * days, urgency=None)
    case.row |= {"submitted_at": case.accepted.date(), "accepted_at": case.accepted.date()}
    case.row["decided_at"] = case.decided_on
    return case


def red_after_a_day_and_a_minute(site: Site) -> Planted:
    """Twenty-four hours and a minute."""
    return _truth(_aid(site, hours=24 + 1 / 60))


def no_urgency_after_a_day(site: Site) -> Planted:
    """Without an urgency the plain twenty-four hours govern."""
    return _truth(_aid(site, hours=30, urgency=None))


def yellow_after_three_days(site: Site) -> Planted:
    """Seventy-three hours where seventy-two are allowed."""
    return _truth(_aid(site, hours=73, urgency="yellow"))


def two_days_by_date(site: Site) -> Planted:
    """Only dates are known, and they are two days apart."""
    return _truth(_by_the_date(site, 2))


def papers_on_the_sixth_day(site: Site) -> Planted:
    """Helped at once, the papers made up on the sixth working day."""
    case = _aid(site, hours=5)
    move(case.step("make_up"), site.office.after(case.decided_on, 6))
    return _truth(case)


def papers_never(site: Site) -> Planted:
    """Helped at once, no papers ever."""
    return _truth(_aid(site, hours=8).without("make_up"))


def still_waiting(site: Site) -> Planted:
    """Accepted three days before as_of, undecided."""
    family = site.family(("head", 39), ("child", 11))
    accepted = datetime.combine(site.as_of - timedelta(days=3), time(10))
    return _truth(site.case(family, "temporary_emergency", accepted=accepted, hours=120, cause="disaster"))


def a_day_exactly(site: Site) -> Planted:
    """Twenty-four hours to the second, without posting or visit; the papers in time."""
    return _truth(_aid(site, hours=24))


def papers_on_the_fifth_day(site: Site) -> Planted:
    """No posting, no check before: the papers came on the fifth working day."""
    case = _aid(site, hours=3)
    move(case.step("make_up"), site.office.after(case.decided_on, 5))
    return _truth(case)


def green_after_ten_days(site: Site) -> Planted:
    """Green has no limit."""
    return _truth(_aid(site, hours=245, urgency="green"))


def blue_on_the_last_hour(site: Site) -> Planted:
    """Two hundred and forty hours where as many are allowed."""
    return _truth(_aid(site, hours=240, urgency="blue"))


def next_day_by_date(site: Site) -> Planted:
    """Only dates are known, and they are one day apart."""
    return _truth(_by_the_date(site, 1))


def refused_without_papers(site: Site) -> Planted:
    """Refused within hours: there are no papers to make up."""
    family = site.family(("head", 50))
    accepted = datetime.combine(some_day(site), time(9, 30))
    case = site.case(family, "temporary_emergency", accepted=accepted, hours=6, decision="refused", cause="other")
    return _truth(case.without("make_up"))


VARIANTS: dict[str, Plant] = {
    "red_after_a_day_and_a_minute": red_after_a_day_and_a_minute,
    "no_urgency_after_a_day": no_urgency_after_a_day,
    "yellow_after_three_days": yellow_after_three_days,
    "two_days_by_date": two_days_by_date,
    "papers_on_the_sixth_day": papers_on_the_sixth_day,
    "papers_never": papers_never,
    "still_waiting": still_waiting,
}
TWINS: dict[str, Plant] = {
    "a_day_exactly": a_day_exactly,
    "papers_on_the_fifth_day": papers_on_the_fifth_day,
    "green_after_ten_days": green_after_ten_days,
    "blue_on_the_last_hour": blue_on_the_last_hour,
    "next_day_by_date": next_day_by_date,
    "refused_without_papers": refused_without_papers,
}
