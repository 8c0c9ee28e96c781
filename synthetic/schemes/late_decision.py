"""Decisions that took longer than allowed, and those that only look so."""

from datetime import date, datetime

from synthetic.kit import Plant, Planted, Site, Truth
from synthetic.kit.case import Case
from synthetic.kit.moves import finished, some_day
from synthetic.kit.rows import Cell

SCHEME = "late_decision"


def _approved(site: Site, *, days: int, delegated: bool, **cells: Cell) -> Case:
    """A dibao family approved after exactly so many working days, paid as is due."""
    family = site.family(("head", 63, "F"), ("child", 34))
    case = site.recipient(family, accepted=some_day(site), delegated=delegated, days=days).case
    case.row |= cells
    return case


def _truth(case: Case) -> Planted:
    return [Truth(SCHEME, "application", case.no)]


def _disputed(site: Site, case: Case, working_days: int) -> None:
    """An objection at the posting stops the clock for so many working days."""
    began = finished(case.step("preliminary")).date()
    ended = site.office.after(began, working_days)
    case.add_step("objection", site.office.moment(began, 17, 17), site.office.moment(ended, 9, 9))


def delegated_21(site: Site) -> Planted:
    """A delegated decision on the twenty-first working day."""
    return _truth(_approved(site, days=21, delegated=True))


def county_31(site: Site) -> Planted:
    """The county's decision on the thirty-first."""
    return _truth(_approved(site, days=31, delegated=False))


def extended_46(site: Site) -> Planted:
    """Extended for a listed reason, and beyond that too."""
    return _truth(_approved(site, days=46, delegated=False, extended=True, extension_reason="hard_to_investigate"))


def extended_for_no_listed_reason(site: Site) -> Planted:
    """Marked as extended for some other reason: the plain limit governs."""
    return _truth(_approved(site, days=31, delegated=False, extended=True, extension_reason="other"))


def objection_too_short(site: Site) -> Planted:
    """Thirty-five working days, of which an objection took only four."""
    case = _approved(site, days=35, delegated=False)
    _disputed(site, case, 4)
    return _truth(case)


def past_the_stated_date(site: Site) -> Planted:
    """A programme without a limit of its own; the source states one."""
    accepted = some_day(site)
    due = datetime.combine(site.office.after(accepted, 10), datetime.min.time().replace(hour=17))
    family = site.family(("head", 82, "F"))
    return _truth(site.recipient(family, "old_age", accepted=accepted, share=1.5, days=11, due_at=due).case)


def twenty_over_the_holiday(site: Site) -> Planted:
    """Delegated: twenty working days that hold the National Day fortnight, five weeks by the wall calendar."""
    family = site.family(("head", 58), ("spouse", 57))
    accepted = date(site.since.year, 9, 12)
    return _truth(site.recipient(family, accepted=accepted, delegated=True, days=20).case)


def thirty_by_the_county(site: Site) -> Planted:
    """The county's decision on the thirtieth working day."""
    return _truth(_approved(site, days=30, delegated=False))


def extended_45(site: Site) -> Planted:
    """Extended for a listed reason, decided on the last day."""
    return _truth(_approved(site, days=45, delegated=False, extended=True, extension_reason="residence_split"))


def objection_stops_the_clock(site: Site) -> Planted:
    """Thirty-five working days, of which an objection took five."""
    case = _approved(site, days=35, delegated=False)
    _disputed(site, case, 5)
    return _truth(case)


def withdrawn_late(site: Site) -> Planted:
    """Withdrawn by the family after two months."""
    family = site.family(("head", 49), ("child", 22))
    accepted = some_day(site)
    site.statement(family, accepted, share=1.4)
    case = site.case(family, accepted=accepted, decision="withdrawn")
    case.row["decided_at"] = site.office.moment(site.office.after(accepted, 42))
    return _truth(case)


def stated_date_governs(site: Site) -> Planted:
    """Forty working days, and the source states a later limit."""
    accepted = some_day(site)
    due = datetime.combine(site.office.after(accepted, 50), datetime.min.time().replace(hour=17))
    family = site.family(("head", 61), ("spouse", 60))
    return _truth(site.recipient(family, accepted=accepted, delegated=False, days=40, due_at=due).case)


VARIANTS: dict[str, Plant] = {
    "delegated_21": delegated_21,
    "county_31": county_31,
    "extended_46": extended_46,
    "extended_for_no_listed_reason": extended_for_no_listed_reason,
    "objection_too_short": objection_too_short,
    "past_the_stated_date": past_the_stated_date,
}
TWINS: dict[str, Plant] = {
    "twenty_over_the_holiday": twenty_over_the_holiday,
    "thirty_by_the_county": thirty_by_the_county,
    "extended_45": extended_45,
    "objection_stops_the_clock": objection_stops_the_clock,
    "withdrawn_late": withdrawn_late,
    "stated_date_governs": stated_date_governs,
}
