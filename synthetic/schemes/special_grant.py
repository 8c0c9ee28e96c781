"""Which approvals follow a special matter without a check, or against what was found; and which merely follow one?

Temporary expenditure aid has no income line and no veto of its own in the contract's other schemes, so that a car on
the acceptance day is this scheme's alone, and a lawful approval one day outside the window.
"""

from datetime import date, timedelta

from synthetic.kit import Case, Plant, Planted, Recipient, Site
from synthetic.kit.moves import some_day
from synthetic.schemes._kin import elderly, truth
from synthetic.schemes._means import DAY, granted, on_the_line, steady

_WINDOW = timedelta(days=60)
_COMPARED = timedelta(days=2)


def _special(case: Case | Recipient) -> Planted:
    return [truth("special_grant", case)]


def _with_a_car(site: Site, *, after: timedelta, detail: str = "car", **cells: str) -> Case:
    """Temporary aid for a household with a car, decided so long after the special matter was settled."""
    household = elderly(site)
    day = some_day(site)
    site.match(household.head, "vehicle", compared=day + _COMPARED, since=date(2019, 8, 1), value=42000, detail=detail)
    case = site.case(household, "temporary_expenditure", accepted=day, cause="serious_illness", **cells)  # type: ignore[arg-type]  # columns of application
    case.row |= {"special_tag": "land_acquisition", "special_tagged_on": case.decided_on - after}
    site.pay_once(case, 2000)
    return case


def never_checked(site: Site) -> Planted:
    """A petition, then dibao without any data check: a required step is missing, too."""
    day = some_day(site)
    tagged = day - timedelta(days=3)
    recipient = site.recipient(elderly(site), accepted=day, special_tag="petition", special_tagged_on=tagged)
    recipient.case.without("data_check")
    return [*_special(recipient), truth("skipped_step", recipient)]


def on_the_line_and_untold_when(site: Site) -> Planted:
    """The day of the tag is not told, so acceptance counts; Y is exactly at the line; still in the taper."""
    household = elderly(site)
    day = steady(site, 5) + timedelta(days=7)
    recipient = granted(
        site, household, accepted=day, fen=on_the_line(site, household, day), special_tag="veteran_member"
    )
    site.pay(recipient.award, amount=120_00)
    return [*_special(recipient), truth("approved_ineligible", recipient)]


def deposit_on_that_day(site: Site) -> Planted:
    """A deposit just above the limit from the acceptance day on, gone before the first paid month."""
    household = elderly(site)
    day = site.office.open_on(some_day(site))
    recipient = site.recipient(household, accepted=day, special_tag="posthumous_honour", special_tagged_on=day)
    site.match(
        household.members[1].person,
        "deposit",
        compared=day + _COMPARED,
        since=day,
        until=recipient.award.first - DAY,
        value=50000.01,
    )
    return [*_special(recipient), truth("approved_ineligible", recipient)]


def on_the_sixtieth_day(site: Site) -> Planted:
    """Approved on the last day of the window."""
    return _special(_with_a_car(site, after=_WINDOW))


def on_the_same_day(site: Site) -> Planted:
    """Settled and approved on one day."""
    return _special(_with_a_car(site, after=timedelta()))


def on_the_day_after_the_window(site: Site) -> Planted:
    """Sixty-one days after."""
    return _special(_with_a_car(site, after=_WINDOW + DAY))


def settled_after_the_approval(site: Site) -> Planted:
    """The special matter came up the day after the approval."""
    return _special(_with_a_car(site, after=-DAY))


def disability_vehicle(site: Site) -> Planted:
    """Within the window, but the vehicle is exempt."""
    return _special(_with_a_car(site, after=DAY, detail="disability"))


def poor_all_the_same(site: Site) -> Planted:
    """A petitioner, checked, one fen a year below the line."""
    household = elderly(site)
    day = some_day(site)
    recipient = granted(
        site,
        household,
        accepted=day,
        fen=on_the_line(site, household, day) - 1,
        special_tag="petition",
        special_tagged_on=day,
    )
    site.pay(recipient.award)
    return _special(recipient)


def deposit_to_be_verified(site: Site) -> Planted:
    """A deposit that is to be verified but shuts nobody out, gone before the first paid month."""
    household = elderly(site)
    day = some_day(site)
    recipient = site.recipient(household, accepted=day, special_tag="petition", special_tagged_on=day)
    until = recipient.award.first - DAY
    site.match(household.head, "deposit", compared=day + _COMPARED, since=day, until=until, value=50000)
    return _special(recipient)


VARIANTS: dict[str, Plant] = {
    "never_checked": never_checked,
    "on_the_line_and_untold_when": on_the_line_and_untold_when,
    "deposit_on_that_day": deposit_on_that_day,
    "on_the_sixtieth_day": on_the_sixtieth_day,
    "on_the_same_day": on_the_same_day,
}
TWINS: dict[str, Plant] = {
    "on_the_day_after_the_window": on_the_day_after_the_window,
    "settled_after_the_approval": settled_after_the_approval,
    "disability_vehicle": disability_vehicle,
    "poor_all_the_same": poor_all_the_same,
    "deposit_to_be_verified": deposit_to_be_verified,
}
