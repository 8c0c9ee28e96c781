"""Which households are covered only in part, and in which is everybody else lawfully out?

What is paid is what is due for those covered: the share of the household is the one thing wrong.
"""

from datetime import date

from synthetic.kit import Household, Plant, Planted, Recipient, Site, month_of, same_day, shifted
from synthetic.kit.moves import some_day
from synthetic.schemes._means import DAY, granted, row_of, truth

_EARLY = date(2025, 2, 1)


def _paid(site: Site, household: Household, *covered: int, basis: str | None = None) -> Recipient:
    """Those members (by place) are covered and paid what is due for them."""
    persons = [household.members[place].person for place in covered]
    share = 1.2 if basis else 0.5  # single-person entry is for households above the standard, below the edge line
    recipient = granted(
        site,
        household,
        accepted=some_day(site, latest=_EARLY),
        share=share,
        members=persons,
        single_person_basis=basis,
    )
    site.pay(recipient.award)
    return recipient


def _raised(recipient: Recipient) -> Planted:
    return [truth("partial_household", recipient.award)]


def _parents_and_child(site: Site) -> Household:
    return site.family(("head", site.whole(46, 52)), ("spouse", site.whole(45, 51)), ("child", site.whole(19, 25)))


def _held(site: Site, household: Household, place: int) -> None:
    """That member has been in prison for years."""
    person = household.members[place].person
    site.match(
        person, "custody", compared=date(2024, 1, 20), source="公安监管", since=date(2022, 3, 9), detail="prison"
    )


def wife_left_out(site: Site) -> Planted:
    """One of a couple is covered, the other is not, for no reason told."""
    return _raised(_paid(site, site.family(("head", 57), ("spouse", 55)), 0))


def one_in_prison_one_for_no_reason(site: Site) -> Planted:
    """The child is lawfully out, the spouse is not."""
    household = _parents_and_child(site)
    _held(site, household, 2)
    return _raised(_paid(site, household, 0))


def came_three_months_ago(site: Site) -> Planted:
    """A brother joined exactly three months before the first day of the last paid month."""
    return _raised(_with_a_newcomer(site, same_day(month_of(site.as_of), -3)))


def wife_on_the_payroll_left_out(site: Site) -> Planted:
    """A wife in post is left out so that she need not be named."""
    household = _parents_and_child(site)
    wife = household.members[1].person
    site.match(wife, "public_payroll", compared=date(2024, 2, 1), since=date(2019, 9, 1), value=2900, detail="post")
    return _raised(_paid(site, household, 0, 2))


def row_ended_in_between(site: Site) -> Planted:
    """A child's row ended half-way; the child still lives there."""
    household = _parents_and_child(site)
    recipient = granted(site, household, accepted=some_day(site, latest=_EARLY))
    row_of(recipient.award, household.members[2].person)["to_month"] = shifted(recipient.award.first, 4)
    site.pay(recipient.award)
    return _raised(recipient)


def _with_a_newcomer(site: Site, joined: date) -> Recipient:
    """A brother joins a couple that is covered, and is not covered himself."""
    household = site.family(("head", 55), ("spouse", 53))
    recipient = granted(site, household, accepted=some_day(site, latest=_EARLY))
    site.member(household, site.person(age=50, surname=household.head.surname), "sibling", joined=joined)
    site.pay(recipient.award)
    return recipient


def single_person_entry(site: Site) -> Planted:
    """One of four is covered alone, gravely ill, in a household of the edge."""
    household = site.family(("head", 47), ("spouse", 46), ("child", 20), ("child", 14))
    return _raised(_paid(site, household, 1, basis="serious_illness"))


def single_person_of_grade_two(site: Site) -> Planted:
    """A grown child with a disability of grade 2, covered alone, with both allowances (domain.md, vector 9)."""
    household = _parents_and_child(site)
    child = household.members[2].person
    child.row |= {"disability_kind": "intellectual", "disability_grade": 2, "health": "severely_disabled"}
    recipient = _paid(site, household, 2, basis="severe_disability")
    for programme in ("disability_living", "disability_care"):
        site.pay(site.award(household, programme, from_month=recipient.award.first, members=[child]))
    return _raised(recipient)


def came_a_day_less_than_three_months_ago(site: Site) -> Planted:
    """A brother joined a day later than three months before the first day of the last paid month."""
    return _raised(_with_a_newcomer(site, same_day(month_of(site.as_of), -3) + DAY))


def newborn(site: Site) -> Planted:
    """A child born two months ago is not on the award yet."""
    household = site.family(("head", 31), ("spouse", 29))
    recipient = granted(site, household, accepted=some_day(site, latest=_EARLY))
    born = shifted(month_of(site.as_of), -2).replace(day=site.whole(3, 24))
    child = site.person(born=born, surname=household.head.surname)
    site.member(household, child, "child", joined=child.born)
    site.pay(recipient.award)
    return _raised(recipient)


def in_prison(site: Site) -> Planted:
    """Who is in prison does not count as a member to be covered."""
    household = _parents_and_child(site)
    _held(site, household, 2)
    return _raised(_paid(site, household, 0, 1))


def away_as_clergy(site: Site) -> Planted:
    """Who has been away as clergy for years does not count either."""
    household = _parents_and_child(site)
    household.members[2].person.row["status"] = "clergy_away"
    return _raised(_paid(site, household, 0, 1))


def brother_is_destitute(site: Site) -> Planted:
    """A brother in the house is supported as destitute."""
    household = site.family(("head", 63), ("spouse", 61), ("sibling", 66, "M"))
    recipient = _paid(site, household, 0, 1)
    brother = household.members[2].person
    site.pay(site.award(household, "destitute", from_month=date(2023, 6, 1), members=[brother]))
    return _raised(recipient)


def daughter_moved_out(site: Site) -> Planted:
    """A daughter, once covered, left the household; her row ended with that month."""
    household = _parents_and_child(site)
    recipient = granted(site, household, accepted=some_day(site, latest=_EARLY))
    left = shifted(recipient.award.first, 3).replace(day=site.whole(2, 27))
    household.members[2].row["left_on"] = left
    row_of(recipient.award, household.members[2].person)["to_month"] = month_of(left)
    site.pay(recipient.award)
    return _raised(recipient)


def son_who_lives_elsewhere(site: Site) -> Planted:
    """A son of the register lives and works in the city."""
    household = _parents_and_child(site)
    household.members[2].row["co_living"] = False
    return _raised(_paid(site, household, 0, 1))


VARIANTS: dict[str, Plant] = {
    "wife_left_out": wife_left_out,
    "one_in_prison_one_for_no_reason": one_in_prison_one_for_no_reason,
    "came_three_months_ago": came_three_months_ago,
    "wife_on_the_payroll_left_out": wife_on_the_payroll_left_out,
    "row_ended_in_between": row_ended_in_between,
}
TWINS: dict[str, Plant] = {
    "single_person_entry": single_person_entry,
    "single_person_of_grade_two": single_person_of_grade_two,
    "came_a_day_less_than_three_months_ago": came_a_day_less_than_three_months_ago,
    "newborn": newborn,
    "in_prison": in_prison,
    "away_as_clergy": away_as_clergy,
    "brother_is_destitute": brother_is_destitute,
    "daughter_moved_out": daughter_moved_out,
    "son_who_lives_elsewhere": son_who_lives_elsewhere,
}
