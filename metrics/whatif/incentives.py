"""What does a household on aid keep of 100 yuan more a month, and what does it lose at once on reaching the line?

By reckoning again: the function given answers for the same households with other incomes, so that every rule
(disregard, bands, caps, top-ups) is in it. Linked benefits (assistance with medical bills, school, rent, heating) are
valued by the tuning `linked_benefit` for those on dibao and for the edge; what leaving dibao costs beyond cash is a
fifth to two fifths of the cliff (Guo Zhongxing 2023). Arithmetic only: nobody is supposed to earn less for it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from casework.policy import Change, Policy
from metrics.whatif.outcome import Outcome
from metrics.whatif.population import Flag, Population, Real, Whole
from metrics.whatif.reckon import reckon
from metrics.whatif.scenario import Assumptions
from metrics.whatif.subset import only

STEP_FEN: Final = 10_000  # 100 yuan a month
YEAR: Final = 12  # months
_FEN: Final = 100
_WORKING_FROM, _WORKING_TO = 16, 59  # as the labour coefficients
_DIBAO, _EDGE = 1, 2  # circles (四级信息圈)


@dataclass(frozen=True, slots=True)
class Linked:
    """What comes with a status beyond its cash: fen a year for the household and for each person."""

    dibao: tuple[float, float] = (0.0, 0.0)
    edge: tuple[float, float] = (0.0, 0.0)

    @classmethod
    def of(cls, policy: Policy) -> "Linked":
        """As the tuning `linked_benefit` values it, all kinds together."""
        rows = policy.rows("linked_benefit")

        def total(status: str, per: str) -> float:
            return sum(float(row[status]) * _FEN for row in rows if row["per"] == per)

        return cls(*((total(status, "each_household"), total(status, "each_person")) for status in ("dibao", "edge")))


@dataclass(frozen=True, eq=False)
class Incentives:
    """A row for each household asked."""

    rows: Whole  # of the population, ascending
    rate: Real  # share of 100 yuan more that the cash falls by; 1 takes all of it
    loss_fen: Real  # a year less in all, linked benefits included, for earning so much more; 0 where it is not less
    size: Real  # what is lost at once at the line, by the standard of all its persons; NaN where no income reaches it


def reckoning(
    policy: Policy, assumptions: Assumptions | None = None, *, months: int = 12
) -> Callable[[Population], Outcome]:
    """What `incentives` asks again: these rules and assumptions without a quota or budget; who rose is not tapered.

    A taper would pay a household above the line as if it stood below, so that no cliff could be seen in its months.
    """
    said = replace(assumptions or Assumptions(), quota=None, budget_fen=None)
    lasting = policy.adjusted([Change("taper_months", set=0)])
    return lambda population: reckon(population, lasting, said, months=months)


def reckoned(
    population: Population, outcome: Outcome, policy: Policy, assumptions: Assumptions | None = None
) -> Incentives:
    """Of an outcome under the policy that made it, linked benefits as the policy values them."""
    again = reckoning(policy, assumptions, months=outcome.months)
    return incentives(population, outcome, again, Linked.of(policy))


def asked(population: Population, outcome: Outcome) -> Whole:
    """Eligible households on the roll by the rules in which somebody who lives there is of working age."""
    people = population.persons
    working = people.counted & (people.age >= _WORKING_FROM) & (people.age <= _WORKING_TO)
    some = np.bincount(people.home[working], minlength=population.households) > 0
    return np.flatnonzero(outcome.eligible & outcome.rule_book.on_roll & some)


def incentives(
    population: Population, outcome: Outcome, again: Callable[[Population], Outcome], linked: Linked | None = None
) -> Incentives:
    """Of the households `asked`; `again` reckons their part of the population under the same rules.

    `again` must neither rank nor cut: what one household earns is not to change another's place.
    """
    rows, worth = asked(population, outcome), linked or Linked()
    chosen = np.zeros(population.households, np.bool_)
    chosen[rows] = True
    some = only(population, chosen)
    now, more = again(some), again(_having(some, "wage", YEAR * STEP_FEN))
    fall = (now.due_fen - more.due_fen).astype(np.float64)
    loss = fall * YEAR - YEAR * STEP_FEN + _worth(now, some.n, worth) - _worth(more, some.n, worth)
    return Incentives(rows, fall / STEP_FEN, np.maximum(loss, 0.0), _size(some, now, again, worth))


def _size(some: Population, now: Outcome, again: Callable[[Population], Outcome], worth: Linked) -> Real:
    """The last fen below the line and the first at it; twice, for expenses may stand between a wage and income."""
    lacking = _lacking(now, some.n)
    first = _having(some, "transfer", lacking)
    extra = lacking + np.maximum(_lacking(again(first), some.n), 0)
    at, below = (again(_having(some, "transfer", extra - before)) for before in (0, 1))
    lost = (below.due_fen - at.due_fen) * YEAR + _worth(below, some.n, worth) - _worth(at, some.n, worth)
    reached: Flag = below.below & ~at.below & at.known
    return np.where(reached, lost / np.maximum(YEAR * now.standard_fen * some.n, 1), np.nan)


def _having(population: Population, item: str, more_fen: Whole | int) -> Population:
    """With so much more of an item, fen a year; whether it was filed stays as it is, and so does what is imputed."""
    return replace(population, items={**population.items, item: population.items[item] + more_fen}, kept={})


def _lacking(outcome: Outcome, n: Whole) -> Whole:
    return YEAR * n * outcome.standard_fen - outcome.y_fen


def _worth(outcome: Outcome, n: Whole, worth: Linked) -> Real:
    """Fen a year beyond cash: of dibao, else of the edge, else nothing."""
    on = outcome.rule_book.on_roll
    edge = ~on & ((outcome.circle == _DIBAO) | (outcome.circle == _EDGE))
    found: Real = on * (worth.dibao[0] + n * worth.dibao[1]) + edge * (worth.edge[0] + n * worth.edge[1])
    return found


def columns(found: Incentives, weight: Real) -> dict[str, Real]:
    """What `formulas.of_incentives` needs summed, a row a household asked; `weight` of those rows."""
    sized = np.isfinite(found.size)
    return {
        "asked": weight,
        "rate": weight * found.rate,
        "on_cliff": weight * (found.loss_fen > 0),
        "gap_fen": weight * found.loss_fen,
        "size": weight * np.where(sized, found.size, 0.0),
        "sized": weight * sized,
    }
