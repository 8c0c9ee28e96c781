"""What does every household count as having in a year, under the rules of one day?

Contract §4, as `casework.means.statement`, in arrays; the rules are those of the month reckoned, not of the statement's
day. In order:

1. The wage: as filed; where the item is absent and the rules say so, imputed: for all who live there together
   coefficient x last year's monthly minimum wage x usual months of work. Filed, declared or verified, goes before.
2. Of the wage `disregard` and `job_cost` of twelve months, not below 0, and of the rest the share `rate`.
3. Land and support likewise: as filed, else imputed (coefficients x last year's rural income a head x ratio; a share of
   the income of the children who must support somebody there).
4. Expenses, each within its cap. Y = incomes less expenses, not below 0.

Each imputed sum and each share is rounded down once, to a fen. Unknown is a household whose statement is unclear or
missing, or for which a rule, coefficient or figure that would change its Y is not known.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from casework.means.figures import FEN, THOUSANDTHS, YEAR, is_used
from casework.means.statement import EXPENSES, INCOMES, LEFT_OUT, RATE
from metrics.whatif.labour import coefficients
from metrics.whatif.population import Flag, Population, Whole
from metrics.whatif.reference import INCOME_RURAL, MIN_WAGE, UNKNOWN, of_year
from metrics.whatif.rules import Rules

WAGE, LAND, SUPPORT = "wage", "land", "support"
UNLIMITED: Final = np.iinfo(np.int64).max
BY_LABOUR: Final = (  # item, its switch, the figure of last year and the rule that multiply a coefficient
    (WAGE, "impute_work", MIN_WAGE, "work_months"),
    (LAND, "impute_land", INCOME_RURAL, "land_ratio"),
)


@dataclass(frozen=True, eq=False)
class Steps:
    """How the Y of every household comes about; fen a year, a row a household. Meaningless where not `known`."""

    filed: Mapping[str, Whole]  # of INCOMES and EXPENSES, 0 where absent
    imputed: Mapping[str, Whole]  # of wage, land, support where a switch is on: put in the place of an absent item
    wage_after: Mapping[str, Whole]  # of disregard, job_cost, rate: the wage once this was taken of it
    counted: Mapping[str, Whole]  # of INCOMES and EXPENSES, as they enter the sum
    y_fen: Whole
    known: Flag


def counted_income(population: Population, rules: Rules) -> tuple[Whole, Flag]:
    """Y of every household in fen a year, and whether it is known."""
    steps = income_steps(population, rules)
    return steps.y_fen, steps.known


def income_steps(population: Population, rules: Rules) -> Steps:
    """The same, step by step."""
    known = population.stated & ~population.unclear
    counted = {name: population.items[name] for name in (*INCOMES, *EXPENSES)}
    imputed = {}
    for name, sums, doubt in _imputed(population, rules):
        imputed[name] = sums
        counted[name] = counted[name] + sums
        known &= ~doubt
    wage_after = {}
    for name, rest, doubt in _of_a_wage(population, rules, counted[WAGE]):
        wage_after[name] = counted[WAGE] = rest
        known &= ~doubt
    for name, capped, doubt in _within_caps(population, rules):
        counted[name] = capped
        known &= ~doubt
    return Steps(population.items, imputed, wage_after, counted, _sum(counted), known)


def _sum(counted: Mapping[str, Whole]) -> Whole:
    y_fen = counted[WAGE].copy()
    for name in INCOMES:
        if name != WAGE:
            y_fen += counted[name]
    for name in EXPENSES:
        y_fen -= counted[name]
    return np.maximum(y_fen, 0, out=y_fen)


def _of_a_wage(population: Population, rules: Rules, wage: Whole) -> Iterator[tuple[str, Whole, Flag]]:
    """The wage after each rule that takes something of it, and for whom nobody knows how much."""
    village = population.village
    for rule_id in LEFT_OUT:
        if is_used(rules.policy, rule_id, idle=0):
            less = np.maximum(rules.whole(rule_id, times=FEN), 0) * YEAR
            doubt = (rules.state(rule_id) == 0)[village] & (wage > 0)
            wage = np.maximum(wage - less[village], 0)
            yield rule_id, wage, doubt
    rate = np.minimum(rules.whole("disregard", times=THOUSANDTHS, field=RATE), THOUSANDTHS)
    if (rate > 0).any():
        yield RATE, wage * (THOUSANDTHS - np.maximum(rate, 0))[village] // THOUSANDTHS, np.zeros_like(population.stated)


def _within_caps(population: Population, rules: Rules) -> Iterator[tuple[str, Whole, Flag]]:
    if not is_used(rules.policy, "deduction_cap"):
        return
    for name in EXPENSES:
        filed = population.items[name]
        cap = rules.whole("deduction_cap", times=FEN, item=name)
        doubt = (rules.state("deduction_cap", item=name) == 0)[population.village] & (filed > 0)
        yield name, np.minimum(filed, np.where(cap < 0, UNLIMITED, cap)[population.village]), doubt


def _imputed(population: Population, rules: Rules) -> Iterator[tuple[str, Whole, Flag]]:
    """What is put in the place of an absent item where the rules say so, and for whom nobody knows what."""
    labour = None
    for item, switch, figure, rule_id in BY_LABOUR:
        if rules.flag(switch).any():
            labour = labour or _by_home(population, coefficients(population, rules))
            published = of_year(population, figure, rules.day.year - 1)
            times = rules.whole(rule_id, times=THOUSANDTHS)
            factor = np.where((published < 0) | (times < 0), UNKNOWN, published * times)
            factor = np.where(times == 0, 0, factor)  # no month, no share: whatever the figure is
            asked = _asked(population, rules, switch, item)
            yield item, *_placed(asked, labour, factor[population.village], THOUSANDTHS * THOUSANDTHS)
    if rules.flag("impute_support").any():
        persons = population.persons
        supporters = _by_home(population, np.where(persons.supporter_known, persons.supporter_fen, UNKNOWN))
        factor = rules.whole("support_rate", times=THOUSANDTHS)
        asked = _asked(population, rules, "impute_support", SUPPORT)
        yield SUPPORT, *_placed(asked, supporters, factor[population.village], THOUSANDTHS)


def _asked(population: Population, rules: Rules, switch: str, item: str) -> Flag:
    """Whose item is absent where the switch is on?"""
    return population.absent[item] & rules.flag(switch)[population.village]


def _by_home(population: Population, figures: Whole) -> tuple[Whole, Flag]:
    """The sum over all who live together, and whether some of them is UNKNOWN."""
    home, counted = population.persons.home, population.persons.counted
    known = figures >= 0
    sums = np.bincount(home, np.where(counted & known, figures, 0.0), population.households)  # exact below 2**53
    doubt = np.zeros(population.households, np.bool_)
    doubt[home[counted & ~known]] = True
    return sums.astype(np.int64), doubt


def _placed(asked: Flag, by_home: tuple[Whole, Flag], factor: Whole, parts: int) -> tuple[Whole, Flag]:
    """The sums x the factor (negative: unknown) in `parts` of a fen, where asked for; what is nothing is known."""
    sums, doubt = by_home
    unknown = (doubt & (factor != 0)) | ((factor < 0) & (sums > 0))
    return np.where(asked, sums * np.maximum(factor, 0) // parts, 0), asked & unknown
