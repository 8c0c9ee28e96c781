"""Postings shorter than the rule, or where there must be none; and those that are long enough."""

from datetime import date, datetime, timedelta

from synthetic.kit import Case, Plant, Planted, Site, Truth
from synthetic.kit.moves import finished, move, some_day

SCHEME = "short_posting"


def _approved(site: Site, *, days: int | None = None, accepted: date | None = None) -> Case:
    family = site.family(("head", 61, "F"), ("child", 35), ("grandchild", 9))
    return site.recipient(family, accepted=accepted or some_day(site), days=days).case


def _truth(case: Case) -> Planted:
    return [Truth(SCHEME, "application", case.no)]


def _down_after(case: Case, days: int) -> Case:
    """The notice came down so many calendar days after it went up."""
    posting = case.step("posting")
    posting["finished_at"] = (_up(case) + timedelta(days=days)).replace(hour=17, minute=0, second=0)
    return case


def _up(case: Case) -> datetime:
    up = case.step("posting")["started_at"]
    if not isinstance(up, datetime):
        raise TypeError(f"{case.no} was posted at no moment")
    return up


def _child(site: Site, programme: str, *, posted: bool) -> Case:
    """A child with a grandmother, on a programme of children."""
    family = site.family(("head", 66, "F"), ("grandchild", 12))
    accepted = some_day(site)
    site.statement(family, accepted, share=1.3)
    case = site.case(family, programme, accepted=accepted, slack=7)
    award = site.award(family, programme, case=case, members=[family.persons[1]])
    site.pay(award)
    if posted:
        up = site.office.moment(site.office.after(accepted, 4), 9, 9)
        case.add_step("posting", up, (up + timedelta(days=7)).replace(hour=17, minute=0, second=0))
    return case


def six_days(site: Site) -> Planted:
    """A day too few."""
    return _truth(_down_after(_approved(site), 6))


def down_the_same_day(site: Site) -> Planted:
    """Up in the morning, down in the evening."""
    return _truth(_down_after(_approved(site), 0))


def twice_four_days(site: Site) -> Planted:
    """Eight days together, but in two pieces of four."""
    case = _down_after(_approved(site, days=19), 4)
    again = finished(case.step("posting")) - timedelta(days=5)
    first = again.replace(hour=9)
    case.add_step("posting", first - timedelta(days=4), first.replace(hour=17), place="village")
    return _truth(case)


def child_posted(site: Site) -> Planted:
    """A de facto orphan named on the wall of the village."""
    return _truth(_child(site, "de_facto_orphan", posted=True))


def orphan_posted(site: Site) -> Planted:
    """An orphan, too."""
    return _truth(_child(site, "orphan", posted=True))


def seven_days(site: Site) -> Planted:
    """Seven days by the date, a few hours less by the clock."""
    case = _approved(site)
    posting = case.step("posting")
    posting["finished_at"] = (_up(case) + timedelta(days=7)).replace(hour=8, minute=0, second=0)
    return _truth(case)


def over_the_holiday(site: Site) -> Planted:
    """Seven calendar days, all but one of them holidays."""
    case = _approved(site, accepted=date(site.since.year, 9, 9), days=20)
    up = date(site.since.year, 9, 30)
    move(case.step("posting"), up, days=7)
    move(case.step("preliminary"), site.office.open_on(date(site.since.year, 9, 27)))
    move(case.step("home_visit"), site.office.open_on(date(site.since.year, 9, 25)))
    return _truth(case)


def torn_down_and_posted_again(site: Site) -> Planted:
    """Down after two days, then up again for seven: the longest counts."""
    case = _approved(site, days=19)
    again = _up(case)
    first = (again - timedelta(days=3)).replace(hour=9)
    case.add_step("posting", first, (first + timedelta(days=2)).replace(hour=17), place="village")
    return _truth(case)


def child_not_posted(site: Site) -> Planted:
    """A de facto orphan, not posted, as it must be."""
    return _truth(_child(site, "de_facto_orphan", posted=False))


VARIANTS: dict[str, Plant] = {
    "six_days": six_days,
    "down_the_same_day": down_the_same_day,
    "twice_four_days": twice_four_days,
    "child_posted": child_posted,
    "orphan_posted": orphan_posted,
}
TWINS: dict[str, Plant] = {
    "seven_days": seven_days,
    "over_the_holiday": over_the_holiday,
    "torn_down_and_posted_again": torn_down_and_posted_again,
    "child_not_posted": child_not_posted,
}
