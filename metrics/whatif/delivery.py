"""Who would get what, the system working as it does today?

The roll of today is kept as it is, also where the rules disagree: that is leakage, not a finding against anybody. Who
is paid more or less than due goes on being so, in proportion. Who becomes eligible comes with the share of the eligible
who are covered today. Which of them is a stored number of the household, the same under every scenario: at today's
rules exactly those come who are there.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from metrics.whatif.population import Flag, Index, Population, Real, Whole
from metrics.whatif.rules import in_parts
from metrics.whatif.scenario import Assumptions

MILLIONTHS: Final = 1_000_000  # in which a share of what is due is paid


@dataclass(frozen=True, eq=False)
class Start:
    """How things stand before the first month, by the rules of today."""

    last_fen: Whole  # what each household was last due or, where the rules do not say, paid a month; -1 unknown
    above_months: Whole  # months since it rose to the line while on the roll, 0 in that month; -1: it did not
    rightly: Flag  # on the roll and eligible, or above the line in a taper: who may be paid one


@dataclass(frozen=True, eq=False)
class Lawful:
    """What the rules of a month say of the households `rows`."""

    rows: Index
    enters: Flag  # on the roll
    amount_fen: Whole  # -1 unknown
    untold: Flag  # they cannot say


@dataclass(frozen=True, eq=False)
class Habits:
    """How the baseline is delivered: what the records show under the rules of today."""

    eligible: Flag  # by the rules of today
    start: Start
    due: Flag  # on the roll today, eligible, and by the rules of the first month still there
    settled: Flag  # on the roll today as the rules say, though not eligible: single entry, a running taper
    outside: Flag  # by the rules certainly not on the roll: leaked, if on today's
    owed: Flag  # due some money by the rules of today
    take_up: float | None  # of the eligible; None: nobody is eligible
    leak: float | None  # of the known not eligible
    pay_ratio: float | None  # paid / due, of the eligible who are paid
    leak_fen: int  # a month, paid on average to those who are not eligible; -1 where nobody is seen
    come: Real  # each household's number for take-up
    leaks: Real  # and for leakage
    due_fen: Whole  # what each is due by the rules of today, where it is known what of it is paid; else 0


def habits(population: Population, start: Start, eligible: Flag, told: Flag, lawful: Flag) -> Habits:
    """Read them off a baseline. `told`, `lawful`: its rules can say who is on the roll in the first month, and who is.

    A single-person award beyond the edge line is leaked as any other that the rules do not know.
    """
    due_fen = np.where(eligible, start.last_fen, 0)
    own, weight, paid = population.own, population.weight, population.paid_fen
    outside = told & ~lawful
    take_up = _rate(weight * own, weight, eligible)
    leak = _rate(weight * own, weight, outside)
    measured = eligible & own & (paid >= 0) & (due_fen > 0)
    leaked = own & outside & (paid >= 0)
    mean = _rate(weight * paid, weight, leaked)
    return Habits(
        eligible=eligible,
        start=start,
        due=own & lawful & eligible,
        settled=own & lawful & ~eligible,
        outside=outside,
        owed=due_fen > 0,
        take_up=take_up,
        leak=leak,
        pay_ratio=_rate(weight * paid, weight * due_fen, measured),
        leak_fen=-1 if mean is None else round(mean),
        come=_conditional(population.draws["take_up"], own, eligible, take_up),
        leaks=_conditional(population.draws["leak"], own, outside, leak),
        due_fen=np.where(measured, due_fen, 0),
    )


def delivered(population: Population, habit: Habits, said: Assumptions, lawful: Lawful) -> tuple[Flag, Whole]:
    """Of the households `lawful.rows`: who is on the roll in a month and for how much, the rules saying `lawful`.

    An amount of -1 nobody can tell: nothing is known of what is paid, nor is anything due by the rules.
    """
    rows, enters, amount_fen = lawful.rows, lawful.enters, lawful.amount_fen
    own, paid = population.own[rows], population.paid_fen[rows]
    take_up = habit.take_up if said.take_up is None else said.take_up
    ratio = habit.pay_ratio if said.pay_ratio is None else said.pay_ratio
    usual = in_parts(1.0 if ratio is None else ratio, MILLIONTHS)
    comes = habit.come[rows] < (1.0 if take_up is None else take_up)
    stays = comes if said.take_up is not None else np.ones(len(rows), np.bool_)
    due, settled, outside = habit.due[rows], habit.settled[rows], habit.outside[rows]
    new = enters & ~own & comes
    rightly = due & enters & stays & ~lawful.untold
    running = settled & enters
    as_it_is = own & ~due & ~settled | own & lawful.untold  # leaked, or unknown
    leaks = np.zeros(len(rows), np.bool_)
    if said.leak is not None:
        below = habit.leaks[rows] < said.leak
        as_it_is &= ~outside | enters | below | lawful.untold
        leaks = outside & ~own & ~enters & below
    today = habit.due_fen[rows]
    usually = proportion(amount_fen, usual, MILLIONTHS)
    as_before = proportion(amount_fen, np.where(today > 0, paid, usual), np.where(today > 0, today, MILLIONTHS))
    kept = np.where(paid >= 0, paid, np.where(enters, usually, -1))
    amount = np.where(new, usually, 0)
    amount = np.where(rightly, np.where(habit.owed[rows], as_before, kept), amount)
    amount = np.where(running, amount_fen, amount)
    amount = np.where(as_it_is, kept, amount)
    amount = np.where(leaks, habit.leak_fen, amount)
    return new | rightly | running | as_it_is | leaks, amount


def proportion(amount: Whole, part: Whole | int, whole: Whole | int) -> Whole:
    """An amount x part / whole in whole fen, half a fen up; what is unknown (-1) stays so."""
    return np.where(amount < 0, amount, (2 * amount * part + whole) // (2 * whole))


def _rate(part: Real, whole: Real, chosen: Flag) -> float | None:
    """One sum over another, of the chosen; None where that is nothing, as of households that weigh nothing."""
    total = float(whole[chosen].sum())
    return float(part[chosen].sum()) / total if total else None


def _conditional(draw: Real, there: Flag, judged: Flag, rate: float | None) -> Real:
    """The draw, given what is seen: who is there drew below the rate, who is not drew at or above it."""
    if rate is None:
        return draw
    return np.where(judged, np.where(there, draw * rate, rate + draw * (1 - rate)), draw)
