"""How high could the standards of a region be within a year's budget, whole yuan and every rule in it?"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from casework.policy.loader import region_prefix
from dashboard.background import Progress
from dashboard.queries.whatif import WhatIf
from dashboard.whatif import Layer
from metrics.whatif.affordable import Place, changes, largest, moved, standards
from metrics.whatif.reckon import reckon
from metrics.whatif.scenario import Scenario
from metrics.whatif.subset import within
from metrics.whatif.swept import COARSE

_FEN = 100  # in a yuan
_ABOUT = 8  # reckonings until the yuan is found


@dataclass(frozen=True)
class Step:
    """Standards and what a year of them costs the region, to 100 yuan."""

    standards: tuple[tuple[str, int], ...]  # setting, fen a person a month, each once
    cost_fen: int


@dataclass(frozen=True)
class Affordable:
    """As it is, the last within the budget, the first beyond it. None: the interval looked at has no such end."""

    now: Step
    last: Step | None
    first: Step | None
    reckonings: int


@dataclass(frozen=True)
class Asked:
    """Whose standards may move: of a scenario (None: the rules in force), a region, a setting (None: both)."""

    scenario: Scenario | None
    region: str
    setting: str | None
    layer: Layer


def affordable(house: WhatIf, asked: Asked, budget_fen: int, factor: float, progress: Progress) -> Affordable | None:
    """The answer; None where no standard is in force. `factor`: the multiple that the curve gives.

    Every month of the period is reckoned under one amount, as the numbers above the page are: the same cost.
    """
    outcome, policy = house.outcome(asked.scenario), house.policy_of(asked.scenario)
    people, there = house.people(asked.scenario), house.there(asked.region)
    chosen = there & within(people, "", asked.setting)
    now = standards(people, policy, outcome.standard_fen, chosen, region_prefix(asked.region))
    if not now:
        return None
    assumed, done = None if asked.scenario is None else asked.scenario.assumptions, 0

    def cost_at(yuan: int) -> int:
        nonlocal done
        progress.step(min(done / _ABOUT, 1.0))
        done += 1
        then = policy.adjusted(changes(moved(now, yuan)))
        return cost(reckon(people, then, assumed, baseline=house.baseline).layer(asked.layer).year_fen)

    def cost(year_fen: np.ndarray[tuple[int], np.dtype[np.int64]]) -> int:
        return round(float(people.weight[there] @ year_fen[there]))

    found = largest(cost_at, now, factor, budget_fen)
    ends = ((found.low, found.low_cost_fen), (found.high, found.high_cost_fen))
    last, first = (
        None
        if yuan is None or fen is None
        else _step({place: each * _FEN for place, each in moved(now, int(yuan)).items()}, _raised(fen))
        for yuan, fen in ends
    )
    present = cost(outcome.layer(asked.layer).year_fen)
    return Affordable(_step(now, round(present / COARSE) * COARSE), last, first, done)


def _step(then: Mapping[Place, int], cost_fen: int) -> Step:
    kinds = {(kind, fen) for (_, kind), fen in then.items() if kind is not None}
    return Step(tuple(sorted(kinds)), cost_fen)


def _raised(fen: int) -> int:
    """To the next 100 yuan: what is beyond a budget stays beyond it, what is within, which ends in 0, within."""
    return -(-fen // COARSE) * COARSE
