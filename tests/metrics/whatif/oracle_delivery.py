"""Who gets what, the system working as it does today, told household by household?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any

from metrics.whatif.scenario import Assumptions
from tests.metrics.whatif.oracle_month import UNKNOWN, Standing, Step, heads
from tests.metrics.whatif.oracle_rules import fen


@dataclass
class Habits:
    """What the records show under today's rules."""

    first: list[Standing]
    lawful: list[bool]  # on the roll by the rules of the first month
    take_up: float | None
    leak: float | None
    pay_ratio: float | None
    leak_fen: int | None  # None: nobody is seen to leak


def seen(homes: Sequence[Mapping[str, Any]], first: list[Standing], row: list[Step]) -> Habits:
    """Take-up, leakage and payment as they are."""
    lawful = [one.on for one in row]
    every = list(zip(homes, first, lawful, strict=True))
    outside = [home for home, here, on in every if here.reason != UNKNOWN and not on]
    entitled = [(home, here) for home, here, _ in every if here.eligible]
    paid = [(home, here.due) for home, here in entitled if home["own"] and home["paid"] is not None and here.due]
    leaked = [home for home in outside if home["own"] and home["paid"] is not None]
    mean = share([(home["weight"], fen(home["paid"])) for home in leaked], [(home["weight"], 1) for home in leaked])
    return Habits(
        first,
        lawful,
        share([(home["weight"], home["own"]) for home, _ in entitled], [(home["weight"], 1) for home, _ in entitled]),
        share([(home["weight"], home["own"]) for home in outside], [(home["weight"], 1) for home in outside]),
        share([(home["weight"], fen(home["paid"])) for home, _ in paid], [(home["weight"], due) for home, due in paid]),
        None if mean is None else round(mean),
    )


def share(part: list[tuple[float, Any]], whole: list[tuple[float, Any]]) -> float | None:
    """A weighted sum over another; None where there is nothing."""
    total = sum(Fraction(weight) * number for weight, number in whole)
    return float(sum(Fraction(weight) * number for weight, number in part)) / float(total) if total else None


def given(draw: float, rate: float | None, *, there: bool) -> float:
    """The stored draw, given that somebody is seen there or not."""
    if rate is None:
        return draw
    return draw * rate if there else rate + draw * (1 - rate)


def usually_paid(habits: Habits, assumed: Assumptions) -> Fraction:
    """What is paid of what is due where nothing is known of the household itself, in millionths."""
    ratio = habits.pay_ratio if assumed.pay_ratio is None else assumed.pay_ratio
    return Fraction(round(Fraction(1 if ratio is None else str(ratio)) * 1_000_000), 1_000_000)


def as_delivered(  # noqa: PLR0911 - one return for each kind of household, in order
    habits: Habits, home: Mapping[str, Any], at: int, lawful: Step, assumed: Assumptions
) -> Step:
    """Who is there and for how much, where the rules say `lawful`."""
    own, here = home["own"], habits.first[at]
    paid = None if home["paid"] is None else fen(home["paid"])
    usual = usually_paid(habits, assumed)
    come = given(home["take_up"], habits.take_up, there=own) if here.eligible else home["take_up"]
    rate = habits.take_up if assumed.take_up is None else assumed.take_up
    comes = come < (1.0 if rate is None else rate)
    outside = here.reason != UNKNOWN and not habits.lawful[at]
    leaks = assumed.leak is not None and outside and given(home["leak"], habits.leak, there=own) < assumed.leak

    def on(amount: Fraction | int | None, times: Fraction = Fraction(1)) -> Step:
        fen = None if amount is None else Fraction(floor(amount * times + Fraction(1, 2)))  # half a fen up
        return Step(on=True, heads=lawful.heads if lawful.on else heads(home), fen=fen)

    if not own and lawful.on:
        return on(lawful.fen, usual) if comes else Step()
    if not own:
        return on(habits.leak_fen) if leaks else Step()
    if lawful.reason == UNKNOWN and not lawful.on:  # a scenario that cannot tell takes nobody off
        return on(paid)
    if here.eligible and habits.lawful[at]:  # on the roll, and rightly so
        if not lawful.on or (assumed.take_up is not None and not comes):
            return Step()
        if paid is None:
            return on(lawful.fen, usual)
        return on(lawful.fen, paid / here.due) if here.due else on(paid)
    if habits.lawful[at]:  # though not eligible: in a taper, or by single-person entry
        return on(lawful.fen) if lawful.on else Step()
    if outside and assumed.leak is not None and not leaks and not lawful.on:
        return Step()
    return on(lawful.fen, usual) if paid is None and lawful.on else on(paid)  # leaked, or nobody can tell
