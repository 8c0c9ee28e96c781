"""Which awards go on after a death, and which only look like it?

Most live with a brother who is supported as destitute: a household with nobody left at home has no line to be measured
by (contract §4). And most have no income at all, so that what is due per head does not change with the number at home:
the months after the death speak of the death alone.
"""

from datetime import date, timedelta
from typing import cast

from synthetic.kit import Award, Person, Plant, Planted, Recipient, Site, Truth, month_of, shifted
from synthetic.kit.moves import some_day, yuan
from synthetic.schemes._means import granted, paid, row_of, truth
from synthetic.schemes._persons import namesake

_EARLY = date(2025, 5, 1)
_SHORT = 15  # digits of an old citizen number: without the century, without the check digit


def _alone(site: Site) -> Recipient:
    """An elderly person who lives alone."""
    household = site.family(("head", site.whole(65, 74)))
    return granted(site, household, accepted=some_day(site, latest=_EARLY))


def _with_a_brother(site: Site) -> Recipient:
    """An elderly person on dibao, without income, who lives with a brother supported as destitute."""
    household = site.family(("head", site.whole(68, 74)), ("sibling", site.whole(64, 66), "M"))
    site.pay(site.award(household, "destitute", from_month=date(2023, 4, 1), members=[household.persons[1]]))
    accepted = some_day(site, latest=_EARLY)
    return granted(site, household, accepted=accepted, fen=0, members=[household.head])


def _dies(site: Site, recipient: Recipient, *, day: int | None = None, after: int = 2) -> date:
    """A day in the award's third month."""
    return shifted(recipient.award.first, after).replace(day=day or site.whole(2, 27))


def _go_on(site: Site, award: Award, death: date, count: int) -> None:
    """Paid as due until the month of death, then the same for so many months more, which end the award."""
    month = month_of(death)
    site.pay(award, last=month)
    amount = award.paid(month)
    site.end(award, shifted(month, count), "death")
    site.pay(award, shifted(month, 1), shifted(month, count), amount=amount)


def _raised(award: Award, death: date) -> Planted:
    """All that was paid for the months after the last death."""
    return [truth("deceased_paid", award, yuan(paid(award, shifted(month_of(death), 1))))]


def three_months_after(site: Site) -> Planted:
    """The only person covered is dead; three more months are paid."""
    household, _, award = recipient = _alone(site)
    death = _dies(site, recipient)
    _go_on(site, award, death, 3)
    site.dead(household.head, death)
    return _raised(award, death)


def cremation_only(site: Site) -> Planted:
    """No register tells the death, only the funeral home does."""
    household, _, award = recipient = _with_a_brother(site)
    death = _dies(site, recipient)
    _go_on(site, award, death, 1)
    site.match(household.head, "cremation", compared=death + timedelta(days=90), source="民政殡葬", since=death)
    return _raised(award, death)


def earliest_of_two_days(site: Site) -> Planted:
    """The register has the death two months later than the funeral home."""
    household, _, award = recipient = _with_a_brother(site)
    death = _dies(site, recipient)
    _go_on(site, award, death, 2)
    site.match(household.head, "cremation", compared=death + timedelta(days=9), source="民政殡葬", since=death)
    household.head.row["died_on"] = shifted(month_of(death), 2).replace(day=3)
    return _raised(award, death)


def old_number_of_fifteen_digits(site: Site) -> Planted:
    """The register of deaths writes the number in its old form."""
    household, _, award = recipient = _with_a_brother(site)
    death = _dies(site, recipient)
    _go_on(site, award, death, 2)
    row = site.match(household.head, "death", compared=death + timedelta(days=60), source="公安户籍", since=death)
    row["id_no"] = _old_form(household.head)
    return _raised(award, death)


def reversed_in_part(site: Site) -> Planted:
    """Of two months paid after the death one was taken back."""
    household, _, award = recipient = _with_a_brother(site)
    death = _dies(site, recipient)
    _go_on(site, award, death, 2)
    month = shifted(month_of(death), 1)
    site.payment(award, month, -award.paid(month), on=site.office.open_on(shifted(month, 1).replace(day=20)))
    site.dead(household.head, death)
    return _raised(award, death)


def last_of_a_couple(site: Site) -> Planted:
    """Both die, two months apart; only what is paid after the second death is in doubt."""
    household = site.family(("head", site.whole(68, 74)), ("spouse", site.whole(66, 72)))
    award = granted(site, household, accepted=some_day(site, latest=_EARLY), share=0.3).award
    first, last = award.first.replace(day=site.whole(2, 27)), shifted(award.first, 2).replace(day=site.whole(2, 27))
    site.dead(household.members[1].person, first)
    _go_on(site, award, last, 2)
    site.dead(household.head, last)
    return _raised(award, last)


def old_age_allowance(site: Site) -> Planted:
    """Every programme counts: an old-age allowance runs on to the end."""
    household = site.family(("head", site.whole(84, 91)))
    award = site.award(household, "old_age", from_month=date(2024, 1, 1))
    death = date(2025, site.whole(2, 9), site.whole(2, 27))
    site.pay(award)
    site.dead(household.head, death)
    return _raised(award, death)


def _parents_and_elder(site: Site) -> tuple[Recipient, date]:
    """A couple without income and the head's mother, who dies in winter 2024."""
    household = site.family(("head", 46), ("spouse", 45), ("parent", site.whole(71, 76), "F"))
    recipient = granted(site, household, accepted=some_day(site, latest=date(2024, 8, 1)), fen=0)
    death = date(2024, 12, site.whole(2, 27))
    site.dead(household.members[2].person, death)
    return recipient, death


def one_of_three_in_the_fourth_month(site: Site) -> Planted:
    """Still counted one month past the grace, the amount unchanged: her share of that one month."""
    recipient, death = _parents_and_elder(site)
    late = shifted(month_of(death), 4)
    return _counted(site, recipient, late, [late])


def one_of_three_never_removed(site: Site) -> Planted:
    """Still counted half a year after the death."""
    recipient, death = _parents_and_elder(site)
    month = month_of(death)
    return _counted(site, recipient, shifted(month, 6), [shifted(month, count) for count in (4, 5, 6)])


def _counted(site: Site, recipient: Recipient, last: date, late: list[date]) -> Planted:
    """The elder's row runs until `last`; `late` months are in doubt, a third of each."""
    row_of(recipient.award, recipient.household.members[2].person)["to_month"] = last
    site.pay(recipient.award)
    return [truth("deceased_paid", recipient.award, yuan(recipient.award.paid(month) // 3 for month in late))]


def month_of_death(site: Site) -> Planted:
    """The month of the death is paid, though after it."""
    household, _, award = recipient = _with_a_brother(site)
    death = _dies(site, recipient, day=2)
    _go_on(site, award, death, 0)
    site.dead(household.head, death)
    return [truth("deceased_paid", award)]


def arrears(site: Site) -> Planted:
    """Two earlier months are paid after the death."""
    household, _, award = recipient = _with_a_brother(site)
    death = _dies(site, recipient)
    _go_on(site, award, death, 0)
    for row in award.payments[1:]:
        row["paid_on"] = site.office.open_on(shifted(month_of(death), 1).replace(day=20))
    site.dead(household.head, death)
    return [truth("deceased_paid", award)]


def third_month_of_grace(site: Site) -> Planted:
    """One of three, still counted in the third month after the death, not in the fourth."""
    recipient, death = _parents_and_elder(site)
    return _look_alike(_counted(site, recipient, shifted(month_of(death), 3), []))


def two_months_ago(site: Site) -> Planted:
    """One of three died two months before as_of; the review is still to come."""
    household = site.family(("head", 46), ("spouse", 45), ("parent", site.whole(71, 76), "F"))
    award = granted(site, household, accepted=some_day(site), fen=0).award
    site.dead(household.members[2].person, shifted(month_of(site.as_of), -2).replace(day=site.whole(2, 27)))
    site.pay(award)
    return [truth("deceased_paid", award)]


def taken_back(site: Site) -> Planted:
    """The month after the death was paid and reversed."""
    household, _, award = recipient = _with_a_brother(site)
    death = _dies(site, recipient)
    _go_on(site, award, death, 1)
    month = shifted(month_of(death), 1)
    site.payment(award, month, -award.paid(month), on=site.office.open_on(shifted(month, 1).replace(day=20)))
    site.dead(household.head, death)
    return [truth("deceased_paid", award)]


def dead_member_not_covered(site: Site) -> Planted:
    """The dead grandfather was a member but never covered: he lived elsewhere."""
    household = site.family(("head", 46), ("spouse", 45), ("parent", site.whole(71, 76)))
    household.members[2].row["co_living"] = False
    recipient = site.recipient(household, accepted=some_day(site, latest=date(2025, 3, 1)))
    site.dead(household.members[2].person, date(2025, 6, site.whole(2, 27)))
    return [truth("deceased_paid", recipient.award)]


def namesake_died(site: Site) -> Planted:
    """The dead one bears the name and birth date of the one on aid, and lived in the same village."""
    household, _, award = _alone(site)
    other = namesake(site, household.head)
    death = shifted(award.first, 1).replace(day=site.whole(2, 27))
    site.dead(other, death)
    site.match(other, "cremation", compared=min(site.as_of, death + timedelta(days=9)), source="民政殡葬", since=death)
    site.pay(award)
    return [truth("deceased_paid", award)]


def _look_alike(planted: Planted) -> Planted:
    """The same subjects without an amount: nothing is in doubt."""
    return [Truth(one.scheme, one.subject_kind, one.subject) for one in planted]


def _old_form(person: Person) -> str:
    number = person.id_no
    if cast("date", person.row["born_on"]).year // 100 != 19:  # noqa: PLR2004 - the old form has no century
        raise ValueError(f"{number} has no old form")
    short = number[:6] + number[8:17]
    assert len(short) == _SHORT  # noqa: S101 - eighteen digits less century and check digit
    return short


VARIANTS: dict[str, Plant] = {
    "three_months_after": three_months_after,
    "cremation_only": cremation_only,
    "earliest_of_two_days": earliest_of_two_days,
    "old_number_of_fifteen_digits": old_number_of_fifteen_digits,
    "reversed_in_part": reversed_in_part,
    "last_of_a_couple": last_of_a_couple,
    "old_age_allowance": old_age_allowance,
    "one_of_three_in_the_fourth_month": one_of_three_in_the_fourth_month,
    "one_of_three_never_removed": one_of_three_never_removed,
}
TWINS: dict[str, Plant] = {
    "month_of_death": month_of_death,
    "arrears": arrears,
    "third_month_of_grace": third_month_of_grace,
    "two_months_ago": two_months_ago,
    "taken_back": taken_back,
    "dead_member_not_covered": dead_member_not_covered,
    "namesake_died": namesake_died,
}
