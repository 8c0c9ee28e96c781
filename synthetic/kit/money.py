"""What is due to an award in a month, to the fen? Contract §4, computed here on its own.

Dibao (gap): whole yuan, rounded up once, of max(0, c x standard - Y x c / 12n): c beneficiary rows in force, n
co-living members on the first day of the month, Y of the newest statement before that day. De facto orphans: 920 yuan
a child, less what dibao pays the same person. No rule governs the rest: the amounts here are the county's own.
"""

from datetime import date, timedelta
from typing import Final

from synthetic.kit.case import Award
from synthetic.kit.places import Standards

YUAN: Final = 100
DE_FACTO: Final = 920 * YUAN
FIXED: Final = {"orphan": 1400, "disability_living": 90, "disability_care": 110, "old_age": 60}  # yuan a person
_DESTITUTE: Final = (13, 10)  # 1.3 times the dibao standard
_ONE: Final = timedelta(days=1)


def due(award: Award, month: date, standards: Standards, beside: list[Award]) -> int | None:
    """Fen due in that month; None where nothing can be judged (no statement, nobody at home, no amount).

    `beside`: other awards of the household, paid already, of which dibao is taken off a de facto orphan's amount.
    """
    rows = award.covered(month)
    count = len(rows)
    standard = standards.fen(award.household.village.settlement, month)
    match award.programme:
        case "dibao":
            return _single(standard, count) if award.row.get("single_person_basis") else _gap(award, month, standard)
        case "destitute":
            return -(-standard * _DESTITUTE[0] // (_DESTITUTE[1] * YUAN)) * YUAN * count
        case "de_facto_orphan":
            persons: set[object] = {row["id_no"] for row in rows}
            return DE_FACTO * count - sum(_share(other, month, persons) for other in beside)
        case programme if programme in FIXED:
            return FIXED[programme] * YUAN * count
        case _:
            return None


def _gap(award: Award, month: date, standard: int) -> int | None:
    household = award.household
    living = len(household.co_living(month))
    income = household.governing(month - _ONE)
    if not living or income is None:
        return None
    count = len(award.covered(month))
    gap = standard * count * 12 * living - income * count  # times 12 n
    return -(-max(0, gap) // (12 * living * YUAN)) * YUAN


def _single(standard: int, count: int) -> int:
    """Single-person entry: the person's own standard; whether that is too much is not judged by any rule."""
    return standard * count


def _share(other: Award, month: date, persons: set[object]) -> int:
    """What dibao pays those persons that month."""
    rows = other.covered(month)
    if other.programme != "dibao" or not rows:
        return 0
    return other.paid(month) * sum(row["id_no"] in persons for row in rows) // len(rows)
