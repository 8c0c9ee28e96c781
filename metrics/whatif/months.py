"""What does the past of a household add to the rules of each month: a taper that runs, a term that ends?

Most households have no such past; those that do are followed month by month, all others stand as their rules say.
A taper begins only for whom the rules had on the roll, or who is on today's above the line with nothing that bars it:
whom something else keeps out was due nothing, and a risen income gives no claim. Once it runs it asks nothing more.
Above the line at k = 1 in the first month: paid while k <= taper_months. Who comes below the line again while a taper
runs has the greater of the two amounts until it ends, so that a higher standard takes from nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.whatif.benefit import FEN
from metrics.whatif.delivery import Start
from metrics.whatif.outcome import IN, TERM, UNKNOWN
from metrics.whatif.population import Flag, Index, Population, Small, Whole
from metrics.whatif.scenario import FALLING
from metrics.whatif.standing import Standing

WORKING_AGES = (16, 59)


@dataclass(frozen=True, eq=False)
class Followed:
    """The followed households, a line a month.

    `on_roll`, `amount_fen` (-1 unknown), `untold` (the rules cannot say): [months, rows]; `tapering`, `reason`: [rows],
    of the last month.
    """

    rows: Index
    on_roll: Flag
    amount_fen: Whole
    untold: Flag
    tapering: Flag
    reason: Small


def followed(
    population: Population,
    stretches: Sequence[tuple[Standing, int]],
    start: Start,
    *,
    taper: str,
    able: Flag | None,
) -> Followed:
    """Follow whom the months change: `stretches` are the rules and for how many months they hold, in order.

    `able`: households with somebody who could work, for whom a term ends; None where no term is in force.
    """
    rows = _moving(population, stretches, start, able)
    above, last, months_on = start.above_months[rows], start.last_fen[rows], population.award_months[rows]
    before, ended = start.rightly[rows], np.zeros(len(rows), np.bool_)
    flags, amounts, untold = [], [], []
    tapering, reason = np.zeros(len(rows), np.bool_), np.zeros(len(rows), np.int8)
    for rules, count in stretches:
        enters, due, limit = rules.enters[rows], rules.amount_fen[rows], rules.taper[rows]
        over = rules.over[rows]
        for _ in range(count):
            counting = before & (over | (above >= 0))
            above = np.where(counting, np.maximum(above, 0) + 1, -1)
            runs = counting & (above <= limit)
            share = _share(last, above, limit, taper)
            above = np.where(enters & ~runs, -1, above)
            amount = np.where(enters, np.where(runs, np.maximum(due, share), due), np.where(runs, share, 0))
            on = enters | runs
            if able is not None:
                months_on = np.where(on, months_on + 1, months_on)  # 0 in an award's first month
                term = rules.term[rows]
                ended |= able[rows] & (term >= 0) & (months_on > term) & on
                on &= ~ended
                amount = np.where(on, amount, 0)
            last = np.where(enters & on & ~runs, due, last)
            before = on & (runs | ~(enters & over))  # single-person entry: never above the edge line, no taper after
            flags.append(on)
            amounts.append(amount)
            untold.append(~on & ~ended & (rules.reason[rows] == UNKNOWN))
            tapering = on & runs & ~enters
        reason = np.where(ended, TERM, np.where(on, IN, rules.reason[rows])).astype(np.int8)
    return Followed(rows, np.array(flags), np.array(amounts), np.array(untold), tapering, reason)


def _moving(
    population: Population, stretches: Sequence[tuple[Standing, int]], start: Start, able: Flag | None
) -> Index:
    """Households on the roll or coming to it that some month's rules, or a running taper, do not leave as they are."""
    moving = start.above_months >= 0
    ever = start.rightly.copy()
    for rules, _ in stretches:
        ever |= rules.enters
    for rules, _ in stretches:
        moving |= ever & rules.over & ~rules.enters
    if able is not None:
        moving |= ever & able
    return np.flatnonzero(moving & ~population.single).astype(np.int32)


def _share(last: Whole, above: Whole, limit: Whole, taper: str) -> Whole:
    """What a taper pays in its month: the last amount, or by equal steps less, in whole yuan rounded up; -1 unknown."""
    if taper != FALLING:
        return last
    left: Whole = np.maximum(limit + 1 - above, 0)
    return np.where(last < 0, last, -(-(last * left) // ((limit + 1) * FEN)) * FEN)
