"""How much would a household be due a month, by the rules of one day?

Contract §4, as `casework.means.due` reckons it for awards: by the gap, whole yuan, rounded up once, of
max(0, c x standard - Y x c / (12 n)); by bands, the amount of the lowest band above Y / n / 12 for each person paid
for; flat, benefit_amount for each, by grade of disability. And for each person the greatest top-up of their groups.
"""

from typing import Final

import numpy as np

from metrics.whatif.population import HEALTH, Flag, Index, Population, Small, Whole
from metrics.whatif.rules import Rules

FEN: Final = 100
YEAR: Final = 12
THOUSANDTHS: Final = 1000
GROWN, AGED, SEVERE = 18, 70, 2  # under 18; 70 or older; grades 1 and 2
SERIOUS: Final = HEALTH.index("serious_illness")
GROUPS: Final = ("minor", "aged", "severe_disability", "serious_illness")  # of category_topup
GRADES: Final = (1, 2, 3, 4)


def heads(population: Population) -> Whole:
    """How many persons each household is, or would be, paid for: those its award covers, else all who live there."""
    return np.where(population.own, population.covered, population.n)


def paid_for(population: Population) -> Flag:
    """The same, a flag a person."""
    persons = population.persons
    return np.where(population.own[persons.home], persons.covered, persons.counted)


def due(population: Population, rules: Rules, y_fen: Whole, standard_fen: Whole) -> tuple[Whole, Whole, Flag]:
    """Of every household were it below the line: due a month with top-ups, the top-ups in it, is it known?

    `y_fen` a year; `standard_fen` of the household's village. A gap that has closed is 0.
    """
    village = population.village
    mode = rules.text("benefit_mode", programme="dibao")[village]
    by_gap, by_bands, flat = mode == "gap", mode == "bands", mode == "flat"
    count = heads(population)
    base = _gap(count, y_fen, population.n, standard_fen)
    known = by_gap.copy()
    if by_bands.any():
        each, found = _band(rules, village, y_fen, population.n)
        base = np.where(by_bands, each * count, base)
        known |= by_bands & found
    if flat.any():
        total, found = _flat(population, rules)
        base = np.where(flat, total, base)
        known |= flat & found
    more = topups(population, rules, standard_fen)
    return base + more, more, known & (population.n > 0)


def topups(population: Population, rules: Rules, standard_fen: Whole) -> Whole:
    """What the groups of the persons paid for add, a household and month."""
    more = np.zeros(population.households, np.int64)
    for share, heads in shares(population, rules):
        more += heads * (share * standard_fen // THOUSANDTHS)
    return more


def shares(population: Population, rules: Rules) -> list[tuple[int, Whole]]:
    """The top-up shares there are, in thousandths of the standard, and how many of each household are paid each.

    Of several groups a person has the greatest.
    """
    by_group = {group: rules.whole("category_topup", times=THOUSANDTHS, group=group) for group in GROUPS}
    if all((share <= 0).all() for share in by_group.values()):
        return []
    persons = population.persons
    village = population.village[persons.home]
    best = np.zeros(len(village), np.int64)
    for group, belongs in _groups(population).items():
        best = np.where(belongs & paid_for(population), np.maximum(best, by_group[group][village]), best)
    return [(int(share), _summed(population, (best == share).astype(np.int64))) for share in np.unique(best[best > 0])]


def _groups(population: Population) -> dict[str, Flag]:
    persons = population.persons
    return {
        "minor": (persons.age >= 0) & (persons.age < GROWN),
        "aged": persons.age >= AGED,
        "severe_disability": (persons.disability > 0) & (persons.disability <= SEVERE),
        "serious_illness": persons.health == SERIOUS,
    }


def _gap(count: Whole, y_fen: Whole, n: Whole, standard_fen: Whole) -> Whole:
    """One fraction, one rounding: 632 x 3 - 1894 = 2, not 3."""
    twelve_heads = np.maximum(n, 1) * YEAR
    gap = count * standard_fen * twelve_heads - y_fen * count
    yuan: Whole = np.maximum(-(-gap // (twelve_heads * FEN)), 0)
    return yuan * FEN


def _band(rules: Rules, village: Index, y_fen: Whole, n: Whole) -> tuple[Whole, Flag]:
    """The amount a head of the lowest band that is above Y / n / 12; a band without a limit comes last."""
    amount = np.full(len(village), -1, np.int64)
    lowest = np.full(len(village), np.iinfo(np.int64).max, np.int64)
    for band in rules.mentioned("benefit_bands", "band"):
        each = rules.whole("benefit_bands", band=band)[village]
        limit = rules.whole("benefit_bands", field="income_below", band=band)[village]
        open_ended = limit < 0
        fits = (each >= 0) & (open_ended | (y_fen < limit * n * YEAR))
        nearer = fits & np.where(open_ended, amount < 0, limit < lowest)
        amount = np.where(nearer, each, amount)
        lowest = np.where(nearer & ~open_ended, limit, lowest)
    return np.maximum(amount, 0), amount >= 0


def _flat(population: Population, rules: Rules) -> tuple[Whole, Flag]:
    persons = population.persons
    village = population.village[persons.home]
    each = rules.whole("benefit_amount", programme="dibao")[village]
    for grade in GRADES:
        own = rules.whole("benefit_amount", programme="dibao", grade=str(grade))[village]
        each = np.where(persons.disability == grade, own, each)
    chosen = paid_for(population)
    missing = _summed(population, (chosen & (each < 0)).astype(np.int64))
    return _summed(population, np.where(chosen & (each > 0), each, 0)), missing == 0


def _summed(population: Population, amount: Whole) -> Whole:
    """Persons' amounts by household; whole numbers below 2**53, so that the sum is exact."""
    total = np.bincount(population.persons.home, weights=amount, minlength=population.households)
    return total.astype(np.int64)


def single_entries(population: Population) -> Small:
    """How many of a household's persons could enter alone: severe disability (grade 1, 2) or serious illness."""
    persons = population.persons
    may = persons.counted & (_groups(population)["severe_disability"] | (persons.health == SERIOUS))
    return _summed(population, may.astype(np.int64)).astype(np.int8)
