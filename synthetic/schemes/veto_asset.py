"""Which covered members own what vetoes or asks to be verified in a paid month, and which own less, or the exempt?"""

from datetime import date, timedelta

from synthetic.kit import Household, Person, Plant, Planted, Recipient, Site, month_of, shifted
from synthetic.kit.moves import some_day
from synthetic.schemes._doubt import whole, whole_months
from synthetic.schemes._kin import elderly
from synthetic.schemes._means import DAY, last_day, truth
from synthetic.schemes._persons import namesake

_EARLY = date(2025, 2, 1)
_LATE = timedelta(days=80)
_HOME, _RUIN = 95, 60  # m²


def _granted(site: Site) -> Recipient:
    return site.recipient(elderly(site), accepted=some_day(site, latest=_EARLY))


def _owns(
    site: Site,
    person: Person,
    kind: str,
    *,
    since: date,
    detail: str | None = None,
    value: float | None = None,
    until: date | None = None,
) -> None:
    """Some register tells it, long after the day it began."""
    compared = min(site.as_of, since + _LATE)
    site.match(person, kind, compared=compared, since=since, until=until, value=value, detail=detail)


def _shut_out(recipient: Recipient, since: date, until: date | None = None) -> Planted:
    """Excluded: in doubt is everything paid for the months covered whole."""
    return [truth("veto_asset", recipient.award, whole(recipient.award, whole_months(recipient.award, since, until)))]


def _raised(recipient: Recipient) -> Planted:
    """Innocent, or only to be verified: no amount is in doubt."""
    return [truth("veto_asset", recipient.award)]


def _bought_since(recipient: Recipient) -> date:
    """The tenth of the award's third month."""
    return shifted(recipient.award.first, 2).replace(day=10)


def car_bought_on_aid(site: Site) -> Planted:
    """A car since the third month; the comparison comes much later."""
    recipient = _granted(site)
    since = _bought_since(recipient)
    _owns(site, recipient.household.head, "vehicle", since=since, detail="car", value=56000)
    return _shut_out(recipient, since)


def truck_for_one_whole_month(site: Site) -> Planted:
    """A truck owned from the first to the last day of one paid month."""
    recipient = _granted(site)
    month = shifted(recipient.award.first, 3)
    owner = recipient.household.members[1].person
    _owns(site, owner, "vehicle", since=month, until=last_day(month), detail="truck", value=30000)
    return _shut_out(recipient, month, last_day(month))


def two_dwellings_of_two_owners(site: Site) -> Planted:
    """Each of the couple has one dwelling: the second since the award."""
    recipient = _granted(site)
    one, two = recipient.household.persons
    _owns(site, one, "real_estate", since=date(2008, 6, 1), detail="dwelling", value=_HOME)
    _owns(site, two, "real_estate", since=_bought_since(recipient), detail="dwelling", value=_HOME)
    return _shut_out(recipient, _bought_since(recipient))


def deposit_on_the_first_of_the_month(site: Site) -> Planted:
    """One fen above fifty thousand, dated the first day of the last paid month."""
    recipient = _granted(site)
    _owns(site, recipient.household.head, "deposit", since=month_of(site.as_of), value=50000.01)
    return _shut_out(recipient, month_of(site.as_of))


def deposit_to_be_verified(site: Site) -> Planted:
    """One fen above thirty thousand."""
    recipient = _granted(site)
    _owns(site, recipient.household.members[1].person, "deposit", since=_bought_since(recipient), value=30000.01)
    return _raised(recipient)


def dormant_business(site: Site) -> Planted:
    """Registered long ago, dormant: to be verified."""
    recipient = _granted(site)
    _owns(site, recipient.household.head, "business", since=date(2017, 3, 1), detail="dormant", value=10000)
    return _raised(recipient)


def motorcycle_one_fen_above(site: Site) -> Planted:
    """A motorcycle worth a fen more than twenty thousand."""
    recipient = _granted(site)
    since = _bought_since(recipient)
    _owns(site, recipient.household.head, "vehicle", since=since, detail="motorcycle", value=20000.01)
    return _raised(recipient)


def vehicle_of_the_disabled(site: Site) -> Planted:
    """A vehicle for the disabled is exempt, whatever its worth."""
    recipient = _granted(site)
    _owns(site, recipient.household.head, "vehicle", since=date(2022, 5, 1), detail="disability", value=61000)
    return _raised(recipient)


def farm_vehicle(site: Site) -> Planted:
    """So is a farm vehicle."""
    recipient = _granted(site)
    _owns(site, recipient.household.head, "vehicle", since=date(2022, 5, 1), detail="farm", value=48000)
    return _raised(recipient)


def home_and_ruin(site: Site) -> Planted:
    """One dwelling, and a ruin beside it."""
    recipient = _granted(site)
    one, two = recipient.household.persons
    _owns(site, one, "real_estate", since=date(2008, 6, 1), detail="dwelling", value=_HOME)
    _owns(site, two, "real_estate", since=date(1996, 6, 1), detail="ruined", value=_RUIN)
    return _raised(recipient)


def just_within(site: Site) -> Planted:
    """A deposit of thirty thousand and a motorcycle of twenty thousand: neither is above."""
    recipient = _granted(site)
    _owns(site, recipient.household.head, "deposit", since=_bought_since(recipient), value=30000)
    since = _bought_since(recipient)
    _owns(site, recipient.household.head, "vehicle", since=since, detail="motorcycle", value=20000)
    return _raised(recipient)


def sold_before_the_application(site: Site) -> Planted:
    """The car was sold the day before the acceptance."""
    recipient = _granted(site)
    until = recipient.case.accepted.date() - DAY
    _owns(site, recipient.household.head, "vehicle", since=date(2016, 5, 1), until=until, detail="car", value=35000)
    return _raised(recipient)


def deposit_on_the_second_of_the_month(site: Site) -> Planted:
    """A large deposit since the second day of the last paid month: no whole month yet."""
    recipient = _granted(site)
    _owns(site, recipient.household.head, "deposit", since=month_of(site.as_of) + DAY, value=90000)
    return _raised(recipient)


def car_of_a_son_elsewhere(site: Site) -> Planted:
    """The grown son, neither living there nor covered, has a car."""
    household: Household = site.family(("head", 61), ("spouse", 60), ("child", 33))
    household.members[2].row["co_living"] = False
    recipient = site.recipient(household, accepted=some_day(site, latest=_EARLY))
    _owns(site, household.members[2].person, "vehicle", since=date(2020, 5, 1), detail="car", value=80000)
    return _raised(recipient)


def car_of_a_namesake(site: Site) -> Planted:
    """Another of the head's name and birth date, in the same village, has a car and two dwellings."""
    recipient = _granted(site)
    other = namesake(site, recipient.household.head)
    _owns(site, other, "vehicle", since=date(2020, 5, 1), detail="car", value=80000)
    for since in (date(2008, 6, 1), date(2019, 6, 1)):
        _owns(site, other, "real_estate", since=since, detail="dwelling", value=_HOME)
    return _raised(recipient)


VARIANTS: dict[str, Plant] = {
    "car_bought_on_aid": car_bought_on_aid,
    "truck_for_one_whole_month": truck_for_one_whole_month,
    "two_dwellings_of_two_owners": two_dwellings_of_two_owners,
    "deposit_on_the_first_of_the_month": deposit_on_the_first_of_the_month,
    "deposit_to_be_verified": deposit_to_be_verified,
    "dormant_business": dormant_business,
    "motorcycle_one_fen_above": motorcycle_one_fen_above,
}
TWINS: dict[str, Plant] = {
    "vehicle_of_the_disabled": vehicle_of_the_disabled,
    "farm_vehicle": farm_vehicle,
    "home_and_ruin": home_and_ruin,
    "just_within": just_within,
    "sold_before_the_application": sold_before_the_application,
    "deposit_on_the_second_of_the_month": deposit_on_the_second_of_the_month,
    "car_of_a_son_elsewhere": car_of_a_son_elsewhere,
    "car_of_a_namesake": car_of_a_namesake,
}
