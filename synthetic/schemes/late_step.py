"""Steps past their own limit in cases that were otherwise in time, and steps that only look late."""

from datetime import timedelta

from synthetic.kit import Plant, Planted, Site, Truth
from synthetic.kit.case import Case
from synthetic.kit.moves import finished, move, some_day, still_open, working_days_before

SCHEME = "late_step"


def _approved(site: Site, *, delegated: bool, days: int | None = None, slack: int = 0) -> Case:
    family = site.family(("head", 60), ("spouse", 58), ("child", 27))
    return site.recipient(family, accepted=some_day(site), delegated=delegated, days=days, slack=slack).case


def _refused(site: Site) -> Case:
    """A family above the line, refused."""
    family = site.family(("head", 47), ("spouse", 46))
    accepted = some_day(site)
    site.statement(family, accepted, share=1.3)
    return site.case(family, accepted=accepted, decision="refused")


def _truth(case: Case) -> Planted:
    return [Truth(SCHEME, "application", case.no)]


def _posted_before(site: Site, case: Case, working_days: int) -> None:
    """The posting came down exactly so many working days before the confirmation; what led to it was earlier too."""
    down = working_days_before(site, finished(case.step("confirm")).date(), working_days)
    up = down - timedelta(days=7)
    move(case.step("posting"), up, days=7)
    opinion = working_days_before(site, up, 1)
    move(case.step("preliminary"), opinion)
    move(case.step("home_visit"), working_days_before(site, opinion, 1))


def check_on_the_fourth_day(site: Site) -> Planted:
    """The data check began on the fourth working day."""
    case = _approved(site, delegated=True, slack=5)
    move(case.step("data_check"), site.office.after(case.accepted.date(), 4), days=0)
    return _truth(case)


def confirmed_on_the_eleventh_day(site: Site) -> Planted:
    """The county's confirmation came eleven working days after the posting, in a case within thirty."""
    case = _approved(site, delegated=False, days=29)
    _posted_before(site, case, 11)
    return _truth(case)


def refusal_told_on_the_fourth_day(site: Site) -> Planted:
    """The refusal was told on the fourth working day."""
    case = _refused(site)
    move(case.step("notice"), site.office.after(case.decided_on, 4))
    return _truth(case)


def recorded_on_the_sixth_day(site: Site) -> Planted:
    """A delegated approval, recorded at the county on the sixth working day."""
    case = _approved(site, delegated=True)
    move(case.step("record_filing"), site.office.after(case.decided_on, 6))
    return _truth(case)


def never_checked(site: Site) -> Planted:
    """An open case of ten working days in which no data check has begun."""
    family = site.family(("head", 52), ("child", 25))
    accepted = working_days_before(site, site.as_of, 10)
    site.statement(family, accepted, share=0.6)
    return _truth(still_open(site.case(family, accepted=accepted), "accept", "authorise"))


def check_on_the_third_day(site: Site) -> Planted:
    """On the third working day."""
    case = _approved(site, delegated=True, slack=5)
    move(case.step("data_check"), site.office.after(case.accepted.date(), 3), days=0)
    return _truth(case)


def checked_twice(site: Site) -> Planted:
    """In time, and once more two weeks later: the earlier start counts."""
    case = _approved(site, delegated=False, days=25)
    again = site.office.moment(site.office.after(case.accepted.date(), 9))
    case.add_step("data_check", again, again + timedelta(hours=1))
    return _truth(case)


def confirmed_on_the_tenth_day(site: Site) -> Planted:
    """Ten working days after the posting."""
    case = _approved(site, delegated=False, days=29)
    _posted_before(site, case, 10)
    return _truth(case)


def posted_twice(site: Site) -> Planted:
    """Fifteen working days after the first posting came down, but only a few after the second."""
    case = _approved(site, delegated=False, days=30)
    last = case.step("posting")
    down = working_days_before(site, finished(case.step("confirm")).date(), 15)
    first = site.office.moment(down - timedelta(days=7), 9, 9)
    case.add_step("posting", first, site.office.moment(down, 17, 17), place=str(last["place"]))
    return _truth(case)


def refusal_never_told(site: Site) -> Planted:
    """No row of a notice: no rule requires the step."""
    return _truth(_refused(site).without("notice"))


def never_recorded(site: Site) -> Planted:
    """A delegated approval without a row of its record: no rule requires the step."""
    return _truth(_approved(site, delegated=True).without("record_filing"))


def withdrawn_unchecked(site: Site) -> Planted:
    """Withdrawn after two weeks in which nobody had begun the check."""
    family = site.family(("head", 45), ("spouse", 44))
    accepted = some_day(site)
    site.statement(family, accepted, share=1.3)
    case = site.case(family, accepted=accepted, decision="withdrawn").without("data_check")
    case.row["decided_at"] = site.office.moment(site.office.after(accepted, 10))
    return _truth(case)


VARIANTS: dict[str, Plant] = {
    "check_on_the_fourth_day": check_on_the_fourth_day,
    "confirmed_on_the_eleventh_day": confirmed_on_the_eleventh_day,
    "refusal_told_on_the_fourth_day": refusal_told_on_the_fourth_day,
    "recorded_on_the_sixth_day": recorded_on_the_sixth_day,
    "never_checked": never_checked,
}
TWINS: dict[str, Plant] = {
    "check_on_the_third_day": check_on_the_third_day,
    "checked_twice": checked_twice,
    "confirmed_on_the_tenth_day": confirmed_on_the_tenth_day,
    "posted_twice": posted_twice,
    "refusal_never_told": refusal_never_told,
    "never_recorded": never_recorded,
    "withdrawn_unchecked": withdrawn_unchecked,
}
