"""First payments that came a month too late, and those that only look late."""

from datetime import date, timedelta

from synthetic.kit import Plant, Planted, Recipient, Site, Truth, month_of, shifted
from synthetic.kit.moves import some_day, working_days_before

SCHEME = "late_payment"
DAYS = 18  # working days of an ordinary case


def _begun(site: Site, programme: str = "dibao", *, later: int, share: float = 0.5) -> Recipient:
    """An award that begins so many months after the month it may first begin in, covered and paid from then on."""
    ages = (("head", 83, "F"),) if programme == "old_age" else (("head", 62, "M"), ("spouse", 61, "F"))
    accepted = some_day(site, latest=site.as_of - timedelta(days=200 + 31 * later))
    found = site.recipient(site.family(*ages), programme, accepted=accepted, share=share, pay=False)
    first = shifted(found.award.first, later)
    for row in (found.award.row, *found.award.beneficiaries):
        row["from_month"] = first
    site.pay(found.award)
    return found


def _truth(found: Recipient) -> Planted:
    return [Truth(SCHEME, "award", found.award.no)]


def a_month_late(site: Site) -> Planted:
    """From the second month after the decision."""
    return _truth(_begun(site, later=1))


def half_a_year_late(site: Site) -> Planted:
    """From the seventh."""
    return _truth(_begun(site, later=6))


def old_age_late(site: Site) -> Planted:
    """A programme without means test, two months late."""
    return _truth(_begun(site, "old_age", later=2, share=1.5))


def first_month_never_paid(site: Site) -> Planted:
    """The award begins in time, but for its first month no payment ever comes."""
    found = site.recipient(site.family(("head", 64)), accepted=some_day(site), pay=False)
    site.pay(found.award, shifted(found.award.first, 1))
    return _truth(found)


def month_after_the_decision(site: Site) -> Planted:
    """As it should be."""
    return _truth(_begun(site, later=0))


def decided_on_the_last_day(site: Site) -> Planted:
    """Decided on the last working day of a month, paid for the next."""
    decided = _last_open_day(site, month_of(some_day(site)))
    family = site.family(("head", 59, "F"), ("child", 30))
    accepted = working_days_before(site, decided, DAYS)
    return _truth(site.recipient(family, accepted=accepted, days=DAYS))


def arrears(site: Site) -> Planted:
    """The first month was paid in time by its month, three months later by the day."""
    accepted = some_day(site, latest=site.as_of - timedelta(days=260))
    found = site.recipient(site.family(("head", 65)), accepted=accepted)
    first = found.award.payments[0]
    first["paid_on"] = found.award.payments[3]["paid_on"]
    return _truth(found)


def one_off_aid(site: Site) -> Planted:
    """One-off aid, paid for a month two months after the decision: no monthly programme."""
    family = site.family(("head", 41), ("spouse", 40))
    case = site.case(family, "temporary_expenditure", accepted=some_day(site), cause="serious_illness")
    award = site.pay_once(case, 2000)
    for row in (award.row, *award.beneficiaries):
        row["from_month"] = row["to_month"] = shifted(month_of(case.decided_on), 2)
    for row in award.payments:
        row["month"] = award.first
        row["paid_on"] = site.office.open_on(award.first.replace(day=10))
    return _truth(Recipient(family, case, award))


def _last_open_day(site: Site, month: date) -> date:
    day = shifted(month, 1) - timedelta(days=1)
    while site.office.open_on(day) != day:
        day -= timedelta(days=1)
    return day


VARIANTS: dict[str, Plant] = {
    "a_month_late": a_month_late,
    "half_a_year_late": half_a_year_late,
    "old_age_late": old_age_late,
    "first_month_never_paid": first_month_never_paid,
}
TWINS: dict[str, Plant] = {
    "month_after_the_decision": month_after_the_decision,
    "decided_on_the_last_day": decided_on_the_last_day,
    "arrears": arrears,
    "one_off_aid": one_off_aid,
}
