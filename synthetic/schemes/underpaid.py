"""Awards paid less than is due, and those that only seem to be."""

from datetime import timedelta

from synthetic.kit import Award, Plant, Planted, Site, Truth, month_of, shifted
from synthetic.kit.moves import cut, some_day, yuan

SCHEME = "underpaid"
FEN = 100
COUPLE = 2


def _paid(site: Site) -> Award:
    """A couple on dibao, paid lawfully for months."""
    accepted = some_day(site, latest=site.as_of - timedelta(days=240))
    return site.recipient(site.family(("head", 58), ("spouse", 56)), accepted=accepted, share=0.4).award


def _truth(award: Award, *owed: int) -> Planted:
    return [Truth(SCHEME, "award", award.no, yuan(owed) if owed else None)]


def thirty_yuan_every_month(site: Site) -> Planted:
    """Thirty yuan too little, month after month."""
    award = _paid(site)
    return _truth(award, *(cut(row, 30 * FEN) for row in award.payments))


def half_of_one_month(site: Site) -> Planted:
    """Half of one month only."""
    award = _paid(site)
    row = award.payments[2]
    return _truth(award, cut(row, int(str(row["amount"])) // 2))


def a_fen_beyond_the_tolerance(site: Site) -> Planted:
    """One yuan a head and one fen, in two months."""
    award = _paid(site)
    return _truth(award, *(cut(row, COUPLE * FEN + 1) for row in award.payments[1:3]))


def child_at_the_old_amount(site: Site) -> Planted:
    """A de facto orphan is still paid what was due years ago."""
    family = site.family(("head", 67, "F"), ("grandchild", 9))
    accepted = some_day(site, latest=site.as_of - timedelta(days=240))
    site.statement(family, accepted, share=1.3)
    case = site.case(family, "de_facto_orphan", accepted=accepted)
    award = site.award(family, "de_facto_orphan", case=case, members=[family.persons[1]])
    site.pay(award)
    return _truth(award, *(cut(row, 120 * FEN) for row in award.payments))


def a_yuan_a_head(site: Site) -> Planted:
    """One yuan a head is within the tolerance."""
    award = _paid(site)
    for row in award.payments:
        cut(row, COUPLE * FEN)
    return _truth(award)


def paid_in_two_parts(site: Site) -> Planted:
    """A part in time, the rest a month later, for the same month."""
    award = _paid(site)
    row, later = award.payments[1], award.payments[2]
    rest = cut(row, int(str(row["amount"])) // 3)
    site.payment(award, row["month"], rest, on=later["paid_on"])  # type: ignore[arg-type]  # a date each
    return _truth(award)


def a_month_without_a_row(site: Site) -> Planted:
    """A month for which the file holds no payment at all is not judged."""
    award = _paid(site)
    site.rows.drop("payment", award.payments.pop(3))
    return _truth(award)


def lowered_at_once_after_a_death(site: Site) -> Planted:
    """One of three died: paid for two at once, the list put right two months later, all within the grace."""
    month = shifted(month_of(site.as_of), -7)
    family = site.family(("head", 66), ("spouse", 64), ("child", 38))
    award = site.settled(family, since=shifted(month, -10), pay=False)
    site.dead(family.persons[1], month + timedelta(days=site.whole(2, 20)))
    row = award.beneficiaries[1]
    row["to_month"] = month
    site.pay(award)
    row["to_month"] = shifted(month, 2)
    return _truth(award)


VARIANTS: dict[str, Plant] = {
    "thirty_yuan_every_month": thirty_yuan_every_month,
    "half_of_one_month": half_of_one_month,
    "a_fen_beyond_the_tolerance": a_fen_beyond_the_tolerance,
    "child_at_the_old_amount": child_at_the_old_amount,
}
TWINS: dict[str, Plant] = {
    "a_yuan_a_head": a_yuan_a_head,
    "paid_in_two_parts": paid_in_two_parts,
    "a_month_without_a_row": a_month_without_a_row,
    "lowered_at_once_after_a_death": lowered_at_once_after_a_death,
}
