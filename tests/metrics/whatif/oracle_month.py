"""How does one household stand by the rules of one day, whatever happened before?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

from tests.metrics.whatif.oracle_rules import World, counted_income, fen, in_thousandths, ruled, times

IN, OVER_LINE, BARRED, SHUT, UNKNOWN, TERM, CUT = range(7)


@dataclass
class Standing:
    """How a household stands by the rules of a day, whatever happened before."""

    y: Fraction | None
    standard: Fraction | None
    known: bool = False
    below: bool = False
    over: bool = False
    eligible: bool = False
    due: Fraction | None = Fraction(0)
    topup: Fraction = Fraction(0)
    circle: int = -1
    alone: int | None = None  # heads who are on the roll alone; None: nobody is
    alone_due: Fraction | None = Fraction(0)  # None: nobody knows what it is paid
    reason: int = UNKNOWN

    @property
    def enters(self) -> bool:
        """On the roll by these rules alone."""
        return self.reason == IN


def standing(world: World, home: Mapping[str, Any], day: date) -> Standing:
    """Known, below the line, eligible, what is due.

    One thing that keeps a household out for certain is enough to know, whatever else is unknown (as `fits` in
    `metrics.coverage.eligible`). An award of single-person entry is judged by the edge line and stays as it is.
    """
    y = counted_income(world, home, day)
    try:
        standard: Fraction | None = ruled(world.says("dibao_standard", day, home))
    except LookupError:
        standard = None
    here = Standing(y, standard)
    shut = 0 if home["own"] else home["shut"]
    clear, out = home["barred"] == 0 and shut == 0, home["barred"] == 1 or shut == 1
    edge = Fraction(-1)
    due: Fraction | None = None
    if y is not None and standard is not None and home["n"] > 0:
        line = 12 * home["n"] * standard
        edge = line * times(world.says("edge_multiplier", day, home))
        here.circle = circle(world, home, day, y, line)
        here.below, here.over = y < line, y >= line
        due = benefit(world, home, day, y, standard)
        here.topup = topup(world, home, day, standard)
    single = home["single"]
    here.known = not single and (out or here.over or (clear and here.below and due is not None))
    here.eligible = not single and clear and here.below and due is not None
    if single and home["barred"] == 0 and y is not None and y < edge:
        here.alone, here.alone_due = home["covered"], None if home["paid"] is None else fen(home["paid"])
    if not home["own"] and clear and here.over and y is not None and y < edge:
        opened = world.says("single_entry", day, home)
        many = sum(one.get("counted", True) and weak(one) for one in home["people"])
        if opened and many and standard is not None:
            share = in_thousandths(world.says("single_entry", day, home, "share") or Fraction(1))
            here.alone, here.alone_due = many, many * up(standard * share / 1000)
    if here.eligible or here.alone is not None:
        here.reason = IN
    elif out:
        here.reason = BARRED if home["barred"] == 1 else SHUT
    elif (y is not None and 0 <= edge <= y) if single else here.over:  # who entered alone is judged by the edge line
        here.reason = OVER_LINE
    here.topup = here.topup if here.eligible else Fraction(0)
    here.due = (due or Fraction(0)) + here.topup if here.eligible else here.alone_due
    return here


def up(amount: Fraction) -> Fraction:
    """Whole yuan, rounded up, in fen."""
    return Fraction(ceil(amount / 100) * 100)


def weak(person: Mapping[str, Any]) -> bool:
    """Disabled of the first or second grade, or seriously ill."""
    return person.get("grade", 0) in {1, 2} or person.get("health") == "serious_illness"


def heads(home: Mapping[str, Any]) -> int:
    """C: whom the award covers, without award everybody."""
    return int(home["covered"] if home["own"] else home["n"])


def circle(world: World, home: Mapping[str, Any], day: date, y: Fraction, line: Fraction) -> int:
    """1 below the line; then by the edge line's multiples; 0 beyond."""
    edge = line * times(world.says("edge_multiplier", day, home))
    if y < line:
        return 1
    for place in (2, 3, 4):
        if y < edge * times(world.says("circle_multiplier", day, home, circle=place)):
            return place
    return 0


def benefit(world: World, home: Mapping[str, Any], day: date, y: Fraction, standard: Fraction) -> Fraction | None:
    """What is due without top-ups, fen a month; None where no band holds the household."""
    c, n = heads(home), home["n"]
    mode = world.says("benefit_mode", day, home, programme="dibao")
    if mode == "gap":
        return up(max(Fraction(0), c * standard - y * c / (12 * n)))
    if mode == "flat":
        paid_for = [one for one in home["people"] if (one["covered"] if home["own"] else one.get("counted", True))]
        grades = [one.get("grade", 0) for one in paid_for]
        amounts = [world.says("benefit_amount", day, home, programme="dibao", grade=str(grade)) for grade in grades]
        return sum((ruled(amount) for amount in amounts), Fraction(0))
    bands = []
    for entry in world.entries["benefit_bands"]:
        upto = world.says("benefit_bands", day, home, "income_below", band=entry["band"])
        bands.append((upto is None, upto or 0, ruled(world.says("benefit_bands", day, home, band=entry["band"]))))
    for endless, upto, amount in sorted(bands):
        if endless or y < 12 * n * ruled(upto):
            return c * amount
    return None


def topup(world: World, home: Mapping[str, Any], day: date, standard: Fraction) -> Fraction:
    """For each person paid for the greatest share of their groups, fen a month."""
    total = Fraction(0)
    for one in home["people"]:
        if not (one["covered"] if home["own"] else one.get("counted", True)):
            continue
        age = one.get("age", 40)
        groups = {
            "minor": 0 <= age < 18,
            "aged": age >= 70,
            "severe_disability": one.get("grade", 0) in {1, 2},
            "serious_illness": one.get("health") == "serious_illness",
        }
        shares = [Fraction(0)]
        for group, inside in groups.items():
            if inside:
                try:
                    shares.append(world.says("category_topup", day, home, group=group) or Fraction(0))
                except LookupError:
                    continue
        total += floor(in_thousandths(max(shares)) * standard / 1000)
    return total


@dataclass
class Step:
    """One month of one household by the rules."""

    on: bool = False
    heads: int = 0
    fen: Fraction | None = Fraction(0)  # None: on the roll for an amount nobody knows
    topup: Fraction = Fraction(0)
    tapering: bool = False
    reason: int = OVER_LINE
