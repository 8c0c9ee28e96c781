"""Which approvals go against what was known on the acceptance day, and which only seem to?

Accepted in the months in which the standard stays the same until as_of, so that all paid months lie in the taper.
"""

from datetime import date, timedelta

from synthetic.kit import Case, Household, Plant, Planted, Recipient, Site
from synthetic.kit.moves import some_day
from synthetic.schemes._doubt import whole, whole_months
from synthetic.schemes._kin import elderly, refused_for_income, truth
from synthetic.schemes._means import DAY, granted, on_the_line, steady, told
from synthetic.schemes._means import truth as award_truth

_SPAN = 5  # months until as_of
_LATE = timedelta(days=70)
_AMOUNT = 15_000  # fen a month


def _day(site: Site) -> date:
    return site.office.open_on(steady(site, _SPAN).replace(day=site.whole(2, 10)))


def _family(site: Site) -> Household:
    return site.family(("head", site.whole(39, 47)), ("spouse", site.whole(38, 46)), ("child", site.whole(9, 15)))


def _raised(found: Recipient | Case) -> Planted:
    return [truth("approved_ineligible", found)]


def on_the_line_itself(site: Site) -> Planted:
    """Equality is not below."""
    household, day = _family(site), _day(site)
    recipient = granted(site, household, accepted=day, fen=on_the_line(site, household, day))
    site.pay(recipient.award, amount=_AMOUNT)
    return _raised(recipient)


def newest_statement_on_the_day(site: Site) -> Planted:
    """A month ago below the line; the statement of the acceptance day itself lies above."""
    household, day = _family(site), _day(site)
    told(site, household, day - timedelta(days=30), on_the_line(site, household, day) // 2)
    recipient = granted(site, household, accepted=day, fen=on_the_line(site, household, day) * 11 // 10)
    site.pay(recipient.award, amount=_AMOUNT)
    return _raised(recipient)


def edge_at_one_and_a_half(site: Site) -> Planted:
    """The edge of dibao has a line of its own: exactly one and a half times the standard."""
    household, day = _family(site), _day(site)
    fen = on_the_line(site, household, day) * 3 // 2
    return _raised(granted(site, household, "dibao_edge", accepted=day, fen=fen))


def deposit_compared_later(site: Site) -> Planted:
    """A deposit on the acceptance day that the banks tell of ten weeks later; gone before the first paid month."""
    recipient = site.recipient(_family(site), accepted=some_day(site))
    day = recipient.case.accepted.date()
    until = recipient.award.first - DAY
    owner = recipient.household.members[1].person
    site.match(owner, "deposit", compared=day + _LATE, since=day, until=until, value=50000.01)
    return _raised(recipient)


def two_dwellings_of_two_owners(site: Site) -> Planted:
    """Husband and wife own a dwelling each, before and after: vetoed in the paid months as well."""
    recipient = site.recipient(elderly(site), accepted=some_day(site))
    day = recipient.case.accepted.date()
    for owner, since in zip(recipient.household.persons, (date(2009, 3, 1), day), strict=True):
        site.match(owner, "real_estate", compared=day + _LATE, since=since, value=88, detail="dwelling")
    in_doubt = whole(recipient.award, whole_months(recipient.award, day))
    return [*_raised(recipient), award_truth("veto_asset", recipient.award, in_doubt)]


def single_person_above_the_edge_line(site: Site) -> Planted:
    """Covered alone for illness, but the household's income reaches one and a half times the standard."""
    household, day = elderly(site), _day(site)
    recipient = granted(
        site,
        household,
        accepted=day,
        fen=on_the_line(site, household, day) * 3 // 2,
        members=[household.head],
        single_person_basis="serious_illness",
    )
    site.pay(recipient.award)
    return _raised(recipient)


def one_fen_below(site: Site) -> Planted:
    """One fen a year below the line: eligible, and paid the yuan due."""
    household, day = _family(site), _day(site)
    recipient = granted(site, household, accepted=day, fen=on_the_line(site, household, day) - 1)
    site.pay(recipient.award)
    return _raised(recipient)


def deposit_to_be_verified(site: Site) -> Planted:
    """Fifty thousand to the fen is not above fifty thousand: to be verified only, and gone before the first month."""
    recipient = site.recipient(_family(site), accepted=some_day(site))
    day, until = recipient.case.accepted.date(), recipient.award.first - DAY
    site.match(recipient.household.head, "deposit", compared=day + _LATE, since=day, until=until, value=50000)
    return _raised(recipient)


def told_the_day_after(site: Site) -> Planted:
    """The statement above the line is of the day after acceptance; the taper runs."""
    household, day = _family(site), _day(site)
    recipient = granted(site, household, accepted=day, share=0.7)
    told(site, household, day + DAY, on_the_line(site, household, day) * 12 // 10)
    site.pay(recipient.award, amount=_AMOUNT)
    return _raised(recipient)


def single_person_between_the_lines(site: Site) -> Planted:
    """Above the standard, below the edge line, covered alone for illness."""
    household, day = elderly(site), _day(site)
    recipient = granted(
        site,
        household,
        accepted=day,
        fen=on_the_line(site, household, day) * 3 // 2 - 1,
        members=[household.head],
        single_person_basis="serious_illness",
    )
    site.pay(recipient.award)
    return _raised(recipient)


def refused_for_it(site: Site) -> Planted:
    """Above the line, and refused."""
    return _raised(refused_for_income(site, _family(site), some_day(site), decision="refused"))


def car_sold_the_day_before(site: Site) -> Planted:
    """The car's last day was the day before acceptance."""
    recipient = site.recipient(_family(site), accepted=some_day(site))
    day = recipient.case.accepted.date()
    site.match(
        recipient.household.head,
        "vehicle",
        compared=day + DAY,
        since=date(2015, 2, 1),
        until=day - DAY,
        value=52000,
        detail="car",
    )
    return _raised(recipient)


VARIANTS: dict[str, Plant] = {
    "on_the_line_itself": on_the_line_itself,
    "newest_statement_on_the_day": newest_statement_on_the_day,
    "edge_at_one_and_a_half": edge_at_one_and_a_half,
    "deposit_compared_later": deposit_compared_later,
    "two_dwellings_of_two_owners": two_dwellings_of_two_owners,
    "single_person_above_the_edge_line": single_person_above_the_edge_line,
}
TWINS: dict[str, Plant] = {
    "one_fen_below": one_fen_below,
    "deposit_to_be_verified": deposit_to_be_verified,
    "told_the_day_after": told_the_day_after,
    "single_person_between_the_lines": single_person_between_the_lines,
    "refused_for_it": refused_for_it,
    "car_sold_the_day_before": car_sold_the_day_before,
}
