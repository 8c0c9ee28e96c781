"""Which is the largest standard within a year's budget, in whole yuan, by the real reckoning?

Of several standards (urban and rural, county by county) all move in proportion: the highest yuan by yuan, every other
by its share of it, rounded down to whole yuan, never to none. The curve, which is not rounded, says where to look; what
is handed on was reckoned, every rule and rounding in it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from casework.policy import Change, Entry, Policy
from metrics.whatif.bisection import Bracket, largest_standard
from metrics.whatif.population import Flag, Population, Whole

RULE: Final = "dibao_standard"
NEAR: Final = 16  # yuan about the guess that are halved first
HIGHEST: Final = 3  # times the highest standard now: up to there the largest is sought
_FEN: Final = 100  # in a yuan
Place = tuple[str, str | None]  # the beginning of division codes, urban or rural
Standards = Mapping[Place, int]  # fen a person and month


def standards(population: Population, policy: Policy, standard_fen: Whole, chosen: Flag, prefix: str = "") -> Standards:
    """The standards of the chosen households' villages, each place that the rule tells apart once.

    `prefix`: the beginning of division codes within which all of them lie; no place is larger.
    """
    rule = policy.rule(RULE)
    said: tuple[Entry | Change, ...] = (*rule.entries, *rule.changes)
    digits = max(len(prefix), *(len(one.region) for one in said))
    villages, rows = np.unique(population.village[chosen], return_index=True)
    found = zip(villages, standard_fen[chosen][rows], strict=True)
    places = {
        (population.village_code[village][:digits], population.urban_rural[village]): int(fen)
        for village, fen in found
        if fen > 0
    }
    return dict(sorted(places.items(), key=lambda one: (one[0][0], one[0][1] or "")))


def moved(now: Standards, yuan: int) -> dict[Place, int]:
    """The standards, in yuan, when the highest of them is so many yuan."""
    highest = max(now.values())
    return {place: max(1, fen * yuan // highest) for place, fen in now.items()}


def changes(then: Mapping[Place, int]) -> list[Change]:
    """What sets the standards to these yuan; what holds whatever the setting comes before what asks for it."""
    return [
        Change(RULE, region=region, scope={"urban_rural": kind} if kind else {}, set=yuan)
        for (region, kind), yuan in sorted(then.items(), key=lambda one: bool(one[0][1]))
    ]


def largest(cost_at: Callable[[int], int], now: Standards, factor: float, budget_fen: int) -> Bracket:
    """The bracket of whole yuan of the highest standard; `factor`: about which multiple to look first.

    `cost_at`: a year's cost in fen when the highest standard is so many yuan.
    """
    highest = max(now.values())
    most = max(2, HIGHEST * highest // _FEN)
    guess = int(factor * highest / _FEN) if np.isfinite(factor) else most
    low, high = max(1, min(guess, most) - NEAR), min(most, max(guess, 1) + NEAR)
    found = largest_standard(cost_at, low, high, budget_fen, looks=0)
    asked = found.reckonings
    if found.low is None:
        found = largest_standard(cost_at, 1, high, budget_fen)
        asked += found.reckonings
    if (found.low is None or found.high is None) and high < most:
        above = largest_standard(cost_at, high, most, budget_fen)
        asked += above.reckonings
        found = found if above.low is None else above
    return replace(found, reckonings=asked)
