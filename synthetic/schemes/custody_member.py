"""Which covered members are in custody in a paid month, and which were for less, before, or are not covered?"""

from datetime import date, timedelta

from synthetic.kit import Household, Person, Plant, Planted, Recipient, Site, month_of, shifted
from synthetic.kit.moves import some_day
from synthetic.schemes._doubt import share, whole_months
from synthetic.schemes._means import DAY, granted, last_day, row_of, truth
from synthetic.schemes._persons import namesake

_EARLY = date(2025, 2, 1)
_LATE = timedelta(days=60)


def _family(site: Site) -> Household:
    return site.family(("head", site.whole(46, 52)), ("spouse", site.whole(45, 51)), ("child", site.whole(20, 25)))


def _granted(site: Site) -> Recipient:
    return site.recipient(_family(site), accepted=some_day(site, latest=_EARLY))


def _held(site: Site, person: Person, since: date, until: date | None = None, detail: str = "prison") -> None:
    site.match(
        person,
        "custody",
        compared=min(site.as_of, since + _LATE),
        source="公安监管",
        since=since,
        until=until,
        detail=detail,
    )


def _raised(recipient: Recipient, since: date, until: date | None = None) -> Planted:
    """In doubt is the part of the one in custody, in the months covered whole."""
    return [
        truth("custody_member", recipient.award, share(recipient.award, whole_months(recipient.award, since, until)))
    ]


def _innocent(recipient: Recipient) -> Planted:
    return [truth("custody_member", recipient.award)]


def _child(recipient: Recipient) -> Person:
    return recipient.household.members[2].person


def one_whole_month(site: Site) -> Planted:
    """Held from the first to the last day of one paid month."""
    recipient = _granted(site)
    month = shifted(recipient.award.first, 3)
    _held(site, _child(recipient), month, last_day(month), "detention")
    return _raised(recipient, month, last_day(month))


def in_prison_ever_since(site: Site) -> Planted:
    """In prison since the middle of the award, and still."""
    recipient = _granted(site)
    since = shifted(recipient.award.first, 2).replace(day=17)
    _held(site, _child(recipient), since)
    return _raised(recipient, since)


def detoxification(site: Site) -> Planted:
    """The head in compulsory detoxification for half a year, from one mid-month to another."""
    recipient = _granted(site)
    since = shifted(recipient.award.first, 1).replace(day=11)
    until = shifted(month_of(since), 6).replace(day=11)
    _held(site, recipient.household.head, since, until, "detox")
    return _raised(recipient, since, until)


def since_the_first_of_the_last_month(site: Site) -> Planted:
    """Held since the first day of the last paid month."""
    recipient = _granted(site)
    _held(site, _child(recipient), month_of(site.as_of))
    return _raised(recipient, month_of(site.as_of))


def parts_of_two_months(site: Site) -> Planted:
    """Held from the second of a month to the last but one day of the next: no whole month."""
    recipient = _granted(site)
    month = shifted(recipient.award.first, 3)
    _held(site, _child(recipient), month + DAY, last_day(shifted(month, 1)) - DAY, "detention")
    return _innocent(recipient)


def released_before_the_first_month(site: Site) -> Planted:
    """Home again on the first day of the first paid month."""
    recipient = _granted(site)
    _held(site, _child(recipient), date(2022, 5, 5), recipient.award.first - DAY)
    return _innocent(recipient)


def left_out_for_it(site: Site) -> Planted:
    """The one in prison is a member, and lawfully not covered."""
    household = _family(site)
    parents = household.persons[:2]
    recipient = granted(site, household, accepted=some_day(site, latest=_EARLY), members=parents)
    _held(site, household.members[2].person, date(2022, 5, 5))
    site.pay(recipient.award)
    return _innocent(recipient)


def taken_off_in_time(site: Site) -> Planted:
    """Covered until the month in which the custody began, not beyond."""
    recipient = site.recipient(_family(site), accepted=some_day(site, latest=_EARLY), pay=False)
    since = shifted(recipient.award.first, 4).replace(day=12)
    _held(site, _child(recipient), since)
    row_of(recipient.award, _child(recipient))["to_month"] = month_of(since)
    site.pay(recipient.award)
    return _innocent(recipient)


def namesake_in_prison(site: Site) -> Planted:
    """The one in prison bears the head's name and birth date, and lives in the same village."""
    recipient = _granted(site)
    _held(site, namesake(site, recipient.household.head), date(2022, 5, 5))
    return _innocent(recipient)


VARIANTS: dict[str, Plant] = {
    "one_whole_month": one_whole_month,
    "in_prison_ever_since": in_prison_ever_since,
    "detoxification": detoxification,
    "since_the_first_of_the_last_month": since_the_first_of_the_last_month,
}
TWINS: dict[str, Plant] = {
    "parts_of_two_months": parts_of_two_months,
    "released_before_the_first_month": released_before_the_first_month,
    "left_out_for_it": left_out_for_it,
    "taken_off_in_time": taken_off_in_time,
    "namesake_in_prison": namesake_in_prison,
}
