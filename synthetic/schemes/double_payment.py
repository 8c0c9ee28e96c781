"""Months paid twice, and months paid in parts, corrected or late."""

from datetime import timedelta

from synthetic.kit import Award, Plant, Planted, Site, Truth
from synthetic.kit.moves import some_day, yuan
from synthetic.kit.rows import Row

SCHEME = "double_payment"
FEN = 100


def _paid(site: Site, programme: str = "dibao") -> Award:
    """An award paid lawfully for half a year at least."""
    accepted = some_day(site, latest=site.as_of - timedelta(days=260))
    if programme == "old_age":
        return site.recipient(site.family(("head", 85, "F")), programme, accepted=accepted, share=1.4).award
    return site.recipient(site.family(("head", 62), ("spouse", 60)), accepted=accepted, share=0.45).award


def _fen(row: Row) -> int:
    return int(str(row["amount"]))


def _again(site: Site, award: Award, place: int, fen: int, *, months_later: int = 0) -> int:
    """The month of the payment at `place` is paid once more; returns the fen."""
    row, day = award.payments[place], award.payments[place + months_later]["paid_on"]
    site.payment(award, row["month"], fen, on=day)  # type: ignore[arg-type]  # a date each
    return fen


def _truth(award: Award, *fen: int) -> Planted:
    return [Truth(SCHEME, "award", award.no, yuan([one])) for one in fen] or [Truth(SCHEME, "award", award.no)]


def the_same_again(site: Site) -> Planted:
    """One month in full twice, on the same day."""
    award = _paid(site)
    return _truth(award, _again(site, award, 2, _fen(award.payments[2])))


def half_more(site: Site) -> Planted:
    """In full, and half of it once more."""
    award = _paid(site)
    return _truth(award, _again(site, award, 1, _fen(award.payments[1]) // 2))


def again_months_later(site: Site) -> Planted:
    """Two months paid once more, a quarter later, as if they were arrears: two leads."""
    award = _paid(site)
    return _truth(award, *(_again(site, award, place, _fen(award.payments[place]), months_later=3) for place in (1, 2)))


def allowance_twice(site: Site) -> Planted:
    """A programme without a due amount: two equal rows."""
    award = _paid(site, "old_age")
    return _truth(award, _again(site, award, 3, _fen(award.payments[3])))


def reversed_and_repeated(site: Site) -> Planted:
    """A payment that failed: taken back, then paid again."""
    award = _paid(site)
    fen = _fen(award.payments[2])
    _again(site, award, 2, -fen)
    _again(site, award, 2, fen)
    return _truth(award)


def paid_in_two_parts(site: Site) -> Planted:
    """Two equal halves that make what is due."""
    award = _paid(site)
    row = award.payments[2]
    whole = _fen(row)
    row["amount"] = whole - whole // 2
    _again(site, award, 2, whole // 2)
    return _truth(award)


def arrears_on_one_day(site: Site) -> Planted:
    """Two months on one day, each once."""
    award = _paid(site)
    award.payments[1]["paid_on"] = award.payments[2]["paid_on"]
    return _truth(award)


def allowance_in_unequal_parts(site: Site) -> Planted:
    """A programme without a due amount, in two unequal parts."""
    award = _paid(site, "old_age")
    row = award.payments[3]
    row["amount"] = _fen(row) - 20 * FEN
    _again(site, award, 3, 20 * FEN)
    return _truth(award)


VARIANTS: dict[str, Plant] = {
    "the_same_again": the_same_again,
    "half_more": half_more,
    "again_months_later": again_months_later,
    "allowance_twice": allowance_twice,
}
TWINS: dict[str, Plant] = {
    "reversed_and_repeated": reversed_and_repeated,
    "paid_in_two_parts": paid_in_two_parts,
    "arrears_on_one_day": arrears_on_one_day,
    "allowance_in_unequal_parts": allowance_in_unequal_parts,
}
