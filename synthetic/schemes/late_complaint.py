"""Complaints told or closed too late, and those in time."""

from datetime import date, datetime, time, timedelta

from synthetic.kit import Plant, Planted, Site, Truth
from synthetic.kit.moves import some_day
from synthetic.kit.rows import Cell

SCHEME = "late_complaint"


def _after(day: date, days: int) -> datetime:
    return datetime.combine(day + timedelta(days=days), time(15, 30))


def _complaint(
    site: Site,
    *,
    told: int | None = 5,
    closed: int | None = 40,
    kind: str = "petition",
    ago: int | None = None,
    **cells: Cell,
) -> Planted:
    """Told and closed so many calendar days after it was received; `ago`: received so many days before as_of."""
    day = some_day(site, latest=site.as_of - timedelta(days=130)) if ago is None else site.as_of - timedelta(days=ago)
    row = site.complaint(datetime.combine(day, time(10)), kind=kind)
    row |= cells
    row["told_at"] = None if told is None else _after(day, told)
    row["met_at"] = None
    row["closed_at"] = None if closed is None else _after(day, closed)
    if kind == "report":
        row["outcome"] = None if closed is None else "unsubstantiated"
    return [Truth(SCHEME, "complaint", str(row["complaint_no"]))]


def told_on_the_sixteenth_day(site: Site) -> Planted:
    """Told a day too late, closed in time."""
    return _complaint(site, told=16)


def closed_on_the_sixty_first_day(site: Site) -> Planted:
    """Told in time, closed a day too late."""
    return _complaint(site, closed=61, kind="help")


def extended_and_late(site: Site) -> Planted:
    """Extended by thirty days, closed on the ninety-first."""
    return _complaint(site, closed=91, kind="report", extended=True)


def anonymous_closed_late(site: Site) -> Planted:
    """Nobody to be told, but to be closed in time all the same."""
    return _complaint(site, told=None, closed=75, kind="report", named=False)


def open_past_its_limit(site: Site) -> Planted:
    """Received sixty-one days before as_of, still open."""
    return _complaint(site, closed=None, ago=61)


def told_on_the_fifteenth_day(site: Site) -> Planted:
    """On the last day."""
    return _complaint(site, told=15, kind="report")


def closed_on_the_sixtieth_day(site: Site) -> Planted:
    """On the last day."""
    return _complaint(site, closed=60)


def extended_to_the_ninetieth_day(site: Site) -> Planted:
    """On the last day of the extension."""
    return _complaint(site, closed=90, extended=True)


def enquiry(site: Site) -> Planted:
    """A question, answered after a hundred days: not under the limits."""
    return _complaint(site, told=None, closed=100, kind="enquiry")


def anonymous_never_told(site: Site) -> Planted:
    """Nobody to be told."""
    return _complaint(site, told=None, closed=45, named=False)


def open_within_its_limit(site: Site) -> Planted:
    """Received fifty-nine days before as_of."""
    return _complaint(site, closed=None, ago=59)


VARIANTS: dict[str, Plant] = {
    "told_on_the_sixteenth_day": told_on_the_sixteenth_day,
    "closed_on_the_sixty_first_day": closed_on_the_sixty_first_day,
    "extended_and_late": extended_and_late,
    "anonymous_closed_late": anonymous_closed_late,
    "open_past_its_limit": open_past_its_limit,
}
TWINS: dict[str, Plant] = {
    "told_on_the_fifteenth_day": told_on_the_fifteenth_day,
    "closed_on_the_sixtieth_day": closed_on_the_sixtieth_day,
    "extended_to_the_ninetieth_day": extended_to_the_ninetieth_day,
    "enquiry": enquiry,
    "anonymous_never_told": anonymous_never_told,
    "open_within_its_limit": open_within_its_limit,
}
