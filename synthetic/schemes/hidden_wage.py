"""Which covered members are insured as employees while the statement knows no wage, and which only seem to be?

One statement governs every paid month, so that its twelve months are the only ones that count.
"""

from datetime import date, timedelta

from synthetic.kit import Household, Person, Plant, Planted, Recipient, Site, month_of, shifted
from synthetic.kit.moves import some_day
from synthetic.schemes._means import DAY, granted, last_day, told, truth

_BASE, _FUND = 3800, 320  # yuan a month, below what the veto list asks to verify
_LATE = timedelta(days=100)


def _family(site: Site) -> Household:
    return site.family(("head", site.whole(40, 47)), ("spouse", site.whole(39, 46)), ("child", site.whole(10, 16)))


def _granted(site: Site, **items: int) -> tuple[Recipient, date]:
    """On aid by one statement without a wage (unless `items` has one), and the month of that statement."""
    recipient = granted(site, _family(site), accepted=some_day(site, latest=date(2025, 6, 1)), items=items)
    site.pay(recipient.award)
    return recipient, month_of(recipient.case.accepted.date())


def _insured(site: Site, person: Person, since: date, until: date | None, detail: str | None = "employee") -> None:
    """Insured for those days; without a detail the housing fund was paid."""
    kind, value = ("social_insurance", _BASE) if detail else ("housing_fund", _FUND)
    compared = min(site.as_of, (until or since) + _LATE)
    site.match(person, kind, compared=compared, since=since, until=until, value=value, detail=detail)


def _raised(recipient: Recipient) -> Planted:
    return [truth("hidden_wage", recipient.award)]


def three_months_before(site: Site) -> Planted:
    """Insured for exactly the three whole months before the month of the statement."""
    recipient, month = _granted(site)
    _insured(site, recipient.household.head, shifted(month, -3), last_day(shifted(month, -1)))
    return _raised(recipient)


def in_two_rows(site: Site) -> Planted:
    """Two months at the far end of the twelve and one at the near end, in two rows."""
    recipient, month = _granted(site)
    wife = recipient.household.members[1].person
    _insured(site, wife, shifted(month, -12), last_day(shifted(month, -11)))
    _insured(site, wife, shifted(month, -1), last_day(shifted(month, -1)))
    return _raised(recipient)


def housing_fund_and_a_wage_of_nil(site: Site) -> Planted:
    """The housing fund is paid; the statement's wage says nil."""
    recipient, month = _granted(site, wage=0)
    _insured(site, recipient.household.head, shifted(month, -9), last_day(shifted(month, -4)), None)
    return _raised(recipient)


def only_before_a_later_statement(site: Site) -> Planted:
    """The first statement has the wage; at the second the work goes on and the wage is gone."""
    household = _family(site)
    accepted = some_day(site, latest=date(2024, 6, 1))
    recipient = granted(site, household, accepted=accepted, items={"wage": 4200})
    later = date(2025, 3, site.whole(3, 25))
    told(site, household, later, site.line(household, later) * 15)
    _insured(site, household.members[1].person, date(2024, 12, 1), None)
    site.pay(recipient.award)
    return _raised(recipient)


def insured_to_this_day(site: Site) -> Planted:
    """Since years, no end in sight, no wage told."""
    recipient, _ = _granted(site)
    _insured(site, recipient.household.head, date(2021, 3, 15), None)
    return _raised(recipient)


def two_months_only(site: Site) -> Planted:
    """Two whole months, and all but the first day of a third."""
    recipient, month = _granted(site)
    _insured(site, recipient.household.head, shifted(month, -3) + DAY, last_day(shifted(month, -1)))
    return _raised(recipient)


def mostly_before_the_twelve(site: Site) -> Planted:
    """Four months, of which two lie before the twelve."""
    recipient, month = _granted(site)
    _insured(site, recipient.household.head, shifted(month, -14), last_day(shifted(month, -11)))
    return _raised(recipient)


def from_the_month_of_the_statement(site: Site) -> Planted:
    """Insured since the first day of the month of the statement: not before it."""
    recipient, month = _granted(site)
    _insured(site, recipient.household.head, month, None)
    return _raised(recipient)


def wage_told(site: Site) -> Planted:
    """The wage stands in the statement."""
    recipient, month = _granted(site, wage=4600)
    _insured(site, recipient.household.head, shifted(month, -12), None)
    return _raised(recipient)


def flexible_insurance(site: Site) -> Planted:
    """Insured for years, but as one without an employer."""
    recipient, _ = _granted(site)
    _insured(site, recipient.household.members[1].person, date(2020, 1, 1), None, "flexible")
    return _raised(recipient)


def daughter_who_lives_elsewhere(site: Site) -> Planted:
    """A grown daughter, neither living there nor covered, is employed."""
    household = site.family(("head", 60), ("spouse", 58), ("child", 31))
    household.members[2].row["co_living"] = False
    recipient = granted(site, household, accepted=some_day(site, latest=date(2025, 6, 1)))
    _insured(site, household.members[2].person, date(2018, 7, 1), None)
    site.pay(recipient.award)
    return _raised(recipient)


VARIANTS: dict[str, Plant] = {
    "three_months_before": three_months_before,
    "in_two_rows": in_two_rows,
    "housing_fund_and_a_wage_of_nil": housing_fund_and_a_wage_of_nil,
    "only_before_a_later_statement": only_before_a_later_statement,
    "insured_to_this_day": insured_to_this_day,
}
TWINS: dict[str, Plant] = {
    "two_months_only": two_months_only,
    "mostly_before_the_twelve": mostly_before_the_twelve,
    "from_the_month_of_the_statement": from_the_month_of_the_statement,
    "wage_told": wage_told,
    "flexible_insurance": flexible_insurance,
    "daughter_who_lives_elsewhere": daughter_who_lives_elsewhere,
}
