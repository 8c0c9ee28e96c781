"""Who is added to an award without a review, or without living there; and who joins lawfully?

Whoever joins late was at home, or is paid for, as the contract counts: what is paid is always what is due.
"""

from datetime import date

from synthetic.kit import Household, Person, Plant, Planted, Recipient, Site, shifted
from synthetic.kit.moves import some_day
from synthetic.schemes._doubt import share, whole_months
from synthetic.schemes._means import DAY, granted, last_day, truth

_EARLY = date(2024, 11, 1)
_LATER = 5  # months after the award's first


def _couple(site: Site) -> Recipient:
    """A couple on aid."""
    household = site.family(("head", site.whole(50, 56)), ("spouse", site.whole(49, 55)))
    return granted(site, household, accepted=some_day(site, latest=_EARLY))


def _month(recipient: Recipient) -> date:
    """The month from which somebody else is covered."""
    return shifted(recipient.award.first, _LATER)


def _joins(
    site: Site, household: Household, joined: date, *, left: date | None = None, co_living: bool = True
) -> Person:
    """The head's brother joins."""
    brother = site.person(age=site.whole(44, 49), surname=household.head.surname)
    site.member(household, brother, "sibling", joined=joined, left=left, co_living=co_living)
    return brother


def _covered(site: Site, recipient: Recipient, person: Person, last: date | None = None) -> Planted:
    """Covered from that month, everything paid as due."""
    site.beneficiary(recipient.award, person, _month(recipient), last)
    site.pay(recipient.award)
    return [truth("ride_along", recipient.award)]


def _in_doubt(site: Site, recipient: Recipient, person: Person, last: date | None = None) -> Planted:
    """The same; in doubt is what was paid for the one who was added."""
    _covered(site, recipient, person, last)
    amount = share(recipient.award, whole_months(recipient.award, _month(recipient), last and last_day(last)))
    return [truth("ride_along", recipient.award, amount)]


def never_reviewed(site: Site) -> Planted:
    """A brother who came home is added, and nobody reviewed anything."""
    recipient = _couple(site)
    return _in_doubt(site, recipient, _joins(site, recipient.household, shifted(_month(recipient), -1)))


def reviewed_the_day_after(site: Site) -> Planted:
    """The review is dated the first day after his first month."""
    recipient = _couple(site)
    brother = _joins(site, recipient.household, shifted(_month(recipient), -1))
    site.review(recipient.award, shifted(_month(recipient), 1), "increase")
    return _in_doubt(site, recipient, brother)


def lives_elsewhere(site: Site) -> Planted:
    """Reviewed and added, but he does not live there."""
    recipient = _couple(site)
    brother = _joins(site, recipient.household, shifted(_month(recipient), -1), co_living=False)
    site.review(recipient.award, _month(recipient).replace(day=9), "increase")
    return _in_doubt(site, recipient, brother)


def comes_the_month_after(site: Site) -> Planted:
    """Reviewed and paid for from a month in which he had not yet come."""
    recipient = _couple(site)
    brother = _joins(site, recipient.household, shifted(_month(recipient), 1))
    site.review(recipient.award, _month(recipient).replace(day=9), "increase")
    return _in_doubt(site, recipient, brother)


def left_on_the_first(site: Site) -> Planted:
    """He left on the very first day of his first month (left_on is exclusive), and was paid for in it."""
    recipient = _couple(site)
    month = _month(recipient)
    brother = _joins(site, recipient.household, shifted(month, -3), left=month)
    site.review(recipient.award, month.replace(day=9), "increase")
    return _in_doubt(site, recipient, brother, month)


def reviewed_on_the_last_day(site: Site) -> Planted:
    """The review is dated the last day of his first month."""
    recipient = _couple(site)
    brother = _joins(site, recipient.household, shifted(_month(recipient), -1))
    site.review(recipient.award, last_day(_month(recipient)), "increase")
    return _covered(site, recipient, brother)


def newborn(site: Site) -> Planted:
    """A child born on aid, added by a review in the month after."""
    household = site.family(("head", 31), ("spouse", 29))
    recipient = granted(site, household, accepted=some_day(site, latest=_EARLY))
    child = site.person(
        born=shifted(_month(recipient), -1).replace(day=site.whole(2, 27)), surname=household.head.surname
    )
    site.member(household, child, "child", joined=child.born)
    site.review(recipient.award, _month(recipient).replace(day=12), "increase")
    return _covered(site, recipient, child)


def came_on_the_last_day(site: Site) -> Planted:
    """He came on the last day of his first month; the review saw it."""
    recipient = _couple(site)
    brother = _joins(site, recipient.household, last_day(_month(recipient)))
    site.review(recipient.award, last_day(_month(recipient)), "increase")
    return _covered(site, recipient, brother)


def left_on_the_second(site: Site) -> Planted:
    """He left on the second day of his first month: he was there on one of its days."""
    recipient = _couple(site)
    month = _month(recipient)
    brother = _joins(site, recipient.household, shifted(month, -3), left=month + DAY)
    site.review(recipient.award, shifted(month, -1).replace(day=20), "increase")
    return _covered(site, recipient, brother, month)


def reviewed_in_the_first_month(site: Site) -> Planted:
    """The review is dated the first day of the award's own first month."""
    recipient = _couple(site)
    brother = _joins(site, recipient.household, shifted(_month(recipient), -1))
    site.review(recipient.award, recipient.award.first, "keep")
    return _covered(site, recipient, brother)


def there_from_the_start(site: Site) -> Planted:
    """Covered since the award's first month, never reviewed since."""
    recipient = _couple(site)
    site.pay(recipient.award)
    return [truth("ride_along", recipient.award)]


VARIANTS: dict[str, Plant] = {
    "never_reviewed": never_reviewed,
    "reviewed_the_day_after": reviewed_the_day_after,
    "lives_elsewhere": lives_elsewhere,
    "comes_the_month_after": comes_the_month_after,
    "left_on_the_first": left_on_the_first,
}
TWINS: dict[str, Plant] = {
    "reviewed_on_the_last_day": reviewed_on_the_last_day,
    "newborn": newborn,
    "came_on_the_last_day": came_on_the_last_day,
    "left_on_the_second": left_on_the_second,
    "reviewed_in_the_first_month": reviewed_in_the_first_month,
    "there_from_the_start": there_from_the_start,
}
