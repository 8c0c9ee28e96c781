"""Which standard, which rule and which mix of them moves cost and poverty most, and what would people's answer add?

Grid and best lever are of one region and exact but for rounding up to whole yuan; which rule moves most and how people
answer are real reckonings of everybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from casework.policy import Change, Policy
from dashboard.background import Progress
from dashboard.queries.whatif import COARSE, CROWD, WhatIf
from dashboard.whatif import Layer
from metrics.whatif import optimum, tornado
from metrics.whatif.behaviour import behaviour
from metrics.whatif.curve import within
from metrics.whatif.doubt import Band
from metrics.whatif.grid import grid
from metrics.whatif.headline import headline
from metrics.whatif.incentives import incentives, reckoning
from metrics.whatif.optimum import Question
from metrics.whatif.outcome import Outcome
from metrics.whatif.population import Population, Real, Whole
from metrics.whatif.ranked import before
from metrics.whatif.reckon import reckon
from metrics.whatif.scenario import Assumptions, Scenario

SETTINGS: Final = ("urban", "rural")
FACTORS: Final = np.round(np.linspace(0.8, 1.4, 25), 3)  # of the grid
BY: Final = 0.1  # by how much a rule is moved
_YEAR: Final = 12
_RESPONSES: Final = 10  # reckonings of a range of responses, about


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

    @property
    def policy(self) -> Policy:
        """The rules that the levers move."""
        return self.house.policy_of(self.scenario)

    @property
    def assumed(self) -> Assumptions | None:
        """What the scenario assumes."""
        return None if self.scenario is None else self.scenario.assumptions


def crowded(asked: Asked, few: int) -> list[str]:
    """Which of urban and rural villages have enough households there for curves over their standard to tell of none?"""
    people, there = asked.house.population, asked.house.there(asked.region)
    free = asked.house.rows(asked.scenario, there).open
    return [kind for kind in SETTINGS if (free & within(people, "", kind)).sum() >= few * CROWD]


def _question(asked: Asked) -> Question:
    house, people = asked.house, asked.house.population
    there = house.there(asked.region)
    urban, rural = (there & within(people, "", kind) for kind in SETTINGS)
    rows = house.rows(asked.scenario, there)
    return Question(rows, urban, rural, people.resources_fen, _line(asked), there & before(people).measured)


def _line(asked: Asked) -> Whole:
    """The poverty line, fen a person a year; 0 none."""
    standard = asked.house.baseline.standard_fen
    if asked.line_fen is not None:
        return np.full(len(standard), asked.line_fen, np.int64)
    return np.maximum(standard, 0) * _YEAR


def pairs(asked: Asked, few: int, step: int) -> pl.DataFrame:
    """Every pair of FACTORS (`metrics.whatif.grid`); counts rounded, null with everything else where few are in."""
    found = grid(_question(asked).sides(1.0), FACTORS, FACTORS)
    counted = ("households", "persons")
    rounded = [((pl.col(name) / max(step, 1)).round() * max(step, 1)).alias(name) for name in counted]
    told = [pl.when(pl.col("households") >= few).then(pl.col(name)).alias(name) for name in found.columns[2:]]
    return found.with_columns(told).with_columns(*rounded, _coarse())


def best(asked: Asked, budget_fen: float) -> pl.DataFrame:
    """What each lever buys for a year's budget (`metrics.whatif.optimum`)."""
    return optimum.best(_question(asked), budget_fen / _YEAR).with_columns(_coarse())


def _coarse() -> pl.Expr:
    return (pl.col("cost_fen") / COARSE).round() * COARSE


def swings(asked: Asked, progress: Progress) -> pl.DataFrame:
    """Every rule a tenth less and a tenth more, of everybody (`metrics.whatif.tornado`)."""
    house, policy = asked.house, asked.policy
    people = house.people(asked.scenario)
    of, done = 2 * len(tornado.SWINGS) + 1, 0

    def ask(changes: tuple[Change, ...]) -> Mapping[str, float]:
        nonlocal done
        progress.step(min(done / of, 1.0))
        done += 1
        moved = reckon(people, policy.adjusted(changes), asked.assumed, baseline=house.baseline)
        return headline(people, moved, asked.layer)

    return tornado.tornado(ask, BY)


def responses(asked: Asked, progress: Progress) -> Band:
    """The scenario's headline without and with people's answer in their earnings, of everybody."""
    house, policy = asked.house, asked.policy
    people = house.people(asked.scenario)
    done = 0

    def step() -> None:
        nonlocal done
        progress.step(min(done / _RESPONSES, 1.0))
        done += 1

    def rate(population: Population, outcome: Outcome, rules: Policy, said: Assumptions | None) -> Real:
        again = reckoning(rules, said, months=1)

        def stepped(some: Population) -> Outcome:
            step()
            return again(some)

        found = incentives(population, outcome, stepped)
        rates = np.full(population.households, np.nan)
        rates[found.rows] = found.rate
        return rates

    def ask(other: Population) -> Mapping[str, float]:
        step()
        return headline(other, reckon(other, policy, asked.assumed, baseline=house.baseline), asked.layer)

    was = rate(house.population, house.baseline, house.policy, None)
    then = rate(people, house.outcome(asked.scenario), policy, asked.assumed)
    return behaviour(ask, people, was, then, policy)
