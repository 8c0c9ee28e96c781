"""Which rule moves the numbers most, which standard does a budget allow, what would behaviour add, how sure is it all?

Real reckonings, with every rule and rounding in them; each takes many.
"""

import math
from collections.abc import Sequence
from typing import Final, Literal

import numpy as np
import polars as pl

from casework.errors import CaseworkError
from casework.policy import Change, Policy
from casework.text import Text
from metrics.whatif import affordable, doubt, tornado
from metrics.whatif.affordable import HIGHEST, RULE, Standards, changes, moved, standards
from metrics.whatif.behaviour import behaviour
from metrics.whatif.bisection import Bracket, largest_factor
from metrics.whatif.doubt import Band
from metrics.whatif.incentives import incentives, reckoning
from metrics.whatif.outcome import Outcome
from metrics.whatif.population import Population, Real
from metrics.whatif.posed import Posed
from metrics.whatif.reckon import reckon
from metrics.whatif.scenario import Assumptions
from metrics.whatif.subset import within

Unit = Literal["yuan", "factor"]
BY: Final = 0.1  # by how much a rule is moved
_LEAST: Final = 0.01  # times the standards now: from there


def swings(posed: Posed) -> pl.DataFrame:
    """Every rule a tenth less and a tenth more, of everybody (`metrics.whatif.tornado`)."""
    return tornado.tornado(lambda changes: posed.numbers(changes=changes), BY)


def largest(
    posed: Posed, budget_fen: int, setting: str = "", by: Unit = "yuan", *, prefix: str = "", guess: float = math.nan
) -> tuple[Bracket, Standards]:
    """The largest standard whose cost over all months, of the layer asked about, stays within the budget, and the next.

    Of the villages of a setting ("" both) among those asked about; the cost is of all asked about. `by`: whole yuan,
    several standards in proportion (`metrics.whatif.affordable`), or every standard so many times as high. With the
    standards as they are. `prefix`: the beginning of division codes within which all asked about live; `guess`: about
    which multiple to look first.

    Raises:
        CaseworkError: no standard is in force there.
    """
    people, there = posed.people, posed.there
    chosen = there & within(people, "", setting or None)
    now = standards(people, posed.policy, posed.outcome.standard_fen, chosen, prefix)
    if not now:
        raise CaseworkError(Text("所选范围没有在执行的低保标准", "no dibao standard is in force there"))

    def cost(changes: Sequence[Change]) -> int:
        posed.heard()
        months = posed.outcome.months
        found = reckon(people, posed.policy.adjusted(changes), posed.assumed, months=months, baseline=posed.baseline)
        return round(float(people.weight[there] @ found.layer(posed.layer).year_fen[there]))

    if by == "factor":
        scope = {"urban_rural": setting} if setting else {}
        scaled = lambda factor: cost([Change(RULE, scope=scope, scale=factor)])  # noqa: E731 - one line
        return largest_factor(scaled, _LEAST, HIGHEST, budget_fen), now
    return affordable.largest(lambda yuan: cost(changes(moved(now, yuan))), now, guess, budget_fen), now


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
