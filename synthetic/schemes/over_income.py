"""Which awards are paid on when the taper is over, and which run lawfully beside or after such a statement?

The statements lie in months between which the standard stays the same, so that each is above or below the line in every
month that it governs.
"""

from datetime import date, timedelta

from synthetic.kit import Award, Household, Plant, Planted, Site, month_of, shifted
from synthetic.kit.moves import some_day, yuan
from synthetic.schemes._means import ended_for_income, granted, on_the_line, paid, steady, told, truth

_TAPER = 6
_SPAN = 8  # months after the statement in which the standard must not change


def _family(site: Site) -> Household:
    return site.family(("head", site.whole(39, 47)), ("spouse", site.whole(38, 46)), ("child", site.whole(9, 15)))


def _turn(site: Site) -> date:
    """The day of the statement that passes the line."""
    return steady(site, _SPAN).replace(day=site.whole(3, 25))


def _recipient(site: Site, turn: date, household: Household | None = None) -> Award:
    """On aid since well before that day, by one statement of half the line."""
    return granted(site, household or _family(site), accepted=some_day(site, latest=turn - timedelta(days=75))).award


def _share(site: Site, award: Award, on: date, percent: int) -> int:
    """That many hundredths of the line, in fen of Y."""
    return on_the_line(site, award.household, on) * percent // 100


def _paid_on(site: Site, award: Award, turn: date, last: date) -> None:
    """As due until the month of that statement, then the same amount to the last month."""
    month = month_of(turn)
    site.pay(award, last=month)
    site.pay(award, shifted(month, 1), last, amount=award.paid(month))


def _raised(award: Award, turn: date) -> Planted:
    """Everything paid after the taper."""
    return [truth("over_income", award, yuan(paid(award, shifted(month_of(turn), _TAPER + 1))))]


def _until(site: Site, months: int, percent: int, declared: int | None = None) -> tuple[Award, date]:
    """Above the line by one statement, paid for so many months after its month, then ended."""
    turn = _turn(site)
    award = _recipient(site, turn)
    said = None if declared is None else _share(site, award, turn, declared)
    told(site, award.household, turn, _share(site, award, turn, percent), said)
    last = shifted(month_of(turn), months)
    ended_for_income(site, award, last)
    _paid_on(site, award, turn, last)
    return award, turn


def taper_over_by_one_month(site: Site) -> Planted:
    """Six months of taper, and a seventh."""
    return _raised(*_until(site, 7, 120))


def exactly_on_the_line(site: Site) -> Planted:
    """Equality is not below: seven months at the line itself."""
    return _raised(*_until(site, 7, 100))


def verified_above_what_was_declared(site: Site) -> Planted:
    """Declared at half the line, verified above it."""
    return _raised(*_until(site, 8, 115, 50))


def second_statement_begins_no_second_taper(site: Site) -> Planted:
    """Two statements above the line are one spell: the taper runs from the first."""
    turn = _turn(site)
    award = _recipient(site, turn)
    told(site, award.household, turn, _share(site, award, turn, 110))
    again = shifted(month_of(turn), 5).replace(day=12)
    told(site, award.household, again, _share(site, award, again, 125))
    last = shifted(month_of(turn), 8)
    ended_for_income(site, award, last)
    _paid_on(site, award, turn, last)
    return _raised(award, turn)


def never_ended(site: Site) -> Planted:
    """Well above the line, and paid to this day."""
    turn = _turn(site)
    award = _recipient(site, turn)
    told(site, award.household, turn, _share(site, award, turn, 150))
    _paid_on(site, award, turn, site.as_of)
    return _raised(award, turn)


def single_person_at_the_edge_line(site: Site) -> Planted:
    """One of a couple is covered alone, for illness: the line is one and a half times as high, and reached."""
    turn = _turn(site)
    household = site.family(("head", 61), ("spouse", 59))
    accepted = some_day(site, latest=turn - timedelta(days=75))
    ill = household.members[1].person
    award = granted(
        site, household, accepted=accepted, share=1.2, members=[ill], single_person_basis="serious_illness"
    ).award
    told(site, household, turn, _share(site, award, turn, 150))
    last = shifted(month_of(turn), 7)
    ended_for_income(site, award, last)
    _paid_on(site, award, turn, last)
    return _raised(award, turn)


def running_taper(site: Site) -> Planted:
    """Ended with the last month of the taper."""
    return [truth("over_income", _until(site, _TAPER, 120)[0])]


def one_fen_below(site: Site) -> Planted:
    """One fen a year below the line, and paid the yuan that is due."""
    turn = _turn(site)
    award = _recipient(site, turn)
    told(site, award.household, turn, _share(site, award, turn, 100) - 1)
    site.pay(award)
    return [truth("over_income", award)]


def spell_broken(site: Site) -> Planted:
    """Above, below, and above again: the taper of the first spell is over, that of the second runs."""
    turn = _turn(site)
    award = _recipient(site, turn)
    told(site, award.household, turn, _share(site, award, turn, 130))
    below = shifted(month_of(turn), 3).replace(day=9)
    told(site, award.household, below, _share(site, award, below, 40))
    above = shifted(month_of(turn), 5).replace(day=9)
    told(site, award.household, above, _share(site, award, above, 130))
    last = shifted(month_of(turn), _SPAN)
    ended_for_income(site, award, last)
    _paid_on(site, award, turn, month_of(below))
    site.pay(award, shifted(month_of(below), 1), month_of(above))
    site.pay(award, shifted(month_of(above), 1), last, amount=award.paid(month_of(above)))
    return [truth("over_income", award)]


def single_person_below_the_edge_line(site: Site) -> Planted:
    """Above the standard, below the edge line, covered alone for illness."""
    household = site.family(("head", 61), ("spouse", 59))
    ill = household.members[1].person
    award = granted(
        site,
        household,
        accepted=some_day(site, latest=_turn(site)),
        share=1.35,
        members=[ill],
        single_person_basis="serious_illness",
    ).award
    site.pay(award)
    return [truth("over_income", award)]


VARIANTS: dict[str, Plant] = {
    "taper_over_by_one_month": taper_over_by_one_month,
    "exactly_on_the_line": exactly_on_the_line,
    "verified_above_what_was_declared": verified_above_what_was_declared,
    "second_statement_begins_no_second_taper": second_statement_begins_no_second_taper,
    "never_ended": never_ended,
    "single_person_at_the_edge_line": single_person_at_the_edge_line,
}
TWINS: dict[str, Plant] = {
    "running_taper": running_taper,
    "one_fen_below": one_fen_below,
    "spell_broken": spell_broken,
    "single_person_below_the_edge_line": single_person_below_the_edge_line,
}
