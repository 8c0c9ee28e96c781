"""Which standard, which rule and which mix of them moves cost and poverty most, and what would people's answer add?

Grid and best lever are of one region and exact but for rounding up to whole yuan; which rule moves most and how people
answer are real reckonings of everybody.
"""

from dataclasses import dataclass
from typing import Final

import polars as pl

from dashboard.background import Progress
from dashboard.queries.whatif import WhatIf
from dashboard.whatif import Layer
from metrics.whatif import pushed, swept
from metrics.whatif.doubt import Band
from metrics.whatif.posed import Posed
from metrics.whatif.scenario import Scenario

_YEAR: Final = 12
_SWINGS: Final = 25  # reckonings of every rule less and more
_RESPONSES: Final = 10  # of a range of responses, about


@dataclass(frozen=True)
class Asked:
    """Of what the levers are asked: a scenario (None: the rules in force), how, and where."""

    house: WhatIf
    scenario: Scenario | None
    letter: str
    layer: Layer
    line_fen: int | None
    region: str

    @property
    def key(self) -> str:
        """What every answer rests on."""
        return f"{self.house.digest} {self.scenario!r} {self.layer} {self.line_fen} {self.region}"

    def posed(self, progress: Progress | None = None, of: int = 1) -> Posed:
        """The same, ready to be reckoned again; `of`: about how often it will be."""
        return self.house.posed(self.scenario, self.layer, self.region, self.line_fen, progress, of)


def pairs(asked: Asked, few: int, step: int) -> pl.DataFrame:
    """Every pair of standards (`swept.pairs`)."""
    return swept.pairs(asked.posed(), few, step)


def best(asked: Asked, budget_fen: float, few: int) -> pl.DataFrame:
    """What each lever buys for a year's budget (`swept.best`)."""
    return swept.best(asked.posed(), budget_fen / _YEAR, few)


def swings(asked: Asked, progress: Progress) -> pl.DataFrame:
    """Every rule a tenth less and a tenth more, of everybody."""
    return pushed.swings(asked.posed(progress, _SWINGS))


def responses(asked: Asked, progress: Progress) -> Band:
    """The scenario's headline without and with people's answer in their earnings, of everybody."""
    return pushed.responses(asked.posed(progress, _RESPONSES))
