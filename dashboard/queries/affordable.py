"""How high could the standards of a region be within a year's budget, whole yuan and every rule in it?"""

from collections.abc import Mapping
from dataclasses import dataclass

from casework.policy.loader import region_prefix
from dashboard.background import Progress
from dashboard.queries.whatif import WhatIf
from dashboard.whatif import Layer
from metrics.whatif import pushed
from metrics.whatif.affordable import Place, moved
from metrics.whatif.scenario import Scenario
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


def affordable(house: WhatIf, asked: Asked, budget_fen: int, factor: float, progress: Progress) -> Affordable:
    """The answer, reckoned as the numbers above the page are. `factor`: the multiple that the curve gives.

    Raises:
        CaseworkError: no standard is in force there.
    """
    posed = house.posed(asked.scenario, asked.layer, asked.region, progress=progress, of=_ABOUT)
    found, now = pushed.largest(
        posed, budget_fen, asked.setting or "", prefix=region_prefix(asked.region), guess=factor
    )
    last, first = (
        None
        if yuan is None or fen is None
        else _step({place: each * _FEN for place, each in moved(now, int(yuan)).items()}, _raised(fen))
        for yuan, fen in ((found.low, found.low_cost_fen), (found.high, found.high_cost_fen))
    )
    year_fen = posed.outcome.layer(asked.layer).year_fen
    present = float(posed.people.weight[posed.there] @ year_fen[posed.there])
    return Affordable(_step(now, round(present / COARSE) * COARSE), last, first, found.reckonings)


def _step(then: Mapping[Place, int], cost_fen: int) -> Step:
    kinds = {(kind, fen) for (_, kind), fen in then.items() if kind is not None}
    return Step(tuple(sorted(kinds)), cost_fen)


def _raised(fen: int) -> int:
    """To the next 100 yuan: what is beyond a budget stays beyond it, what is within, which ends in 0, within."""
    return -(-fen // COARSE) * COARSE
