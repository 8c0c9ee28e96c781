"""Which months are paid above what is due, and which only look like it?

The amount in doubt is what was paid above the due, month by month; a yuan a head of rounding is let pass.
"""

from datetime import date, timedelta
from typing import cast

from synthetic.kit import Award, Household, Plant, Planted, Site, Truth, month_of, months, shifted
from synthetic.kit.money import due
from synthetic.kit.moves import some_day, yuan
from synthetic.kit.rows import Row
from synthetic.schemes._means import ended_for_income, granted, on_the_line, row_of, steady, told, truth

_EARLY = date(2024, 9, 1)
_HEADS = 3
_YUAN = 100


def _family(site: Site) -> Household:
    return site.family(("head", site.whole(39, 47)), ("spouse", site.whole(38, 46)), ("child", site.whole(9, 15)))


def _paid(site: Site, household: Household | None = None, *, fen: int | None = None) -> Award:
    """A family of three, paid what is due."""
    accepted = some_day(site, latest=_EARLY)
    award = granted(site, household or _family(site), accepted=accepted, fen=fen).award
    site.pay(award)
    return award


def _row(award: Award, place: int = 4) -> Row:
    """One of its payments."""
    return award.payments[place]


def _more(row: Row, fen: int) -> None:
    row["amount"] = cast("int", row["amount"]) + fen


def _above(site: Site, award: Award, first: date, last: date, *beside: Award) -> list[int]:
    """What was paid above the due in those months."""
    found = []
    for month in months(first, last):
        owed = due(award, month, site.county.standards, list(beside))
        found.append(award.paid(month) - (owed or 0))
    return found


def one_fen_too_many(site: Site) -> Planted:
    """One month a yuan a head and one fen above the due."""
    award = _paid(site)
    _more(_row(award), _HEADS * _YUAN + 1)
    return [truth("overpaid", award, yuan([_HEADS * _YUAN + 1]))]


def statement_not_followed(site: Site) -> Planted:
    """A new statement, still below the line, halves what is due; the old amount goes on."""
    award = granted(site, _family(site), accepted=some_day(site, latest=_EARLY), share=0.4).award
    turn = date(2025, 2, site.whole(4, 25))
    told(site, award.household, turn, on_the_line(site, award.household, turn) * 7 // 10)
    month = month_of(turn)
    site.pay(award, last=month)
    site.pay(award, shifted(month, 1), amount=award.paid(month))
    return [truth("overpaid", award, yuan(_above(site, award, shifted(month, 1), month_of(site.as_of))))]


def left_and_still_paid_for(site: Site) -> Planted:
    """A grown child left, the row ended, the amount stayed for four months."""
    household = site.family(("head", 50), ("spouse", 49), ("child", 21))
    award = granted(site, household, accepted=some_day(site, latest=_EARLY)).award
    month = date(2025, 1, 1)
    household.members[2].row["left_on"] = month.replace(day=site.whole(2, 27))
    row_of(award, household.members[2].person)["to_month"] = month
    last = shifted(month, 4)
    site.pay(award, last=month)
    site.pay(award, shifted(month, 1), last, amount=award.paid(month))
    site.pay(award, shifted(last, 1))
    return [truth("overpaid", award, yuan(_above(site, award, shifted(month, 1), last)))]


def in_two_parts(site: Site) -> Planted:
    """Two rows of one month, neither of which meets the due alone: together three tenths too much."""
    award = _paid(site)
    row = _row(award)
    month, owed = cast("date", row["month"]), cast("int", row["amount"])
    row["amount"] = owed * 6 // 10
    site.payment(award, month, owed * 7 // 10, on=site.office.open_on(month.replace(day=24)))
    return [truth("overpaid", award, yuan([award.paid(month) - owed]))]


def orphan_allowance_one_fen_too_many(site: Site) -> Planted:
    """A fixed amount: 921.01 yuan for one child in one month."""
    household = site.family(("head", 63, "F"), ("grandchild", 9))
    child = household.members[1].person
    case = site.case(household, "de_facto_orphan", accepted=some_day(site, latest=_EARLY))
    award = site.award(household, "de_facto_orphan", case=case, members=[child])
    site.pay(award)
    _more(_row(award), _YUAN + 1)
    return [truth("overpaid", award, yuan([_YUAN + 1]))]


def full_allowance_beside_dibao(site: Site) -> Planted:
    """The whole allowance beside dibao, where only the difference is due: also two programmes of the matrix."""
    award, dibao, child = _beside_dibao(site)
    site.pay(award, amount=920 * _YUAN)
    above = _above(site, award, award.first, month_of(site.as_of), dibao)
    return [
        truth("overpaid", award, yuan(above)),
        Truth("exclusive_programmes", "person", child, yuan(above)),
    ]


def _beside_dibao(site: Site) -> tuple[Award, Award, str]:
    """A de facto orphan's award, unpaid, in a household on dibao since before; the child's number."""
    household = site.family(("head", 63, "F"), ("grandchild", 9))
    child = household.members[1].person
    accepted = some_day(site, latest=_EARLY)
    dibao = granted(site, household, accepted=accepted).award
    site.pay(dibao)
    later = site.office.open_on(accepted + timedelta(days=60))
    case = site.case(household, "de_facto_orphan", accepted=later)
    return site.award(household, "de_facto_orphan", case=case, members=[child]), dibao, child.id_no


def one_yuan_a_head(site: Site) -> Planted:
    """Exactly a yuan a head above the due."""
    award = _paid(site)
    _more(_row(award), _HEADS * _YUAN)
    return [truth("overpaid", award)]


def rounded_by_head(site: Site) -> Planted:
    """Divided by three, rounded up, and multiplied back: two yuan above the due, month by month."""
    remainder = 3 * site.whole(190, 220) + 2  # income a month in yuan: the due leaves 1 when divided by three
    award = _paid(site, fen=12 * remainder * _YUAN)
    for row in award.payments:
        _more(row, 2 * _YUAN)
    return [truth("overpaid", award)]


def in_the_taper(site: Site) -> Planted:
    """Above the line, the old amount for six months, then ended."""
    turn = steady(site, 8).replace(day=site.whole(3, 25))
    accepted = some_day(site, latest=turn - timedelta(days=75))
    award = granted(site, _family(site), accepted=accepted).award
    told(site, award.household, turn, on_the_line(site, award.household, turn) * 12 // 10)
    last = shifted(month_of(turn), 6)
    ended_for_income(site, award, last)
    site.pay(award, last=month_of(turn))
    site.pay(award, shifted(month_of(turn), 1), last, amount=award.paid(month_of(turn)))
    return [truth("overpaid", award)]


def in_the_grace_after_a_death(site: Site) -> Planted:
    """One of three dies; the old amount for three months, then what is due for two."""
    household = site.family(("head", 46), ("spouse", 45), ("parent", site.whole(71, 76)))
    award = granted(site, household, accepted=some_day(site, latest=_EARLY)).award
    month = date(2024, 12, 1)
    elder = household.members[2].person
    site.dead(elder, month.replace(day=site.whole(2, 27)))
    last = shifted(month, 3)
    row_of(award, elder)["to_month"] = last
    site.pay(award, last=month)
    site.pay(award, shifted(month, 1), last, amount=award.paid(month))
    site.pay(award, shifted(last, 1))
    return [truth("overpaid", award)]


def single_person_entry(site: Site) -> Planted:
    """Covered alone for illness and paid the whole standard: no rule says what is due."""
    household = site.family(("head", 60), ("spouse", 57))
    award = granted(
        site,
        household,
        accepted=some_day(site, latest=_EARLY),
        share=1.2,
        members=[household.members[1].person],
        single_person_basis="serious_illness",
    ).award
    site.pay(award)
    return [truth("overpaid", award)]


def reversed_and_repeated(site: Site) -> Planted:
    """One month went to a closed account: paid, reversed, paid again."""
    award = _paid(site)
    row = _row(award)
    month, owed = cast("date", row["month"]), cast("int", row["amount"])
    site.payment(award, month, -owed, on=site.office.open_on(month.replace(day=18)))
    site.payment(award, month, owed, on=site.office.open_on(month.replace(day=25)))
    return [truth("overpaid", award)]


def difference_beside_dibao(site: Site) -> Planted:
    """The allowance less what dibao pays the same child."""
    award, dibao, _ = _beside_dibao(site)
    site.pay(award, beside=[dibao])
    return [truth("overpaid", award)]


VARIANTS: dict[str, Plant] = {
    "one_fen_too_many": one_fen_too_many,
    "statement_not_followed": statement_not_followed,
    "left_and_still_paid_for": left_and_still_paid_for,
    "in_two_parts": in_two_parts,
    "orphan_allowance_one_fen_too_many": orphan_allowance_one_fen_too_many,
    "full_allowance_beside_dibao": full_allowance_beside_dibao,
}
TWINS: dict[str, Plant] = {
    "one_yuan_a_head": one_yuan_a_head,
    "rounded_by_head": rounded_by_head,
    "in_the_taper": in_the_taper,
    "in_the_grace_after_a_death": in_the_grace_after_a_death,
    "single_person_entry": single_person_entry,
    "reversed_and_repeated": reversed_and_repeated,
    "difference_beside_dibao": difference_beside_dibao,
}
