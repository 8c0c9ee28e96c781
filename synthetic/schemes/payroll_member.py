"""Which covered members stand on the public payroll while aid is paid, and which only did, or are not covered?"""

from datetime import date, timedelta

from synthetic.kit import Award, Household, Person, Plant, Planted, Recipient, Site, month_of, shifted
from synthetic.kit.moves import some_day
from synthetic.schemes._doubt import share, whole_months
from synthetic.schemes._means import DAY, granted, last_day, told, truth
from synthetic.schemes._persons import namesake

_EARLY = date(2025, 2, 1)
_PAY = 2600  # yuan a month, below what the veto list asks to verify
_LATE = timedelta(days=75)


def _couple(site: Site) -> Household:
    return site.family(("head", site.whole(38, 46)), ("spouse", site.whole(37, 45)), ("child", site.whole(10, 16)))


def _granted(site: Site) -> Recipient:
    return site.recipient(_couple(site), accepted=some_day(site, latest=_EARLY))


def _in_post(site: Site, person: Person, since: date, until: date | None = None, detail: str = "post") -> None:
    """On the payroll of some office, as the comparison tells later."""
    compared = min(site.as_of, since + _LATE)
    site.match(person, "public_payroll", compared=compared, since=since, until=until, value=_PAY, detail=detail)


def _raised(award: Award, since: date, until: date | None = None) -> Planted:
    """In doubt is the part of the one in post, in the months covered whole."""
    return [truth("payroll_member", award, share(award, whole_months(award, since, until)))]


def _innocent(recipient: Recipient) -> Planted:
    return [truth("payroll_member", recipient.award)]


def wife_in_post(site: Site) -> Planted:
    """A covered wife has been in post for years."""
    recipient = _granted(site)
    _in_post(site, recipient.household.members[1].person, date(2021, 9, 1))
    return _raised(recipient.award, date(2021, 9, 1))


def listed_as_an_official(site: Site) -> Planted:
    """Only the list of officials tells it."""
    recipient = _granted(site)
    site.official(recipient.household.head, "public_payroll", site.county.code, since=date(2020, 4, 1))
    return _raised(recipient.award, date(2020, 4, 1))


def for_one_whole_month(site: Site) -> Planted:
    """In post from the first to the last day of one paid month."""
    recipient = _granted(site)
    month = shifted(recipient.award.first, 4)
    _in_post(site, recipient.household.head, month, last_day(month))
    return _raised(recipient.award, month, last_day(month))


def from_the_first_of_the_last_month(site: Site) -> Planted:
    """In post since the first day of the last paid month."""
    recipient = _granted(site)
    _in_post(site, recipient.household.members[1].person, month_of(site.as_of))
    return _raised(recipient.award, month_of(site.as_of))


def above_the_line_in_the_taper(site: Site) -> Planted:
    """The new pay lifts the family above the line, as the next statement tells; the taper still runs."""
    household = _couple(site)
    award = granted(site, household, accepted=some_day(site, latest=_EARLY)).award
    told_on = date(2025, 8, site.whole(4, 25))
    told(site, household, told_on, 13 * 3 * site.line(household, told_on))
    _in_post(site, household.head, date(2025, 7, 1))
    site.pay(award, last=month_of(told_on))
    site.pay(award, shifted(month_of(told_on), 1), amount=award.paid(month_of(told_on)))
    return _raised(award, date(2025, 7, 1))


def retired(site: Site) -> Planted:
    """On the list, but with a pension."""
    recipient = _granted(site)
    _in_post(site, recipient.household.head, date(2021, 9, 1), detail="retired")
    return _innocent(recipient)


def left_the_post_before(site: Site) -> Planted:
    """The last day in post is the last before the first paid month."""
    recipient = _granted(site)
    _in_post(site, recipient.household.members[1].person, date(2019, 7, 1), recipient.award.first - DAY)
    return _innocent(recipient)


def joined_within_the_last_month(site: Site) -> Planted:
    """In post since the second day of the last paid month: no whole month yet."""
    recipient = _granted(site)
    _in_post(site, recipient.household.members[1].person, month_of(site.as_of) + DAY)
    return _innocent(recipient)


def son_who_lives_elsewhere(site: Site) -> Planted:
    """A grown son in post is a member, but neither lives there nor is covered."""
    household = site.family(("head", 58), ("spouse", 57), ("child", 30))
    household.members[2].row["co_living"] = False
    recipient = site.recipient(household, accepted=some_day(site, latest=_EARLY))
    _in_post(site, household.members[2].person, date(2020, 9, 1))
    return _innocent(recipient)


def namesake_in_post(site: Site) -> Planted:
    """The one in post bears the head's name and birth date, lives in the same village, and has another number."""
    recipient = _granted(site)
    _in_post(site, namesake(site, recipient.household.head), date(2021, 9, 1))
    return _innocent(recipient)


VARIANTS: dict[str, Plant] = {
    "wife_in_post": wife_in_post,
    "listed_as_an_official": listed_as_an_official,
    "for_one_whole_month": for_one_whole_month,
    "from_the_first_of_the_last_month": from_the_first_of_the_last_month,
    "above_the_line_in_the_taper": above_the_line_in_the_taper,
}
TWINS: dict[str, Plant] = {
    "retired": retired,
    "left_the_post_before": left_the_post_before,
    "joined_within_the_last_month": joined_within_the_last_month,
    "son_who_lives_elsewhere": son_who_lives_elsewhere,
    "namesake_in_post": namesake_in_post,
}
