"""How much of what was paid is in doubt? Only the part in doubt is (contract §5), to the fen.

Of an award with several persons covered, a person's part of a month is what was paid ÷ persons covered; the parts of
all months are added up exactly and rounded down once, so that no fen is doubted that was not paid for that person.
"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from math import floor
from typing import Final, cast

from synthetic.kit import Award, month_of, shifted
from synthetic.schemes._means import DAY

_FEN: Final = 100


def whole_months(award: Award, since: date, until: date | None = None) -> list[date]:
    """The months paid for which that stretch covers from the first day to the last (`until` included; None: open)."""
    first = since if since == month_of(since) else shifted(month_of(since), 1)
    return [m for m in paid_months(award) if m >= first and (until is None or shifted(m, 1) - DAY <= until)]


def paid_months(award: Award) -> list[date]:
    """The months for which something was paid and kept."""
    told = sorted({cast("date", row["month"]) for row in award.payments})
    return [month for month in told if award.paid(month) > 0]


def by_head(award: Award, month: date) -> Fraction:
    """Fen paid for each person covered that month."""
    return Fraction(award.paid(month), len(award.covered(month)))


def share(award: Award, doubtful: Iterable[date]) -> float:
    """Yuan paid for one person in those months."""
    return in_yuan(by_head(award, month) for month in doubtful)


def whole(award: Award, doubtful: Iterable[date]) -> float:
    """Yuan paid for everybody in those months."""
    return in_yuan(Fraction(award.paid(month)) for month in doubtful)


def smaller(one: Award, other: Award, person: str) -> float:
    """Yuan, month by month the smaller of what two awards paid the same person: either may be the rightful one."""
    both = [m for m in paid_months(one) if all(_covers(award, person, m) for award in (one, other))]
    return in_yuan(min(by_head(one, month), by_head(other, month)) for month in both)


def in_yuan(fen: Iterable[Fraction]) -> float:
    """The sum, whole fen only."""
    return floor(sum(fen, Fraction())) / _FEN


def _covers(award: Award, person: str, month: date) -> bool:
    return any(row["id_no"] == person for row in award.covered(month))
