"""What would a patient clerk reckon, household by household and month by month, with exact fractions?

Written from the contract and the decided meaning of a what-if, not from `metrics.whatif`: plain loops over dicts, the
homes of `made.population`, money in yuan.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import isnan
from typing import Any

from metrics.whatif.scenario import FALLING, Assumptions
from tests.metrics.whatif.oracle_delivery import Habits, as_delivered, seen
from tests.metrics.whatif.oracle_month import CUT, IN, TERM, Standing, Step, heads, standing, up
from tests.metrics.whatif.oracle_rules import EXPENSES, INCOMES, World, coefficient, fen, months_from


@dataclass
class Course:
    """Where a household is on its way through the months."""

    on: bool  # rightly on the roll, in its own right: not by single-person entry, which knows no taper
    since: int  # months since the one before income rose; -1 below the line
    last: Fraction | None  # the last amount, fen a month; None unknown
    age: int  # months since the award's first; -1 without award
    ended: bool = False


def start(home: Mapping[str, Any], first: Standing) -> Course:
    """Where a household begins. Who is above the line and was never seen to rise, rose this month.

    What it was last due by today's rules; where they say nothing, what it was paid. The notice of 20 October 2022
    (一(三), rule taper_months) gives a taper to a recipient whose income passed the line: whom a finding bars was due
    nothing, so that none begins; one that runs asks nothing but income (decision 213).
    """
    rose_now = home["own"] and first.over and home["above"] < 0 and home["barred"] != 1
    since = 0 if rose_now else home["above"]
    paid = None if home["paid"] is None else fen(home["paid"])
    last = first.due if first.eligible else paid
    return Course(home["own"] and (first.eligible or since >= 0), since, last, home["months"])


def able(world: World, home: Mapping[str, Any]) -> bool:
    """Could anybody of working age who lives there work, by the coefficients of `as_of`?"""
    living = [one for one in home["people"] if one.get("counted", True)]
    return any(
        16 <= one.get("age", 40) <= 59 and (coefficient(world, home, one, world.as_of) or 0) > 0 for one in living
    )


def step(
    world: World, home: Mapping[str, Any], day: date, here: Standing, course: Course, taper: str, *, cut: bool
) -> Step:
    """One month on; `course` moves along. `cut`: others are harder up, and a quota is full."""
    enters = here.enters and not cut
    if home["single"]:
        kept = Step(on=True, heads=here.alone or 0, fen=here.alone_due, reason=IN)
        return kept if enters else Step(reason=CUT if cut else here.reason)
    limit = int(world.says("taper_months", day, home, programme="dibao"))
    if course.on and (here.over or course.since >= 0):
        course.since = max(course.since, 0) + 1
    else:
        course.since = -1
    runs = 1 <= course.since <= limit
    tapered = course.last
    if taper == FALLING and course.last is not None:
        tapered = up(course.last * max(0, limit + 1 - course.since) / (limit + 1))
    on, alone = enters or runs, enters and here.alone is not None
    if on and not course.ended:
        course.age += 1
        term = world.says("aid_term_months", day, home, programme="dibao")
        course.ended = term is not None and course.age > term and able(world, home)
    if course.ended:
        course.on = False
        return Step(reason=TERM)
    if enters and not runs:
        course.since, course.last = -1, here.due
    course.on = runs or (enters and not alone)
    if not on:
        return Step(reason=CUT if cut else here.reason)
    amount = _greater(here.due if enters else None, tapered if runs else None)
    many = here.alone if alone else heads(home)
    more = here.topup if enters else Fraction(0)
    return Step(on=True, heads=many or 0, fen=amount, topup=more, tapering=not enters, reason=IN)


def _greater(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    """The greater of two amounts as far as they are known."""
    known = [each for each in (one, other) if each is not None]
    return max(known) if known else None


def left_out(
    homes: Sequence[Mapping[str, Any]], here: Sequence[Standing], quota: int | None, budget: int | None
) -> set[int]:
    """Who is cut: the first who does not fit and all after, hardest first."""
    if quota is None and budget is None:
        return set()

    def rank(place: int) -> tuple[float, Fraction, int]:
        home = homes[place]
        points = -1.0 if isnan(home["hardship"]) else home["hardship"]  # unknown: after all others
        return -points, resources(home) / max(home["n"], 1), place

    many, money, out = Fraction(0), Fraction(0), set()
    for place in sorted((place for place, one in enumerate(here) if one.enters), key=rank):
        many += Fraction(homes[place]["weight"])
        money += Fraction(homes[place]["weight"]) * (here[place].due or 0)
        if out or (quota is not None and many > quota) or (budget is not None and money > budget):
            out.add(place)
    return out


def resources(home: Mapping[str, Any]) -> Fraction:
    """What it lives on before aid, fen a year."""
    kept = sum((fen(home.get(item, 0)) for item in INCOMES), Fraction(0))
    return max(Fraction(0), kept - sum((fen(home.get(item, 0)) for item in EXPENSES), Fraction(0)))


@dataclass
class Reckoned:
    """Steps of each household, a row a month, by the rules and as delivered; how everybody stands in the last."""

    lawful: list[list[Step]]
    delivered: list[list[Step]]
    last: list[Standing]
    habits: Habits


def reckoned(
    world: World,
    homes: Sequence[Mapping[str, Any]],
    months: int,
    assumed: Assumptions,
    baseline: Reckoned | None = None,
) -> Reckoned:
    """Month by month. `assumed`: the fields of `Assumptions`; `baseline`: what today's rules made of the same homes."""
    days = months_from(world.as_of, months)
    first = [standing(world, home, days[0]) for home in homes] if baseline is None else baseline.habits.first
    courses = [start(home, one) for home, one in zip(homes, first, strict=True)]
    rows, last = [], first
    for day in days:
        last = [standing(world, home, day) for home in homes]
        cut = left_out(homes, last, assumed.quota, assumed.budget_fen)
        every = enumerate(zip(homes, last, courses, strict=True))
        rows.append(
            [step(world, home, day, here, course, assumed.taper, cut=at in cut) for at, (home, here, course) in every]
        )
    habits = seen(homes, first, rows[0]) if baseline is None else baseline.habits
    places = range(len(homes))
    paid = [[as_delivered(habits, homes[at], at, row[at], assumed) for at in places] for row in rows]
    return Reckoned(rows, paid, last, habits)
