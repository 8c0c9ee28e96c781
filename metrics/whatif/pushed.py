"""Which rule moves the numbers most, which standard does a budget allow, what would behaviour add, how sure is it all?

Real reckonings, with every rule and rounding in them; each takes many.
"""

from typing import Final, Literal

import numpy as np
import polars as pl

from casework.policy import Change, Policy
from metrics.whatif import doubt, tornado
from metrics.whatif.behaviour import behaviour
from metrics.whatif.bisection import Bracket, largest_factor, largest_standard
from metrics.whatif.doubt import Band
from metrics.whatif.incentives import incentives, reckoning
from metrics.whatif.outcome import Outcome
from metrics.whatif.population import Population, Real
from metrics.whatif.posed import Posed
from metrics.whatif.reckon import reckon
from metrics.whatif.scenario import Assumptions
from metrics.whatif.subset import only

Unit = Literal["yuan", "factor"]
BY: Final = 0.1  # by how much a rule is moved
_FEN: Final = 100  # in a yuan
_HIGHEST: Final = 3  # times the highest standard now: up to there the largest is sought
_LEAST: Final = 0.01  # times the standards now: from there


def swings(posed: Posed) -> pl.DataFrame:
    """Every rule a tenth less and a tenth more, of everybody (`metrics.whatif.tornado`)."""
    return tornado.tornado(lambda changes: posed.numbers(changes=changes), BY)


def largest(posed: Posed, budget_fen: int, setting: str = "", by: Unit = "yuan") -> Bracket:
    """The largest standard whose cost by the rules, over all months, stays within the budget, and the next above.

    Of the villages of a setting ("" both) among those asked about. `by`: one amount in whole yuan a person a month for
    all of them, or every standard so many times as high.
    """
    people = only(posed.people, posed.there)
    months = posed.outcome.months
    baseline = reckon(only(posed.records, posed.there), posed.rules, months=months)
    scope = {"urban_rural": setting} if setting else {}

    def cost(change: Change) -> int:
        posed.heard()
        then = posed.policy.adjusted([change])
        return sum(reckon(people, then, posed.assumed, months=months, baseline=baseline).rule_book.cost_fen)

    if by == "factor":
        scaled = lambda factor: cost(Change("dibao_standard", scope=scope, scale=factor))  # noqa: E731 - one line
        return largest_factor(scaled, _LEAST, _HIGHEST, budget_fen)
    now = int(posed.outcome.standard_fen[posed.there].max(initial=_FEN))
    highest = max(2, _HIGHEST * now // _FEN)
    return largest_standard(lambda yuan: cost(Change("dibao_standard", scope=scope, set=yuan)), 1, highest, budget_fen)


def responses(posed: Posed) -> Band:
    """The headline without and with people's answer in their earnings, of everybody."""

    def rate(population: Population, outcome: Outcome, rules: Policy, said: Assumptions | None) -> Real:
        again = reckoning(rules, said, months=outcome.months)

        def stepped(some: Population) -> Outcome:
            posed.heard()
            return again(some)

        found = incentives(population, outcome, stepped)
        rates = np.full(population.households, np.nan)
        rates[found.rows] = found.rate
        return rates

    was = rate(posed.records, posed.baseline, posed.rules, None)
    then = rate(posed.people, posed.outcome, posed.policy, posed.assumed)
    return behaviour(posed.numbers, posed.people, was, then, posed.policy)


def doubts(posed: Posed) -> tuple[Band, ...]:
    """How far the headline of everybody could be off, and because of what (`metrics.whatif.doubt`)."""
    habits = posed.baseline.habits
    found = doubt.bands(posed.numbers, posed.people, posed.policy, (habits.take_up, habits.leak), posed.assumed)
    return (*found, doubt.corrections(posed.beside_the_roll, posed.people, posed.policy))
