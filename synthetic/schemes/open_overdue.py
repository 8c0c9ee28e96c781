"""Applications still undecided past their limit, and those whose time is not yet over."""

from datetime import datetime, time, timedelta

from synthetic.kit import Plant, Planted, Site, Truth
from synthetic.kit.case import Case
from synthetic.kit.moves import still_open, working_days_before
from synthetic.kit.rows import Cell

SCHEME = "open_overdue"
CHECKED = ("accept", "authorise", "data_check")


def _open(site: Site, *, days: int, programme: str = "dibao", delegated: bool = False, **cells: Cell) -> Case:
    """A family's case accepted so many working days before as_of, checked and then left."""
    family = site.family(("head", 57), ("spouse", 55))
    accepted = working_days_before(site, site.as_of, days)
    site.statement(family, accepted, share=0.6 if programme == "dibao" else 1.2)  # an open case of dibao is no miss
    case = site.case(family, programme, accepted=accepted, delegated=delegated, **cells)  # type: ignore[arg-type]  # columns of application
    return still_open(case, *CHECKED)


def _truth(case: Case) -> Planted:
    return [Truth(SCHEME, "application", case.no)]


def _noon(site: Site, days: int) -> datetime:
    return datetime.combine(site.as_of + timedelta(days=days), time(12))


def delegated_21(site: Site) -> Planted:
    """Twenty-one working days, delegated."""
    return _truth(_open(site, days=21, delegated=True))


def county_31(site: Site) -> Planted:
    """Thirty-one working days at the county."""
    return _truth(_open(site, days=31))


def extended_46(site: Site) -> Planted:
    """Extended for a listed reason, and past that too."""
    return _truth(_open(site, days=46, extended=True, extension_reason="other_place"))


def temporary_11(site: Site) -> Planted:
    """Expenditure aid on the eleventh working day."""
    return _truth(_open(site, days=11, programme="temporary_expenditure", cause="serious_illness"))


def objection_long_over(site: Site) -> Planted:
    """Thirty-five working days, four of them an objection: thirty-one are left."""
    case = _open(site, days=35)
    began = site.office.after(case.accepted.date(), 6)
    case.add_step("objection", site.office.moment(began), site.office.moment(site.office.after(began, 4)))
    return _truth(case)


def past_the_stated_date(site: Site) -> Planted:
    """Twelve working days only, but the source's own limit was the day before yesterday."""
    return _truth(_open(site, days=12, due_at=_noon(site, -2)))


def delegated_20(site: Site) -> Planted:
    """The twentieth working day is as_of itself."""
    return _truth(_open(site, days=20, delegated=True))


def county_30(site: Site) -> Planted:
    """The thirtieth."""
    return _truth(_open(site, days=30))


def extended_for_a_listed_reason(site: Site) -> Planted:
    """Forty-five working days where forty-five are allowed."""
    return _truth(_open(site, days=45, extended=True, extension_reason="hard_to_investigate"))


def objection_still_running(site: Site) -> Planted:
    """Thirty-five working days, the last six of an objection nobody has settled yet."""
    case = _open(site, days=35)
    case.add_step("objection", site.office.moment(working_days_before(site, site.as_of, 6)), None)
    return _truth(case)


def stated_date_not_yet_come(site: Site) -> Planted:
    """Forty working days, but the source's own limit is next week."""
    return _truth(_open(site, days=40, due_at=_noon(site, 7)))


VARIANTS: dict[str, Plant] = {
    "delegated_21": delegated_21,
    "county_31": county_31,
    "extended_46": extended_46,
    "temporary_11": temporary_11,
    "objection_long_over": objection_long_over,
    "past_the_stated_date": past_the_stated_date,
}
TWINS: dict[str, Plant] = {
    "delegated_20": delegated_20,
    "county_30": county_30,
    "extended_for_a_listed_reason": extended_for_a_listed_reason,
    "objection_still_running": objection_still_running,
    "stated_date_not_yet_come": stated_date_not_yet_come,
}
