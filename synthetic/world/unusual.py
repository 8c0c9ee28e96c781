"""What is lawful though it looks unusual: extended cases, single-person entry, a taper, a child's top-up?

Without such families a clean world would be too easy to call clean.
"""

from datetime import date, datetime, timedelta
from typing import Final, cast

from synthetic.kit import Award, Case, Household, Person, Site, age_on, month_of, months, shifted
from synthetic.kit.money import YUAN, due
from synthetic.world import allowances
from synthetic.world.families import some_day
from synthetic.world.means import state

_REASONS: Final = ("posting_objection", "residence_split", "other_place", "hard_to_investigate")
_EXTENDED_DAYS: Final = (22, 40)  # working days; at most 45 are allowed
_SINGLE: Final = (1.1, 1.3)  # income as a share of the line; single-person entry goes up to 1.5
_SEVERE: Final = 2
_ADULT: Final = 18


def extended(site: Site, household: Household, accepted: date) -> Case:
    """A case that takes longer for a reason the law lists; an objection during the posting stops the clock."""
    reason = _REASONS[site.whole(0, len(_REASONS) - 1)]
    days = site.whole(*_EXTENDED_DAYS)
    case = site.case(household, accepted=accepted, days=days, extended=True, extension_reason=reason)
    if reason == "posting_objection":
        posting = case.step("posting")
        raised = cast("datetime", posting["started_at"]) + timedelta(days=2)
        case.add_step("objection", raised, raised + timedelta(days=3), place="village")
    return case


def single(site: Site, household: Household) -> Award | None:
    """A severely disabled adult of a household above the line, but not by half, is covered alone."""
    person = alone(site, household)
    if person is None:
        return None
    day = site.office.open_on(some_day(site, site.since, site.as_of - timedelta(days=75)))
    share = _SINGLE[0] + (_SINGLE[1] - _SINGLE[0]) * site.random.random()
    state(site, household, day, share)
    site.clean_match(person, site.office.after(day, 1))
    case = site.case(household, accepted=day, applicant=person, single_person_basis="severe_disability")
    award = site.award(household, case=case, members=[person], category="A")
    site.keep_up(award, share=share)
    site.pay(award)
    if (living := allowances.living(site, award, person)) is not None:
        site.pay(living)
    return award


def alone(site: Site, household: Household) -> Person | None:
    """The one member who could enter alone: adult, of grade 1 or 2, in a household of several."""
    for person in household.at_home if len(household.at_home) > 1 else ():
        grade = person.row.get("disability_grade")
        if isinstance(grade, int) and grade <= _SEVERE and age_on(person.born, site.since) >= _ADULT:
            return person
    return None


def taper(site: Site, award: Award, risen: date, last: date) -> None:
    """Half of what was due goes on being paid for some months after the income rose above the line."""
    before = due(award, month_of(risen), site.county.standards, [])
    for month in months(shifted(month_of(risen), 1), last):
        site.payment(award, month, max(YUAN, (before or 0) // 2 // YUAN * YUAN))


def topped_up(site: Site, household: Household, child: Person, award: Award) -> None:
    """Elder and child are on dibao as well: the child's own allowance is what lies above it."""
    state(site, household, site.since - timedelta(days=site.whole(160, 330)), 0.5)
    dibao = site.award(household, from_month=shifted(month_of(site.since), -site.whole(3, 20)), category="A")
    for official, relation in site.kin_officials(household, dibao.first):
        site.filing(official, household, dibao.first - timedelta(days=site.whole(10, 40)), relation)
    site.keep_up(dibao, since=site.since - timedelta(days=site.whole(20, 150)), share=0.5)
    site.pay(dibao)
    for person in household.persons:
        if person is not child and (living := allowances.living(site, dibao, person)) is not None:
            site.pay(living)
    site.pay(award, beside=[dibao])
